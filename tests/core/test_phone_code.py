"""When a code is sent to a phone, and what a typed one is."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.phone_code import (
    LIMIT_WITHIN,
    MOST_OF_ACCOUNT,
    MOST_TO_PHONE,
    MOST_TRIES,
    PAUSE,
    VALID_FOR,
    CodeJudgement,
    CodeRefusal,
    SentCode,
    judge_code,
    refusal_of_code,
)

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
AGES = st.lists(st.timedeltas(timedelta(0), timedelta(days=3)), max_size=30)


def ago(*seconds: float) -> list[datetime]:
    return [NOW - timedelta(seconds=each) for each in seconds]


@pytest.mark.parametrize(
    ("to_phone", "of_account", "expected"),
    [
        ([], [], None),
        (ago(59), ago(59), CodeRefusal.JUST_SENT),
        (ago(60), ago(60), None),
        (ago(60, 120), [], None),
        (ago(60, 120, 86_000), [], CodeRefusal.TOO_MANY_TO_PHONE),
        (ago(60, 120, 86_400), [], None),
        (ago(1, 120, 300), [], CodeRefusal.TOO_MANY_TO_PHONE),
        ([], ago(*range(100, 2100, 100)), CodeRefusal.TOO_MANY_OF_ACCOUNT),
        ([], ago(*range(100, 2000, 100)), None),
    ],
)
def test_codes_are_limited(to_phone, of_account, expected):
    assert refusal_of_code(to_phone, of_account, NOW) == expected


@given(AGES, AGES)
def test_no_phone_gets_more_than_its_codes_a_day_and_none_right_after_another(to_phone, of_account):
    lately = [age for age in to_phone if age < LIMIT_WITHIN]
    if refusal_of_code([NOW - age for age in to_phone], [NOW - age for age in of_account], NOW) is None:
        assert len(lately) < MOST_TO_PHONE
        assert all(age >= PAUSE for age in lately)
        assert sum(age < LIMIT_WITHIN for age in of_account) < MOST_OF_ACCOUNT


@pytest.mark.parametrize(
    ("age", "wrong_tries", "is_same", "expected"),
    [
        (timedelta(0), 0, True, CodeJudgement.RIGHT),
        (timedelta(0), 0, False, CodeJudgement.WRONG),
        (timedelta(0), MOST_TRIES - 1, True, CodeJudgement.RIGHT),
        (timedelta(0), MOST_TRIES - 1, False, CodeJudgement.USED_UP),
        (timedelta(0), MOST_TRIES, True, CodeJudgement.USED_UP),
        (VALID_FOR - timedelta(seconds=1), 0, True, CodeJudgement.RIGHT),
        (VALID_FOR, 0, True, CodeJudgement.EXPIRED),
    ],
)
def test_a_code_is_good_for_a_while_and_for_a_few_tries(age, wrong_tries, is_same, expected):
    assert judge_code(SentCode(NOW - age, wrong_tries), is_same=is_same, now=NOW) is expected


def test_where_none_was_sent_nothing_is_right():
    assert judge_code(None, is_same=False, now=NOW) is CodeJudgement.NONE_SENT
