"""Hands one mail to the mail server of the installation, and says in words what went wrong.

What belongs here: SMTP with TLS, login and timeouts, and whose fault a refusal is. What does not: the mail (`mail_message`), when to try
again (`retrying`). A mail server that does not answer, or refuses us rather than the mail, is tried again and slows all mails; what it says
about the mailbox or the mail counts for this one alone.
"""

import asyncio
import re
import ssl
import sys
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Final, Protocol, TextIO

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from recado.config import MailServer
from recado.delivery.errors import DeliveryError
from recado.delivery.mail_message import Envelope
from recado.protocols.mail.bounces import is_about_the_mailbox

TIMEOUT_SECONDS: Final = 15.0
"""For each answer of the server."""
TOTAL_SECONDS: Final = 45.0
SLOWEST: Final = 128 * 1024
"""Octets a second; a large mail may take as much longer."""
PERMANENT: Final = 500
CLOSING: Final = 421
_ENHANCED: Final = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")


@dataclass(frozen=True, slots=True)
class Taken:
    """What the server said when it took a mail."""

    status: int
    words: str


class MailError(DeliveryError):
    """A mail was not taken; knows the server's code, and whether the mailbox takes no mail at all."""

    def __init__(self, reason: str, status: int | None = None, *, permanent: bool = False, slows: bool = False, words: str = "") -> None:
        super().__init__(reason, permanent=permanent, slows=slows)
        self.status = status
        self.words = words
        self.refuses_mailbox = permanent and is_about_the_mailbox(_enhanced(words), words)


class Mailer(Protocol):
    """The one thing needed of a mail server."""

    async def send(self, envelope: Envelope) -> Taken:
        """Hand a mail over; raise MailError where it is not taken."""


class SmtpClient:
    """A mail server. Each mail has a connection of its own: nothing is left over from the one before, and none is kept open idle."""

    def __init__(self, server: MailServer, *, context: ssl.SSLContext | None = None, timeout: float = TIMEOUT_SECONDS) -> None:
        """`context` says whose certificates are trusted; None: those of the system."""
        self._server = server
        self._context = context
        self._timeout = timeout

    async def send(self, envelope: Envelope) -> Taken:
        """Hand a mail over; raise MailError where it is not taken."""
        try:
            octets = await asyncio.to_thread(envelope.message.as_bytes)  # megabytes, where files are attached
            async with asyncio.timeout(TOTAL_SECONDS + len(octets) / SLOWEST), self._connection() as smtp:
                _, words = await smtp.sendmail(envelope.sender, [envelope.recipient], octets)
        except (SMTPRecipientsRefused, SMTPRecipientRefused) as error:
            refused = error.recipients[0] if isinstance(error, SMTPRecipientsRefused) else error
            raise _refused(refused.code, refused.message) from error
        except (SMTPAuthenticationError, SMTPSenderRefused) as error:
            raise MailError(f"the mail server refuses us: {_answer(error.code, error.message)}", error.code, slows=True) from error
        except SMTPResponseException as error:
            raise _refused(error.code, error.message) from error
        except (SMTPException, OSError, TimeoutError) as error:
            said = _one_line(str(error)) or type(error).__name__
            raise MailError(f"the mail server cannot be reached: {said}", slows=True) from error
        except ValueError as error:  # what cannot be said in SMTP
            raise MailError(f"the mail cannot be sent: {_one_line(str(error))}", permanent=True) from error
        return Taken(250, _one_line(words))

    def _connection(self) -> SMTP:
        server = self._server
        return SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user or None,
            password=server.password or None,
            use_tls=server.tls == "ssl",
            start_tls=server.tls == "starttls",
            tls_context=self._context,
            timeout=self._timeout,
        )


class ShownMails:
    """Stands in for a mail server where none is configured: mails are written to standard output, for trying out."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream

    async def send(self, envelope: Envelope) -> Taken:
        """Show a mail."""
        (self._stream or sys.stdout).write(f"{'-' * 79}\n{_shown(envelope.message)}\n{'-' * 79}\n")
        return Taken(250, "no mail server is configured; shown on standard output")


def _refused(code: int, message: str) -> MailError:
    if code == CLOSING:
        return MailError(f"the mail server is busy: {_answer(code, message)}", code, slows=True)
    words = _one_line(message)
    return MailError(f"refused: {_answer(code, message)}", code, permanent=code >= PERMANENT, words=words)


def _answer(code: int, message: str) -> str:
    return f"{code} {_one_line(message)}"


def _enhanced(words: str) -> str:
    found = _ENHANCED.search(words)
    return found[1] if found else ""


def _one_line(text: str) -> str:
    """Write what a server said so that a database can keep it: it may be in any code page, and hold any octet."""
    readable = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace").replace("\x00", " ")
    return " ".join(readable.split())


def _shown(message: EmailMessage) -> str:
    """Return a mail as people read it; files by name alone."""
    files = list(message.iter_attachments()) if message.is_multipart() else []
    if not files:
        return message.as_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
    headers = "".join(f"{name}: {value}\n" for name, value in message.items())
    body = message.get_body()
    named = "\n".join(f"[{file.get_filename()}, {file.get_content_type()}]" for file in files)
    return f"{headers}\n{body.get_content() if body else ''}\n{named}".replace("\r\n", "\n")
