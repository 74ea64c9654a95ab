"""Messages of a campaign leave when they may, each once; on both databases and over simulated time."""

from datetime import timedelta

import pytest
from campaign_rows import CampaignRows
from outbox_rows import NOW
from worker_twins import Clock

from recado.core.receipt import UnsentReason
from recado.delivery import feeding
from recado.delivery.feeding import clear, feed, is_hungry, room
from recado.store import campaign_messages, campaigns

PHONES = [f"4850100{index:04d}" for index in range(1200)]


@pytest.fixture
def rows(outbox) -> CampaignRows:
    return CampaignRows(outbox)


@pytest.fixture
def turn(connection, clock):
    """Do one turn of the feeder by hand."""

    def one(key: int = 1) -> int:
        released = 0
        for campaign in campaigns.under_way(connection):
            places = room(campaign)
            while campaign.campaign_id == key and is_hungry(campaign, clock.now):
                with connection.transaction():
                    step = clear(connection, key, clock.now) if campaign.state == "stopped" else feed(connection, key, clock.now, places)
                released, places = released + step.released, places - step.released
                if not step.may_go_on or (campaign.state == "sending" and not places):
                    break
        return released

    return one


def test_no_more_wait_with_the_workers_than_the_links_need_for_a_moment(rows, turn, monkeypatch):
    monkeypatch.setattr(feeding, "BACKLOG", 100)
    rows.begin(PHONES[:250])
    assert [turn(), turn()] == [100, 0]
    assert rows.released() == PHONES[:100]
    rows.hand_over(count=30)
    assert turn() == 30
    assert rows.jobs() == {"waiting": 100, "done": 30}


def test_every_message_gets_one_job_and_then_the_campaign_is_sent(rows, turn):
    rows.begin(PHONES)
    for _ in range(10):
        turn()
        rows.hand_over()
    assert rows.released() == PHONES
    assert rows.jobs() == {"done": len(PHONES)}
    assert rows.state() == "sent"


@pytest.mark.parametrize("per_minute", [7, 60, 600])
def test_a_throttle_is_exact_over_time(rows, turn, clock, per_minute):
    rows.begin(PHONES, per_minute=per_minute)
    released = []
    for _ in range(120):
        released.append(turn())
        rows.hand_over()
        clock.advance(0.5)
    assert abs(sum(released) - per_minute) <= max(1, per_minute / 60)
    assert max(released) <= max(1, per_minute / 60)


