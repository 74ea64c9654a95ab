"""How destinations are doing: since when nothing arrives there, when something last did, and the pause that follows.

What belongs here: writing it down, only where it changes. What does not: when a destination is paused (`core.pausing`), keeping its jobs
(`parking`), people's own pausing (`apps.outbox.pausing`). Called in the transaction that writes the results of attempts.
"""

from collections.abc import Iterable
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from recado.core.pausing import PauseReason, due_pause
from recado.store.dialect import Connection

_SUCCEEDED = """
    UPDATE outbox_destination SET succeeded_at = ?, failing_since = NULL, failed_attempts = 0
    WHERE id = ? AND (failing_since IS NOT NULL OR succeeded_at IS NULL OR succeeded_at < ?)"""
_FAILED = """
    UPDATE outbox_destination SET failing_since = COALESCE(failing_since, ?), failed_attempts = failed_attempts + ?
    WHERE id = ? RETURNING failing_since, failed_attempts"""
_PAUSE = "UPDATE outbox_destination SET paused_at = ?, pause_reason = ?, pause_told_at = NULL WHERE id = ? AND paused_at IS NULL"
REMEMBERED = 10_000
"""Destinations of which it is remembered that their success is written down."""


class Heard(NamedTuple):
    """How one attempt at a destination ended."""

    destination_id: int
    at: datetime
    is_success: bool
    is_gone: bool = False
    """Whether the other side said that the address is gone for good."""


_at = attrgetter("at")


class Health:
    """Writes what was heard; remembers what it wrote, so that a healthy destination costs one write a minute."""

    def __init__(self) -> None:
        self._written: dict[int, datetime] = {}
        """By destination, the minute of the success that is written."""

    def forget(self) -> None:
        """Take nothing for written: a transaction may have been undone."""
        self._written.clear()

    def note(self, con: Connection, heard: Iterable[Heard], now: datetime) -> list[int]:
        """Write down how attempts ended; return the destinations that this paused. In the order of ids, so that workers never cross."""
        by_destination: dict[int, list[Heard]] = {}
        for one in heard:
            by_destination.setdefault(one.destination_id, []).append(one)
        return [key for key in sorted(by_destination) if self._note(con, key, sorted(by_destination[key], key=_at), now)]

    def _note(self, con: Connection, destination_id: int, heard: list[Heard], now: datetime) -> bool:
        """Tell only what follows the last success, and that there was one."""
        last = next((index for index in range(len(heard) - 1, -1, -1) if heard[index].is_success), -1)
        if last >= 0:
            self._succeeded(con, destination_id, heard[last].at.replace(second=0, microsecond=0))
        return last + 1 < len(heard) and self._failed(con, destination_id, heard[last + 1 :], now)

    def _succeeded(self, con: Connection, destination_id: int, minute: datetime) -> None:
        if self._written.get(destination_id) == minute:
            return
        moment = con.dialect.timestamp(minute)
        con.execute(_SUCCEEDED, (moment, destination_id, moment))
        if len(self._written) >= REMEMBERED:
            self._written.clear()
        self._written[destination_id] = minute

    def _failed(self, con: Connection, destination_id: int, failures: list[Heard], now: datetime) -> bool:
        self._written.pop(destination_id, None)
        moment = con.dialect.timestamp
        row = con.row(_FAILED, (moment(failures[0].at), len(failures), destination_id))
        if row is None:  # it is gone
            return False
        is_gone = any(one.is_gone for one in failures)
        reason = due_pause(con.dialect.moment(row[0]), row[1], now, is_gone=is_gone)
        return reason is not None and pause(con, destination_id, reason, now)


def pause(con: Connection, destination_id: int, reason: PauseReason, now: datetime) -> bool:
    """Pause a destination; return whether it was not paused before."""
    return con.execute(_PAUSE, (con.dialect.timestamp(now), reason.value, destination_id)) == 1
