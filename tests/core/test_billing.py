"""What a month costs: fees by the day, usage by price, VAT by rate, nothing twice."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.amount_words import in_words
from recado.core.billing import Fee, Key, LineCode, Subscribed, Usage, days_share, days_within, fee_lines, month_lines, next_month, preview
from recado.core.vat import added_up, totals, vat_of_lines

NOVEMBER = date(2026, 11, 1)
OCTOBER = date(2026, 10, 1)
FROM_THE_START = (Fee(date(2020, 1, 1), 10000, 3000),)


def day(number: int, month: int = 11) -> date:
    return date(2026, month, number)


def number(starts_on: date, ends_on: date | None = None, fees: tuple[Fee, ...] = FROM_THE_START) -> Subscribed:
    return Subscribed(7, "individual_long||48503340503", starts_on, ends_on, fees)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "expected"),
    [
        (day(1, 10), None, [("subscription", 3000)]),
        (day(1), None, [("installation", 10000), ("subscription", 3000)]),
        (day(16), None, [("installation", 10000), ("subscription", 1500)]),
        (day(30), None, [("installation", 10000), ("subscription", 100)]),
        (day(1, 10), day(11), [("subscription", 1000)]),
        (day(10), day(11), [("installation", 10000), ("subscription", 100)]),
        (day(1, 10), day(1), []),
        (day(1, 12), None, []),
        (day(10), day(10), []),
    ],
)
def test_a_subscription_costs_its_days(starts_on, ends_on, expected):
    lines = fee_lines(number(starts_on, ends_on), NOVEMBER)
    assert [(line.code.value, line.net) for line in lines] == expected


def test_a_fee_that_changes_within_a_month_costs_each_day_its_own():
    fees = (Fee(date(2020, 1, 1), 0, 3000), Fee(day(11), 0, 6000), Fee(day(21), 0, 6000))
    lines = list(fee_lines(number(day(1, 10), fees=fees), NOVEMBER))
    assert [(line.from_day, line.to_day, line.net) for line in lines] == [(day(1), day(10), 1000), (day(11), day(30), 4000)]


def test_what_is_free_has_no_line_and_before_the_first_list_nothing_is_paid():
    assert list(fee_lines(number(day(5), fees=(Fee(date(2020, 1, 1), 0, 0),)), NOVEMBER)) == []
    late = list(fee_lines(number(day(1), fees=(Fee(day(16), 500, 3000),)), NOVEMBER))
    assert [(line.code, line.net) for line in late] == [(LineCode.SUBSCRIPTION, 1500)]


@given(st.integers(0, 10**7), st.integers(2020, 2030), st.integers(1, 12), st.lists(st.integers(1, 30), max_size=6))
def test_the_parts_of_a_month_add_up_to_the_whole(fee, year, month, cuts):
    begins = date(year, month, 1)
    ends = next_month(begins)
    marks = sorted({begins, ends, *(begins + timedelta(days=min(cut, (ends - begins).days)) for cut in cuts)})
    parts = [days_share(fee, since, until) for since, until in pairwise(marks)]
    assert sum(parts) == fee
    assert all(part >= 0 for part in parts)


def test_usage_is_invoiced_by_service_and_price_to_who_pays_afterwards_alone():
    usage = [Usage(NOVEMBER, LineCode.FULL, 9, 100), Usage(NOVEMBER, LineCode.FULL, 12, 10), Usage(NOVEMBER, LineCode.FORWARD, 9, 5)]
    lines = month_lines([NOVEMBER], [], usage, {})
    assert [(line.code.value, line.quantity, line.net) for line in lines] == [("forward", 5, 45), ("full", 100, 900), ("full", 10, 120)]


def test_what_came_late_is_taken_by_the_next_month():
    usage = [Usage(OCTOBER, LineCode.FULL, 9, 103), Usage(NOVEMBER, LineCode.FULL, 9, 10)]
    invoiced = {Key(OCTOBER, LineCode.FULL, 0, 9): 100, Key(OCTOBER, LineCode.SUBSCRIPTION, 7, 0): 1}
    lines = month_lines([OCTOBER, NOVEMBER], [number(day(1, 9))], usage, invoiced)
    assert [(line.month, line.code.value, line.quantity) for line in lines] == [
        (NOVEMBER, "subscription", 1),
        (OCTOBER, "full", 3),
        (NOVEMBER, "full", 10),
    ]


USAGES = st.lists(st.builds(Usage, st.just(NOVEMBER), st.sampled_from(LineCode), st.integers(0, 50), st.integers(-20, 500)), max_size=8)


@pytest.mark.parametrize(
    ("periods", "days"),
    [
        ([(date(2000, 1, 1), True)], [(1, 31)]),
        ([(date(2000, 1, 1), False)], []),
        ([(date(2000, 1, 1), True), (day(11), False), (day(21), True)], [(1, 11), (21, 31)]),
        ([(date(2000, 1, 1), False), (day(30), True)], [(30, 31)]),
        ([(date(2000, 1, 1), True), (day(1), False)], []),
        ([(date(2000, 1, 1), False), (date(2026, 12, 1), True)], []),
    ],
)
def test_only_days_that_count_are_looked_at(periods, days):
    after = {first: next_month(NOVEMBER) if last == 31 else day(last) for first, last in days}
    assert list(days_within(NOVEMBER, periods)) == [(day(first), after[first]) for first, _ in days]


@given(USAGES, st.integers(1, 30))
def test_no_line_is_below_nothing_and_a_second_billing_finds_nothing(usage, start):
    unique = list({(each.code, each.unit_net): each for each in usage if each.code not in {"installation", "subscription"}}.values())
    due = month_lines([NOVEMBER], [number(day(start))], unique, {})
    assert all(line.net > 0 and line.net == line.quantity * line.unit_net for line in due)
    invoiced = {line.key: line.quantity for line in due}
    assert month_lines([NOVEMBER], [number(day(start))], unique, invoiced) == []


@given(st.lists(st.tuples(st.integers(-(10**9), 10**9), st.sampled_from([0, 5, 8, 23])), max_size=12))
def test_the_vat_beside_the_lines_adds_up_to_the_totals(lines):
    sums, vats = totals(lines), vat_of_lines(lines)
    assert sum(vats) == sums.vat
    assert sums.net == sum(net for net, _rate in lines)
    assert sums.gross == sums.net + sums.vat
    for total in sums.rates:
        assert sum(vat for vat, line in zip(vats, lines, strict=True) if line[1] == total.rate) == total.vat
    undone = totals([(-net, rate) for net, rate in lines])
    assert (undone.net, undone.vat) == (-sums.net, -sums.vat)


@pytest.mark.parametrize(("net", "rate", "vat"), [(100, 23, 23), (50, 23, 12), (2, 23, 0), (3, 23, 1), (10000, 8, 800), (999, 0, 0)])
def test_vat_is_rounded_half_up(net, rate, vat):
    assert totals([(net, rate)]).vat == vat


def test_a_preview_says_what_the_rest_of_the_month_costs():
    change = preview("x", 3000, 6000, day(21))
    assert (change.now, change.then, change.difference) == (1000, 2000, 1000)
    assert preview("x", 3000, None, day(21)).difference == -1000


@pytest.mark.parametrize(
    ("amount", "polish", "english"),
    [
        (0, "zero złotych 00/100", "zero zlotys 00/100"),
        (100, "jeden złoty 00/100", "one zloty 00/100"),
        (12345, "sto dwadzieścia trzy złote 45/100", "one hundred twenty-three zlotys 45/100"),
        (1200, "dwanaście złotych 00/100", "twelve zlotys 00/100"),
        (2205, "dwadzieścia dwa złote 05/100", "twenty-two zlotys 05/100"),
        (11200, "sto dwanaście złotych 00/100", "one hundred twelve zlotys 00/100"),
        (100_000, "tysiąc złotych 00/100", "one thousand zlotys 00/100"),
        (210_100, "dwa tysiące sto jeden złotych 00/100", "two thousand one hundred one zlotys 00/100"),
        (1_500_000, "piętnaście tysięcy złotych 00/100", "fifteen thousand zlotys 00/100"),
        (2_100_000_01, "dwa miliony sto tysięcy złotych 01/100", "two million one hundred thousand zlotys 01/100"),
        (-1941, "minus dziewiętnaście złotych 41/100", "minus nineteen zlotys 41/100"),
    ],
)
def test_amounts_are_written_in_words(amount, polish, english):
    assert in_words(amount, "pl") == polish
    assert in_words(amount, "en") == english


@given(st.lists(st.lists(st.integers(0, 9999), min_size=2, max_size=2), min_size=2, max_size=5), st.sampled_from([0, 8, 23]))
def test_corrections_of_corrections_come_to_the_tax_of_what_is_right(nets, rate):
    now, stated = [0, 0], []
    for right in nets:  # the first is the invoice
        changed = [(after - before, rate) for before, after in zip(now, right, strict=True)]
        vats = vat_of_lines(changed, {each.rate: each for each in added_up(stated).rates})
        stated += [(net, rate, vat) for (net, _), vat in zip(changed, vats, strict=True)]
        now = right
    together = added_up(stated)
    assert (together.net, together.vat) == (sum(now), totals([(net, rate) for net in now]).vat)
