"""Every figure equals what a plain count of the log gives, however it was rolled up, whatever is asked, on both databases."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from counted_by_hand import CHANGES, ZONE, ByHand, Log

from recado.apps.statistics import queries
from recado.apps.statistics.figures import Filters, Measure, Period
from recado.apps.statistics.rolling import rebuild, roll_up
from thorough import IS_THOROUGH

FIRST, LAST = date(2026, 3, 20), date(2026, 10, 31)


def questions(log: Log, random: Random, count: int) -> list[Filters]:
    days = [
        date(2026, 3, 28),
        date(2026, 3, 29),
        date(2026, 3, 30),
        date(2026, 10, 24),
        date(2026, 10, 25),
        date(2026, 10, 26),
        FIRST,
        LAST,
    ]
    found = [Filters(Period(FIRST, LAST)), Filters(Period(date(2026, 3, 29), date(2026, 3, 29))), Filters(Period(days[4], days[4]))]
    for _ in range(count):
        first, last = sorted(random.choices(days, k=2))
        number = random.choice([None, *log.numbers])
        keyword = random.choice([None, None, *log.keywords])
        found.append(Filters(Period(first, last), number, keyword, random.choice([None, *log.groups])))
    return found


def compare(log: Log, filters: Filters) -> None:
    account, hand = log.account, ByHand(log, filters)
    assert queries.totals(account, filters) == hand.totals()
    things = {Measure.RECEIVED: hand.received, Measure.NEW_CONTACTS: hand.new, Measure.REPLIES: hand.replies}
    for measure, happened in (things | {Measure.OPT_OUTS: hand.of("opted_out")}).items():
        points = queries.series(account, filters, measure)
        if filters.period.by_hour:
            assert {p.start.astimezone(UTC): p.count for p in points if p.count} == hand.by_hour(happened)
        else:
            assert {p.start.date(): p.count for p in points if p.count} == hand.by_day(happened)
            assert len(points) == filters.period.days
        assert all(p.start.tzinfo == ZONE for p in points)
    assert queries.hours_by_weekday(account, filters) == hand.hours_by_weekday()
    before = replace_period(hand, filters.period.before)
    rows = queries.keywords(account, filters, filters.period.before)
    assert {
        row.key: (row.count, row.details["new_contacts"], row.details["opt_outs"], row.details["people"])
        for row in rows
        if row.count or row.details["opt_outs"]
    } == hand.keywords()
    assert {row.key: row.before for row in rows if row.before} == {key: one[0] for key, one in before.keywords().items() if one[0]}
    numbers = queries.numbers(account, filters, filters.period.before)
    assert {row.key: row.count for row in numbers if row.count} == hand.numbers()
    assert {row.key: row.before for row in numbers if row.before} == before.numbers()
    compare_groups(log, hand)
    assert {row.name: row.count for row in queries.operators(account, filters)} == hand.operators()
    compare_sent(log, hand)
    found = {row.key: (row.count, row.details["members"]) for row in queries.conversion(account, filters)}
    assert found == hand.conversion()
    if filters.keyword_id == log.keywords[2]:
        assert {
            row.name.strip().lower().replace("łąka", "laka"): row.count for row in queries.arguments(account, filters)
        } == hand.arguments()
    compare_waits(log, hand)


def replace_period(hand: ByHand, period: Period) -> ByHand:
    filters = hand.filters
    return ByHand(hand.log, Filters(period, filters.number_id, filters.keyword_id, filters.group_id))


def compare_groups(log: Log, hand: ByHand) -> None:
    filters, expected = hand.filters, hand.groups()
    rows = {row.key: (row.count, row.details["joined"], row.details["left"]) for row in queries.groups(log.account, filters)}
    if filters.group_id is not None:
        assert rows == {str(filters.group_id): expected[str(filters.group_id)]}
    elif filters.number_id is None and filters.keyword_id is None:
        assert rows == expected
    else:
        assert rows == {}


def compare_sent(log: Log, hand: ByHand) -> None:
    states = queries.sent_states(log.account, hand.filters)
    assert {row.key: (row.count, row.details["segments"]) for row in states} == hand.sent_states()
    assert {row.key: row.count for row in queries.sent_reasons(log.account, hand.filters)} == hand.sent_reasons()


def compare_waits(log: Log, hand: ByHand) -> None:
    answered, never = hand.waits()
    rows = {row.key: row.count for row in queries.first_reply(log.account, hand.filters)}
    assert rows["never"] == never
    assert sum(rows.values()) == len(answered) + never
    assert rows["under_1_h"] == sum(900 <= seconds < 3600 for seconds in answered)
    assert rows["longer"] == sum(seconds >= 86_400 for seconds in answered)
    median = queries.median_first_reply(log.account, hand.filters)
    if median is None:
        assert not answered
    else:
        assert int(median.total_seconds()) == int(sorted(answered)[(len(answered) - 1) // 2])


@pytest.mark.parametrize("seed", range(40 if IS_THOROUGH else 2))
def test_every_figure_is_that_of_a_plain_count(orm, seed):
    random = Random(seed)
    log = Log(random)
    for change in CHANGES:
        log.change_groups()
        log.add(40, change - timedelta(days=random.choice((1, 8))), change + timedelta(days=1))
        now = change + timedelta(hours=random.randrange(-20, 40))
        roll_up(now, limit=random.choice((3, 1000)), size=random.choice((1, 3, 50)))
        log.change_states(now - timedelta(hours=72))
    log.change_groups()
    roll_up(datetime(2026, 10, 26, random.randrange(24), tzinfo=UTC), limit=10_000, size=random.choice((2, 7, 50)))
    for filters in questions(log, random, 12):
        compare(log, filters)
    rebuild(log.account, datetime(2026, 10, 25, 12, tzinfo=UTC))
    roll_up(datetime(2026, 10, 25, 12, tzinfo=UTC), limit=10_000)
    for filters in questions(log, random, 5):
        compare(log, filters)