def test_after_a_broken_link_a_throttled_campaign_does_not_burst(rows, turn, clock):
    rows.begin(PHONES, per_minute=60)
    for _ in range(30):
        turn()
        clock.advance(2)
    assert rows.jobs() == {"waiting": 60 * feeding.THROTTLED_BACKLOG_SECONDS // 60}


def test_who_opted_out_or_was_blocked_meanwhile_gets_nothing(rows, turn):
    rows.begin(PHONES[:8], groups=[5])
    rows.opt_out(PHONES[0])
    rows.opt_out(PHONES[1], "number", 2)
    rows.opt_out(PHONES[2], "number", 99)
    rows.opt_out(PHONES[3], "group", 5, at=NOW + timedelta(seconds=1))
    rows.opt_out(PHONES[4], "group", 5, at=NOW - timedelta(days=1))  # and came by another way
    rows.opt_out(PHONES[5], "group", 6)
    rows.opt_out(PHONES[6], "keyword", 1)
    rows.block(PHONES[7])
    turn()
    assert rows.released() == [PHONES[2], *PHONES[4:7]]
    assert {phone for phone, fate in rows.fates().items() if fate == "unsent opted_out"} == {PHONES[0], PHONES[1], PHONES[3], PHONES[7]}


def test_who_opts_out_while_it_waits_with_the_workers_gets_nothing_either(rows, turn, connection, clock):
    rows.begin(PHONES[:3], groups=[5])
    turn()
    connection.execute("UPDATE outbox_job SET state = 'handing' WHERE id = (SELECT MIN(id) FROM outbox_job)")
    for phone in PHONES[:2]:
        rows.opt_out(phone, "group", 5, at=NOW + timedelta(seconds=1))
    late = [(1, phone) for phone in PHONES[:2]]
    ids = campaign_messages.not_wanted_any_more(connection, late)
    with connection.transaction():
        assert len(campaign_messages.take_back(connection, ids, UnsentReason.OPTED_OUT, clock.now)) == 1
    assert rows.fates() == {PHONES[0]: "queued", PHONES[1]: "unsent opted_out", PHONES[2]: "queued"}
    assert rows.jobs() == {"handing": 1, "done": 1, "waiting": 1}


POLE, BRIT, NEW_YORKER = "48501222333", "447400123456", "12125551234"


def test_quiet_hours_are_kept_where_each_phone_is(rows, turn, clock):
    """12:00 UTC is 13:00 in Warsaw, 12:00 in London, and the night is not over in all of the United States."""
    rows.hours("21:00", "08:00")
    rows.begin([POLE, NEW_YORKER, BRIT], quiet=True)
    turn()
    assert rows.released() == [POLE, BRIT]
    rows.hand_over()
    clock.advance(3600)
    turn()
    assert rows.state() == "sending"
    clock.now = NOW.replace(hour=18)
    turn()
    assert set(rows.released()) == {POLE, BRIT, NEW_YORKER}
    rows.hand_over()
    turn()
    assert rows.state() == "sent"


def test_in_the_night_everything_is_kept_back_and_then_leaves_by_the_throttle(rows, turn, clock):
    rows.hours("21:00", "08:00")
    rows.begin(PHONES[:700], quiet=True, per_minute=600)
    clock.now = NOW.replace(hour=22)
    for _ in range(3):
        assert turn() == 0
    clock.now = (NOW + timedelta(days=1)).replace(hour=7)
    released = []
    for _ in range(20):
        released.append(turn())
        rows.hand_over()
        clock.advance(0.5)
    assert sum(released) == pytest.approx(100, abs=22)
    assert max(released) <= 21


@pytest.mark.parametrize("more", [{"quiet": False}, {"quiet": True, "is_test": True}])
def test_a_campaign_that_keeps_no_quiet_hours_and_a_test_leave_at_night(rows, turn, clock, more):
    rows.hours("21:00", "08:00")
    rows.begin([POLE], **more)
    clock.now = NOW.replace(hour=22)
    assert turn() == 1


def test_what_is_not_valid_any_more_is_not_sent(rows, turn, clock):
    rows.hours("21:00", "08:00")
    rows.begin(quiet=True)
    rows.message(POLE, valid_until=NOW + timedelta(hours=12))
    rows.message(BRIT, valid_until=NOW + timedelta(hours=1))
    clock.now = NOW + timedelta(hours=8, minutes=30)  # 21:30 in Warsaw
    turn()
    turn()
    assert rows.fates() == {POLE: "unsent too_late", BRIT: "unsent too_late"}
    assert rows.state() == "sent"


def test_what_was_never_to_be_sent_is_passed_over(rows, turn):
    rows.begin()
    rows.message(POLE, state="unsent")
    rows.message(BRIT, state="queued", scheduled_at=NOW - timedelta(hours=1))
    turn()
    assert rows.released() == [BRIT]


def test_a_step_that_is_not_committed_is_taken_again_and_no_message_gets_two_jobs(rows, turn, connection, clock):
    rows.begin(PHONES[:20])
    connection.begin()
    assert feed(connection, 1, clock.now, 10).released == 10
    connection.rollback()
    assert rows.released() == []
    turn()
    connection.execute("UPDATE campaigns_campaign SET released_to = 0")  # whatever may go wrong: the key of the jobs guards
    turn()
    assert rows.released() == PHONES[:20]


def test_a_stop_takes_back_what_waits_and_what_is_kept_back_and_the_rest(rows, turn, connection, clock, monkeypatch):
    monkeypatch.setattr(feeding, "BACKLOG", 100)
    rows.hours("21:00", "08:00")
    rows.begin([NEW_YORKER, *PHONES], quiet=True)
    turn()
    rows.hand_over(count=10)
    connection.execute("UPDATE outbox_job SET state = 'handing' WHERE id = (SELECT MIN(id) FROM outbox_job WHERE state = 'waiting')")
    connection.execute("UPDATE outbox_job SET state = 'claimed' WHERE id = (SELECT MIN(id) FROM outbox_job WHERE state = 'waiting')")
    rows.stop()
    turn()
    assert rows.messages() == {"sent": 10, "queued": 1, "unsentstopped": len(PHONES) - 10}
    assert rows.jobs() == {"done": 99, "handing": 1}
    connection.execute("UPDATE outbox_job SET state = 'done' WHERE state = 'handing'")
    assert campaigns.under_way(connection) == []
    assert rows.state() == "stopped"


def test_what_is_still_being_written_when_a_campaign_is_stopped_is_taken_back_too(rows, turn):
    rows.begin(PHONES[:5], state="stopped")
    turn()
    rows.message(PHONES[6])
    turn()
    assert rows.messages() == {"unsentstopped": 6}


def test_campaigns_of_a_suspended_account_rest(rows, turn, connection):
    rows.begin(PHONES[:5])
    connection.execute("UPDATE accounts_account SET is_suspended = TRUE")
    assert turn() == 0
    connection.execute("UPDATE accounts_account SET is_suspended = FALSE")
    assert turn() == 5


def test_two_feeders_at_once_release_each_message_once_and_keep_the_throttle(rows, connection, connect_again, clock):
    from concurrent.futures import ThreadPoolExecutor

    rows.begin(PHONES, per_minute=60_000)

    def race(con) -> int:
        released = 0
        for _ in range(30):
            with con.transaction():
                released += feed(con, 1, clock.now, 40).released
        return released

    connections = [connect_again() for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        counts = list(pool.map(race, connections))
    assert sum(counts) == len(rows.released()) == 1  # no time has passed: the throttle lets one message leave
    connection.execute("UPDATE campaigns_campaign SET per_minute = NULL")
    with ThreadPoolExecutor(3) as pool:
        counts = list(pool.map(race, connections))
    assert sum(counts) == len(PHONES) - 1
    assert rows.released() == PHONES


def test_the_clock_of_the_throttle_survives_a_restart(rows, turn, clock):
    rows.begin(PHONES[:9], per_minute=7)
    assert turn() == 1
    fresh = Clock()
    fresh.now = clock.now + timedelta(seconds=4)
    clock.now = fresh.now
    assert turn() == 0
    clock.advance(4.6)
    assert turn() == 1
