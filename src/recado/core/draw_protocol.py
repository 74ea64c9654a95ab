"""The protocol of a draw: everything needed to run it again on another machine, and the checks of whoever does.

What belongs here: the protocol's shape as JSON and verifying it. What does not: drawing (`draw`), who takes whose place (`draw_places`),
files and words for people (`cli`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from recado.core.draw import canonical, commitment, draw, list_hash
from recado.core.draw_places import Places

FORMAT = "recado-draw-1"


@dataclass(frozen=True, slots=True)
class Redraw:
    """A repetition: why, who took no part any more, and what came out."""

    reason: str
    without: list[str]
    order: list[str]
    """What was drawn; empty where reserves were enough."""
    out: list[str] | None = None
    """Who lost their place; None where that was not written down, and the order stands in place of the one before."""


@dataclass(frozen=True, slots=True)
class Protocol:
    """A draw with all its repetitions."""

    contest: str
    entries: list[str]
    list_sha256: str
    """As published before the seed was shown."""
    seed_sha256: str
    """The promise of the seed, published with it."""
    seed: str
    """Hex digits."""
    beacon: str
    winner_count: int
    reserve_count: int
    order: list[str]
    """Winners, then reserves."""
    redraws: list[Redraw]


def written(protocol: Protocol) -> dict[str, Any]:
    """Return a protocol as JSON has it."""
    return {
        "format": FORMAT,
        "contest": protocol.contest,
        "entries": protocol.entries,
        "list_sha256": protocol.list_sha256,
        "seed_sha256": protocol.seed_sha256,
        "seed": protocol.seed,
        "beacon": protocol.beacon,
        "winners": protocol.winner_count,
        "reserves": protocol.reserve_count,
        "order": protocol.order,
        "redraws": [_written_redraw(one) for one in protocol.redraws],
    }


def read(found: object) -> Protocol:
    """Read a protocol back; raises ValueError saying what it lacks."""
    if not isinstance(found, Mapping) or found.get("format") != FORMAT:
        raise ValueError(f"this is no protocol of a draw: `format` must be {FORMAT!r}")
    try:
        return Protocol(
            contest=_text(found, "contest"),
            entries=_texts(found, "entries"),
            list_sha256=_text(found, "list_sha256"),
            seed_sha256=_text(found, "seed_sha256"),
            seed=_text(found, "seed"),
            beacon=_text(found, "beacon"),
            winner_count=_count(found, "winners"),
            reserve_count=_count(found, "reserves"),
            order=_texts(found, "order"),
            redraws=[_read_redraw(one) for one in found["redraws"]],
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"the protocol lacks or misspells something: {error}") from error


def faults(protocol: Protocol, published_list: str = "", published_seed: str = "") -> list[str]:
    """Run a draw again and list what is wrong; nothing is, where the list is empty.

    Only whoever kept the two hashes that were published before the seed was shown can be sure that both are the ones of then: hand them
    over to have them compared.
    """
    wrong = []
    if published_list and published_list.lower() != protocol.list_sha256:
        wrong.append("the list is not the one whose hash was published")
    if published_seed and published_seed.lower() != protocol.seed_sha256:
        wrong.append("the seed is not the one that was promised")
    try:
        if canonical(protocol.entries) != protocol.entries:
            wrong.append("the entries are not sorted")
    except ValueError as error:
        wrong.append(str(error))
    if list_hash(protocol.entries) != protocol.list_sha256:
        wrong.append("the entries do not have the hash that stands in the protocol")
    return wrong + _faults_of_order(protocol)


def _faults_of_order(protocol: Protocol) -> list[str]:
    try:
        seed = bytes.fromhex(protocol.seed)
        promised = commitment(seed)
    except ValueError as error:
        return [f"the seed cannot be read: {error}"]
    wrong = [] if promised == protocol.seed_sha256 else ["the seed is not the one promised in the protocol"]
    count, left_out = protocol.winner_count + protocol.reserve_count, set[str]()
    places = Places.of(protocol.order, protocol.winner_count)
    if draw(protocol.entries, count, seed, beacon=protocol.beacon) != protocol.order:
        wrong.append("the draw gives another order")
    for attempt, redraw in enumerate(protocol.redraws, start=1):
        if not redraw.reason.strip():
            wrong.append(f"repetition {attempt} has no reason")
        if not left_out <= set(redraw.without) <= set(protocol.entries):
            wrong.append(f"repetition {attempt} brings somebody back, or leaves out who never entered")
        left_out = set(redraw.without)
        expected = draw(protocol.entries, count, seed, beacon=protocol.beacon, attempt=attempt, without=redraw.without)
        if redraw.out is not None:
            if not set(redraw.out) or not places.hold(redraw.out):
                wrong.append(f"repetition {attempt} takes a place from somebody who had none")
                return wrong
            expected = expected if places.missing(redraw.out) else []
            if not places.drawn <= left_out:
                wrong.append(f"repetition {attempt} could draw somebody again")
            places = places.without(redraw.out, redraw.order)
        if expected != redraw.order:
            wrong.append(f"repetition {attempt} gives another order")
    return wrong


def standing(protocol: Protocol) -> Places:
    """Return who has which place after all repetitions."""
    places = Places.of(protocol.order, protocol.winner_count)
    for redraw in protocol.redraws:
        if redraw.out is None:
            places = Places.of(redraw.order, protocol.winner_count)
        elif places.hold(redraw.out):
            places = places.without(redraw.out, redraw.order)
    return places


def _written_redraw(one: Redraw) -> dict[str, Any]:
    found: dict[str, Any] = {"reason": one.reason, "without": one.without, "order": one.order}
    return found if one.out is None else {**found, "out": one.out}


def _read_redraw(found: Mapping[str, Any]) -> Redraw:
    out = _texts(found, "out") if "out" in found else None
    return Redraw(_text(found, "reason"), _texts(found, "without"), _texts(found, "order"), out)


def _text(found: Mapping[str, Any], name: str) -> str:
    value = found[name]
    if not isinstance(value, str):
        raise TypeError(f"`{name}` is no text")
    return value


def _texts(found: Mapping[str, Any], name: str) -> list[str]:
    value = found[name]
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise TypeError(f"`{name}` is no list of texts")
    return value


def _count(found: Mapping[str, Any], name: str) -> int:
    value = found[name]
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError(f"`{name}` is no number from 0 on")
    return value
