"""What a group of received items writes, on both databases, inside one transaction."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from recado.carriers.smpp.parts import read_content
from recado.core.message import Concatenation, Encoding, InboundPart
from recado.core.receipt import DeliveryReceipt, OutboundState, UndeliveredReason
from recado.gateway.group_result import GroupResult
from recado.gateway.intake import Item, Rebound, Sweep
from recado.gateway.receive import receive_group
from recado.gateway.session_breaks import RebindWatch, SessionBreaks
from recado.store.dialect import Connection
from recado.store.ids import IdGenerator
from recado.store.snapshot import load_routes
from recado.testing.routing import INDIVIDUAL, SHARED, Configured, action, configure, insert, keyword_with_rule

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ANNA = "48501222333"
FINGERPRINTS = count(1)


class World:
    """A configured database, and a way to receive in it."""

    def __init__(self, con: Connection) -> None:
        self.con = con
        with con.transaction():
            self.ids: Configured = configure(con, NOW)
        self.generator = IdGenerator(0)
        self.breaks = SessionBreaks()

    def part(self, text: str, sender: str = ANNA, recipient: str = SHARED, **fields: object) -> InboundPart:
        part = InboundPart(self.ids.connection_id, sender, recipient, text, Encoding.GSM7, NOW, text.encode(), next(FINGERPRINTS))
        return replace(part, **fields)

    def long(self, position: int, total: int, text: str, reference: int = 7, **fields: object) -> InboundPart:
        return self.part(text, concatenation=Concatenation(reference, 8, total, position), **fields)

    def receive(self, *items: Item, now: datetime = NOW) -> GroupResult:
        stream = self.generator.stream(int(now.timestamp() * 1000))
        with self.con.transaction():
            result = receive_group(self.con, items, load_routes(self.con), stream, now, self.breaks)
        self.breaks.settle()
        return result

    def all(self, table: str, columns: str, order: str = "id") -> list[tuple[object, ...]]:
        return self.con.rows(f"SELECT {columns} FROM {table} ORDER BY {order}")

    def texts(self) -> list[object]:
        return [row[0] for row in self.all("inbox_message", "text")]


@pytest.fixture
def world(connection: Connection) -> World:
    return World(connection)


def test_one_message_writes_all_its_consequences(world: World) -> None:
    result = world.receive(world.part("gardener", raw=b"\x00\xff"))
    (message_id,) = result.message_ids
    ids = world.ids
    dialogue_id = result.messages[0][1]
    row = world.con.row("SELECT id, account_id, number_id, dialogue_id, keyword_id, rule_id, sender, recipient, raw FROM inbox_message")
    assert row is not None
    expected = (message_id, ids.accounts[0], ids.shared_id, dialogue_id, ids.keyword_id, ids.rule_id, ANNA, SHARED)
    assert row[:8] == expected
    assert bytes(row[8]) == b"\x00\xff"
    ((contact_id, contact),) = world.all("contacts_contact", "id, msisdn")
    assert contact == ANNA
    assert world.all("contacts_groupmembership", "group_id, contact_id, message_id") == [(ids.group_id, contact_id, message_id)]
    ((outbound_id, *outbound),) = world.all("outbox_outboundmessage", "id, sender, recipient, text, state, connection_id, dialogue_id")
    assert outbound == [SHARED, ANNA, "Welcome.", "queued", ids.connection_id, dialogue_id]
    assert world.all("outbox_job", "kind, outbound_message_id, destination_id, message_id", "kind") == [
        ("forward_url", None, ids.destination_id, message_id),
        ("submit", outbound_id, None, message_id),
    ]
    assert (result.stored_count, result.job_count, result.contact_count) == (1, 2, 1)


def test_a_dialogue_counts_and_shows_the_last_message(world: World) -> None:
    world.receive(world.part("gardener"), world.part("gardener again"))
    world.con.execute("UPDATE dialogues_dialogue SET state = 'done', unread_count = 0")
    world.receive(world.part("GARDENER and more"))
    ((*row, contact_id),) = world.all("dialogues_dialogue", "state, last_text, unread_count, message_count, contact_id")
    assert row == ["open", "GARDENER and more", 1, 4]
    assert world.all("contacts_contact", "id") == [(contact_id,)]


def test_a_message_brings_back_a_snoozed_dialogue(world: World) -> None:
    world.receive(world.part("gardener"))
    world.con.execute("UPDATE dialogues_dialogue SET snoozed_until = last_message_at")
    world.receive(world.part("gardener again"))
    assert world.all("dialogues_dialogue", "state, snoozed_until") == [("open", None)]


def test_a_second_message_of_the_same_group_sees_what_the_first_did(world: World) -> None:
    world.receive(world.part("gardener"), world.part("gardener"))
    world.receive(world.part("gardener"))
    assert len(world.all("contacts_contact", "id")) == 1
    assert len(world.all("contacts_groupmembership", "id")) == 1
    trails = [str(row[0]) for row in world.all("inbox_message", "trail")]
    assert ["already_in_group" in trail for trail in trails] == [False, True, True]


def test_two_accounts_keep_the_same_phone_apart(world: World) -> None:
    at = world.con.dialect.timestamp(NOW)
    _, rule = keyword_with_rule(world.con, world.ids.accounts[1], world.ids.shared_id, "pizza", at)
    group = insert(world.con, "contacts_group", account_id=world.ids.accounts[1], name="Hungry", created_at=at)
    action(world.con, rule, "add_to_group", group_id=group)
    world.receive(world.part("gardener"), world.part("pizza"))
    assert [row[0] for row in world.all("contacts_contact", "account_id", "account_id")] == list(world.ids.accounts)
    assert [row[0] for row in world.all("dialogues_dialogue", "account_id", "account_id")] == list(world.ids.accounts)


def test_a_group_deleted_a_moment_ago_keeps_nothing_from_being_stored(world: World) -> None:
    routes = load_routes(world.con)
    world.con.execute("DELETE FROM keywords_ruleaction WHERE group_id = ?", (world.ids.group_id,))
    world.con.execute("DELETE FROM contacts_group WHERE id = ?", (world.ids.group_id,))
    with world.con.transaction():
        receive_group(world.con, [world.part("gardener")], routes, world.generator.stream(0), NOW)
    assert world.texts() == ["gardener"]
    assert len(world.all("outbox_job", "id")) == 2


def test_nobodys_message_is_kept_without_consequences(world: World) -> None:
    result = world.receive(world.part("hello"), world.part("gardener", recipient="4899"))
    assert result.unmatched_count == 2
    assert world.all("inbox_message", "text, account_id, number_id, dialogue_id", "text DESC") == [
        ("hello", None, world.ids.shared_id, None),
        ("gardener", None, None, None),
    ]
    assert world.all("dialogues_dialogue", "id") == []


def test_an_individual_number_keeps_everything_for_its_owner(world: World) -> None:
    world.receive(world.part("Good morning", recipient=INDIVIDUAL))
    assert world.all("inbox_message", "account_id, number_id") == [(world.ids.accounts[0], world.ids.individual_id)]


def test_an_answer_to_the_only_account_that_wrote_is_theirs(world: World) -> None:
    world.receive(world.part("gardener"))
    result = world.receive(world.part("thank you"), now=NOW + timedelta(days=6))
    assert result.unmatched_count == 0
    assert world.all("inbox_message", "text, account_id") == [("gardener", world.ids.accounts[0]), ("thank you", world.ids.accounts[0])]
    late = world.receive(world.part("too late"), now=NOW + timedelta(days=8))
    assert late.unmatched_count == 1


def test_where_two_accounts_wrote_the_answer_is_nobodys(world: World) -> None:
    at = world.con.dialect.timestamp(NOW)
    _, rule = keyword_with_rule(world.con, world.ids.accounts[1], world.ids.shared_id, "pizza", at)
    action(world.con, rule, "send_reply", text="Which?")
    world.receive(world.part("gardener"), world.part("pizza"))
    assert world.receive(world.part("thank you")).unmatched_count == 1


# --- repeats ---


def test_the_carriers_id_is_stored_once_across_and_within_groups(world: World) -> None:
    part = world.part("gardener", carrier_message_id="abc")
    first = world.receive(part, part)
    second = world.receive(part)
    assert (first.duplicate_count, second.duplicate_count) == (1, 1)
    assert second.message_ids == first.message_ids[:1]
    assert len(world.all("inbox_message", "id")) == 1
    assert len(world.all("outbox_job", "id")) == 2
    assert [row[0] for row in world.all("connections_carrierlog", "event")] == ["repeat_dropped"] * 2


def test_two_identical_votes_both_count(world: World) -> None:
    vote = world.part("gardener")
    assert world.receive(vote, vote).stored_count == 2


def resend(world: World, *parts: InboundPart, seconds: float, broke_at: datetime = NOW) -> GroupResult:
    """Receive parts after the session broke and began again a second later."""
    bound = broke_at + timedelta(seconds=1)
    at = bound + timedelta(seconds=seconds)
    rebound = Rebound(world.ids.connection_id, broke_at, bound)
    return world.receive(rebound, *(replace(part, received_at=at) for part in parts), now=at)


def test_what_is_sent_again_after_a_broken_session_has_no_second_effect(world: World) -> None:
    vote = world.part("gardener")
    first = world.receive(vote)
    again = resend(world, vote, vote, seconds=5)
    assert again.duplicate_count == 1, "the candidate is used up by the first resend"
    assert again.message_ids[1] == first.message_ids[0]
    assert len(world.all("inbox_message", "id")) == 2


def test_a_minute_after_the_new_session_began_the_same_text_is_a_new_vote(world: World) -> None:
    vote = world.part("gardener")
    world.receive(vote)
    assert resend(world, vote, seconds=61).duplicate_count == 0


def test_only_the_last_half_minute_before_the_break_can_be_sent_again(world: World) -> None:
    old, young = world.part("gardener", received_at=NOW - timedelta(seconds=31)), world.part("gardener")
    world.receive(old, young)
    again = resend(world, old, young, seconds=5)
    assert (again.duplicate_count, again.stored_count) == (1, 1)


def test_messages_after_the_break_are_no_candidates(world: World) -> None:
    vote = world.part("gardener", received_at=NOW + timedelta(seconds=0.5))
    world.receive(vote)
    assert resend(world, vote, seconds=5).duplicate_count == 0


def test_a_break_on_one_connection_says_nothing_about_another(world: World) -> None:
    at = world.con.dialect.timestamp(NOW)
    other = insert(world.con, "connections_connection", name="Other", kind="smpp", settings="{}", is_enabled=True, created_at=at)
    vote = world.part("gardener")
    world.receive(vote)
    assert resend(world, replace(vote, connection_id=other), seconds=5).duplicate_count == 0


def test_a_group_rolled_back_uses_up_no_candidate(world: World) -> None:
    vote = world.part("gardener")
    world.receive(vote)
    breaks = world.breaks
    world.con.begin()
    receive_group(
        world.con, [Rebound(world.ids.connection_id, NOW, NOW), vote], load_routes(world.con), world.generator.stream(0), NOW, breaks
    )
    world.con.rollback()
    breaks.undo()
    assert world.receive(vote).duplicate_count == 1


def test_a_second_break_brings_no_used_candidate_back(world: World) -> None:
    vote = world.part("gardener")
    world.receive(vote)
    assert resend(world, vote, seconds=5).duplicate_count == 1
    assert resend(world, vote, seconds=6).duplicate_count == 0


# --- long messages ---


def test_what_is_sent_again_and_again_because_the_next_session_breaks_at_once_has_no_second_effect(world: World) -> None:
    vote = world.part("gardener")
    world.receive(vote)
    assert resend(world, vote, seconds=1).duplicate_count == 1
    soon = NOW + timedelta(seconds=3)
    assert resend(world, vote, seconds=1, broke_at=soon).duplicate_count == 1
    assert resend(world, vote, seconds=2, broke_at=soon).duplicate_count == 0, "that break explains one repeat"


def test_a_carrier_with_a_wide_window_may_send_all_of_it_again(world: World) -> None:
    votes = [world.part("gardener", sender=f"48600{number:06}") for number in range(1_200)]
    world.receive(*votes)
    assert resend(world, *votes, seconds=5).duplicate_count == 1_200


def test_after_a_start_with_the_clock_gone_back_resends_are_recognised(world: World) -> None:
    vote = world.part("gardener")
    world.receive(vote)
    earlier = NOW - timedelta(hours=1)
    announced: list[Rebound] = []
    RebindWatch(announced.append, lambda: earlier).bound(world.ids.connection_id)
    assert world.receive(*announced, replace(vote, received_at=earlier), now=earlier).duplicate_count == 1


def test_parts_in_any_order_and_group_make_one_message(world: World) -> None:
    assert world.receive(world.long(2, 3, "ner wel")).message_ids == [0]
    result = world.receive(world.long(3, 3, "come"), world.long(1, 3, "garde"))
    assert world.texts() == ["gardener welcome"]
    assert result.message_ids[0] == 0
    assert world.all("inbox_part", "message_id", "id") == [(result.message_ids[1],)] * 3
    assert world.all("inbox_message", "parts_received, parts_total, keyword_id") == [(3, 3, world.ids.keyword_id)]


def test_all_parts_in_one_group_make_one_message_and_a_retransmit_nothing(world: World) -> None:
    parts = [world.long(1, 2, "garde"), world.long(2, 2, "ner")]
    first = world.receive(*parts, parts[0])
    assert (first.stored_count, first.duplicate_count) == (1, 1)
    again = world.receive(*parts)
    assert (again.stored_count, again.duplicate_count) == (0, 2)
    assert len(world.all("outbox_job", "id")) == 2


def test_interleaved_senders_with_the_same_reference_stay_apart(world: World) -> None:
    world.receive(world.long(1, 2, "a1 "), world.long(1, 2, "b1 ", sender="48777"), world.long(2, 2, "a2"))
    world.receive(world.long(2, 2, "b2", sender="48777"))
    assert world.texts() == ["a1 a2", "b1 b2"]


def test_an_incomplete_message_is_given_out_in_the_end_and_mended_by_a_late_part(world: World) -> None:
    world.receive(world.long(1, 2, "gardener "))
    assert world.receive(Sweep(), now=NOW + timedelta(minutes=4)).stored_count == 0
    assert world.receive(Sweep(), now=NOW + timedelta(minutes=6)).stored_count == 1
    assert world.all("inbox_message", "parts_received, parts_total") == [(1, 2)]
    late = world.receive(world.long(2, 2, "please"), now=NOW + timedelta(minutes=7))
    assert late.stored_count == 0
    ((text, received, trail),) = world.all("inbox_message", "text, parts_received, trail")
    assert (text, received) == ("gardener please", 2)
    assert "incomplete" in str(trail)
    assert "amended" in str(trail)
    assert world.all("dialogues_dialogue", "last_text") == [("gardener please",)]


def cut_in_two(world: World, data_coding: int, *pieces: bytes) -> list[InboundPart]:
    contents = [read_content(0x40, data_coding, bytes((5, 0, 3, 7, 2, at)) + piece, ()) for at, piece in enumerate(pieces, 1)]
    return [world.long(at, 2, one.text, encoding=one.encoding) for at, one in enumerate(contents, 1)]


@pytest.mark.parametrize(
    ("data_coding", "pieces", "text"),
    [(8, (b"\0a\xd8\x3c", b"\xdf\x3b\0b"), "a🌻b"), (0, (b"a\x1b", b"eb"), "a€b")],
    ids=["an emoji", "an escaped letter"],
)
@pytest.mark.parametrize("order", [1, -1], ids=["in order", "backwards"])
def test_a_letter_cut_between_two_parts_is_whole_in_the_message(
    world: World, data_coding: int, pieces: tuple[bytes, ...], text: str, order: int
) -> None:
    for one in cut_in_two(world, data_coding, *pieces)[::order]:
        world.receive(one)
    assert world.texts() == [text]


def test_a_letter_cut_in_two_is_lost_only_until_the_missing_part_comes(world: World) -> None:
    first, second = cut_in_two(world, 8, b"\0a\xd8\x3c", b"\xdf\x3b\0b")
    world.receive(first)
    world.receive(Sweep(), now=NOW + timedelta(minutes=6))
    assert world.texts() == ["a\N{REPLACEMENT CHARACTER} […]"]
    world.receive(second, now=NOW + timedelta(minutes=7))
    assert world.texts() == ["a🌻b"]


# --- receipts ---


def receipt(world: World, carrier_id: str, state: OutboundState | None, word: str = "DELIVRD") -> DeliveryReceipt:
    reason = UndeliveredReason.WRONG_NUMBER if state is OutboundState.UNDELIVERED else None
    return DeliveryReceipt(world.ids.connection_id, carrier_id, word, "000", NOW, b"raw", state, reason)


def test_receipts_are_applied_in_the_same_group(world: World) -> None:
    world.receive(world.part("gardener"))
    ((outbound_id,),) = world.all("outbox_outboundmessage", "id")
    at = world.con.dialect.timestamp(NOW)
    world.con.execute("UPDATE outbox_outboundmessage SET state = 'sent'")
    world.con.execute(
        "INSERT INTO outbox_segment (id, outbound_message_id, position, connection_id, carrier_message_id, state, carrier_state,"
        " carrier_error, updated_at) VALUES (1, ?, 1, ?, 'c1', 'sent', '', '', ?)",
        (outbound_id, world.ids.connection_id, at),
    )
    result = world.receive(receipt(world, "c1", OutboundState.DELIVERED), world.part("more"))
    assert world.all("outbox_outboundmessage", "state") == [("delivered",)]
    assert result.outbound[0][0] == world.ids.accounts[0]
    assert result.receipt_count == 1


def test_odd_texts_are_stored_as_well_as_can_be(world: World) -> None:
    world.receive(world.part("a\0b"), world.part("", raw=b""), world.part("x" * 60_000), world.part("🌻" * 70, sender="Bank"))
    assert world.texts()[:2] == ["a\N{REPLACEMENT CHARACTER}b", ""]


def test_every_action_has_a_collector() -> None:
    from typing import get_args

    from recado.core.action import Action
    from recado.store.collectors import COLLECTORS

    assert COLLECTORS.keys() == set(get_args(Action))


def test_somebody_elses_new_contact_makes_the_group_start_anew(world: World, connect_again: Callable[[], Connection]) -> None:
    from recado.store.load import Known
    from recado.store.write import LostRaceError, Rows

    world.receive(world.part("gardener"))
    rows = Rows(Known(), world.generator.stream(0), NOW, world.con.dialect.timestamp)
    rows.contacts.append((1, world.ids.accounts[0], ANNA, rows.now))
    with pytest.raises(LostRaceError), world.con.transaction():
        rows.write(world.con)
