"""The token bucket: bursts up to its size, then as fast as it fills, whatever the clock does."""

from hypothesis import given
from hypothesis import strategies as st

from recado.core.token_bucket import Level, TokenBucket

BUCKET = TokenBucket(size=10, seconds=5)


def calls(bucket: TokenBucket, moments: list[float]) -> list[bool]:
    level, allowed = None, []
    for at in moments:
        level, may = bucket.take(level, at)
        allowed.append(may)
    return allowed


def test_a_burst_as_large_as_the_bucket_passes_and_no_more():
    assert calls(BUCKET, [0.0] * 12) == [True] * 10 + [False] * 2


def test_a_token_comes_back_after_its_share_of_the_time():
    assert calls(BUCKET, [0.0] * 10 + [0.4, 0.5, 0.6]) == [True] * 10 + [False, True, False]


def test_a_clock_that_goes_back_gives_nothing_and_takes_nothing():
    assert BUCKET.now(Level(3, 100.0), 50.0).tokens == 3


def test_it_says_how_long_to_wait():
    assert [BUCKET.seconds_until_next(Level(tokens, 0)) for tokens in (0, 0.9, 1, 5)] == [1, 1, 0, 0]
    assert [BUCKET.seconds_until_full(Level(tokens, 0)) for tokens in (0, 9.9, 10)] == [5, 1, 0]
    assert (BUCKET.remaining(Level(2.9, 0)), BUCKET.is_full(Level(9, 0), 0.4), BUCKET.is_full(Level(9, 0), 0.5)) == (2, False, True)


@given(st.integers(1, 50), st.integers(1, 60), st.lists(st.floats(0, 100), max_size=200))
def test_never_more_than_its_size_and_what_came_back_meanwhile(size, seconds, moments):
    moments.sort()
    bucket = TokenBucket(size, seconds)
    allowed = sum(calls(bucket, moments))
    span = moments[-1] - moments[0] if moments else 0
    assert allowed <= size + span * size / seconds + 1e-6


@given(st.integers(1, 50), st.integers(1, 60), st.integers(0, 100))
def test_whoever_waits_as_long_as_told_passes(size, seconds, count):
    bucket, level = TokenBucket(size, seconds), None
    for _ in range(count):
        level, _ = bucket.take(level, 0)
    wait = bucket.seconds_until_next(level) if level else 0
    assert bucket.take(level, wait)[1]
