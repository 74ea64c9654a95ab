"""What messages without words brought, in a word: photo, voice message, three files.

What belongs here: finding and saying it for lists, for many rows with a few queries. What does not: showing the files (`multimedia`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recado.apps.dialogues.models import Dialogue
from recado.apps.inbox.models import Message
from recado.apps.mms.models import Attachment
from recado.apps.mms.queries import attachments_of, attachments_of_sent
from recado.apps.outbox.models import OutboundMessage, SendKind
from recado.core.mms import PartRole
from recado.core.mms_in_words import CARD_TYPES

_ICONS = {"picture": "photo", "sound": "volume", "film": "movie", "card": "address-book"}


@dataclass(frozen=True, slots=True)
class Brought:
    """What stands where the words of a message would."""

    icon: str
    words: str


def brought_by(received: Collection[int], sent: Collection[int] = ()) -> dict[int, Brought]:
    """Say what messages brought that are MMS, by their ids; nothing of those with words alone."""
    parts = attachments_of(received) | attachments_of_sent(sent)
    return {key: said for key, some in parts.items() if (said := in_a_word(some))}


def last_brought(dialogues: Sequence[Dialogue]) -> dict[int, Brought]:
    """Say what the last message of conversations brought where it has no words."""
    wordless = [one for one in dialogues if not one.last_text and one.message_count]
    if not wordless:
        return {}
    came = [one.pk for one in wordless if one.last_is_inbound]
    went = [one.pk for one in wordless if not one.last_is_inbound]
    newest = dict(Message.objects.filter(dialogue_id__in=came).values_list("dialogue_id").annotate(Max("id")))
    mms = OutboundMessage.objects.filter(dialogue_id__in=went, kind=SendKind.MMS)
    newest_sent = dict(mms.values_list("dialogue_id").annotate(Max("id")))
    said = brought_by(list(newest.values()), list(newest_sent.values()))
    return {dialogue: said[message] for dialogue, message in (newest | newest_sent).items() if message in said}


def in_a_word(parts: Sequence[Attachment]) -> Brought | None:
    """Say what some parts are; None where they are words and layout alone."""
    kinds = [_kind(part.content_type) for part in parts if part.role == PartRole.MEDIA]
    if not kinds:
        return None
    kind, count = kinds[0] if len(set(kinds)) == 1 else "file", len(kinds)
    words = {
        "picture": ngettext("Photo", "%(count)s photos", count),
        "sound": ngettext("Voice message", "%(count)s voice messages", count),
        "film": ngettext("Video", "%(count)s videos", count),
        "card": ngettext("Contact card", "%(count)s contact cards", count),
        "file": _("File") if count == 1 else ngettext("%(count)s file", "%(count)s files", count),
    }
    return Brought(_ICONS.get(kind, "paperclip"), words[kind] % {"count": count})


def _kind(content_type: str) -> str:
    if content_type in CARD_TYPES:
        return "card"
    return {"image": "picture", "audio": "sound", "video": "film"}.get(content_type.partition("/")[0], "file")
