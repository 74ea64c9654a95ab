"""Files in a mail about an MMS: which it carries, and what it says of the others.

What belongs here: choosing files and opening their bytes. What does not: which copy of a picture others get (`forwarded_mms`), the mail
(`mail_message`). Opened files cost no memory: each is read when it is written into the mail, one after the other.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Final

from recado.blobs.base import Blobs
from recado.core.media_names import fitting_name
from recado.delivery.errors import DeliveryError
from recado.delivery.forwarded_mms import INFECTED, Link, handed_out
from recado.store.mms_told import ToldFile, ToldMms

MOST_OCTETS: Final = 10 * 1024 * 1024
"""Of all files of a mail together. In a mail they are a third larger, and many mailboxes take no more than 20 MB."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a message."""

    name: str
    type: str
    """As `image/jpeg`."""
    content: BinaryIO
    """At its beginning."""


@dataclass(frozen=True, slots=True)
class LinkedFile:
    """A file that a mail leads to."""

    name: str
    size: int
    url: str
    """Empty where nobody serves files."""


@dataclass(frozen=True, slots=True)
class MailedMms:
    """What a mail about an MMS has beside its text."""

    subject: str = ""
    attached: tuple[Attachment, ...] = ()
    linked: tuple[LinkedFile, ...] = ()
    infected: tuple[str, ...] = ()
    """Names of files that are handed out to nobody."""
    gone: tuple[str, ...] = ()
    """Names of files whose bytes are there no more."""


@contextmanager
def opened(told: ToldMms, account_id: int, blobs: Blobs, link: Link, now: datetime, *, attaches: bool = True) -> Iterator[MailedMms]:
    """Open the files of an MMS as long as the block runs; without `attaches` all are links. Raises DeliveryError: not to be read now."""
    attached, linked, gone = list[Attachment](), list[LinkedFile](), list[str]()
    room = MOST_OCTETS if attaches else 0
    with ExitStack() as stack:
        for file in told.files:
            if file.scan_state == INFECTED:
                continue
            content = stack.enter_context(opening) if (opening := _open(file, blobs)) is not None else None
            size = content.seek(0, 2) if content is not None else 0
            if content is None:
                gone.append(_name(file))
            elif size <= room:
                content.seek(0)
                attached.append(Attachment(_name(file), handed_out(file).content_type, content))
                room -= size
            else:
                content.close()
                linked.append(LinkedFile(_name(file), size, link(account_id, file, now)))
        infected = tuple(_name(file) for file in told.files if file.scan_state == INFECTED)
        yield MailedMms(told.subject, tuple(attached), tuple(linked), infected, tuple(gone))


def _open(file: ToldFile, blobs: Blobs) -> BinaryIO | None:
    try:
        return blobs.open(handed_out(file).sha256)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise DeliveryError(f"the files of the message cannot be read now: {type(error).__name__}") from error


def _name(file: ToldFile) -> str:
    return fitting_name(file.name, handed_out(file).content_type)
