"""Connections of the HTTP client, kept for the next request to the same name at the same checked address.

What belongs here: which connection may be used again, and how many are kept. What does not: which address may be reached (`http_client`
checks it for every request, also where a connection is there already). Two names can share an address, and a certificate is checked for one
name: so connections are kept by scheme, name, port and address.
"""

import asyncio
import ssl
from collections import OrderedDict
from typing import NamedTuple

from recado.delivery.http_answer import Answer
from recado.delivery.http_connection import BrokenConnection, HttpConnection, connect

KEPT = 256
"""Connections kept without work; beyond, the one unused longest is closed."""
KEPT_SECONDS = 4.0
"""Shorter than what servers wait for the next request, mostly 5 seconds and more."""


class Origin(NamedTuple):
    """What a connection leads to."""

    scheme: str
    name: str
    port: int
    address: str


class KeptConnections:
    """All connections of one client."""

    def __init__(self, tls: ssl.SSLContext, body_limit: int) -> None:
        self._tls = tls
        self._body_limit = body_limit
        self._idle: OrderedDict[HttpConnection, tuple[Origin, float]] = OrderedDict()
        """The longest unused first, with when it was last used."""
        self._by_origin: dict[Origin, list[HttpConnection]] = {}

    async def exchange(self, request: bytes, origin: Origin, connect_seconds: float | None = None) -> Answer:
        """Send a request over a connection kept or new; raise NoConnection, BrokenConnection, or TimeoutError for the connecting."""
        kept = self._take(origin)
        if kept is not None:
            try:
                return await self._use(kept, request, origin)
            except BrokenConnection as error:
                if error.had_begun:
                    raise
                # The other side closed it while the request was on its way: that is no failure of the attempt.
        async with asyncio.timeout(connect_seconds):
            tls = self._tls if origin.scheme == "https" else None
            fresh = await connect(origin.address, origin.port, tls=tls, name=origin.name, body_limit=self._body_limit)
        return await self._use(fresh, request, origin)

    def close(self) -> None:
        """Close all that are not at work."""
        for connection in list(self._idle):
            self._drop(connection)

    async def _use(self, connection: HttpConnection, request: bytes, origin: Origin) -> Answer:
        try:
            answer = await connection.exchange(request)
        except BaseException:
            connection.close()
            raise
        if connection.is_open:
            self._keep(connection, origin)
        return answer

    def _take(self, origin: Origin) -> HttpConnection | None:
        now = asyncio.get_running_loop().time()
        for connection, (_, used_at) in list(self._idle.items())[: 1 if self._idle else 0]:
            if now - used_at > KEPT_SECONDS:  # the oldest goes with each request, so that none stays for ever
                self._drop(connection)
        while known := self._by_origin.get(origin):
            connection = known[-1]
            _, used_at = self._idle[connection]
            if connection.is_open and now - used_at <= KEPT_SECONDS:
                self._forget(connection)
                return connection
            self._drop(connection)
        return None

    def _keep(self, connection: HttpConnection, origin: Origin) -> None:
        self._idle[connection] = (origin, asyncio.get_running_loop().time())
        self._by_origin.setdefault(origin, []).append(connection)
        if len(self._idle) > KEPT:
            self._drop(next(iter(self._idle)))

    def _drop(self, connection: HttpConnection) -> None:
        self._forget(connection)
        connection.close()

    def _forget(self, connection: HttpConnection) -> None:
        origin, _ = self._idle.pop(connection)
        self._by_origin[origin].remove(connection)
        if not self._by_origin[origin]:
            del self._by_origin[origin]
