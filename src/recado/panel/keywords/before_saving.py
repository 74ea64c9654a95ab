"""What a person sees before a change of rules is saved: what last week's messages would have become, or what speaks against it.

What belongs here: one question for every form that changes rules. What does not: objections (`objections`), comparing
(`apps.keywords.rerun`).

    if shown := shown_before_saving(request, number, draft):
        return …the form again, with `shown` in its context, status 422 …
    with transaction.atomic(), settling_examples(request, number, draft):
        …save…

The form's template has `_before_saving.html` at its top and `_try_on_past.html` beside its button; its action has no fragment. Where
there is only a button, `asked_first` returns a page of its own that asks.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from recado.apps.keywords.rerun import MOST_MESSAGES, Difference, past_messages, rerun
from recado.apps.numbers.models import Number
from recado.core.draft import Draft
from recado.panel.access import MemberRequest
from recado.panel.keywords.objections import ANYWAY, objections_to
from recado.panel.outcome_words import parts

TRY = "try_on_past"
"""The field of the button that tries a draft on past messages."""
SHOWN_CHANGES, SHOWN_MESSAGES = 20, 8


@dataclass(frozen=True, slots=True)
class Change:
    """Messages that come out otherwise in the same way."""

    before: list[str]
    after: list[str]
    count: int
    messages: list[Any]
    """A few of them, the newest first."""

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.messages)


@dataclass(frozen=True, slots=True)
class PastTried:
    """What a draft would have made of the last week's messages."""

    tried: int
    is_cut: bool
    most: int
    differing: int
    changes: list[Change]
    """The most frequent first."""
    more_changes: int


def shown_before_saving(request: MemberRequest, number: Number, draft: Draft) -> dict[str, object]:
    """Return what is to be shown instead of saving; empty where the change is to be saved."""
    if TRY in request.POST:
        return {"past": tried_on_past(request, [number], draft)}
    objections = objections_to(request, number, draft)
    return {"objections": objections} if objections else {}


def asked_first(request: MemberRequest, number: Number, draft: Draft, heading: str, back: str) -> HttpResponse | None:
    """Return the page that says what speaks against what a button does; None where nothing does, or the person goes on all the same."""
    shown = shown_before_saving(request, number, draft)
    return ask_page(request, shown, heading, back) if shown else None


def ask_page(request: MemberRequest, shown: dict[str, object], heading: str, back: str) -> HttpResponse:
    """Return a page that asks, with the fields of the button that was pressed."""
    carried = [(name, value) for name, values in request.POST.lists() for value in values if not _is_answer(name)]
    return render(request, "panel/keywords/ask_first.html", {"heading": heading, "back": back, "carried": carried, **shown}, status=422)


def _is_answer(name: str) -> bool:
    """Say whether a field belongs to what was asked, not to what the button does."""
    return name in {TRY, ANYWAY, "csrfmiddlewaretoken"} or name.startswith("example-")


def tried_on_past(request: MemberRequest, numbers: Iterable[Number], draft: Draft) -> PastTried:
    """Run the last week's messages to some numbers against a draft, as many as are tried at once."""
    now, tried, is_cut = timezone.now(), 0, False
    differing: list[Difference[Any]] = []
    for number in numbers:
        past = past_messages(request.account, number, now)
        messages = past.messages[: MOST_MESSAGES - tried]
        is_cut = is_cut or past.is_cut or len(messages) < len(past.messages)
        tried += len(messages)
        differing += rerun(request.account, number, draft, messages, now)
    changes = sorted(_changes(differing), key=lambda change: -change.count)
    shown = changes[:SHOWN_CHANGES]
    return PastTried(tried, is_cut, MOST_MESSAGES, len(differing), shown, len(changes) - len(shown))


def _changes(differing: Iterable[Difference[Any]]) -> Iterable[Change]:
    alike: defaultdict[Any, list[Difference[Any]]] = defaultdict(list)
    for one in differing:
        alike[one.before, one.after].append(one)
    for (before, after), found in alike.items():
        yield Change(parts(before), parts(after), len(found), [one.subject for one in found[:SHOWN_MESSAGES]])
