"""What the menu of a conversation offers: when it may come back, whose it may be, which labels there are.

What belongs here: gathering these for the template. What does not: doing it (`actions`).
"""

from typing import Any

from django.utils import timezone

from recado.apps.accounts.queries import members_of
from recado.apps.dialogues.models import Dialogue
from recado.apps.dialogues.queries import labels_of
from recado.panel.access import MAY_ANSWER
from recado.panel.inbox.snoozing import choices_at


def actions_context(dialogue: Dialogue) -> dict[str, Any]:
    """Return what `panel/inbox/_actions.html` shows."""
    now = timezone.localtime()
    return {
        "snoozes": choices_at(now),
        "tomorrow": now.date().isoformat(),
        "is_snoozed": dialogue.snoozed_until is not None and dialogue.snoozed_until > now,
        "colleagues": [member.user for member in members_of(dialogue.account) if member.role in MAY_ANSWER],
        "other_labels": labels_of(dialogue.account).exclude(dialogues=dialogue),
    }
