"""Tests kept as examples: keeping one, expecting something else of it, forgetting it, and their list.

What belongs here: requests and the rows of the list. What does not: running examples (`apps.keywords.examples`), what is asked before a
change is saved (`objections`).
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from recado.apps.accounts.models import Account
from recado.apps.contacts.queries import groups_of
from recado.apps.keywords.examples import (
    MOST_EXAMPLES,
    TooManyExamplesError,
    broken_examples,
    examples_of,
    expected_of,
    get_example_for,
    moment_of,
    remove_example,
    save_example,
    settle_example,
)
from recado.apps.keywords.models import RuleExample
from recado.apps.keywords.queries import get_keyword_for
from recado.apps.numbers.queries import get_number_for
from recado.core.outcome import Outcome
from recado.panel.access import MemberRequest, may_configure, member_required
from recado.panel.ids import id_of
from recado.panel.outcome_words import parts
from recado.panel.recording import note

LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class Row:
    """An example in the list."""

    example: RuleExample
    expected: list[str]
    now: list[str]
    """What becomes of it; empty where that is what is expected."""
    moment: datetime
    """When it arrives if it is tried now, on the account's clock."""
    query: str
    """The tester's question, for trying it again."""


def example_rows(account: Account) -> list[Row]:
    """Return the account's examples, those that come out otherwise first."""
    now = timezone.localtime()
    broken = broken_examples(account, now)
    rows = [_row(example, broken.get(example.pk)) for example in examples_of(account)]
    return sorted(rows, key=lambda row: not row.now)


@member_required
@may_configure
@require_POST
def keep_example(request: MemberRequest, number_id: int) -> HttpResponse:
    """Keep what was just tried as an example."""
    from recado.panel.keywords.tester import read_question  # noqa: PLC0415  # the tester shows the list of this module

    given = request.POST
    number = get_number_for(request.account, number_id)
    asking = get_keyword_for(request.account, key) if (key := id_of(given.get("keyword"))) is not None else None
    asked = frozenset(group_id for value in given.getlist("group") if (group_id := id_of(value)) is not None)
    question = read_question(given, asked, "", timezone.localtime())
    groups = list(groups_of(request.account).filter(pk__in=asked)) if question.who == "member" else []
    is_saturday = question.when == "saturday"
    try:
        with transaction.atomic():
            kept = save_example(
                request.account,
                number,
                question.text,
                question.phone,
                timezone.now(),
                sender=question.who,
                groups=groups,
                moment=question.moment if question.when == "moment" else None,
                weekday=question.moment.isoweekday() if is_saturday else None,
                at_time=question.moment.time() if is_saturday else None,
                note=given.get("note", "")[:LONGEST_NOTE],
                created_by=request.user,
            )
            note(request, "example.add", kept.text[:LONGEST_NOTE], kept.pk)
        messages.success(request, _("Kept as an example. Before rules change, you are told if it would come out otherwise."))
    except TooManyExamplesError:
        said = _("There are %(count)s examples on this number already. Remove one before you keep another.")
        messages.error(request, said % {"count": MOST_EXAMPLES})
    where = reverse("keyword", args=[asking.pk]) if asking else reverse("tester")
    return redirect(f"{where}?{_query(number_id, given)}#tester")


@member_required
@may_configure
@require_POST
def settle(request: MemberRequest, example_id: int) -> HttpResponse:
    """Expect of an example from now on what becomes of it."""
    example = get_example_for(request.account, example_id)
    with transaction.atomic():
        settle_example(example, timezone.now())
        note(request, "example.settle", example.text[:LONGEST_NOTE], example.pk)
    messages.success(request, _("From now on this is expected of the example."))
    return redirect(f"{reverse('tester')}#examples")


@member_required
@may_configure
def remove(request: MemberRequest, example_id: int) -> HttpResponse:
    """Ask whether an example is to be forgotten, and forget it."""
    example = get_example_for(request.account, example_id)
    if request.method != "POST":
        return render(request, "panel/keywords/remove_example.html", {"example": example})
    with transaction.atomic():
        note(request, "example.remove", example.text[:LONGEST_NOTE], example.pk)
        remove_example(example)
    messages.success(request, _("The example is gone."))
    return redirect(f"{reverse('tester')}#examples")


def _row(example: RuleExample, now: Outcome | None) -> Row:
    moment = timezone.localtime(moment_of(example, timezone.now()))
    when = "moment" if example.moment else "saturday" if example.weekday else "now"
    asked: dict[str, str | int] = {
        "number": example.number_id,
        "text": example.text,
        "from": example.phone,
        "who": example.sender,
        "when": when,
    }
    asked |= {"moment": moment.strftime("%Y-%m-%dT%H:%M")} if example.moment else {}
    query = urlencode({**asked, "group": [group.pk for group in example.groups.all()]}, doseq=True)
    return Row(example, parts(expected_of(example)), parts(now) if now else [], moment, query)


def _query(number_id: int, given: QueryDict) -> str:
    names = ("text", "from", "who", "when", "moment", "group")
    asked: dict[str, int | list[str]] = {"number": number_id, **{name: given.getlist(name) for name in names}}
    return urlencode(asked, doseq=True)
