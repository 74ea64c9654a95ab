"""Protocols of instant wins: what holds, and that every change is found out."""

from dataclasses import replace

import pytest

from recado.core.contest import Contest, EntryRule
from recado.core.contest_state import Tally, wins_at_once
from recado.core.instant_protocol import Decided, InstantProtocol, faults, read, written
from recado.core.instant_win import promise

SEED = bytes(range(32))
DAYS = ["2026-11-27"] * 20 + ["2026-11-28"] * 20


def decided(**caps: int | None) -> InstantProtocol:
    """Decide 40 entries as the hot path does."""
    contest = Contest(1, 1, "Bike", None, None, EntryRule.INSTANT, every=3, seed=SEED, **caps)  # type: ignore[arg-type]  # no period
    tally, entries = Tally(), []
    for sequence, day in enumerate(DAYS, start=1):
        won = wins_at_once(contest, tally, day)
        tally = tally.after(sequence, day, is_winner=won)
        entries.append(Decided(sequence, day, won))
    return InstantProtocol("Bike", promise(SEED), SEED.hex(), 3, contest.win_cap, contest.win_cap_per_day, entries)


@pytest.mark.parametrize("caps", [{}, {"win_cap": 5}, {"win_cap_per_day": 2}, {"win_cap": 3, "win_cap_per_day": 2}])
def test_what_the_hot_path_decided_holds_and_survives_its_file(caps: dict[str, int]) -> None:
    protocol = decided(**caps)
    assert any(one.won for one in protocol.entries)
    assert faults(protocol, promise(SEED).upper()) == []
    assert read(written(protocol)) == protocol


HOLDS = decided(win_cap=5)
WINNER = next(place for place, one in enumerate(HOLDS.entries) if one.won)


def with_entry(place: int, **changes: object) -> InstantProtocol:
    entries = list(HOLDS.entries)
    entries[place] = replace(entries[place], **changes)
    return replace(HOLDS, entries=entries)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (with_entry(WINNER, won=False), f"entry {WINNER + 1} should have won"),
        (with_entry(39, won=True), "entry 40 should not have won"),
        (replace(HOLDS, entries=HOLDS.entries[1:]), "missing"),
        (replace(HOLDS, entries=[*HOLDS.entries, HOLDS.entries[-1]]), "twice"),
        (replace(HOLDS, odds=4), "should"),
        (replace(HOLDS, odds=0), "odds"),
        (replace(HOLDS, cap=None), "should have won"),
        (replace(HOLDS, seed=bytes(32).hex()), "promised"),
        (replace(HOLDS, seed="zz"), "cannot be read"),
        (replace(HOLDS, seed_sha256="0" * 64), "promised"),
    ],
)
def test_every_change_is_found_out(changed: InstantProtocol, said: str) -> None:
    assert any(said in one for one in faults(changed))


def test_the_promise_published_at_the_beginning_is_compared() -> None:
    assert faults(HOLDS, "0" * 64) == ["the seed is not the one that was promised"]


@pytest.mark.parametrize(
    "changes", [{"format": "recado-draw-1"}, {"odds": "3"}, {"odds": True}, {"entries": [{"sequence": 1}]}, {"cap": -1}, {"contest": None}]
)
def test_what_is_no_protocol_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="protocol"):
        read(written(HOLDS) | changes)
