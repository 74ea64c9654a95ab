"""What a change would have done to messages that came, and to saved examples: both configurations are compiled once and compared.

What belongs here: comparing. What does not: drafts (`drafts`), what is known about senders (`trials`), keeping examples (`examples`).
Nothing is stored or sent.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from django.apps import apps

from recado.apps.accounts.models import Account
from recado.apps.ids import first_id_at
from recado.apps.keywords.dry_run import profile_of
from recado.apps.keywords.rows import rows_for
from recado.apps.keywords.trials import trials_of
from recado.apps.numbers.models import Number
from recado.core.draft import Draft
from recado.core.outcome import Outcome, Trial, outcome_of

WEEK = timedelta(days=7)
MOST_MESSAGES = 2000

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Difference(Generic[T]):
    """Something that comes out otherwise than it does now."""

    subject: T
    """The message, or the example."""
    text: str
    before: Outcome
    after: Outcome


@dataclass(frozen=True, slots=True)
class Past:
    """The messages a change is tried on."""

    messages: list[Any]
    is_cut: bool
    """Whether there were more than are tried."""


def past_messages(account: Account, number: Number, now: datetime) -> Past:
    """Return the account's messages on a number in the last seven days, newest first, as many as are tried at once."""
    stored = apps.get_model("inbox", "Message")._default_manager  # noqa: SLF001  # documented Django API
    # Ids grow with time, and there is an index by account and id: older messages are not even looked at.
    lately = stored.filter(account=account, id__gte=first_id_at(now - WEEK))
    theirs = lately.filter(number=number, received_at__gte=now - WEEK, received_at__lte=now)
    found = list(theirs.defer("raw", "trail").order_by("-id")[: MOST_MESSAGES + 1])
    return Past(found[:MOST_MESSAGES], len(found) > MOST_MESSAGES)


def rerun(account: Account, number: Number, draft: Draft, messages: Sequence[Any], now: datetime) -> list[Difference[Any]]:
    """Run messages against a draft, each at its own time, and list those that come out otherwise than under the rules as they are."""
    trials = trials_of(account, number, messages, profile_of(account, now), now)
    return compare(account, number, draft, list(zip(messages, trials, strict=True)))


def compare(account: Account, number: Number, draft: Draft, tried: Iterable[tuple[T, Trial]]) -> list[Difference[T]]:
    """Decide on each trial under the rules as they are and as they would be, and keep what differs."""
    tried = list(tried)
    changed = {row.id for row in draft.keywords}  # they may be found in texts in which they are not found yet
    rows = rows_for(account, number, (trial.message.text for _, trial in tried), changed)
    current, drafted = rows.compiled(), rows.changed_by(draft).compiled()
    found: list[Difference[T]] = []
    for subject, trial in tried:
        before, after = outcome_of(current, trial), outcome_of(drafted, trial)
        if before != after:
            found.append(Difference(subject, trial.message.text, before, after))
    return found
