"""Recognising what a carrier sends again because its session broke before our answer arrived.

Most carriers give messages no id, so octets are compared, but only with messages stored shortly before the break, each at most once, and
only during the first minute after it and of the new session: everything else that looks the same is a genuine second message.
Parts of long messages need none of this, their repeats are recognised by `core.reassembly`. No clock, no SQL here.
"""

import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from recado.core.message import InboundPart
from recado.gateway.intake import Rebound

BEFORE_NEWEST = timedelta(seconds=30)
"""How much older than the newest message before the break a candidate can be."""
EXPECTED_FOR = timedelta(seconds=60)
"""How long after the new session began resends are expected."""
_REMEMBER_USED = 20_000
_END_OF_TIME = datetime.max.replace(tzinfo=UTC)
"""When the session before the start broke: all that is stored is older, whatever the clock says now."""


class RebindWatch:
    """Turns "session lost" and "session bound" into `Rebound` items, in the order in which the rest is received."""

    def __init__(self, put: Callable[[Rebound], object], now: Callable[[], datetime]) -> None:
        self._put = put
        self._now = now
        self._lost: dict[int, datetime] = {}
        self._seen: set[int] = set()
        self._lock = threading.Lock()

    def lost(self, connection_id: int) -> None:
        """Announce possible resends, which may come at once over another link of the connection, and remember to do so again."""
        now = self._now()
        with self._lock:
            self._lost[connection_id] = now
        self._put(Rebound(connection_id, now, now))

    def bound(self, connection_id: int) -> None:
        """Announce possible resends: after the start of the process, and after a session was lost; not when one more link joins."""
        with self._lock:
            broke_at = self._lost.pop(connection_id, None if connection_id in self._seen else _END_OF_TIME)
            self._seen.add(connection_id)
        if broke_at is not None:
            self._put(Rebound(connection_id, broke_at, self._now()))


class SessionBreaks:
    """The candidates of all connections. Used by the writer's thread alone."""

    def __init__(self) -> None:
        self._until: dict[int, datetime] = {}
        self._candidates: dict[int, dict[int, list[int]]] = {}
        self._used: dict[int, datetime] = {}
        self._staged: list[tuple[InboundPart, int]] = []

    @property
    def is_armed(self) -> bool:
        """Whether anything has to be compared."""
        return bool(self._until)

    def arm(self, rebound: Rebound, recent: Iterable[tuple[int, int]]) -> None:
        """Expect resends of `recent`: `(message id, fingerprint)`.

        Those recognised before are expected again only if this break may have kept the answer to the resend, too.
        """
        waiting: dict[int, list[int]] = {}
        for message_id, fingerprint in recent:
            resent_at = self._used.get(message_id)
            if resent_at is None or rebound.broke_at - BEFORE_NEWEST <= resent_at <= rebound.broke_at:
                waiting.setdefault(fingerprint, []).append(message_id)
        self._candidates[rebound.connection_id] = waiting
        self._until[rebound.connection_id] = rebound.bound_at + EXPECTED_FOR

    def resent(self, part: InboundPart) -> int | None:
        """Return the id of the message that `part` repeats, and do not expect it any more, unless `undo` is called before `settle`."""
        until = self._until.get(part.connection_id)
        if until is None:
            return None
        if part.received_at > until:
            del self._until[part.connection_id], self._candidates[part.connection_id]
            return None
        ids = self._candidates[part.connection_id].get(part.fingerprint)
        if not ids:
            return None
        message_id = ids.pop()
        self._staged.append((part, message_id))
        return message_id

    def settle(self) -> None:
        """Remember what was recognised since the last call: the group is stored."""
        for part, message_id in self._staged:
            self._used.pop(message_id, None)  # so that the order is that of the latest resend
            self._used[message_id] = part.received_at
        self._staged.clear()
        while len(self._used) > _REMEMBER_USED:
            del self._used[next(iter(self._used))]

    def undo(self) -> None:
        """Forget what was recognised since the last `settle`: the group was rolled back."""
        for part, message_id in self._staged:
            self._candidates.get(part.connection_id, {}).setdefault(part.fingerprint, []).append(message_id)
        self._staged.clear()
