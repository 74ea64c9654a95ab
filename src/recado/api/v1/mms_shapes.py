"""How MMS look: what messages have beside their texts, and their parts with links.

What belongs here: shapes, and making them of rows for a page of messages with a few queries. What does not: sending (`mms_drafts`), files
that are kept (`media_files`).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from ninja import Schema
from pydantic import Field

from recado.apps.accounts.models import Account
from recado.apps.media.links import Variant, absolute_media_link, link_expiry
from recado.apps.media.models import Content, ScanState
from recado.apps.mms.models import Attachment
from recado.apps.mms.queries import attachments_of, attachments_of_sent, received_of, sent_of
from recado.core.mms import PartRole


class AttachmentOut(Schema):
    """A part of an MMS."""

    id: int
    name: str = Field(description="A file name without a path; may be empty.")
    content_type: str = Field(description="By what the bytes say.")
    size: int = Field(description="Bytes, as it came.")
    role: PartRole = Field(description="`text`: its words are in the message's text, too; `layout`: SMIL.")
    scan_state: ScanState
    url: str | None = Field(
        description="Where it is fetched, without a key; a picture without place, once that copy is made. Null: dangerous, or deleted."
    )
    preview_url: str | None = Field(description="A small picture of it; null where there is none, or not yet.")
    expires_at: datetime = Field(description="Until when the links are good; ask again for new ones.")


@dataclass(frozen=True, slots=True)
class Multimedia:
    """What a message has beside its text."""

    subject: str = ""
    attachments: tuple[AttachmentOut, ...] = ()
    is_read: bool | None = None
    read_at: datetime | None = None


def received_multimedia(account: Account, message_ids: Collection[int]) -> dict[int, Multimedia]:
    """Return what those of some received messages have that are MMS."""
    mms = received_of(message_ids)
    if not mms:
        return {}
    parts = attachments_of(list(mms))
    shown = _shown(account, parts.values())
    return {key: Multimedia(one.subject, tuple(shown[part.pk] for part in parts.get(key, ()))) for key, one in mms.items()}


def sent_multimedia(account: Account, outbound_ids: Collection[int]) -> dict[int, Multimedia]:
    """Return what those of some sent messages have that are MMS."""
    mms = sent_of(outbound_ids)
    if not mms:
        return {}
    parts = attachments_of_sent(list(mms))
    shown = _shown(account, parts.values())
    return {
        key: Multimedia(one.subject, tuple(shown[part.pk] for part in parts.get(key, ())), one.is_read, one.read_at)
        for key, one in mms.items()
    }


def attachment_out(account: Account, part: Attachment) -> AttachmentOut:
    """Show one part."""
    return _out(account, part, Content.objects.filter(pk=part.sha256).first())


def _shown(account: Account, parts: Iterable[list[Attachment]]) -> dict[int, AttachmentOut]:
    all_parts = {part.pk: part for some in parts for part in some}
    contents = Content.objects.in_bulk({part.sha256 for part in all_parts.values()})
    return {key: _out(account, part, contents.get(part.sha256)) for key, part in all_parts.items()}


def _out(account: Account, part: Attachment, content: Content | None) -> AttachmentOut:
    state = ScanState(content.scan_state) if content else ScanState.RECEIVED

    def link(variant: Variant) -> str:
        return absolute_media_link(part.sha256, part.content_type, account=account, name=part.name or "file", variant=variant)

    is_out = state is not ScanState.INFECTED and bool(part.sha256)
    return AttachmentOut(
        id=part.pk,
        name=part.name,
        content_type=part.content_type,
        size=part.size,
        role=PartRole(part.role),
        scan_state=state,
        url=link(Variant.STRIPPED if content and content.stripped_sha256 else Variant.ORIGINAL) if is_out else None,
        preview_url=link(Variant.PREVIEW) if is_out and content and content.preview_sha256 else None,
        expires_at=link_expiry(),
    )
