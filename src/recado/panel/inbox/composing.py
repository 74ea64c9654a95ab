"""What the composer of a conversation says beside the text: where it leaves from, what it costs, when it may leave.

What belongs here: gathering it for `panel/inbox/_composer.html`. What does not: deciding (`apps.dialogues.leaving`, `timing`
there), reading what was posted (`scheduling`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from recado.apps.accounts.models import Account, User
from recado.apps.connections.queries import reference_width
from recado.apps.dialogues.leaving import leaves_from, takes_texts
from recado.apps.dialogues.models import Dialogue
from recado.apps.dialogues.timing import AS_SOON_AS_MAY_BE, leaves_at
from recado.apps.outbox.quiet import clock_of
from recado.apps.plans.queries import prices_for
from recado.panel.inbox.attached import mms_offered
from recado.panel.inbox.scheduling import choices_at

WIDE = 16


@dataclass(frozen=True, slots=True)
class Quiet:
    """That it is quiet now where the person is."""

    clock: datetime
    """What their clock shows now …"""
    until: datetime
    """… and when it is quiet no longer."""


def composer_context(account: Account, user: User, dialogue: Dialogue) -> dict[str, Any]:
    """Return what the composer shows besides the text."""
    now = timezone.now()
    leaves = leaves_from(account, dialogue, now)
    return {
        "leaves_from": leaves.digits if leaves else dialogue.number.digits,
        "is_from_pool": leaves is not None and not takes_texts(dialogue) and leaves.digits != dialogue.number.digits,
        "price": prices_for(account)[leaves.service] if leaves and not dialogue.is_test else 0,
        "is_wide": leaves is not None and reference_width(leaves.connection_id) == WIDE,
        "mms": mms_offered(account, user, dialogue),
        "quiet": _quiet(account, dialogue, now),
        "send_choices": choices_at(timezone.localtime(now)),
        "soonest": timezone.localtime(now),
    }


def _quiet(account: Account, dialogue: Dialogue, now: datetime) -> Quiet | None:
    until = leaves_at(account, dialogue, AS_SOON_AS_MAY_BE, now)
    if until <= now:
        return None
    return Quiet(clock_of(account, dialogue.msisdn, now), clock_of(account, dialogue.msisdn, until))
