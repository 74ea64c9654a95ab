"""How an MMS is shown in a thread: its subject, pictures, players, cards and slides.

What belongs here: turning parts into what the templates print, for many messages with a few queries. What does not: rows
(`apps.mms.queries`), links (`apps.media.links`).
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from recado.apps.accounts.models import Account
from recado.apps.media.links import Variant, media_link
from recado.apps.media.models import Content, PreviewState, ScanState
from recado.apps.media.services import blobs
from recado.apps.mms.models import Attachment
from recado.apps.mms.queries import attachments_of, attachments_of_sent, received_of, sent_of
from recado.core.mms import PartRole
from recado.core.mms_in_words import CARD_TYPES
from recado.core.vcard import Card, read_card
from recado.panel.media.serving import PLAYED

Slides: TypeAlias = list[tuple[list[int], int]]
"""Positions and milliseconds, as stored."""
_READ_AT_MOST, _SHOWN_AT_MOST = 4096, 600
DELETED = "deleted"
_KINDS: dict[str, str] = {"image": "picture", "audio": "sound", "video": "film"}


@dataclass(frozen=True, slots=True)
class ShownPart:
    """One part as the template prints it."""

    kind: str
    """`picture`, `sound`, `film`, `card`, `words` or `file`."""
    name: str
    size: int
    content_type: str
    url: str = ""
    """Empty: it is not handed out."""
    preview_url: str = ""
    large_url: str = ""
    is_played: bool = False
    state: str = ""
    """A word of `ScanState` that people should see, or `deleted`; empty: none."""
    is_waiting: bool = False
    """Whether a preview is being made."""
    width: int | None = None
    height: int | None = None
    card: Card | None = None
    contact_url: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class ShownMms:
    """An MMS as the template prints it."""

    subject: str
    slides: tuple[tuple[ShownPart, ...], ...] = ()
    """What is shown together; empty where there is no layout worth showing."""
    pictures: tuple[ShownPart, ...] = ()
    others: tuple[ShownPart, ...] = ()
    is_read: bool | None = None
    says_all: bool = False
    """Whether the slides say the whole text, so that it need not stand above them."""
    parts: tuple[ShownPart, ...] = field(default=(), repr=False)


def shown_mms(account: Account, received: Collection[int], sent: Collection[int]) -> dict[int, ShownMms]:
    """Return those of some messages that are MMS, by the ids of the messages."""
    inbound, outbound = received_of(received), sent_of(sent)
    if not inbound and not outbound:
        return {}
    parts = attachments_of(list(inbound)) | attachments_of_sent(list(outbound))
    contents = Content.objects.in_bulk({one.sha256 for some in parts.values() for one in some})
    found = {}
    for key, one in inbound.items():
        shown = {part.position: _part(account, part, contents) for part in parts.get(key, ())}
        found[key] = _mms(one.subject, shown, parts.get(key, ()), json.loads(one.slides))
    for key, sent_one in outbound.items():
        shown = {part.position: _part(account, part, contents) for part in parts.get(key, ())}
        found[key] = _mms(sent_one.subject, shown, parts.get(key, ()), [], is_read=sent_one.is_read)
    return found


def _mms(
    subject: str,
    shown: dict[int, ShownPart],
    parts: Sequence[Attachment],
    slides: Slides,
    *,
    is_read: bool | None = None,
) -> ShownMms:
    media = [shown[part.position] for part in parts if part.role == PartRole.MEDIA]
    laid_out = [position for positions, _milliseconds in slides for position in positions]
    pages = tuple(tuple(shown[position] for position in positions if position in shown) for positions, _milliseconds in slides)
    is_worth = sum(any(one.kind != "words" for one in page) for page in pages) > 1
    rest = [shown[part.position] for part in parts if part.role == PartRole.MEDIA and not (is_worth and part.position in laid_out)]
    return ShownMms(
        subject,
        pages if is_worth else (),
        tuple(one for one in rest if one.kind == "picture"),
        tuple(one for one in rest if one.kind != "picture"),
        is_read,
        is_worth and all(part.position in laid_out for part in parts if part.role == PartRole.TEXT),
        tuple(media),
    )


def _part(account: Account, part: Attachment, contents: Mapping[str, Content]) -> ShownPart:
    content = contents.get(part.sha256)
    name = part.name or _("file")
    state = _state(content)
    kind = _kind(part)
    if not part.sha256:
        return ShownPart(kind="file", name=name, size=part.size, content_type=part.content_type, state=DELETED)
    if state == ScanState.INFECTED:
        return ShownPart(kind="file", name=name, size=part.size, content_type=part.content_type, state=state)

    def link(variant: Variant) -> str:
        return media_link(part.sha256, part.content_type, account=account, name=name, variant=variant)

    has_preview = content is not None and bool(content.preview_sha256)
    card = read_card(_beginning(part.sha256)) if kind == "card" else None
    return ShownPart(
        kind=kind if kind != "picture" or has_preview or _is_waiting(content) else "file",
        name=name,
        size=part.size,
        content_type=part.content_type,
        url=link(Variant.ORIGINAL),
        preview_url=link(Variant.PREVIEW) if has_preview else "",
        large_url=link(Variant.STRIPPED) if content is not None and content.stripped_sha256 else "",
        is_played=part.content_type in PLAYED,
        state=state,
        is_waiting=_is_waiting(content),
        width=content.width if content else None,
        height=content.height if content else None,
        card=card,
        contact_url=_contact_url(card),
        words=_beginning(part.sha256).decode("utf-8", "replace")[:_SHOWN_AT_MOST] if kind == "words" else "",
    )


def _kind(part: Attachment) -> str:
    if part.content_type in CARD_TYPES:
        return "card"
    if part.content_type.startswith("text/plain"):
        return "words"
    return _KINDS.get(part.content_type.partition("/")[0], "file") if part.content_type != "image/svg+xml" else "file"


def _is_waiting(content: Content | None) -> bool:
    return content is not None and content.preview_state == PreviewState.WAITING


def _state(content: Content | None) -> str:
    """Return what people should know of the scan; nothing where none is done."""
    if content is None or content.scan_state == ScanState.CLEAN:
        return ""
    return content.scan_state if settings.RECADO.clamav or content.scan_state != ScanState.RECEIVED else ""


def _beginning(sha256: str) -> bytes:
    try:
        with blobs().open(sha256) as file:
            return file.read(_READ_AT_MOST)
    except FileNotFoundError:
        return b""


def _contact_url(card: Card | None) -> str:
    if card is None or not card.phones:
        return ""
    given = {
        "msisdn": card.phones[0],
        "first_name": card.first_name or card.name,
        "last_name": card.last_name,
        "company": card.company,
        "email": card.email,
    }
    return f"{reverse('new-contact')}?{urlencode({name: value for name, value in given.items() if value})}"
