"""The protocol of instant wins: everything needed to decide them again on another machine, and the checks of whoever does.

What belongs here: its shape as JSON and verifying it. What does not: deciding (`instant_win`), draws of a list (`draw_protocol`), files and
words for people (`cli`).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from recado.core.instant_win import hits, promise

FORMAT = "recado-instant-1"


@dataclass(frozen=True, slots=True)
class Decided:
    """One entry that counted, and whether it won."""

    sequence: int
    day: str
    """On the account's calendar, as ISO writes it; wins of a day can be capped."""
    won: bool


@dataclass(frozen=True, slots=True)
class InstantProtocol:
    """All entries of a contest that was decided entry by entry."""

    contest: str
    seed_sha256: str
    """The promise, published since the contest began."""
    seed: str
    """Hex digits."""
    odds: int
    cap: int | None
    cap_per_day: int | None
    entries: list[Decided]
    """In the order of their numbers."""


def written(protocol: InstantProtocol) -> dict[str, Any]:
    """Return a protocol as JSON has it."""
    return {
        "format": FORMAT,
        "contest": protocol.contest,
        "seed_sha256": protocol.seed_sha256,
        "seed": protocol.seed,
        "odds": protocol.odds,
        "cap": protocol.cap,
        "cap_per_day": protocol.cap_per_day,
        "entries": [{"sequence": one.sequence, "day": one.day, "won": one.won} for one in protocol.entries],
    }


def is_instant(found: object) -> bool:
    """Say whether a file says of itself that it is one."""
    return isinstance(found, Mapping) and found.get("format") == FORMAT


def read(found: object) -> InstantProtocol:
    """Read a protocol back; raises ValueError saying what it lacks."""
    if not isinstance(found, Mapping) or found.get("format") != FORMAT:
        raise ValueError(f"this is no protocol of instant wins: `format` must be {FORMAT!r}")
    try:
        return InstantProtocol(
            contest=_typed(found, "contest", str),
            seed_sha256=_typed(found, "seed_sha256", str),
            seed=_typed(found, "seed", str),
            odds=_typed(found, "odds", int),
            cap=None if found["cap"] is None else _typed(found, "cap", int),
            cap_per_day=None if found["cap_per_day"] is None else _typed(found, "cap_per_day", int),
            entries=[Decided(_typed(one, "sequence", int), _typed(one, "day", str), _typed(one, "won", bool)) for one in found["entries"]],
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"the protocol lacks or misspells something: {error}") from error


def faults(protocol: InstantProtocol, published_seed: str = "") -> list[str]:
    """Decide everything again and list what is wrong; nothing is, where the list is empty.

    Only whoever kept the hash that was published from the beginning can be sure that it is the one of then: hand it over to have it
    compared.
    """
    wrong = []
    if published_seed and published_seed.lower() != protocol.seed_sha256:
        wrong.append("the seed is not the one that was promised")
    try:
        seed = bytes.fromhex(protocol.seed)
        promised = promise(seed)
    except ValueError as error:
        return [*wrong, f"the seed cannot be read: {error}"]
    if promised != protocol.seed_sha256:
        wrong.append("the seed is not the one promised in the protocol")
    if protocol.odds < 1:
        return [*wrong, "the odds are not one in a whole number"]
    if [one.sequence for one in protocol.entries] != list(range(1, len(protocol.entries) + 1)):
        wrong.append("an entry is missing, stands there twice, or is not in its place")
    return wrong + _faults_of_wins(protocol, seed)


def _faults_of_wins(protocol: InstantProtocol, seed: bytes) -> list[str]:
    """Go through the entries in their order, since caps depend on the wins before."""
    wins: Counter[str] = Counter()
    wrong = []
    for one in protocol.entries:
        is_over = protocol.cap is not None and wins.total() >= protocol.cap
        is_over = is_over or (protocol.cap_per_day is not None and wins[one.day] >= protocol.cap_per_day)
        should = not is_over and hits(seed, one.sequence, protocol.odds)
        if should != one.won:
            wrong.append(f"entry {one.sequence} {'should have won' if should else 'should not have won'}")
        wins[one.day] += should
    return wrong


def _typed(found: Mapping[str, Any], name: str, wanted: type[Any]) -> Any:
    value = found[name]
    if not isinstance(value, wanted) or (wanted is int and (isinstance(value, bool) or value < 0)):
        raise TypeError(f"`{name}` is wrong")
    return value
