"""What of a group was received before.

What belongs here: by the carrier's id, and what a carrier sends again after a broken session. What does not: repeated parts of long
messages (`core.reassembly`), what is remembered of sessions (`session_breaks`).
"""

from collections.abc import Callable, Sequence

from recado.core.message import InboundPart
from recado.core.reassembly import part_key
from recado.gateway.intake import Item
from recado.gateway.session_breaks import SessionBreaks
from recado.store import load
from recado.store.dialect import Connection


def without_repeats(
    con: Connection, items: Sequence[Item], breaks: SessionBreaks | None, drop: Callable[[int, InboundPart, int], None]
) -> list[tuple[int, InboundPart]]:
    """Return the parts that are new, with their places in the group; `drop` is given the others with the message they repeat, or 0."""
    parts = [(index, item) for index, item in enumerate(items) if type(item) is InboundPart]
    keys = [(part.connection_id, part.carrier_message_id) for _, part in parts if part.carrier_message_id is not None]
    seen = load.load_carrier_ids(con, keys) if keys else {}
    fresh: list[tuple[int, InboundPart]] = []
    first: dict[tuple[int, str], int] = {}
    for index, part in parts:
        if part.carrier_message_id is not None and part_key(part) is None:
            key = (part.connection_id, part.carrier_message_id)
            if key in seen:
                drop(index, part, seen[key])
                continue
            if first.setdefault(key, index) != index:
                drop(index, part, 0)
                continue
        if breaks is not None and breaks.is_armed and part_key(part) is None:
            resent = breaks.resent(part)
            if resent is not None:
                drop(index, part, resent)
                continue
        fresh.append((index, part))
    return fresh
