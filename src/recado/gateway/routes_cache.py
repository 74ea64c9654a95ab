"""The configuration that decisions and links need, as one snapshot that is swapped whole when its version grows.

A thread of its own polls the version twice a second, so that changes of other processes are seen, and looks at once when asked.
Reading the rows belongs to `store`, using them to the writer and the link pool.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import structlog

from recado.config import Database
from recado.core.routes import Routes
from recado.store.connections import ConnectionRow, load_connections
from recado.store.dialect import Connection, connect
from recado.store.snapshot import load_changes, load_routes, routing_version

log = structlog.get_logger(__name__)

POLL_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Routes and connections of one version."""

    routes: Routes
    connections: tuple[ConnectionRow, ...] = ()


class RoutesCache:
    """Holds the newest snapshot. `routes` may be read from any thread."""

    def __init__(self, database: Database, on_change: Callable[[Snapshot], Any] = lambda _snapshot: None) -> None:
        self._database = database
        self._on_change = on_change
        self._con: Connection | None = None
        self._wake = threading.Condition()
        self._asked = self._served = 0
        self._stopping = False
        self._thread: threading.Thread | None = None
        self.snapshot = Snapshot(Routes(version=0))
        self.error = ""
        """Why the configuration cannot be read, or empty."""

    @property
    def routes(self) -> Routes:
        """The newest routes."""
        return self.snapshot.routes

    def start(self) -> None:
        """Load once, then watch; raises what the database says when it cannot be read now."""
        self._refresh()
        self._thread = threading.Thread(target=self._watch, name="routes", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread and close its connection."""
        with self._wake:
            self._stopping = True
            self._wake.notify_all()
        if self._thread is not None:
            self._thread.join(timeout=5)
        self._disconnect()

    def check_now(self, *, wait_seconds: float = 2.0) -> bool:
        """Look for a new version and wait until that happened, so that who saved a rule can count on it; return whether it did in time."""
        with self._wake:
            self._asked += 1
            turn = self._asked
            self._wake.notify_all()
            return self._wake.wait_for(lambda: self._served >= turn or self._stopping, wait_seconds)

    def _watch(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._stopping or self._asked > self._served, POLL_SECONDS)
                if self._stopping:
                    return
                turn = self._asked
            self._try_refresh()
            with self._wake:
                self._served = turn
                self._wake.notify_all()

    def _try_refresh(self) -> None:
        try:
            self._refresh()
        except Exception as error:  # noqa: BLE001  # whatever the driver raises: the old snapshot stays in force, the next poll tries again
            if not self.error:
                log.warning("routes_not_read", error=str(error))
            self.error = str(error) or type(error).__name__
            self._disconnect()

    def _refresh(self) -> None:
        if self._con is None:
            self._con = connect(self._database)
        if routing_version(self._con) != self.snapshot.routes.version:
            changed = load_changes(self._con, self.routes) if self.routes.version else None
            if changed is not None:
                self.snapshot = replace(self.snapshot, routes=changed)
            else:
                self.snapshot = Snapshot(load_routes(self._con), load_connections(self._con))
            log.info("routes_loaded", version=self.routes.version, numbers=len(self.routes.numbers))
            self._on_change(self.snapshot)
        self.error = ""

    def _disconnect(self) -> None:
        if self._con is not None:
            con, self._con = self._con, None
            con.close()
