"""When a text of a conversation leaves: at once, at its time, or when it is quiet no longer where the person is.

What belongs here: what a direct answer is, and joining the wish with the quiet hours. What does not: the quiet hours themselves
(`apps.outbox.quiet`), sending (`answering`).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from recado.apps.accounts.models import Account
from recado.apps.dialogues.models import Dialogue
from recado.apps.inbox.models import Message
from recado.apps.outbox.quiet import quiet_until

DIRECT_FOR = timedelta(hours=24)
"""So long after a person wrote a text to them is an answer they wait for, which quiet hours let through."""


@dataclass(frozen=True, slots=True)
class Timing:
    """When a person wants a text to leave."""

    scheduled_at: datetime | None = None
    """Not before; None: as soon as it may."""
    is_urgent: bool = False
    """Whether also while it is quiet."""


AS_SOON_AS_MAY_BE = Timing()


def is_direct_answer(dialogue: Dialogue, at: datetime) -> bool:
    """Say whether a text that leaves at a moment answers somebody who wrote in this conversation shortly before."""
    received = Message.objects.filter(dialogue_id=dialogue.pk, account_id=dialogue.account_id).order_by("-id")
    last = received.values_list("received_at", flat=True).first()
    return last is not None and at - last <= DIRECT_FOR


def leaves_at(account: Account, dialogue: Dialogue, timing: Timing, now: datetime) -> datetime:
    """Return when a text leaves: when it should, or at the end of the quiet hours that hold then."""
    at = max(now, timing.scheduled_at or now)
    if timing.is_urgent or is_direct_answer(dialogue, at):
        return at
    return quiet_until(account, dialogue.msisdn, at) or at
