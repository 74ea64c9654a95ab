"""What somebody wants to send as an MMS, and everything that speaks against it: values.

What belongs here: these shapes. What does not: coming to problems and sizes (`composing`), sending (`sending`), the words people read
(`panel`, `api`).
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from recado.apps.outbox.senders import SenderRefusal

LONGEST_TEXT = 1530
"""Characters; as many as an SMS may have."""
MOST_FILES = 10
SCALABLE = frozenset({"image/jpeg", "image/png", "image/webp", "image/bmp", "image/gif", "image/tiff"})
"""Pictures that can be made smaller."""


class KeptFile(Protocol):
    """A file whose bytes are in the media folder: `media.MediaFile`, or a row of something else that names bytes."""

    name: str
    content_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class DraftFile:
    """One file of a draft; its bytes are durable already."""

    sha256: str
    size: int
    content_type: str
    """By what the bytes say."""
    name: str = ""

    @classmethod
    def of(cls, kept: KeptFile) -> "DraftFile":
        """Take a file that is kept."""
        return cls(kept.sha256, kept.size, kept.content_type, kept.name)

    @property
    def can_shrink(self) -> bool:
        """Whether it may be made smaller to fit."""
        return self.content_type in SCALABLE


@dataclass(frozen=True, slots=True)
class Draft:
    """An MMS before it is sent."""

    subject: str = ""
    text: str = ""
    files: tuple[DraftFile, ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to send; a subject alone is nothing."""
        return not self.text.strip() and not self.files


class MmsRefusal(StrEnum):
    """Why an MMS cannot be sent as it is."""

    EMPTY = "empty"
    """There is neither a text nor a file."""
    SUBJECT_TOO_LONG = "subject_too_long"
    TEXT_TOO_LONG = "text_too_long"
    TOO_MANY_FILES = "too_many_files"
    TYPE = "type"
    """A file is of a kind that is not sent."""
    GONE = "gone"
    """The bytes of a file are not there any more; it must be attached again."""
    INFECTED = "infected"
    """A virus was found in a file."""
    FILE_TOO_LARGE = "file_too_large"
    """One file is larger than may be attached at all."""
    TOO_LARGE = "too_large"
    """It is larger than the carrier takes, even with its pictures made smaller."""
    SENDER = "sender"
    """The number cannot send it; `MmsProblem.sender` says why."""


@dataclass(frozen=True, slots=True)
class MmsProblem:
    """One thing that must be changed."""

    reason: MmsRefusal
    file: str = ""
    """The name of the file it is about; empty where it is about the whole."""
    limit: int = 0
    """How many characters, files or bytes there may be, where it is about that."""
    sender: SenderRefusal | None = None


class MmsRefusedError(ValueError):
    """An MMS cannot be sent; `problems` says why, nothing was written."""

    def __init__(self, problems: list[MmsProblem]) -> None:
        super().__init__(", ".join(one.reason.value for one in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class MmsEstimate:
    """A draft in figures."""

    size: int
    """Bytes as they are, before pictures are made smaller."""
    most_bytes: int
    """What the number's carrier takes."""
    is_shrunk: bool
    """Whether pictures will be made smaller."""
    price: int
    """Minor units for each phone."""
