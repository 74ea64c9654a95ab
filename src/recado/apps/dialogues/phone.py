"""The exchange of one simulated phone with all numbers of an account, as that phone would show it.

What belongs here: reading test messages by phone. What does not: dialogues as the inbox shows them (`queries`), sending (`apps.inbox`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.db.models import Q, QuerySet

from recado.apps.accounts.models import Account
from recado.apps.dialogues.models import Dialogue
from recado.apps.inbox.models import Message
from recado.apps.outbox.models import OutboundMessage
from recado.core.receipt import OutboundState

SHOWN = 40
ARRIVED = (OutboundState.SENT.value, OutboundState.DELIVERED.value)


@dataclass(frozen=True, slots=True)
class PhoneText:
    """One text on a phone's screen."""

    id: int
    at: datetime
    is_from_phone: bool
    number: str
    """Digits of our number: where it went or came from."""
    text: str
    is_nobodys: bool = False
    """Whether it left the phone and no account claimed it."""


def phone_texts(account: Account, msisdn: str, unclaimed_ids: Collection[int] = ()) -> list[PhoneText]:
    """Return the last texts of a phone, oldest first; `unclaimed_ids` are messages of it that became nobody's."""
    dialogue_ids = list(Dialogue.objects.filter(account=account, msisdn=msisdn).values_list("id", flat=True))
    theirs = Q(dialogue_id__in=dialogue_ids, account=account) | Q(pk__in=list(unclaimed_ids), account=None, sender=msisdn)
    sent = Message.objects.filter(theirs, is_test=True).order_by("-id")[:SHOWN]
    got = OutboundMessage.objects.filter(dialogue_id__in=dialogue_ids, account=account, is_test=True, state__in=ARRIVED).order_by("-id")[
        :SHOWN
    ]
    ours = _own_answers(msisdn, unclaimed_ids).filter(state__in=ARRIVED).order_by("-id")[:SHOWN]
    texts = [PhoneText(m.pk, m.received_at, True, m.recipient, m.text, m.account_id is None) for m in sent]
    texts += [PhoneText(m.pk, m.created_at, False, m.sender, m.text) for m in (*got, *ours)]
    return sorted(texts, key=attrgetter("at", "id"))[-SHOWN:]


def awaits_own_answer(msisdn: str, unclaimed_ids: Collection[int], since: datetime) -> bool:
    """Say whether an answer of the installation itself to one of these messages is on its way; no notice tells when it arrived."""
    return _own_answers(msisdn, unclaimed_ids).filter(state=OutboundState.QUEUED.value, created_at__gte=since).exists()


def _own_answers(msisdn: str, unclaimed_ids: Collection[int]) -> QuerySet[OutboundMessage]:
    """Return what the installation answered on nobody's behalf to messages that became nobody's."""
    return OutboundMessage.objects.filter(in_reply_to_id__in=list(unclaimed_ids), account=None, recipient=msisdn, is_test=True)


def last_message_of(account: Account, msisdn: str) -> Message | None:
    """Return the last message of the phone that is the account's."""
    dialogue_ids = list(Dialogue.objects.filter(account=account, msisdn=msisdn).values_list("id", flat=True))
    return Message.objects.filter(dialogue_id__in=dialogue_ids, account=account, is_test=True).order_by("-id").first()
