"""Takes MMS that gateways mail (docs/reference/mms-by-mail.md), once the mail listener knows that a mail is for one of our connections.

What belongs here: from whom a mail is taken, for which number it is, what is answered. What does not: SMTP (`server.mail_listener`), what a
mail says (`carriers.mms_mail`), storing (`taking`).
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Final

import structlog

from recado.blobs.base import Blobs
from recado.carriers.base import SettingsError
from recado.carriers.mms_mail.errors import MailFormatError
from recado.carriers.mms_mail.kind import MMS_MAIL
from recado.carriers.mms_mail.reading import MailedMms, read_mailed
from recado.carriers.networks import is_within
from recado.core.mms_given import plain_address
from recado.gateway.intake import NotStoredError
from recado.protocols.mail.signed import MmsAddress
from recado.server.mm7.answering import Ports
from recado.server.mms_in.taking import take
from recado.store.connections import ConnectionRow

log = structlog.get_logger(__name__)

AT_ONCE: Final = 4
"""Mails that are worked on; others wait their turn."""
STORED: Final = "250 2.0.0 stored"
NO_SUCH_ADDRESS: Final = "550 5.1.1 there is no such address here"
_RAW_KEPT: Final = 32 * 1024
"""Octets of a mail's headers that are kept with the message."""


class OverMail:
    """All connections of the kind; `connections` are those of now. Runs on the event loop, mails are worked in threads."""

    def __init__(self, connections: Callable[[], Sequence[ConnectionRow]], ports: Ports, blobs: Blobs) -> None:
        self._connections, self._ports, self._blobs = connections, ports, blobs
        self._turn = asyncio.Semaphore(AT_ONCE)

    def refusal(self, address: MmsAddress, peer: str) -> str:
        """Say why no mail is taken for an address from who is connected; nothing where one is."""
        row = self._row(address)
        if row is None:
            return NO_SUCH_ADDRESS
        try:
            settings = MMS_MAIL.clean(row.settings)
        except SettingsError as error:
            log.warning("connection_misconfigured", connection_id=row.id, error=str(error))
            return "451 4.3.5 the connection's settings cannot be used, try again later"
        if settings["edition"] != address.edition:
            return NO_SUCH_ADDRESS
        if not is_within(peer, str(settings["networks"])):
            self._ports.journal(row.id, "in", "caller_refused", f"{peer} is not among the allowed mail servers", b"")
            return f"550 5.7.1 {peer} may not hand in mails for this address"
        if self._ports.is_held(row.id):
            return "451 4.3.2 the connection is drained, try again later"
        return ""

    async def take(self, octets: bytes, envelope_sender: str, address: MmsAddress) -> str:
        """Store a mail as a message and return the answer; whatever else it raises, the mail is to be sent again."""
        async with self._turn:
            answer = await asyncio.to_thread(self._store, octets, envelope_sender, address)
        if answer == STORED:
            self._ports.received(address.connection_id)
        return answer

    def _store(self, octets: bytes, envelope_sender: str, address: MmsAddress) -> str:
        row = self._row(address)
        if row is None:  # since the recipient was accepted
            return NO_SUCH_ADDRESS
        try:
            mailed = read_mailed(octets, envelope_sender)
        except MailFormatError as error:
            return self._refused(row.id, str(error), octets)
        number = address.number or self._number(mailed, str(MMS_MAIL.clean(row.settings)["default_recipient"]))
        if not number:
            return self._refused(row.id, "the mail names no number it is for", mailed.head)
        try:
            take(self._blobs, self._ports.receive, row.id, mailed.to(number), mailed.head[:_RAW_KEPT], self._ports.now())
        except (OSError, NotStoredError) as error:
            log.warning("mms_not_stored", connection_id=row.id, error=str(error))
            return "451 4.3.0 could not be stored, send it again"
        return STORED

    def _number(self, mailed: MailedMms, default: str) -> str:
        """Return the one of us among those the headers name, else the one in the settings, else whichever, so that support sees it."""
        ours = next((one for one in mailed.numbers if self._ports.is_ours(one)), "")
        return ours or plain_address(default) or next(iter(mailed.numbers), "")

    def _refused(self, connection_id: int, why: str, octets: bytes) -> str:
        self._ports.journal(connection_id, "in", "answered_with_error", why, octets[:_RAW_KEPT])
        log.warning("mms_refused", connection_id=connection_id, error=why)
        return f"554 5.6.0 {why}"

    def _row(self, address: MmsAddress) -> ConnectionRow | None:
        rows = self._connections()
        return next((row for row in rows if row.id == address.connection_id and row.kind == MMS_MAIL.name), None)
