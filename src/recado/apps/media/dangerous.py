"""Telling people that a message brought them a virus: when it is found, and when a message comes with one that is known.

What belongs here: which messages, and whom to tell, of each once. What does not: scanning (`scanning`), the sentence
(`panel.notification_words`), when it is looked for (`server.news`).
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from recado.apps.accounts.models import Role, User
from recado.apps.dialogues.models import Dialogue
from recado.apps.ids import first_id_at
from recado.apps.inbox.models import Message
from recado.apps.media.models import Content, ScanState
from recado.apps.mms.models import Attachment
from recado.apps.notifications.services import notify

TOLD_ROLES = (Role.OWNER, Role.ADMIN, Role.EDITOR, Role.AGENT)
"""Who reads what people write, and might open it elsewhere."""
WITHIN = timedelta(minutes=10)
"""How long ago a message may have come to be looked at."""
AT_ONCE = 500
"""So many messages are told of at once, the newest."""


def tell_found(sha256: str) -> None:
    """Tell the accounts that got this content that it is dangerous."""
    brought = Attachment.objects.filter(sha256=sha256, message_id__isnull=False)
    _tell(brought.order_by("-message_id").values_list("message_id", flat=True)[:AT_ONCE])


def tell_arrived(dialogue_ids: Collection[int], now: datetime) -> None:
    """Tell of what came in these dialogues lately with a content that is known to be dangerous."""
    recent = Message.objects.filter(dialogue_id__in=dialogue_ids, pk__gte=first_id_at(now - WITHIN)).order_by("-pk")
    parts = Attachment.objects.filter(message_id__in=list(recent.values_list("pk", flat=True)[:AT_ONCE]))
    brought = list(parts.values_list("message_id", "sha256"))
    if not brought:  # so it is with texts
        return
    known = Content.objects.filter(pk__in={sha256 for _message_id, sha256 in brought}, scan_state=ScanState.INFECTED)
    dangerous = set(known.values_list("pk", flat=True))
    _tell({message_id for message_id, sha256 in brought if sha256 in dangerous})


def _tell(message_ids: Iterable[int | None]) -> None:
    messages = Message.objects.filter(pk__in=list(message_ids), account__isnull=False).select_related("account").order_by("pk")
    found = list(messages)
    people = Dialogue.objects.select_related("contact").in_bulk({one.dialogue_id for one in found if one.dialogue_id})
    for message in found:
        if message.account is not None:
            dialogue = people.get(message.dialogue_id or 0)
            readers = User.objects.filter(memberships__account=message.account, memberships__role__in=TOLD_ROLES, is_active=True)
            name, about = dialogue.correspondent if dialogue else message.sender, f"file.infected:{message.pk}"
            notify(message.account, readers, "file.infected", {"name": name}, f"/messages/{message.pk}/", about=about)
