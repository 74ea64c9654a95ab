"""Connections of the HTTP client, kept for the next request to the same name at the same checked address.

What belongs here: which connection may be used again, and how many are kept. What does not: which address may be reached (`http_client`
checks it for every request, also where a connection is there already). Once the address is pinned the library tells connections apart by
address alone, and two names can share one: so every scheme, name, port and address has a pool of its own.
"""

import ssl
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx2

Origin = tuple[str, bytes, str]
"""Scheme, host with port as the address names it, and the address checked."""
ORIGINS = 256
"""Pools kept; beyond, the one unused longest is closed."""
PER_ORIGIN = 8
"""Connections kept in each: as many as attempts at a destination at once."""
KEPT_SECONDS = 4.0
"""Shorter than what servers wait for the next request, mostly 5 seconds and more."""


@dataclass(slots=True)
class _Pool:
    transport: httpx2.AsyncHTTPTransport
    users: int = 0
    is_used: bool = False
    """Whether a connection may have been kept from an earlier request."""


class KeptConnections:
    """All connections of one client. The bare transports, not clients: a client would keep cookies of one customer's server."""

    def __init__(self, tls: ssl.SSLContext) -> None:
        self._tls = tls
        self._pools: OrderedDict[Origin, _Pool] = OrderedDict()

    @asynccontextmanager
    async def sending(self, request: httpx2.Request, origin: Origin) -> AsyncIterator[httpx2.Response]:
        """Send a request whose URL has the checked address as host; its answer is closed at the end of the block."""
        pool = self._pools.get(origin) or self._add(origin)
        self._pools.move_to_end(origin)
        pool.users += 1
        try:
            response = await self._send(pool, request)
            pool.is_used = True
            try:
                yield response
            finally:
                await response.aclose()
        finally:
            pool.users -= 1
            if len(self._pools) > ORIGINS:
                await self._shrink()

    async def close(self) -> None:
        """Close all."""
        while self._pools:
            await self._pools.popitem()[1].transport.aclose()

    async def _send(self, pool: _Pool, request: httpx2.Request) -> httpx2.Response:
        was_used = pool.is_used
        try:
            return await pool.transport.handle_async_request(request)
        except (httpx2.RemoteProtocolError, httpx2.ReadError, httpx2.WriteError):
            if not was_used:
                raise
            # The other side closed a kept connection while the request was on its way: that is no failure of the attempt.
            request.headers["connection"] = "close"
            return await pool.transport.handle_async_request(request)

    def _add(self, origin: Origin) -> _Pool:
        limits = httpx2.Limits(max_connections=None, max_keepalive_connections=PER_ORIGIN, keepalive_expiry=KEPT_SECONDS)
        pool = self._pools[origin] = _Pool(httpx2.AsyncHTTPTransport(verify=self._tls, limits=limits, trust_env=False))
        return pool

    async def _shrink(self) -> None:
        for origin in [key for key, pool in self._pools.items() if not pool.users][: len(self._pools) - ORIGINS]:
            await self._pools.pop(origin).transport.aclose()
