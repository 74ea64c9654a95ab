"""Received messages are tied to the outgoing one they answer, on both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from recado.core.message import Encoding, InboundPart
from recado.gateway.receive import receive_group
from recado.store.dialect import Connection
from recado.store.ids import IdGenerator
from recado.store.snapshot import load_routes
from recado.testing.routing import INDIVIDUAL, SHARED, configure, insert

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ANNA, JAN = "48501222333", "48600111222"


class Office:
    """An account that writes from its own number, and phones that answer."""

    def __init__(self, con: Connection) -> None:
        self.con = con
        with con.transaction():
            self.ids = configure(con, NOW)
        self.account, self.other = self.ids.accounts
        self.generator, self.fingerprints = IdGenerator(0), count(1)

    def sent(self, *, phone: str = ANNA, ago: timedelta = timedelta(hours=1), written: timedelta = timedelta(), **more: object) -> int:
        """Write a message that went out `ago`, and was written so long before."""
        at, created = (self.con.dialect.timestamp(NOW - moment) for moment in (ago, ago + written))
        key = self.generator.next(int((NOW - ago - written).timestamp() * 1000))
        values = {"state": "delivered", "origin": "agent", "account_id": self.account, "number_id": self.ids.individual_id, **more}
        rest = {"sender": INDIVIDUAL, "text": "Hello", "reason": "", "carrier_error": "", "segment_count": 1, "is_test": False}
        insert(self.con, "outbox_outboundmessage", id=key, recipient=phone, created_at=created, sent_at=at, **{**rest, **values})
        return key

    def part(self, text: str = "Yes", sender: str = ANNA, recipient: str = INDIVIDUAL, **more: object) -> InboundPart:
        octets = text.encode()
        part = InboundPart(self.ids.connection_id, sender, recipient, text, Encoding.GSM7, NOW, octets, next(self.fingerprints))
        return replace(part, **more)

    def receive(self, *parts: InboundPart) -> list[tuple[object, object]]:
        """Receive a group; return what each message answers, with its campaign."""
        with self.con.transaction():
            stream = self.generator.stream(int(NOW.timestamp() * 1000))
            result = receive_group(self.con, parts, load_routes(self.con), stream, NOW)
        sql = "SELECT answers_id, campaign_id FROM inbox_message WHERE id = ?"
        return [tuple(self.con.row(sql, (key,)) or ()) for key in result.message_ids]


@pytest.fixture
def office(connection: Connection) -> Office:
    return Office(connection)


def test_a_reply_answers_the_latest_message_and_belongs_to_its_campaign(office: Office) -> None:
    office.sent(ago=timedelta(days=2), campaign_id=7)
    latest = office.sent(ago=timedelta(days=1), campaign_id=8)
    assert office.receive(office.part()) == [(latest, 8)]


def test_who_was_never_written_to_answers_nothing(office: Office) -> None:
    office.sent(phone=JAN)
    assert office.receive(office.part()) == [(None, None)]


@pytest.mark.parametrize(
    "other",
    [
        {"ago": timedelta(days=7, seconds=1)},
        {"state": "unsent"},
        {"state": "queued"},
        {"account_id": 2},
        {"account_id": None},
        {"number_id": None},
        {"is_test": True},
    ],
)
def test_messages_that_cannot_be_meant_are_not_answered(office: Office, other: dict[str, object]) -> None:
    office.sent(**({**other, "account_id": office.other} if other.get("account_id") == 2 else other))
    assert office.receive(office.part()) == [(None, None)]


@pytest.mark.parametrize("state", ["sent", "uncertain", "delivered", "undelivered"])
def test_whatever_left_may_be_answered(office: Office, state: str) -> None:
    key = office.sent(ago=timedelta(days=6, hours=23), state=state)
    assert office.receive(office.part()) == [(key, None)]


def test_a_message_ordered_weeks_ahead_counts_from_when_it_went_out(office: Office) -> None:
    ahead = office.sent(written=timedelta(days=30))
    office.sent(ago=timedelta(days=3))
    assert office.receive(office.part()) == [(ahead, None)]


def test_automatic_replies_are_answered_only_where_nothing_else_was_sent(office: Office) -> None:
    automatic = office.sent(origin="rule")
    assert office.receive(office.part()) == [(automatic, None)]
    written = office.sent(ago=timedelta(days=5))
    assert office.receive(office.part()) == [(written, None)]


def test_an_automatic_reply_of_the_same_group_is_seen_as_one_of_an_earlier_group_would_be(office: Office) -> None:
    keyword, thanks = office.part("Gardener", recipient=SHARED), office.part("Gardener thanks", recipient=SHARED)
    first, second = office.receive(keyword, thanks)
    ((reply,),) = office.con.rows("SELECT id FROM outbox_outboundmessage")
    assert (first, second) == ((None, None), (reply, None))
    assert office.receive(office.part("Gardener again", recipient=SHARED)) == [(reply, None)]


def test_a_test_answers_tests_alone(office: Office) -> None:
    real, tried = office.sent(), office.sent(ago=timedelta(hours=2), is_test=True)
    assert office.receive(office.part(is_test=True), office.part()) == [(tried, None), (real, None)]


def test_nobodys_message_answers_nothing(office: Office) -> None:
    assert office.receive(office.part("unknown word", recipient=SHARED)) == [(None, None)]


def test_the_dialogue_of_a_reply_shows_what_was_answered(office: Office) -> None:
    key = office.sent(campaign_id=7)
    office.receive(office.part("Yes"), office.part("And no"))
    ((dialogue, count_),) = office.con.rows("SELECT id, message_count FROM dialogues_dialogue")
    assert office.con.rows("SELECT id FROM outbox_outboundmessage WHERE dialogue_id = ?", (dialogue,)) == [(key,)]
    assert count_ == 3


def test_what_a_dialogue_shows_already_stays_there(office: Office) -> None:
    office.sent(dialogue_id=4711)
    office.receive(office.part("Yes"))
    assert office.con.rows("SELECT dialogue_id FROM outbox_outboundmessage") == [(4711,)]
