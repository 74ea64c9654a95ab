"""Preparing: when a campaign begins, its recipients are chosen and their messages written, a portion in each transaction.

What belongs here: the steps from `scheduled` over `preparing` to `sending`. What does not: when to look (`server.preparing`), the choice
(`audience`), the texts (`texts`), the rows (`store.preparing`), giving the messages to the workers (the feeder).

People are written in the order of their numbers, and `Campaign.prepared_to` is the number of the last one written, changed in the
transaction that writes them: after a crash preparing goes on behind it and writes nobody twice. Reading and making texts happens outside
transactions, so that on SQLite receiving waits for the writing of one portion at most.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from recado.apps.campaigns.audience import loaded_audience_of
from recado.apps.campaigns.estimating import check_sender
from recado.apps.campaigns.models import Campaign
from recado.apps.campaigns.texts import PORTION, Person, Writer, load_people, portions
from recado.apps.changes import Change, announce
from recado.apps.connections.queries import reference_width
from recado.apps.ids import next_id
from recado.apps.outbox.models import SendKind
from recado.apps.outbox.pool import number_for_test, pool_numbers
from recado.apps.outbox.senders import NoSenderError, Sender
from recado.apps.outbox.services import TEST_SENDER
from recado.apps.plans.queries import prices_for
from recado.apps.sql import lent_connection
from recado.core.price import Service, cost
from recado.core.receipt import UnsentReason
from recado.store.audience import Loaded
from recado.store.dialect import Connection
from recado.store.pool import PoolNumber, take_numbers
from recado.store.preparing import Common, NewMessage, OvertakenError, load_dialogues, load_taken_unique_ids, write_portion

State = Campaign.State
T = TypeVar("T")
_TRIES = 5
_TOLD_EVERY = 10
"""Open pages hear of one portion in so many, which is a few times a second."""


class Write(Protocol):
    """Runs work in a transaction of its own and returns its result once that is committed."""

    def __call__(self, work: Callable[[Connection], T]) -> T:
        """Run it."""


def in_own_transaction(work: Callable[[Connection], T]) -> T:
    """Run work in a transaction of Django's connection."""
    with transaction.atomic():
        return work(lent_connection())


def due_campaigns(now: datetime) -> list[int]:
    """Return the campaigns whose time has come, and those whose preparing was interrupted, the oldest first."""
    is_due = Q(state=State.PREPARING) | Q(state=State.SCHEDULED, scheduled_at__lte=now)
    return list(Campaign.objects.filter(is_due, account__is_suspended=False).order_by("id").values_list("pk", flat=True))


def prepare(campaign_id: int, now: datetime, write: Write = in_own_transaction) -> bool:
    """Write the messages of a campaign that is due, all of them; return whether it is being sent now.

    Where the sender cannot be used any more it is stopped, with the reason in `trouble`. Where somebody stopped it meanwhile, or prepares
    it as well, what is written stays and nothing more is.
    """
    if not _begin(campaign_id, now):
        return False
    campaign = Campaign.objects.select_related("account", "account__plan", "number", "sender_name").get(pk=campaign_id)
    try:
        sender = check_sender(campaign)
    except NoSenderError as error:
        _stop(campaign, error.reason.value)
        return False
    loaded = loaded_audience_of(campaign, now)
    _note_skipped(campaign, loaded)
    try:
        for index, _written in enumerate(_portions_written(campaign, sender, loaded, write)):
            if not index % _TOLD_EVERY:
                announce(Change("campaign", campaign.account_id, campaign.pk))
    except OvertakenError:
        return False
    is_mine = Campaign.objects.filter(pk=campaign.pk, state=State.PREPARING).update(state=State.SENDING)
    announce(Change("campaign", campaign.account_id, campaign.pk))
    announce(Change("jobs", campaign.account_id))
    return bool(is_mine)


def _begin(campaign_id: int, now: datetime) -> bool:
    """Note that preparing begins; return whether it is to be done."""
    scheduled = Campaign.objects.filter(pk=campaign_id, state=State.SCHEDULED, scheduled_at__lte=now, account__is_suspended=False)
    if scheduled.update(state=State.PREPARING, started_at=now):
        return True
    return Campaign.objects.filter(pk=campaign_id, state=State.PREPARING).exists()


def _stop(campaign: Campaign, trouble: str) -> None:
    begun = Campaign.objects.filter(pk=campaign.pk, state=State.PREPARING)
    begun.update(state=State.STOPPED, trouble=trouble, finished_at=timezone.now())
    announce(Change("campaign", campaign.account_id, campaign.pk))


def _note_skipped(campaign: Campaign, loaded: Loaded) -> None:
    skipped = loaded.audience.skipped
    Campaign.objects.filter(pk=campaign.pk, state=State.PREPARING).update(
        duplicate_count=skipped.duplicate,
        opted_out_count=skipped.opted_out,
        blocked_count=skipped.blocked,
        invalid_count=skipped.invalid,
        excluded_count=skipped.excluded,
    )


def _portions_written(campaign: Campaign, sender: Sender, loaded: Loaded, write: Write) -> Iterator[int]:
    """Write portion after portion behind the last one; yield how far it is."""
    phones = loaded.audience.phones
    common, maker, prepared_to = _common(campaign), _Maker(campaign, sender, write), campaign.prepared_to
    first = bisect_right(phones, prepared_to)
    for index, some in enumerate(portions(phones[first:])):
        people = load_people(lent_connection(), campaign.account_id, some, loaded.entry_ids)
        messages = maker.messages(people, first + index * PORTION)
        behind, prepared_to = prepared_to, some[-1]
        write(_Portion(common, messages, behind, prepared_to))
        yield prepared_to


