"""What the start page tells: the first steps an account has taken, what needs somebody's attention, and today in figures.

What belongs here: cheap reads over several apps, bounded by ids that tell time. What does not: the words and the page (`panel.start`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Min
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.autoresponders.trips import CEILING as SPENT
from recado.apps.autoresponders.trips import trips_in_force
from recado.apps.billing.alarms import is_broke
from recado.apps.billing.alerts import low_credit
from recado.apps.billing.documents import overdue_of
from recado.apps.contacts.models import Contact
from recado.apps.contests.models import Contest
from recado.apps.contests.queries import waiting_for_winners
from recado.apps.dialogues.flagged import unread_count as flagged_unread
from recado.apps.dialogues.models import Dialogue
from recado.apps.ids import first_id_at
from recado.apps.inbox.models import Message
from recado.apps.keywords.models import Keyword
from recado.apps.keywords.overview import ending_soon, has_group, has_poster_or_forward
from recado.apps.keywords.queries import keywords_of
from recado.apps.numbers.models import Number
from recado.apps.numbers.queries import usable_numbers
from recado.apps.outbox.models import Destination, Job, JobState, OutboundMessage
from recado.apps.surveys.models import Survey
from recado.apps.surveys.queries import ended_lately
from recado.core.number import NumberState
from recado.core.receipt import OutboundState

CEILING = 1000
"""Counting stops here; the page says 1000+ beyond it."""
LOOKED_BACK = timedelta(days=1)
"""How long a forward that failed needs attention."""


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """What a new account has done already."""

    has_number: bool
    keyword: Keyword | None
    """The newest one, to go on with."""
    was_tried: bool
    has_group: bool
    has_poster_or_forward: bool

    @property
    def done(self) -> int:
        """How many of the steps are done."""
        return sum((self.has_number, self.keyword is not None, self.was_tried, self.has_group, self.has_poster_or_forward))


STEPS = 5


@dataclass(frozen=True, slots=True)
class FailingForward:
    """A destination that does not take what is forwarded."""

    destination: Destination
    waiting: int
    given_up: int
    since: datetime
    next_try_at: datetime | None
    error: str


@dataclass(frozen=True, slots=True)
class Attention:
    """What somebody should look at."""

    forwards: Sequence[FailingForward]
    ending: Sequence[Keyword]
    suspended: Sequence[Number]
    undelivered: int
    """Answers of today that did not arrive."""
    may_want_out: int
    """Unread messages that may be opt-outs."""
    unanswered_phones: int
    """Phones that automatic answers are paused for since yesterday."""
    is_spent: bool
    """Whether an automatic answer cost what it may cost a day."""
    is_broke: bool
    """Whether the credit is used up and automatic answers are not sent for it."""

    low_credit: int | None = None
    """What is left of the credit where its people were told that it is little."""
    overdue: int = 0
    """Invoices that should have been paid by now."""
    ended_surveys: Sequence[Survey] = ()
    """Surveys that closed by themselves in the last days."""
    contests: Sequence[Contest] = ()
    """Those that are over and wait for their winners."""

    def __bool__(self) -> bool:
        """Say whether there is anything."""
        paused = self.unanswered_phones or self.is_spent or self.is_broke or self.low_credit is not None or self.overdue
        ended = self.ending or self.suspended or self.ended_surveys or self.contests
        return bool(self.forwards or ended or self.undelivered or self.may_want_out or paused)


@dataclass(frozen=True, slots=True)
class Today:
    """The day so far, in the time zone of whoever looks."""

    received: int
    new_contacts: int
    unanswered: int
    """Open conversations in which the person spoke last, of any day."""


def first_steps(account: Account) -> FirstSteps:
    """Say which of the first steps an account has taken."""
    tried = Dialogue.objects.filter(account=account, is_test=True, last_keyword_id__isnull=False)
    return FirstSteps(
        usable_numbers(account).exists(), keywords_of(account).first(), tried.exists(), has_group(account), has_poster_or_forward(account)
    )


def attention(account: Account, now: datetime) -> Attention:
    """Gather what needs somebody."""
    today = OutboundMessage.objects.filter(account=account, id__gte=first_id_at(_midnight()), is_test=False)
    undelivered = today.filter(state=OutboundState.UNDELIVERED.value).order_by()[:CEILING].count()
    suspended = Number.objects.filter(account=account, state=NumberState.SUSPENDED.value)
    flagged = flagged_unread(account, now, CEILING)
    stopped = trips_in_force(account, now).filter(id__gte=first_id_at(now - LOOKED_BACK)).values_list("msisdn", "reason")[:CEILING]
    return Attention(
        failing_forwards(account, now),
        list(ending_soon(account, now)),
        list(suspended.order_by("digits")),
        undelivered,
        flagged,
        len({phone for phone, reason in stopped if reason != SPENT}),
        any(reason == SPENT for _phone, reason in stopped),
        is_broke(account, now),
        low_credit(account),
        len(overdue_of(account, timezone.localdate(now, account.zone))),
        ended_lately(account, now),
        waiting_for_winners(account, now),
    )


def failing_forwards(account: Account, now: datetime) -> list[FailingForward]:
    """Return the destinations that failed within LOOKED_BACK and have something waiting or given up."""
    lately = Job.objects.filter(destination__account=account, id__gte=first_id_at(now - LOOKED_BACK))
    bad = lately.filter(state__in=[JobState.WAITING, JobState.CLAIMED, JobState.DEAD], attempt_count__gt=0)
    rows = (
        bad.order_by()
        .values("destination", "state")
        .annotate(count=Count("pk"), since=Min("created_at"), next_try_at=Min("next_attempt_at"), error=Max("last_error"))
    )
    by_destination: dict[int, list[Any]] = {}
    for row in rows:
        by_destination.setdefault(row["destination"], []).append(row)
    destinations = Destination.objects.filter(account=account).in_bulk(by_destination)
    return [_failing(destinations[key], group) for key, group in by_destination.items()]


def today(account: Account) -> Today:
    """Count the day so far."""
    since = first_id_at(_midnight())
    waiting = Dialogue.objects.filter(account=account, state=Dialogue.State.OPEN, last_is_inbound=True, is_test=False)
    return Today(
        Message.objects.filter(account=account, id__gte=since, is_test=False).order_by()[:CEILING].count(),
        Contact.objects.filter(account=account, id__gte=since).order_by()[:CEILING].count(),
        waiting.order_by()[:CEILING].count(),
    )


def dismiss_checklist(account: Account) -> None:
    """Put the first steps away; they can be had again."""
    account.checklist_dismissed_at = timezone.now()
    account.save(update_fields=["checklist_dismissed_at"])


def show_checklist(account: Account) -> None:
    """Bring the first steps back."""
    account.checklist_dismissed_at = None
    account.save(update_fields=["checklist_dismissed_at"])


def _midnight() -> datetime:
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


def _failing(destination: Destination, rows: list[Any]) -> FailingForward:
    given_up = [row for row in rows if row["state"] == JobState.DEAD]
    waiting = [row for row in rows if row["state"] != JobState.DEAD]
    return FailingForward(
        destination,
        sum(row["count"] for row in waiting),
        sum(row["count"] for row in given_up),
        min(row["since"] for row in rows),
        min((row["next_try_at"] for row in waiting), default=None),
        max(row["error"] for row in rows),
    )
