"""Builds the rows a test of the inbox looks at, the way the gateway leaves them."""

from datetime import UTC, datetime, timedelta

from recado.apps.accounts.models import Account
from recado.apps.connections.models import Connection
from recado.apps.contacts.models import Contact
from recado.apps.dialogues.models import Dialogue
from recado.apps.ids import next_id
from recado.apps.inbox.models import Message
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import Origin, OutboundMessage
from recado.core.number import NumberKind
from recado.core.trail import TrailEntry, TrailStep, to_json

NOON = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)

TRAIL = (
    TrailEntry(TrailStep.RECEIVED, {"encoding": "gsm7", "parts": 1}),
    TrailEntry(TrailStep.TOKENS, {"tokens": "ogrodnik"}),
    TrailEntry(TrailStep.OWNED, {"by": "keyword", "name": "OGRODNIK"}),
    TrailEntry(TrailStep.RULE_SKIPPED, {"keyword": "OGRODNIK", "rule_id": 3, "reason": "over"}),
    TrailEntry(TrailStep.MATCHED, {"keyword": "OGRODNIK", "keyword_id": 1, "rule_id": 4}),
    TrailEntry(TrailStep.ADDED_TO_GROUP, {"group": "Newsletter ogrodniczy", "group_id": 1}),
    TrailEntry(TrailStep.REPLY, {"characters": 40}),
    TrailEntry(TrailStep.FORWARD_URL, {"destination": "Sklep", "destination_id": 1}),
)


def number(account: Account | None, digits: str = "48664200300", kind: NumberKind = NumberKind.INDIVIDUAL_LONG) -> Number:
    connection, _ = Connection.objects.get_or_create(name="Phone simulator", kind="simulator")
    return Number.objects.get_or_create(digits=digits, defaults={"kind": kind, "account": account, "connection": connection})[0]


def mms_number(account: Account) -> Number:
    """Give the account a number whose carrier takes MMS of at most 50,000 octets."""
    found = number(account, "48664200401", NumberKind.INDIVIDUAL_LONG_MMS)
    found.mms_connection = Connection.objects.create(name="MMSC", kind="mm7", settings={"max_send_bytes": 50_000})
    found.save(update_fields=["mms_connection"])
    return found


def dialogue(account: Account, msisdn: str = "48604218377", name: str = "", *, minutes: int = 0, **fields) -> Dialogue:
    first, _, last = name.partition(" ")
    contact = Contact.objects.create(id=next_id(), account=account, msisdn=msisdn, first_name=first, last_name=last) if name else None
    return Dialogue.objects.create(
        id=next_id(),
        account=account,
        number=fields.pop("number", None) or number(account),
        msisdn=msisdn,
        contact=contact,
        last_message_at=NOON + timedelta(minutes=minutes),
        **fields,
    )


def received(conversation: Dialogue, text: str, *, minutes: int = 0, trail=TRAIL, unread: bool = True) -> Message:
    at = NOON + timedelta(minutes=minutes)
    message = Message.objects.create(
        id=next_id(),
        account=conversation.account,
        number=conversation.number,
        connection=conversation.number.connection,
        dialogue_id=conversation.pk,
        sender=conversation.msisdn,
        recipient=conversation.number.digits,
        text=text,
        received_at=at,
        trail=to_json(trail),
        is_test=conversation.is_test,
    )
    _told(conversation, text, at, inbound=True, unread=unread)
    return message


def sent(conversation: Dialogue, text: str, *, minutes: int = 0, origin: Origin = Origin.AGENT, **fields) -> OutboundMessage:
    at = NOON + timedelta(minutes=minutes)
    message = OutboundMessage.objects.create(
        id=next_id(),
        account=conversation.account,
        number=conversation.number,
        connection=conversation.number.connection,
        dialogue_id=conversation.pk,
        sender=conversation.number.digits,
        recipient=conversation.msisdn,
        text=text,
        origin=origin,
        created_at=at,
        is_test=conversation.is_test,
        **fields,
    )
    _told(conversation, text, at, inbound=False, unread=False)
    return message


def _told(conversation: Dialogue, text: str, at: datetime, *, inbound: bool, unread: bool) -> None:
    conversation.last_text = text[:160]
    conversation.last_message_at = at
    conversation.last_is_inbound = inbound
    conversation.message_count += 1
    conversation.unread_count += unread
    conversation.save()
