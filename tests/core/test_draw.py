"""Draws: anybody gets the same order from the same list and seed, every order is as likely as any other, and no change goes unseen."""

from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.draw import canonical, commitment, draw, entry_hash, list_hash
from recado.core.draw_protocol import Protocol, Redraw, faults, read, standing, written
from recado.core.random_bits import HmacDrbg

SALT, SEED = b"salt", bytes(range(32))
ENTRIES = canonical([entry_hash(SALT, number, f"4850060070{number}") for number in range(8)])
GOLDEN = [4, 2, 5, 1, 7, 0, 6, 3]
CRITICAL = {5: 20.52, 23: 49.73}
"""Of chi-square at 0.1 %, by degrees of freedom."""


def chi_square(counts, cells):
    expected = sum(counts.values()) / cells
    return sum((count - expected) ** 2 / expected for count in counts.values()) + expected * (cells - len(counts))


def repeated(without, attempt=1):
    return draw(ENTRIES, 3, SEED, beacon="noon", attempt=attempt, without=without)


def made(**fields):
    order = draw(ENTRIES, 3, SEED, beacon="noon")
    without = [order[0]]
    again = draw(ENTRIES, 3, SEED, beacon="noon", attempt=1, without=without)
    known = {
        "contest": "Roses",
        "entries": ENTRIES,
        "list_sha256": list_hash(ENTRIES),
        "seed_sha256": commitment(SEED),
        "seed": SEED.hex(),
        "beacon": "noon",
        "winner_count": 2,
        "reserve_count": 1,
        "order": order,
        "redraws": [Redraw("the winner is an employee", without, again)],
    }
    return Protocol(**{**known, **fields})


def test_the_generator_gives_what_the_standards_examples_give():
    # NIST CAVP, HMAC_DRBG, SHA-256, no reseed, no prediction resistance, first case.
    bits = HmacDrbg(
        bytes.fromhex("ca851911349384bffe89de1cbdc46e6831e44d34a4fb935ee285dd14b71a7488"),
        bytes.fromhex("659ba96c601dc69fc902940805ec0ca8"),
    )
    bits.take(128)
    assert bits.take(128).hex().startswith("e528e9abf2dece54d47c7e75e5fe302149f817ea9fb4bee6f4199697d04d5b89")


def test_numbers_below_a_limit_are_equally_likely():
    bits = HmacDrbg(b"fair")
    assert chi_square(Counter(bits.below(6) for _ in range(30_000)), 6) < CRITICAL[5]


def test_every_order_of_four_is_equally_likely():
    four = ENTRIES[:4]
    seen = Counter(tuple(draw(four, 4, number.to_bytes(32, "big"))) for number in range(12_000))
    assert seen.keys() == set(permutations(four))
    assert chi_square(seen, 24) < CRITICAL[23]


def test_a_draw_comes_out_the_same_for_ever():
    assert [ENTRIES.index(one) for one in draw(ENTRIES, 8, SEED)] == GOLDEN


@given(st.integers(0, 12), st.binary(min_size=32, max_size=32), st.integers(0, 3))
def test_nobody_is_drawn_twice_or_who_takes_no_part(count, seed, left_out):
    without = ENTRIES[:left_out]
    found = draw(ENTRIES, count, seed, attempt=1, without=without)
    assert len(found) == len(set(found)) == min(count, len(ENTRIES) - left_out)
    assert not set(found) & set(without)


def test_an_entry_is_found_again_with_the_salt_alone():
    assert entry_hash(SALT, 3, "48500600703") in ENTRIES
    assert entry_hash(b"other", 3, "48500600703") not in ENTRIES


@pytest.mark.parametrize("entries", [[ENTRIES[0]] * 2, ["x" * 64], [ENTRIES[0].upper()], ["48500600700"]])
def test_what_is_no_list_of_entries_is_refused(entries):
    with pytest.raises(ValueError, match="entry"):
        canonical(entries)