@dataclass(frozen=True, slots=True)
class _Portion:
    """The writing of one portion."""

    common: Common
    messages: Sequence[NewMessage]
    behind: int
    prepared_to: int

    def __call__(self, con: Connection) -> None:
        write_portion(con, self.common, self.messages, self.behind, self.prepared_to)


def _common(campaign: Campaign) -> Common:
    started_at = campaign.started_at or timezone.now()
    minutes = campaign.validity_minutes
    return Common(
        campaign_id=campaign.pk,
        account_id=campaign.account_id,
        origin=campaign.origin,
        author_id=campaign.author_id,
        is_test=campaign.is_test,
        kind=campaign.kind,
        is_flash=campaign.is_flash,
        valid_until=started_at + timedelta(minutes=minutes) if minutes else None,
        receipt_destination_id=campaign.receipt_destination_id,
        created_at=started_at,
    )


class _Maker:
    """Makes the messages of a portion of people."""

    def __init__(self, campaign: Campaign, sender: Sender, write: Write) -> None:
        self._campaign, self._sender, self._write = campaign, sender, write
        self._texts = Writer(campaign.text, campaign.places)
        self._prices = prices_for(campaign.account)
        self._widths: dict[int | None, int] = {}
        self._pool = pool_numbers() if sender.kind == SendKind.ECO else []

    def messages(self, people: Sequence[Person], position: int) -> list[NewMessage]:
        """Make a message for each; `position` is that of the first among all recipients."""
        senders = self._senders(people, position)
        keys = [(found.number_id, msisdn) for msisdn, found in senders.items() if found.number_id is not None]
        dialogues = load_dialogues(lent_connection(), self._campaign.account_id, keys)
        wanted = [person.entry.unique_id for person in people if person.entry.unique_id]
        used = load_taken_unique_ids(lent_connection(), self._campaign.account_id, wanted)
        return [self._message(person, senders.get(person.msisdn), dialogues, used) for person in people]

    def _senders(self, people: Sequence[Person], position: int) -> dict[str, Sender]:
        """Settle where each message leaves from; who has nothing to be written to from is not in the answer."""
        if self._sender.kind != SendKind.ECO:
            return dict.fromkeys([person.msisdn for person in people], self._sender)
        if self._campaign.is_test:
            return {person.msisdn: self._test_sender(person.msisdn) for person in people}
        phones = {person.msisdn: self._expected_at(position + place) for place, person in enumerate(people)}
        taken = self._taken(_Take(self._campaign.account_id, phones, self._pool))
        return {msisdn: Sender(SendKind.ECO, number.digits, number.id, number.connection_id) for msisdn, number in taken.items()}

    def _taken(self, take: "_Take") -> dict[str, PoolNumber]:
        """Take numbers, once more where two who take them waited for each other crosswise."""
        for left in reversed(range(_TRIES)):
            try:
                return self._write(take)
            except Exception as error:
                if not left or not lent_connection().dialect.is_conflict(error):
                    raise
        raise AssertionError  # the last turn returns or raises

    def _test_sender(self, msisdn: str) -> Sender:
        number = number_for_test(msisdn, self._pool)
        shown, number_id = (number.digits, number.id) if number else (TEST_SENDER, None)
        return Sender(SendKind.ECO, shown, number_id, self._sender.connection_id)

    def _expected_at(self, position: int) -> datetime:
        """Say when a recipient is written to, which the throttle puts off: from then on the pool number is tied to them."""
        per_minute = self._campaign.per_minute
        return timezone.now() + timedelta(minutes=position / per_minute if per_minute else 0)

    def _width(self, connection_id: int | None) -> int:
        if connection_id not in self._widths:
            self._widths[connection_id] = reference_width(connection_id)
        return self._widths[connection_id]

    def _message(
        self, person: Person, sender: Sender | None, dialogues: dict[tuple[int, str], int], used_unique_ids: set[str]
    ) -> NewMessage:
        text = self._texts.text_for(person, sender.shown if sender else "")
        count = self._texts.segments_of(text, self._width(sender.connection_id if sender else None)).count
        is_free = sender is None or self._campaign.is_test
        return NewMessage(
            id=next_id(),
            number_id=sender.number_id if sender else None,
            connection_id=sender.connection_id if sender else None,
            dialogue_id=dialogues.get((sender.number_id, person.msisdn)) if sender and sender.number_id else None,
            sender=sender.shown if sender else "",
            recipient=person.msisdn,
            text=text,
            segment_count=count,
            unique_id=_fresh(person.entry.unique_id, used_unique_ids),
            cost=0 if is_free else cost(self._prices, Service(self._campaign.kind), count),
            reason="" if sender else UnsentReason.NO_POOL_NUMBER.value,
        )


@dataclass(frozen=True, slots=True)
class _Take:
    """The taking of pool numbers for one portion, in a transaction before that of its messages: their texts may name the number."""

    account_id: int
    phones: dict[str, datetime]
    pool: Sequence[PoolNumber]

    def __call__(self, con: Connection) -> dict[str, PoolNumber]:
        return take_numbers(con, self.account_id, self.phones, self.pool, timezone.now())


def _fresh(unique_id: str, used: set[str]) -> str | None:
    """Return an id that no message has, and remember it; a text is sent rather without its id than not at all."""
    if not unique_id or unique_id in used:
        return None
    used.add(unique_id)
    return unique_id
