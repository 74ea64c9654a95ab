"""What a forward says of an MMS: its subject, and links to its files.

What belongs here: from rows to what bodies are written of. What does not: the rows (`store.mms_told`), bodies (`event_bodies`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from recado.blobs.links import Linked, Links, Variant
from recado.store.mms_told import ToldFile, ToldMms

GOOD_FOR = timedelta(days=7)
"""Links in forwards are good for longer than any forward is tried."""
INFECTED = "infected"
PICTURES = "image/"


@dataclass(frozen=True, slots=True)
class ForwardedFile:
    """One file of an MMS, as a program is told of it."""

    id: int
    name: str
    content_type: str
    size: int
    url: str
    """Empty where a virus was found: it is not handed out."""


@dataclass(frozen=True, slots=True)
class ForwardedMms:
    """What makes a forwarded message an MMS."""

    subject: str
    files: tuple[ForwardedFile, ...]


Link: TypeAlias = Callable[[int, ToldFile, datetime], str]
"""Makes the address of a file of an account, from a moment on."""


def linking(address: str, secret: str) -> Link:
    """Return what makes links below the address of the installation; pictures without what they tell about place and phone, once made."""
    links = Links(secret)

    def link(account_id: int, file: ToldFile, now: datetime) -> str:
        variant = Variant.STRIPPED if file.stripped_sha256 else Variant.ORIGINAL
        linked = Linked(file.sha256, file.content_type, account_id, variant)
        return address + links.path(linked, file.name, int((now + GOOD_FOR).timestamp()))

    return link


def no_link(_account_id: int, _file: ToldFile, _now: datetime) -> str:
    """Make none: where nobody serves files."""
    return ""


def forwarded(told: ToldMms, account_id: int, link: Link, now: datetime) -> ForwardedMms:
    """Say what a program is told of an MMS."""
    files = (
        ForwardedFile(one.id, one.name, one.content_type, one.size, "" if one.scan_state == INFECTED else link(account_id, one, now))
        for one in told.files
    )
    return ForwardedMms(told.subject, tuple(files))
