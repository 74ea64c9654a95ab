"""Writes about dialogues: answering, marking as read, done and open again.

What belongs here: what a person does to a conversation. What does not: what a received message does to it (`store.write`).
"""

from enum import StrEnum

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from recado.apps.accounts.models import Account, User
from recado.apps.changes import Change, announce
from recado.apps.dialogues.models import Dialogue
from recado.apps.outbox.models import Origin, OutboundMessage
from recado.apps.outbox.services import queue_text

MAX_CHARACTERS = 1530
"""Ten segments of GSM text."""
SHORTEST_PHONE = 5


class Refusal(StrEnum):
    """Why a reply cannot be sent."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NO_CONNECTION = "no_connection"
    """The number has no connection to leave through."""
    NO_PHONE = "no_phone"
    """The other side is a name or a short code, which cannot be answered."""


class ReplyRefusedError(ValueError):
    """A reply cannot be sent; `reason` says why, nothing was written."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


def refusal_of(dialogue: Dialogue) -> Refusal | None:
    """Say why nobody can answer in this dialogue, whatever the text; None where it can be answered."""
    if dialogue.number.connection_id is None:
        return Refusal.NO_CONNECTION
    if not dialogue.msisdn.isdecimal() or len(dialogue.msisdn) < SHORTEST_PHONE:
        return Refusal.NO_PHONE
    return None


def reply(account: Account, user: User, dialogue: Dialogue, text: str, idempotency_key: str) -> OutboundMessage:
    """Answer in a dialogue from the number it is on; the same key never sends twice."""
    text = text.replace("\r\n", "\n").strip()
    refused = refusal_of(dialogue) or (Refusal.EMPTY if not text else Refusal.TOO_LONG if len(text) > MAX_CHARACTERS else None)
    if refused:
        raise ReplyRefusedError(refused)
    sent_before = OutboundMessage.objects.filter(account=account, idempotency_key=idempotency_key)
    if found := sent_before.first():
        return found
    try:
        return _send(account, user, dialogue, text, idempotency_key)
    except IntegrityError:
        return sent_before.get()


@transaction.atomic
def _send(account: Account, user: User, dialogue: Dialogue, text: str, idempotency_key: str) -> OutboundMessage:
    now = timezone.now()
    message = queue_text(
        account,
        dialogue.number,
        dialogue.msisdn,
        text,
        now=now,
        origin=Origin.AGENT,
        author=user,
        dialogue_id=dialogue.pk,
        idempotency_key=idempotency_key,
        is_test=dialogue.is_test,
    )
    Dialogue.objects.filter(pk=dialogue.pk).update(
        last_message_at=now, last_text=text[:160], last_is_inbound=False, unread_count=0, message_count=F("message_count") + 1
    )
    announce(Change("outbound", account.pk, dialogue.pk))
    return message


def mark_read(dialogue: Dialogue) -> None:
    """Note that somebody has seen the messages."""
    if Dialogue.objects.filter(pk=dialogue.pk, unread_count__gt=0).update(unread_count=0):
        dialogue.unread_count = 0
        announce(Change("dialogue", dialogue.account_id, dialogue.pk))


def set_state(dialogue: Dialogue, state: Dialogue.State) -> None:
    """Mark a dialogue as done, or open it again."""
    if Dialogue.objects.filter(pk=dialogue.pk).exclude(state=state).update(state=state):
        announce(Change("dialogue", dialogue.account_id, dialogue.pk))
    dialogue.state = state
