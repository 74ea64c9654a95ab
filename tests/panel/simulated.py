"""Receives a simulated text the way the gateway would: production rules decide, the rows are written by hand."""

from recado.apps.contacts.services import add_contact
from recado.apps.dialogues.models import Dialogue
from recado.apps.ids import next_id
from recado.apps.inbox.models import Message
from recado.apps.keywords.dry_run import would_do
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import Origin, OutboundMessage
from recado.core.action import AddToGroup, SendReply
from recado.core.message import InboundPart
from recado.core.trail import to_json


def take(part: InboundPart) -> int:
    number = Number.objects.get(digits=part.recipient)
    account = number.account or next((keyword.account for keyword in number.keywords.all()), None)
    decision = would_do(account, number, part.sender, part.text, part.received_at)
    dialogue = _dialogue(part, number, decision) if decision.account_id else None
    message = Message.objects.create(
        id=next_id(),
        account_id=decision.account_id,
        number=number,
        dialogue_id=dialogue and dialogue.pk,
        sender=part.sender,
        recipient=part.recipient,
        text=part.text,
        received_at=part.received_at,
        trail=to_json(decision.trail),
        is_test=True,
    )
    for action in decision.actions:
        if isinstance(action, AddToGroup):
            add_contact(dialogue.account, part.sender, {}, [action.group_id])
        if isinstance(action, SendReply):
            _answer(message, dialogue, action.text)
    return message.pk


def _dialogue(part, number, decision) -> Dialogue:
    known = {"account_id": decision.account_id, "number": number, "msisdn": part.sender}
    fields = {"id": next_id(), "last_message_at": part.received_at, "is_test": True}
    return Dialogue.objects.get_or_create(**known, defaults=fields)[0]


def _answer(message: Message, dialogue: Dialogue, text: str) -> None:
    OutboundMessage.objects.create(
        id=next_id(),
        account=dialogue.account,
        number=dialogue.number,
        dialogue_id=dialogue.pk,
        sender=message.recipient,
        recipient=message.sender,
        text=text,
        state="delivered",
        origin=Origin.RULE,
        in_reply_to_id=message.pk,
        is_test=True,
        created_at=message.received_at,
    )
