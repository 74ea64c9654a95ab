"""Records of exchanges that went wrong, bounded."""

from datetime import UTC, datetime, timedelta

from recado.gateway.carrier_journal import OCTETS_KEPT, RECORDS, CarrierJournal

START = datetime(2026, 11, 22, 10, tzinfo=UTC)


class Clock:
    now = START

    def __call__(self):
        return self.now


def test_a_record_says_when_what_and_with_which_octets():
    written = []
    CarrierJournal(written.append, Clock()).note(7, "in", "malformed_pdu", "deliver_sm: cut", b"x" * 10_000)
    (record,) = written
    assert (record.connection_id, record.at, record.direction, record.event, record.detail) == (
        7,
        START,
        "in",
        "malformed_pdu",
        "deliver_sm: cut",
    )
    assert len(record.octets) == OCTETS_KEPT


def test_a_mad_peer_gets_its_share_each_minute_and_takes_nothing_from_others():
    written, clock = [], Clock()
    journal = CarrierJournal(written.append, clock)
    for _ in range(RECORDS * 3):
        journal.note(1, "in", "malformed_pdu", "", b"")
    journal.note(2, "in", "malformed_pdu", "", b"")
    assert [record.connection_id for record in written] == [1] * RECORDS + [2]
    clock.now = START + timedelta(minutes=1)
    journal.note(1, "in", "malformed_pdu", "", b"")
    assert len(written) == RECORDS + 2


def test_a_clock_that_goes_back_silences_nobody():
    written, clock = [], Clock()
    journal = CarrierJournal(written.append, clock)
    for _ in range(RECORDS + 1):
        journal.note(1, "in", "x", "", b"")
    clock.now = START - timedelta(hours=1)
    journal.note(1, "in", "x", "", b"")
    assert len(written) == RECORDS + 1
