"""Joining the parts of long messages, in any order, with repeats and with references used anew (GSM 03.40 §9.2.3.24.1).

What a part is to the parts known before it is said here; keeping them belongs to `store`. An assembly is one long message in the making,
named by the id of its first stored part. Parts can only belong together when their `part_key` is equal.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import TypeAlias

from recado.core.cut_letters import mend
from recado.core.message import Encoding, InboundPart

GIVE_OUT_AFTER = timedelta(minutes=5)
"""How long after its latest part an incomplete message is given out as it is."""
REFERENCE_LIFETIME = timedelta(hours=24)
"""How long a reference names the same message. Phones count to 255 and begin again, some never count at all."""
GAP = "[…]"
"""Stands in an incomplete text for each run of missing parts, set off by spaces from what is there."""

PartKey: TypeAlias = tuple[int, str, str, int, int, int]
"""Connection, sender, recipient, reference, bits of the reference, number of parts."""


@dataclass(frozen=True, slots=True)
class KnownPart:
    """A part stored before, or earlier in the same group."""

    assembly_id: int
    message_id: int | None
    """The message its assembly was given out as; None while it waits."""
    total: int
    position: int
    text: str
    encoding: Encoding
    fingerprint: int
    received_at: datetime
    is_test: bool = False


@dataclass(frozen=True, slots=True)
class Joined:
    """What the parts of an assembly make together."""

    text: str
    encoding: Encoding
    parts_received: int
    parts_total: int
    received_at: datetime
    """When the first of them arrived."""
    is_test: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """Keep the part and wait for more."""

    assembly_id: int | None
    """None: the part begins an assembly, to be named by the part's own id."""


@dataclass(frozen=True, slots=True)
class Complete:
    """The part was the last one missing: give the message out."""

    assembly_id: int
    joined: Joined


@dataclass(frozen=True, slots=True)
class Repeat:
    """The part is known already: answer ok and do nothing."""

    message_id: int | None


@dataclass(frozen=True, slots=True)
class Amends:
    """The message was given out without this part: mend its text, repeat none of its actions."""

    assembly_id: int
    message_id: int
    joined: Joined


Placement: TypeAlias = Waiting | Complete | Repeat | Amends


@dataclass(frozen=True, slots=True)
class Due:
    """An assembly nobody should wait for any longer."""

    assembly_id: int
    joined: Joined


def part_key(part: InboundPart) -> PartKey | None:
    """Return what the part shares with the rest of its message; None for a message that stands alone and needs no joining."""
    udh = part.concatenation
    if udh is None or not udh.is_part_of_several:
        return None
    return (part.connection_id, part.sender, part.recipient, udh.reference, udh.width, udh.total)


def place(part: InboundPart, known: Sequence[KnownPart], now: datetime) -> Placement:
    """Say what to do with `part`, for which `part_key` gives a key; `known` are all stored parts with that key, in any order."""
    udh = part.concatenation
    if udh is None:
        raise ValueError("a whole message has no place among parts")
    assemblies = _fresh(known, now)
    for members in assemblies:
        if any(one.position == udh.position and one.fingerprint == part.fingerprint for one in members):
            return Repeat(members[0].message_id)
    home = _home(assemblies, udh.position)
    if home is None:
        return Waiting(None)
    first = home[0]
    joined = _join((*home, as_known(part, first.assembly_id, first.message_id)))
    if first.message_id is not None:
        return Amends(first.assembly_id, first.message_id, joined)
    if joined.parts_received == joined.parts_total:
        return Complete(first.assembly_id, joined)
    return Waiting(first.assembly_id)


def as_known(part: InboundPart, assembly_id: int, message_id: int | None = None) -> KnownPart:
    """Turn a placed part into what later parts of the same group must know of it."""
    udh = part.concatenation
    if udh is None:
        raise ValueError("a whole message has no place among parts")
    return KnownPart(
        assembly_id, message_id, udh.total, udh.position, part.text, part.encoding, part.fingerprint, part.received_at, part.is_test
    )


def due(waiting: Iterable[KnownPart], now: datetime, timeout: timedelta = GIVE_OUT_AFTER) -> tuple[Due, ...]:
    """Find the assemblies whose latest part arrived `timeout` ago; `waiting` are all parts of assemblies not given out."""
    return tuple(
        Due(members[0].assembly_id, _join(members))
        for members in _by_assembly(one for one in waiting if one.message_id is None)
        if max(one.received_at for one in members) <= now - timeout
    )


def _by_assembly(parts: Iterable[KnownPart]) -> list[list[KnownPart]]:
    gathered: dict[int, list[KnownPart]] = defaultdict(list)
    for one in parts:
        gathered[one.assembly_id].append(one)
    return [gathered[assembly_id] for assembly_id in sorted(gathered)]


def _fresh(known: Iterable[KnownPart], now: datetime) -> list[list[KnownPart]]:
    """Return the assemblies whose reference still means the same, newest first (ids grow with time)."""
    return [members for members in reversed(_by_assembly(known)) if min(one.received_at for one in members) > now - REFERENCE_LIFETIME]


def _home(assemblies: Sequence[list[KnownPart]], position: int) -> list[KnownPart] | None:
    """Find the assembly that lacks the position: the newest one, or an older one that still waits.

    An older one that was given out is left alone: the reference was used anew since, so it is no longer what the sender means.
    """
    for index, members in enumerate(assemblies):
        is_candidate = index == 0 or members[0].message_id is None
        if is_candidate and all(one.position != position for one in members):
            return members
    return None


def _join(members: Sequence[KnownPart]) -> Joined:
    at = {one.position: one for one in members}
    total = members[0].total
    return Joined(
        _text(at, total),
        max(one.encoding for one in members),
        len(at),
        total,
        min(one.received_at for one in members),
        any(one.is_test for one in members),
    )


def _text(at: dict[int, KnownPart], total: int) -> str:
    """Put the texts in order; a part may end within a word or a letter, so only gaps get spaces around them."""
    pieces = []
    for is_there, positions in groupby(range(1, total + 1), at.__contains__):
        pieces.append(mend("".join(at[position].text for position in positions)) if is_there else GAP)
    return " ".join(pieces)
