"""Listens for mails that answer ours and for MMS that come as mails, by LMTP or SMTP, behind a mail server that faces the internet.

What belongs here: the listening, limits, which recipients there are, and that a mail is acknowledged only once it is stored. What does not:
what is done with a mail (`server.mails_in`, `server.mms_in.over_mail`). No relay: only addresses that this installation signed exist.
"""

import asyncio
import socket
from collections.abc import Callable
from typing import Protocol

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session

from recado.config import MailListener as Listen
from recado.protocols.mail.signed import AddressBook, MmsAddress
from recado.server.mail_sessions import LmtpSession, SmtpSession, client_of, tell_of_xforward

log = structlog.get_logger(__name__)

LARGEST_MAIL = 25 * 1024 * 1024
LARGEST_ANSWER = 10 * 1024 * 1024
"""Of mails that are no MMS."""
CONNECTIONS = 50
IDLE_SECONDS = 60.0
COMMANDS = 1000
"""Of one kind in one connection."""

TOO_LARGE = "552 5.3.4 the mail is too large"

Take = Callable[[bytes, str, str], None]
"""Does what a mail asks for and returns once that is stored; told the mail, its envelope sender and its recipient."""


class MmsDoor(Protocol):
    """Takes mails that are MMS."""

    def refusal(self, address: MmsAddress, peer: str) -> str:
        """Say why no mail is taken for an address from who is connected; nothing where one is."""

    async def take(self, octets: bytes, envelope_sender: str, address: MmsAddress) -> str:
        """Store a mail and return the answer."""


class MailListener:
    """Takes mails. `start` and `stop` are all there is to call; runs on one event loop, mails are worked in threads."""

    def __init__(self, listen: Listen, book: AddressBook, take: Take, *, connections: int = CONNECTIONS) -> None:
        self._listen, self._book, self._take = listen, book, take
        self._connections = connections
        self._mms: MmsDoor | None = None
        self._open: set[asyncio.BaseTransport] = set()
        self._server: asyncio.Server | None = None

    def open_for_mms(self, door: MmsDoor) -> None:
        """Take MMS from now on; until then whoever brings some is asked to come again."""
        self._mms = door

    @property
    def port(self) -> int:
        """Where it listens."""
        if self._server is None:
            raise RuntimeError("it does not listen")
        return int(self._server.sockets[0].getsockname()[1])

    async def start(self, listening: socket.socket | None = None) -> None:
        """Begin to listen, on a socket that is open already where one is given; raises OSError where the port is taken."""
        where = {"sock": listening} if listening else {"host": self._listen.host, "port": self._listen.port}
        self._server = await asyncio.get_running_loop().create_server(self._protocol, **where)
        log.info("mail_listening", protocol=self._listen.protocol, host=self._listen.host, port=self.port)

    async def stop(self) -> None:
        """Take no more; what is not acknowledged comes again."""
        if self._server is not None:
            self._server.close()
            for transport in tuple(self._open):
                transport.close()

    # --- aiosmtpd asks these ---

    async def handle_EHLO(  # noqa: N802  # its name
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Greet, and offer XFORWARD to whoever may use it."""
        session.host_name = hostname
        return tell_of_xforward(session, responses)

    async def handle_RCPT(  # noqa: N802  # its name
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Accept a recipient that exists; one for each mail, so that each is acknowledged alone."""
        if envelope.rcpt_tos:
            return "452 4.5.3 one recipient at a time"
        if refusal := self._refusal(address, session, envelope):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  # its name
        """Have a mail stored, and acknowledge it."""
        octets, sender, recipient = bytes(envelope.original_content or b""), envelope.mail_from or "", envelope.rcpt_tos[0]
        mms = self._book.read_mms(recipient)
        if mms is None and len(octets) > LARGEST_ANSWER:
            return TOO_LARGE
        try:
            if mms is not None and self._mms is not None:
                return await self._mms.take(octets, sender, mms)
            await asyncio.to_thread(self._take, octets, sender, recipient)
        except Exception:  # whatever it was, the mail server in front keeps the mail and tries again
            log.exception("mail_not_taken")
            return "451 4.3.0 could not be stored, try again"
        return "250 2.0.0 stored"

    def _refusal(self, address: str, session: Session, envelope: Envelope) -> str:
        """Say why no mail is taken for an address; nothing where one is."""
        if (mms := self._book.read_mms(address)) is not None:
            return self._mms.refusal(mms, client_of(session, envelope)) if self._mms is not None else "451 4.3.2 not started yet, try again"
        if self._book.read(address) is None:
            return "550 5.1.1 there is no such address here"
        return TOO_LARGE if _declared_size(envelope) > LARGEST_ANSWER else ""

    def _protocol(self) -> SMTP:
        kind = LmtpSession if self._listen.protocol == "lmtp" else SmtpSession
        return kind(
            self,
            self._open,
            self._connections,
            data_size_limit=LARGEST_MAIL,
            enable_SMTPUTF8=True,
            hostname=self._book.domain,
            ident="Recado",
            timeout=IDLE_SECONDS,
            command_call_limit=COMMANDS,
        )


def _declared_size(envelope: Envelope) -> int:
    """Return how many octets the mail will have by what was said before it; 0 where nothing was (RFC 1870)."""
    sizes = [option[5:] for option in envelope.mail_options if option.upper().startswith("SIZE=")]
    return int(sizes[0]) if sizes and sizes[0].isdecimal() else 0
