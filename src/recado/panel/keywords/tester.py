"""What would happen? — a text, a sender and a moment, put to the production rules without receiving anything.

What belongs here: reading the question, the page `/tester/`, the fragments with the answer. What does not: the words of the answer
(`explained`), keeping a test as an example (`kept_examples`), the rules.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from recado.apps.accounts.models import Account
from recado.apps.contacts.phone import parse_msisdn
from recado.apps.contacts.queries import groups_of
from recado.apps.keywords.dry_run import NOBODY, supposed_sender, would_do
from recado.apps.keywords.models import Keyword
from recado.apps.keywords.queries import get_keyword_for
from recado.apps.numbers.models import Number
from recado.apps.numbers.queries import get_number_for, usable_numbers
from recado.panel.access import MemberRequest, may_read, member_required
from recado.panel.ids import id_of
from recado.panel.keywords.explained import Tried, costs, explained
from recado.panel.keywords.kept_examples import example_rows

LONGEST_TEXT = 1530
SATURDAY, EVENING = 5, 22
WHO, WHEN = ("phone", "new", "member"), ("now", "saturday", "moment")


@dataclass(frozen=True, slots=True)
class Question:
    """What is tried."""

    text: str
    phone: str
    who: str
    """`phone`: what is known about it; `new`: nothing; `member`: in these groups already."""
    groups: frozenset[int]
    when: str
    """`now`, `saturday` at 22:00, or another `moment`."""
    moment: datetime


@require_safe
@member_required
@may_read
def dry_run(request: MemberRequest, keyword_id: int) -> HttpResponse:
    """Say what a text would do on the keyword's number."""
    found = get_keyword_for(request.account, keyword_id)
    return render(request, "panel/keywords/_dry_run.html", tried_on(request.account, found, request.GET))


@require_safe
@member_required
@may_read
def tester(request: MemberRequest) -> HttpResponse:
    """Show the tester alone, for any of the account's numbers, with the examples kept."""
    context = {"examples": example_rows(request.account), **standing_alone(request)}
    return render(request, "panel/keywords/tester.html", context)


@require_safe
@member_required
@may_read
def tester_answer(request: MemberRequest) -> HttpResponse:
    """Say what a text would do on any of the account's numbers."""
    return render(request, "panel/keywords/_dry_run.html", _answer(request))


def standing_alone(request: MemberRequest) -> dict[str, object]:
    """Return what the tester shows that is no single keyword's: any number, and the account's groups."""
    return {"numbers": _numbers(request.account), "groups": list(groups_of(request.account)), "is_alone": True, **_answer(request)}


def _answer(request: MemberRequest) -> dict[str, object]:
    asked = id_of(request.GET.get("number"))
    number = get_number_for(request.account, asked) if asked is not None else next(iter(_numbers(request.account)), None)
    return tried(request.account, number, request.GET, _groups(request.account, request.GET)) if number else {}


def _numbers(account: Account) -> list[Number]:
    return list(usable_numbers(account).exclude(kind="eco"))


def tried_on(account: Account, keyword: Keyword, given: QueryDict) -> dict[str, object]:
    """Return what the tester on a keyword's page shows; a member there is in the groups the keyword leads into."""
    rules = keyword.rules.all()
    groups = {action.group_id for rule in rules for action in rule.actions.all() if action.group_id}
    groups |= {rule.in_group_id for rule in rules if rule.in_group_id}
    return tried(account, keyword.number, given, frozenset(groups), keyword)


def tried(account: Account, number: Number, given: QueryDict, groups: frozenset[int], keyword: Keyword | None = None) -> dict[str, object]:
    """Return what the form of the tester and its answer show."""
    question = read_question(given, groups, keyword.word if keyword else "", timezone.localtime())
    sender = supposed_sender(account, number, question.phone, question.moment, question.who, question.groups)
    decision = would_do(account, number, question.phone, question.text, question.moment, sender)
    tried = Tried(number, keyword, question.text, sender, decision) if decision else None
    steps, cost = (explained(tried), costs(tried)) if tried else (None, "")
    return {"question": question, "answer": steps, "cost": cost, "tried_number": number, "asking": keyword}


def read_question(given: QueryDict, groups: frozenset[int], word: str, now: datetime) -> Question:
    """Read what is tried; what makes no sense is as if it were not said."""
    who, when = given.get("who", ""), given.get("when", "")
    question = Question(
        given.get("text", word)[:LONGEST_TEXT],
        parse_msisdn(given.get("from", "")) or NOBODY,
        who if who in WHO else "phone",
        groups,
        when if when in WHEN else "now",
        now,
    )
    return replace(question, moment=_moment(question.when, given.get("moment", ""), now))


def _groups(account: Account, given: QueryDict) -> frozenset[int]:
    """Read the groups a member is in; of others there are none."""
    asked = {group_id for value in given.getlist("group") if (group_id := id_of(value)) is not None}
    return frozenset(groups_of(account).filter(pk__in=asked).values_list("pk", flat=True)) if asked else frozenset()


def _moment(when: str, given: str, now: datetime) -> datetime:
    if when == "saturday":
        days = (SATURDAY - now.weekday()) % 7
        return (now + timedelta(days=days)).replace(hour=EVENING, minute=0, second=0, microsecond=0)
    if when != "moment":
        return now
    try:
        moment = parse_datetime(given)
        return timezone.make_aware(moment) if moment and timezone.is_naive(moment) else moment or now
    except (ValueError, OverflowError):
        return now
