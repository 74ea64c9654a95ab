"""Sessions of the mail listener: how many there may be, and whom a mail came from before it came to the mail server in front.

What belongs here: what aiosmtpd's protocols lack. What does not: recipients and mails (`server.mail_listener`).
"""

import asyncio
from ipaddress import ip_address
from typing import Any, cast

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session

from recado.server.mail_xforward import ATTRIBUTES, XforwardError, told_address


class _Forwarded(Envelope):
    """An envelope with whom the mail came from."""

    client: str | None = None
    """As the mail server in front tells; None where it tells nothing."""


class _Limited(SMTP):
    """Turns connections away beyond a limit, and lets the mail server in front say whom mails come from."""

    def __init__(self, handler: object, transports: set[asyncio.BaseTransport], limit: int, **options: Any) -> None:
        super().__init__(handler, **options)
        self._transports, self._limit = transports, limit

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin, or refuse."""
        if len(self._transports) >= self._limit:
            writing = cast("asyncio.Transport", transport)  # uvloop's are not of asyncio's class
            writing.write(b"421 4.7.0 too many connections, try again later\r\n")
            transport.close()
            return
        self._transports.add(transport)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        """End."""
        if self.transport is not None:
            self._transports.discard(self.transport)
            super().connection_lost(error)

    async def smtp_XFORWARD(self, arg: str | None) -> None:  # noqa: N802  # its name
        """Learn whom the next mail comes from."""
        if self.session is None or not _may_forward(self.session):
            await self.push("550 5.7.1 not from you")
            return
        try:
            address = told_address(arg or "")
        except XforwardError as error:
            await self.push(f"501 5.5.4 {error}")
            return
        if address is not None and isinstance(self.envelope, _Forwarded):
            self.envelope.client = address
        await self.push("250 2.0.0 ok")

    def _create_envelope(self) -> Envelope:
        return _Forwarded()


class SmtpSession(_Limited):
    """SMTP."""


class LmtpSession(_Limited, LMTP):
    """LMTP."""


def client_of(session: Session, envelope: Envelope) -> str:
    """Return the address a mail comes from, by whoever is connected or by what the mail server in front says; empty where it is unknown."""
    told = envelope.client if isinstance(envelope, _Forwarded) else None
    return _peer(session) if told is None else told


def tell_of_xforward(session: Session, responses: list[str]) -> list[str]:
    """Return the lines of a greeting with XFORWARD among them where it may be used."""
    return [*responses[:-1], f"250-XFORWARD {ATTRIBUTES}", responses[-1]] if _may_forward(session) else responses


def _may_forward(session: Session) -> bool:
    """Say whether who is connected is believed: on this machine there is nobody but the mail server in front."""
    try:
        return ip_address(_peer(session)).is_loopback
    except ValueError:
        return False


def _peer(session: Session) -> str:
    peer = cast("tuple[str, int] | None", session.peer)
    return peer[0] if peer else ""
