"""What a forward says of an MMS: its subject, and links to its files.

What belongs here: from rows to what bodies are written of, and which copy of a file leaves the house. What does not: the rows
(`store.mms_told`), bodies (`event_bodies`), files in mails (`mail_files`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, TypeAlias

from recado.blobs.links import Linked, Links, Variant
from recado.store.mms_told import ToldFile, ToldMms

GOOD_FOR = timedelta(days=7)
"""Links in forwards are good for longer than any forward is tried."""
PATIENCE = timedelta(minutes=5)
"""How long a forward waits for copies of pictures without place and phone; usually they are there in a second."""
INFECTED = "infected"
_WAITING = "waiting"
_PICTURES = "image/"
_KEPT_AS = frozenset({"image/jpeg", "image/png", "image/webp"})
"""Kinds whose copy without place and phone is of the same kind; copies of all others are WebP (`apps.media.picture_child`)."""


@dataclass(frozen=True, slots=True)
class ForwardedFile:
    """One file of an MMS, as a program is told of it."""

    id: int
    name: str
    content_type: str
    size: int
    url: str
    """Empty where a virus was found, or its time was up: it is not handed out."""


@dataclass(frozen=True, slots=True)
class ForwardedMms:
    """What makes a forwarded message an MMS."""

    subject: str
    files: tuple[ForwardedFile, ...]


class HandedOut(NamedTuple):
    """The copy of a file that leaves the house."""

    variant: Variant
    sha256: str
    content_type: str


def handed_out(file: ToldFile) -> HandedOut:
    """Choose the copy for others: of a picture the one without what it tells about place and phone, once that is made."""
    if not file.stripped_sha256:
        return HandedOut(Variant.ORIGINAL, file.sha256, file.content_type)
    content_type = file.content_type if file.content_type in _KEPT_AS else "image/webp"
    return HandedOut(Variant.STRIPPED, file.stripped_sha256, content_type)


def waits_for_copies(told: ToldMms, received_at: datetime, now: datetime) -> bool:
    """Say whether a forward had better wait a moment, so that no picture tells where it was taken."""
    return now - received_at < PATIENCE and any(map(_is_being_made, told.files))


def _is_being_made(file: ToldFile) -> bool:
    return file.preview_state == _WAITING and file.content_type.startswith(_PICTURES) and file.scan_state != INFECTED


Link: TypeAlias = Callable[[int, ToldFile, datetime], str]
"""Makes the address of a file of an account, from a moment on."""


def linking(address: str, secret: str) -> Link:
    """Return what makes links below the address of the installation; pictures without what they tell about place and phone, once made."""
    links = Links(secret)

    def link(account_id: int, file: ToldFile, now: datetime) -> str:
        linked = Linked(file.sha256, file.content_type, account_id, handed_out(file).variant)
        return address + links.path(linked, file.name, int((now + GOOD_FOR).timestamp()))

    return link


def no_link(_account_id: int, _file: ToldFile, _now: datetime) -> str:
    """Make none: where nobody serves files."""
    return ""


def forwarded(told: ToldMms, account_id: int, link: Link, now: datetime) -> ForwardedMms:
    """Say what a program is told of an MMS."""
    files = [
        ForwardedFile(one.id, one.name, one.content_type, one.size, link(account_id, one, now) if _is_handed_out(one) else "")
        for one in told.files
    ]
    return ForwardedMms(told.subject, tuple(files))


def _is_handed_out(file: ToldFile) -> bool:
    return bool(file.sha256) and file.scan_state != INFECTED
