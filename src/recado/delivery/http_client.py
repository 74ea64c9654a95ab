"""The only way out over HTTP: resolves a name once, checks every address, connects to the one checked, and reads a bounded answer.

What belongs here: the guard against requests into private networks, time and size limits, errors of the library turned into
DeliveryError. Which connections are kept for the next request is in `kept_connections`. What a request says and what an answer means
belongs to `forward_url`. Product: product.md §7.
"""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Self

import httpx2

from recado.delivery.addresses import refusal
from recado.delivery.errors import DeliveryError
from recado.delivery.http_address import Place, read_address
from recado.delivery.http_answer import Answer
from recado.delivery.http_connection import BrokenConnection, NoConnection
from recado.delivery.http_request import BadRequestError, write_request
from recado.delivery.kept_connections import KeptConnections, Origin

__all__ = ["Answer", "HttpClient"]

TOTAL_SECONDS = 10.0
"""From the first look-up to the last byte of the answer."""
BODY_LIMIT = 1024 * 1024
RESOLVER_THREADS = 32
"""A name server that does not answer holds a thread for many seconds; names that resolve must not wait for it."""
ADDRESS_LIMIT = 4
"""Addresses of one name to try before the attempt counts as failed."""

OURS = frozenset({"host", "user-agent", "accept", "accept-encoding", "connection", "content-length", "transfer-encoding", "upgrade", "te"})
"""Headers nobody else writes."""

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""Turns a host name and port into addresses, best first."""


class HttpClient:
    """Sends one request at a time over a connection, never follows a redirect, never uses a proxy of the environment."""

    def __init__(
        self,
        *,
        allow_private: bool = False,
        resolver: Resolver | None = None,
        total_seconds: float = TOTAL_SECONDS,
        body_limit: int = BODY_LIMIT,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._allow_private = allow_private
        self._threads = ThreadPoolExecutor(RESOLVER_THREADS, thread_name_prefix="resolver")
        self._resolve = resolver or self._ask_system
        self._total_seconds = total_seconds
        self._body_limit = body_limit
        self._connections = KeptConnections(tls if tls is not None else ssl.create_default_context(), body_limit)

    async def __aenter__(self) -> Self:
        """Return the client itself."""
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close all connections."""
        await self.close()

    async def close(self) -> None:
        """Close all connections; look-ups under way are left to end by themselves."""
        self._connections.close()
        await asyncio.sleep(0)  # in which the transports end
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def send(self, method: str, url: str, *, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Answer:
        """Send one request and read the answer within the time and size limits; raise DeliveryError where there is none."""
        try:
            async with asyncio.timeout(self._total_seconds):
                return await self._send(method, *read_address(url), headers or {}, body)
        except TimeoutError as error:
            raise DeliveryError(f"no complete answer within {self._total_seconds:g} seconds", slows=True) from error
        except NoConnection as error:
            raise DeliveryError(str(error), slows=True) from error
        except BrokenConnection as error:
            raise DeliveryError(f"the connection broke: {error}", slows=True) from error
        except BadRequestError as error:
            raise DeliveryError(f"the request cannot be sent: {_words(error)}", permanent=True) from error
        except (httpx2.InvalidURL, UnicodeError) as error:
            raise DeliveryError(f"the address cannot be used: {_words(error)}", permanent=True) from error

    async def _send(self, method: str, place: Place, target: bytes, headers: Mapping[str, str], body: bytes) -> Answer:
        given = [(name, value) for name, value in headers.items() if name.lower() not in OURS]
        request = write_request(method, target, place.head, given, body)
        addresses = await self._pin(place)
        for address in addresses[:-1]:
            with contextlib.suppress(NoConnection, TimeoutError):
                origin = Origin(place.scheme, place.name, place.port, address)
                return await self._connections.exchange(request, origin, self._total_seconds / len(addresses))
        return await self._connections.exchange(request, Origin(place.scheme, place.name, place.port, addresses[-1]))

    async def _pin(self, place: Place) -> Sequence[str]:
        """Resolve once; refuse the name when any of its addresses is one that must not be reached."""
        try:
            found = [place.name] if place.is_address else await self._resolve(place.name, place.port)
        except OSError as error:
            raise DeliveryError(f"the name {place.shown} cannot be resolved: {_words(error)}", slows=True) from error
        if not found:
            raise DeliveryError(f"the name {place.shown} has no address", slows=True)
        for address in found:
            if wrong := refusal(address, allow_private=self._allow_private):
                raise DeliveryError(f"{place.shown} leads to {wrong} ({address}), which forwards must not reach", permanent=True)
        return found[:ADDRESS_LIMIT]

    async def _ask_system(self, host: str, port: int) -> Sequence[str]:
        loop = asyncio.get_running_loop()
        rows = await loop.run_in_executor(self._threads, lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        return list(dict.fromkeys(str(row[4][0]) for row in rows))


def _words(error: BaseException) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
