"""What speaks against saving a change: keywords that would fight, examples that would come out otherwise. A warning, never a refusal.

What belongs here: gathering it for a form, whether the person saves all the same, and what then becomes of the examples. What does not:
finding it (`apps.keywords.objections`), saving.

A view asks `objections_to` between "the form is valid" and saving, shows what comes back (`_objections.html` inside its form), and saves
inside `settling_examples`.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.keywords.conflicts import Conflicts, NeverActs
from recado.apps.keywords.examples import broken_examples, check_examples, get_example_for, remove_example, settle_example
from recado.apps.keywords.models import RuleExample
from recado.apps.keywords.objections import against
from recado.apps.keywords.rerun import Difference
from recado.apps.numbers.models import Number
from recado.core.draft import Draft
from recado.panel.access import MemberRequest
from recado.panel.outcome_words import parts

ANYWAY = "anyway"
"""The field of the button "Save anyway": the mark of what was shown."""


@dataclass(frozen=True, slots=True)
class Changed:
    """An example that would come out otherwise."""

    example: RuleExample
    before: list[str]
    after: list[str]


@dataclass(frozen=True, slots=True)
class Objections:
    """What is shown before a change is saved."""

    conflicts: Conflicts = field(default_factory=Conflicts)
    changed: tuple[Changed, ...] = ()
    shadowed: tuple[NeverActs, ...] = ()
    """Rules that could never act."""

    @property
    def mark(self) -> str:
        """Return a mark that differs where something else is shown, so that nobody agrees to what they did not see."""
        seen = [(one.other_id, one.examples) for one in self.conflicts.near], [(one.example.pk, one.after) for one in self.changed]
        return hashlib.sha256(repr((seen, self.conflicts.more_near, self.shadowed)).encode()).hexdigest()[:16]


def objections_to(request: MemberRequest, number: Number, draft: Draft) -> Objections | None:
    """Return what speaks against a draft; None where nothing does, or where the person saw all of it and saves anyway."""
    found = objections_against(request, number, draft, timezone.now())
    if found is None or request.POST.get(ANYWAY) == found.mark:
        return None
    return found


def objections_against(request: MemberRequest, number: Number, draft: Draft, now: datetime) -> Objections | None:
    """Return what speaks against a draft, whatever was agreed to; keywords that fought before are no news."""
    found = against(request.account, number, draft, now)
    changed = tuple(map(_changed, found.changed))
    found_any = found.conflicts.near or changed or found.shadowed
    return Objections(found.conflicts, changed, found.shadowed) if found_any else None


@contextmanager
def settling_examples(request: MemberRequest, number: Number, draft: Draft) -> Iterator[None]:
    """Save a draft inside, then do with each example it changed what the person chose.

    That is: expect the new outcome, which is what happens unless they say otherwise, forget the example, or leave it as it is.
    """
    changed = check_examples(request.account, number, draft, timezone.now())
    yield
    for example in (difference.subject for difference in changed):
        choice = request.POST.get(f"example-{example.pk}", "update")
        if choice == "remove":
            remove_example(example)
        elif choice == "update":
            settle_example(example, timezone.now())


@contextmanager
def carrying_examples(account: Account) -> Iterator[None]:
    """Take a change back inside: examples that came out as expected expect what becomes of them afterwards."""
    broken = set(broken_examples(account, timezone.now()))
    yield
    for key in set(broken_examples(account, timezone.now())) - broken:
        settle_example(get_example_for(account, key), timezone.now())


def changed_examples(account: Account, number: Number, draft: Draft, now: datetime) -> tuple[Changed, ...]:
    """Return the examples of a number that a draft would make come out otherwise."""
    return tuple(map(_changed, check_examples(account, number, draft, now)))


def _changed(difference: Difference[RuleExample]) -> Changed:
    return Changed(difference.subject, parts(difference.before), parts(difference.after))
