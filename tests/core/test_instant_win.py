"""Winning at once: the same for everybody who runs it again, and no number likelier than another."""

import hashlib
import hmac

import pytest

from recado.core.instant_win import hits, promise

SEED = bytes(range(32))


def test_it_is_hmac_of_the_number_as_documented() -> None:
    def by_hand(sequence: int) -> bool:
        attempt = 0
        while True:
            digest = hmac.digest(SEED, b"recado-instant-1\0%d\0%d" % (sequence, attempt), hashlib.sha256)
            found = int.from_bytes(digest[:8], "big") >> 60
            if found < 10:
                return found == 0
            attempt += 1

    assert [hits(SEED, sequence, 10) for sequence in range(1, 300)] == [by_hand(sequence) for sequence in range(1, 300)]


@pytest.mark.parametrize("odds", [1, 2, 3, 10, 17])
def test_one_in_so_many_wins(odds: int) -> None:
    count = 6000
    won = sum(hits(SEED, sequence, odds) for sequence in range(1, count + 1))
    expected = count / odds
    assert abs(won - expected) <= 4 * (expected * (1 - 1 / odds)) ** 0.5  # four standard deviations, with a fixed seed


def test_another_seed_lets_others_win() -> None:
    first, second = ([hits(seed, sequence, 5) for sequence in range(100)] for seed in (SEED, bytes(32)))
    assert first != second


@pytest.mark.parametrize("odds", [0, -1, 1 << 64])
def test_odds_are_one_in_a_whole_number(odds: int) -> None:
    with pytest.raises(ValueError, match="odds"):
        hits(SEED, 1, odds)


def test_the_promise_binds_to_the_seed() -> None:
    assert promise(SEED) == hashlib.sha256(b"recado-instant-1\0seed\0" + SEED).hexdigest()
    with pytest.raises(ValueError, match="32 bytes"):
        promise(b"short")
