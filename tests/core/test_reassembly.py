"""Parts of long messages find each other, whatever the order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recado.core.message import Concatenation, Encoding, InboundPart
from recado.core.reassembly import Amends, Complete, Due, Repeat, Waiting, as_known, due, part_key, place

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def part(position: int, text: str, total: int = 3, reference: int = 9, at: datetime = NOW, **changes: object) -> InboundPart:
    udh = Concatenation(reference, 8, total, position)
    made = InboundPart(1, "48501222333", "48503340503", text, Encoding.GSM7, at, b"", hash((text, position)), udh)
    return replace(made, **changes)


class Desk:
    """Does with placements what the store does, in memory."""

    def __init__(self):
        self.known: dict[tuple, list] = {}
        self.messages: dict[int, str] = {}
        self.ids = iter(range(1, 10_000))

    def take(self, arriving: InboundPart, now: datetime = NOW):
        known = self.known.setdefault(part_key(arriving), [])
        placement = place(arriving, known, now)
        match placement:
            case Waiting(assembly_id):
                known.append(as_known(arriving, assembly_id or next(self.ids)))
            case Complete(assembly_id, joined):
                known.append(as_known(arriving, assembly_id))
                self.give_out(known, assembly_id, joined.text)
            case Amends(assembly_id, message_id, joined):
                known.append(as_known(arriving, assembly_id, message_id))
                self.messages[message_id] = joined.text
        return placement

    def give_out(self, known: list, assembly_id: int, text: str) -> None:
        message_id = next(self.ids)
        self.messages[message_id] = text
        known[:] = [replace(one, message_id=message_id) if one.assembly_id == assembly_id else one for one in known]

    def sweep(self, now: datetime) -> tuple[Due, ...]:
        given_out = due([one for known in self.known.values() for one in known], now)
        for one in given_out:
            known = next(known for known in self.known.values() if any(k.assembly_id == one.assembly_id for k in known))
            self.give_out(known, one.assembly_id, one.joined.text)
        return given_out


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.mark.parametrize("order", ["123", "321", "213", "132", "1123", "31322"])
def test_parts_make_one_message_in_any_order_with_repeats(desk, order):
    for position in order:
        desk.take(part(int(position), f"<{position}>"))
    assert list(desk.messages.values()) == ["<1><2><3>"]


@given(st.data())
@settings(max_examples=60)
def test_every_message_arrives_once_whatever_the_order_repeats_senders_and_links(data):
    sources = data.draw(
        st.lists(st.tuples(st.sampled_from("AB"), st.integers(1, 2), st.integers(0, 2)), min_size=1, max_size=4, unique=True)
    )
    totals = [data.draw(st.integers(2, 4)) for _ in sources]
    sent = [
        part(position, f"{sender}{link}{reference}.{position};", total, reference, sender=sender, connection_id=link)
        for (sender, link, reference), total in zip(sources, totals, strict=True)
        for position in range(1, total + 1)
    ]
    repeated = data.draw(st.lists(st.sampled_from(sent), max_size=6))
    desk = Desk()
    for arriving in data.draw(st.permutations(sent + repeated)):
        desk.take(arriving)
    whole = {
        "".join(f"{sender}{link}{reference}.{n};" for n in range(1, total + 1))
        for (sender, link, reference), total in zip(sources, totals, strict=True)
    }
    assert sorted(desk.messages.values()) == sorted(whole)


@given(st.permutations(range(1, 6)), st.integers(1, 4))
@settings(max_examples=60)
def test_late_parts_mend_what_was_given_out_incomplete(order, early):
    desk = Desk()
    for position in order[:early]:
        desk.take(part(position, str(position), 5))
    assert len(desk.sweep(NOW + HOUR)) == 1
    later = [desk.take(part(position, str(position), 5, at=NOW + HOUR), NOW + HOUR) for position in order[early:]]
    assert all(isinstance(placement, Amends) for placement in later)
    assert list(desk.messages.values()) == ["12345"]


@pytest.mark.parametrize(
    ("positions", "text"),
    [((1, 2, 3, 5), "123 […] 5"), ((3,), "[…] 3 […]"), ((4, 5), "[…] 45"), ((1, 2), "12 […]"), ((1, 4), "1 […] 4 […]")],
)
def test_each_run_of_missing_parts_is_marked_once(desk, positions, text):
    for position in positions:
        desk.take(part(position, str(position), 5))
    (given_out,) = desk.sweep(NOW + HOUR)
    assert (given_out.joined.text, given_out.joined.parts_received, given_out.joined.parts_total) == (text, len(positions), 5)


def test_a_message_is_due_five_minutes_after_its_latest_part(desk):
    desk.take(part(1, "a"))
    desk.take(part(2, "b", at=NOW + timedelta(minutes=4)))
    assert desk.sweep(NOW + timedelta(minutes=8, seconds=59)) == ()
    assert len(desk.sweep(NOW + timedelta(minutes=9))) == 1
    assert desk.sweep(NOW + HOUR) == ()


def test_a_retransmit_after_completion_names_the_message_and_makes_no_fragment(desk):
    for position in (1, 2, 3):
        desk.take(part(position, str(position)))
    assert desk.take(part(2, "2")) == Repeat(next(iter(desk.messages)))
    assert desk.take(part(2, "2", at=NOW + HOUR), NOW + HOUR) == Repeat(next(iter(desk.messages)))


def test_a_retransmit_before_completion_is_a_repeat_without_a_message(desk):
    desk.take(part(1, "1"))
    assert desk.take(part(1, "1")) == Repeat(None)


def test_a_reference_used_anew_begins_another_message(desk):
    for text in ("old", "new"):
        for position in (1, 2, 3):
            desk.take(part(position, f"{text}{position}"))
    assert list(desk.messages.values()) == ["old1old2old3", "new1new2new3"]


def test_a_reference_used_anew_does_not_mend_the_older_message(desk):
    desk.take(part(1, "old1", 2))
    desk.sweep(NOW + HOUR)
    desk.take(part(1, "new1", 2), NOW + HOUR)
    desk.take(part(2, "new2", 2), NOW + HOUR)
    desk.take(part(2, "third2", 2), NOW + HOUR)
    assert sorted(desk.messages.values()) == ["new1new2", "old1 […]"]


def test_an_older_message_that_waits_still_gets_its_part(desk):
    desk.take(part(1, "old1", 2))
    desk.take(part(1, "new1", 2))
    desk.take(part(2, "a2", 2))
    desk.take(part(2, "b2", 2))
    assert sorted(desk.messages.values()) == ["new1a2", "old1b2"]


def test_a_reference_means_another_message_after_a_day(desk):
    for position in (1, 2, 3):
        desk.take(part(position, str(position)))
    assert desk.take(part(1, "1", at=NOW + 24 * HOUR), NOW + 24 * HOUR) == Waiting(None)


def test_a_clock_set_back_keeps_parts_together(desk):
    desk.take(part(1, "1", 2))
    desk.take(part(2, "2", 2, at=NOW - HOUR), NOW - HOUR)
    assert list(desk.messages.values()) == ["12"]


@pytest.mark.parametrize(
    "udh", [None, Concatenation(9, 8, 1, 1), Concatenation(9, 8, 0, 0), Concatenation(9, 8, 3, 0), Concatenation(9, 8, 3, 4)]
)
def test_whole_messages_and_impossible_positions_are_not_joined(udh):
    assert part_key(part(1, "x", concatenation=udh)) is None


def test_references_of_8_and_16_bits_and_different_totals_are_apart():
    keys = {part_key(part(1, "x", concatenation=Concatenation(9, width, total, 1))) for width in (8, 16) for total in (2, 3)}
    assert len(keys) == 4


def test_the_whole_takes_the_richest_encoding_the_earliest_time_and_the_test_mark(desk):
    desk.take(part(2, "ż", 2, encoding=Encoding.UCS2, at=NOW + timedelta(seconds=1)))
    placement = desk.take(part(1, "a", 2, is_test=True))
    joined = placement.joined
    assert (joined.encoding, joined.received_at, joined.is_test, joined.text) == (Encoding.UCS2, NOW, True, "aż")


@pytest.mark.parametrize("attempt", [lambda one: place(one, (), NOW), lambda one: as_known(one, 1)])
def test_a_whole_message_cannot_be_placed_among_parts(attempt):
    with pytest.raises(ValueError, match="whole message"):
        attempt(part(1, "x", concatenation=None))