def test_an_honest_protocol_has_no_faults_and_survives_being_a_file():
    assert faults(read(written(made()))) == []
    assert faults(made(), list_hash(ENTRIES), commitment(SEED)) == []


OTHER = entry_hash(SALT, 99, "48500600799")
CHANGES = {
    "an entry less": {"entries": ENTRIES[:-1]},
    "an entry more": {"entries": canonical([*ENTRIES, OTHER])},
    "another entry": {"entries": canonical([*ENTRIES[:-1], OTHER])},
    "another order of the list": {"entries": ENTRIES[::-1]},
    "another hash of the list": {"list_sha256": list_hash(ENTRIES[:-1])},
    "another seed": {"seed": bytes(32).hex()},
    "another promise": {"seed_sha256": commitment(bytes(32))},
    "no seed": {"seed": "x"},
    "another beacon": {"beacon": "midnight"},
    "another winner": {"order": draw(ENTRIES, 3, SEED, beacon="noon")[::-1]},
    "a winner more": {"winner_count": 3},
    "a repetition without a reason": {"redraws": [Redraw(" ", ENTRIES[:1], repeated(ENTRIES[:1]))]},
    "a repetition with another result": {"redraws": [Redraw("ill", ENTRIES[:1], ENTRIES[1:4])]},
    "a repetition that leaves out who never entered": {"redraws": [Redraw("ill", [OTHER], repeated([]))]},
    "a repetition that brings somebody back": {
        "redraws": [Redraw("ill", ENTRIES[:1], repeated(ENTRIES[:1])), Redraw("ill", ENTRIES[1:2], repeated(ENTRIES[1:2], 2))]
    },
}


@pytest.mark.parametrize("change", CHANGES)
def test_no_change_goes_unseen(change):
    assert faults(made(**CHANGES[change])) != []


def test_a_protocol_that_is_right_in_itself_but_not_the_published_one_is_found_out():
    other = canonical([*ENTRIES, OTHER])
    forged = made(entries=other, list_sha256=list_hash(other), order=draw(other, 3, SEED, beacon="noon"), redraws=[])
    assert faults(forged) == []
    assert faults(forged, list_hash(ENTRIES), commitment(SEED)) == ["the list is not the one whose hash was published"]
    assert faults(made(), list_hash(ENTRIES), commitment(bytes(32))) == ["the seed is not the one that was promised"]


UNREADABLE = [None, [], {}, {"format": "recado-draw-2"}, {**written(made()), "order": None}, {**written(made()), "winners": -1}]


@pytest.mark.parametrize("found", UNREADABLE)
def test_what_is_no_protocol_says_so(found):
    with pytest.raises(ValueError, match="protocol"):
        read(found)


def after_one_left(**fields):
    order = draw(ENTRIES, 3, SEED, beacon="noon")
    first = Redraw("moved abroad", order, [], [order[0]])
    again = draw(ENTRIES, 3, SEED, beacon="noon", attempt=2, without=order)
    return made(order=order, redraws=[first, Redraw("an employee", order, again, [order[1]])], **fields)


def test_reserves_move_up_before_anybody_is_drawn_anew():
    protocol = after_one_left()
    assert faults(read(written(protocol))) == []
    places = standing(protocol)
    assert places.winners == (protocol.order[2], protocol.redraws[1].order[0])
    assert places.reserves == tuple(protocol.redraws[1].order[1:])


def test_nobody_is_drawn_anew_while_a_reserve_waits():
    protocol = after_one_left()
    first = protocol.redraws[0]
    drawn = draw(ENTRIES, 3, SEED, beacon="noon", attempt=1, without=first.without)
    assert faults(made(redraws=[Redraw(first.reason, first.without, drawn, first.out)])) == ["repetition 1 gives another order"]


def test_only_who_has_a_place_can_lose_it():
    outsider = next(one for one in ENTRIES if one not in made().order)
    assert faults(made(redraws=[Redraw("ill", ENTRIES, [], [outsider])])) == [
        "repetition 1 takes a place from somebody who had none",
    ]
