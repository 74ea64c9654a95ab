"""An autoresponder that another one before it always answers in place of."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.condition import ALWAYS, UTC_CLOCK, Condition, Days, Occasion, OfficeHours, Standing, unmet
from recado.core.overtaking import Answering, covers, overtaken
from recado.core.sender import SenderState

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
FIRST, SECOND = Answering(1), Answering(2)
MONDAY = Condition(frozenset({1}))
NIGHT = Condition(from_time=time(22), until_time=time(6))


@pytest.mark.parametrize(
    ("early", "late", "is_overtaken"),
    [
        ({}, {}, True),
        ({}, {"number_id": 7}, True),
        ({"number_id": 7}, {"number_id": 7}, True),
        ({"number_id": 7}, {}, False),
        ({"number_id": 7}, {"number_id": 8}, False),
        ({"keyword_id": 3}, {"keyword_id": 3}, True),
        ({}, {"keyword_id": 3}, False),  # answers of keywords go first, whatever the order
        ({"keyword_id": 3}, {}, False),
        ({"is_enabled": False}, {}, False),
        ({}, {"is_enabled": False}, False),
        ({"is_each_time": False}, {}, False),
        ({}, {"is_each_time": False}, True),
        ({"ends_at": NOW}, {}, False),
        ({"ends_at": NOW + timedelta(days=1)}, {}, False),
        ({"ends_at": NOW + timedelta(days=1)}, {"ends_at": NOW + timedelta(hours=1)}, True),
        ({"starts_at": NOW + timedelta(days=1)}, {}, False),
        ({"starts_at": NOW - timedelta(days=1)}, {}, True),
        ({"starts_at": NOW + timedelta(days=1)}, {"starts_at": NOW + timedelta(days=2)}, True),
        ({"condition": MONDAY}, {}, False),
        ({"condition": MONDAY}, {"condition": MONDAY}, True),
        ({}, {"condition": NIGHT}, True),
        ({}, {"condition": Condition(standing=Standing.OPTED_OUT)}, False),
    ],
)
def test_what_is_behind_one_that_takes_everything_never_answers(early, late, is_overtaken):
    found = overtaken([replace(FIRST, **early), replace(SECOND, **late)], NOW)
    assert found == ({2: 1} if is_overtaken else {})


def test_the_first_of_several_is_named():
    assert overtaken([FIRST, SECOND, Answering(3)], NOW) == {2: 1, 3: 1}


@pytest.mark.parametrize(
    ("early", "late", "is_covered"),
    [
        (ALWAYS, MONDAY, True),
        (MONDAY, ALWAYS, False),
        (Condition(frozenset({1, 2})), MONDAY, True),
        (MONDAY, replace(MONDAY, from_time=time(22), until_time=time(6)), False),  # the night goes on into Tuesday
        (NIGHT, replace(NIGHT, weekdays=frozenset({1})), True),
        (Condition(days=Days.OFF), Condition(days=Days.WORKING), False),
        (Condition(in_group_id=1), Condition(in_group_id=1, not_in_group_id=2), True),
        (Condition(in_group_id=1), Condition(in_group_id=2), False),
        (Condition(occasion=Occasion.FIRST), Condition(occasion=Occasion.AGAIN), False),
        (Condition(office_hours=OfficeHours.CLOSED), Condition(office_hours=OfficeHours.CLOSED), True),
        (Condition(office_hours=OfficeHours.CLOSED), ALWAYS, False),
        (Condition(standing=Standing.IN), ALWAYS, True),  # nobody who opted out is answered by either
        (Condition(standing=Standing.OPTED_OUT), ALWAYS, False),
        (Condition(sender_prefixes=("48",)), Condition(sender_prefixes=("48600", "48601")), True),
        (Condition(sender_prefixes=("48600",)), Condition(sender_prefixes=("48",)), False),
        (Condition(sender_prefixes=("48",)), ALWAYS, False),
    ],
)
def test_a_condition_that_is_no_narrower_covers(early, late, is_covered):
    assert covers(early, late) is is_covered


conditions = st.builds(
    Condition,
    st.frozensets(st.integers(1, 7), max_size=3),
    st.sampled_from([None, time(0), time(9), time(22)]),
    st.sampled_from([None, time(6), time(17)]),
    st.sampled_from(Days),
    st.sampled_from([None, 1, 2]),
    st.sampled_from([None, 1, 2]),
    st.sampled_from(Occasion),
    st.sampled_from([(), ("48",), ("48600",), ("49", "48600")]),
)
senders = st.builds(
    SenderState,
    st.sampled_from(["48600100200", "48700100200", "49150100200"]),
    groups=st.dictionaries(st.sampled_from([1, 2]), st.none()),
    is_new=st.booleans(),
)


@given(conditions, conditions, senders, st.integers(0, 24 * 14))
def test_where_the_covered_one_acts_the_covering_one_does(early, late, sender, hours):
    now = NOW + timedelta(hours=hours)
    clock = replace(UTC_CLOCK, days_off=frozenset({(NOW + timedelta(days=3)).date()}))
    if covers(early, late) and unmet(late, sender, None, now, clock) is None:
        assert unmet(early, sender, None, now, clock) is None
