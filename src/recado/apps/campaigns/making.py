"""Making the messages of a campaign for a portion of its recipients: from which number, with which text, in which dialogue, at what cost.

What belongs here: everything about a message but its writing; pool numbers alone are taken here, in a transaction before that of the
messages, since texts may name them. What does not: portions and how far it is (`preparing`), the texts (`texts`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from django.utils import timezone

from recado.apps.campaigns.models import Campaign
from recado.apps.campaigns.texts import Person, Writer
from recado.apps.connections.queries import reference_width
from recado.apps.ids import next_id
from recado.apps.outbox.models import SendKind
from recado.apps.outbox.pool import correlation_window, number_for_test, pool_numbers
from recado.apps.outbox.senders import Sender
from recado.apps.outbox.services import TEST_SENDER
from recado.apps.plans.queries import prices_for
from recado.apps.sql import lent_connection
from recado.core.price import Service, cost
from recado.core.receipt import UnsentReason
from recado.store.dialect import Connection
from recado.store.pool import PoolNumber, take_numbers
from recado.store.preparing import NewMessage, load_dialogues, load_taken_unique_ids

T = TypeVar("T")
_TRIES = 5


class Write(Protocol):
    """Runs work in a transaction of its own and returns its result once that is committed."""

    def __call__(self, work: Callable[[Connection], T]) -> T:
        """Run it."""


class Maker:
    """Makes the messages of a portion of people."""

    def __init__(self, campaign: Campaign, sender: Sender, write: Write) -> None:
        self._campaign, self._sender, self._write = campaign, sender, write
        self._texts = Writer(campaign.text, campaign.places, is_mms=campaign.kind == SendKind.MMS)
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
        return take_numbers(con, self.account_id, self.phones, self.pool, timezone.now(), correlation_window())


def _fresh(unique_id: str, used: set[str]) -> str | None:
    """Return an id that no message has, and remember it; a text is sent rather without its id than not at all."""
    if not unique_id or unique_id in used:
        return None
    used.add(unique_id)
    return unique_id
