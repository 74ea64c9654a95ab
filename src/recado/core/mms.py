"""Multimedia messages as values: what came, what is sent, and which of their words decide.

Bytes are never here: a part names its content by SHA-256, and the content is durable before the message is decided on. What does not belong
here: reading MM7 or mail (`protocols`), bytes (`apps.media`), what a rule does with a message (`decide`).
"""

from dataclasses import dataclass
from enum import StrEnum

LONGEST_SUBJECT = 40
"""Characters of a subject we send (3GPP TS 26.140 lets a client cut longer ones)."""


class PartRole(StrEnum):
    """What a part of a multimedia message is for. The words are stored."""

    MEDIA = "media"
    """A picture, a sound, a film, a card, a file."""
    TEXT = "text"
    """Words that are part of the message's text; shown there, and kept as the file they came as."""
    LAYOUT = "layout"
    """SMIL: what is shown together, in which order."""


@dataclass(frozen=True, slots=True)
class MmsPart:
    """One part of a multimedia message."""

    role: PartRole
    sha256: str
    """Names its content, 64 hex digits."""
    size: int
    """Bytes."""
    content_type: str
    """By what the bytes say."""
    claimed_type: str = ""
    """By what the sender said; empty where nothing was."""
    name: str = ""
    """A file name without a path; may be empty."""
    content_id: str = ""
    """By which the layout names it, without angle brackets."""


@dataclass(frozen=True, slots=True)
class Slide:
    """What is shown together."""

    parts: tuple[int, ...]
    """Positions in the message's parts."""
    milliseconds: int = 0
    """How long; 0 where the layout does not say."""


@dataclass(frozen=True, slots=True)
class InboundMms:
    """What makes a received message a multimedia message."""

    subject: str
    text: str
    """All text parts merged once, in the order of the slides."""
    parts: tuple[MmsPart, ...]
    slides: tuple[Slide, ...] = ()
    """Empty where no layout came with it."""

    @property
    def shown_text(self) -> str:
        """Return what stands for the message wherever one text does: the text, else the subject."""
        return self.text or self.subject

    @property
    def deciding_texts(self) -> tuple[str, ...]:
        """Return what keywords are looked for in, the first first: the subject with the text behind it, the subject, the text.

        So a keyword as the subject has the text as its argument, where it takes one (product.md §8).
        """
        if not self.subject or not self.text:
            return (self.shown_text,)
        return f"{self.subject} {self.text}", self.subject, self.text


@dataclass(frozen=True, slots=True)
class OutboundMms:
    """What makes an outgoing message a multimedia message, beside its text, which the carrier's own way of writing makes a part of it."""

    subject: str
    """At most LONGEST_SUBJECT characters."""
    parts: tuple[MmsPart, ...]
    """Its files, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class MmsContent:
    """What ordered messages have beside their texts: files noted with each of them, or noted once for all of them (ADR 0051)."""

    subject: str
    parts: tuple[MmsPart, ...] = ()
    attachments_id: int | None = None
    """Under which the files are noted already; None: `parts` are noted with each message."""
