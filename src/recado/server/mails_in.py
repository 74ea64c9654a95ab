"""Puts together what takes mails: the listener, reading a mail, the service, and telling a sender that it was refused.

What belongs here: the order of these, threads and connections to the database. What does not: any of them.
"""

import socket
from concurrent.futures import ThreadPoolExecutor

import structlog
from django.db import close_old_connections
from django.utils import timezone

from recado.apps.mails.services import Refused, take
from recado.config import Config
from recado.panel.refusal_mail import tell
from recado.protocols.mail.received import read_mail
from recado.protocols.mail.signed import AddressBook
from recado.server.mail_listener import MailListener, MmsDoor
from recado.server.secret import secret_key

log = structlog.get_logger(__name__)


def address_book(config: Config) -> AddressBook | None:
    """Return the book that signs and reads addresses; None where answers by mail are not taken."""
    return AddressBook(secret_key(config.data), config.mail_domain) if config.mail_listen is not None else None


class MailsIn:
    """Takes mails where that is configured; else does nothing."""

    def __init__(self, config: Config) -> None:
        self._book = address_book(config)
        self._authenticator = config.mail_authenticator
        self._telling = ThreadPoolExecutor(1, thread_name_prefix="mail-refusals")
        self.listener = MailListener(config.mail_listen, self._book, self.take) if config.mail_listen and self._book else None

    async def start(self, listening: socket.socket | None = None) -> None:
        """Begin to listen, on a socket that is open already where one is given."""
        if self.listener is not None:
            await self.listener.start(listening)

    def open_for_mms(self, door: MmsDoor) -> None:
        """Take MMS as well from now on."""
        if self.listener is not None:
            self.listener.open_for_mms(door)

    async def stop(self) -> None:
        """Take no more."""
        if self.listener is not None:
            await self.listener.stop()
        self._telling.shutdown(wait=False, cancel_futures=True)

    def take(self, octets: bytes, envelope_sender: str, recipient: str) -> None:
        """Do what a mail asks for; returns once it is stored. Telling its sender something waits for no mail server."""
        book = self._book
        address = book.read(recipient) if book else None
        if book is None or address is None:
            raise ValueError("the listener takes mails to our addresses only")
        mail = read_mail(octets, envelope_sender, book.domain)
        close_old_connections()
        try:
            local = recipient.rpartition("@")[0].strip().lower()
            refused = take(mail, local, address, timezone.now(), authenticator=self._authenticator)
        finally:
            close_old_connections()
        log.info("mail_taken", to=type(address).__name__, automatic=mail.automatic, refused=refused.reason if refused else None)
        if refused is not None:
            self._telling.submit(self._tell, refused, book.domain)

    @staticmethod
    def _tell(refused: Refused, domain: str) -> None:
        close_old_connections()
        try:
            tell(refused, domain)
        except Exception:  # nobody waits for it
            log.exception("refusal_mail_failed")
        finally:
            close_old_connections()
