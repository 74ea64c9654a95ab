"""Finding any message of the installation, for its operators: by id, phone, carrier's id, account and day; and all that is known of one.

What belongs here: reads over all accounts, each by an index. What does not: who may ask (`panel.operator`), customers' own lists
(`apps.inbox.log`).
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from recado.apps.connections.models import CarrierLog, Connection
from recado.apps.dialogues.models import Dialogue
from recado.apps.ids import first_id_at
from recado.apps.inbox.models import Message, Part
from recado.apps.outbox.models import Job, OutboundMessage, Segment
from recado.apps.paging import Page, page_of

DIALOGUES = 200
"""A phone may have written to so many numbers and accounts."""
EXCHANGES = 20
AROUND = timedelta(minutes=1)
"""Exchanges with the carrier so close to a message may be about it."""
BIGGEST_ID = 2**53


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; empty values narrow nothing."""

    words: str = ""
    """A message's id, a phone number, or a carrier's id: whatever of these it is."""
    account_id: int | None = None
    day: date | None = None


def messages_like(wanted: Wanted, before: int | None = None) -> Page[Message]:
    """Return the newest messages that fit, with account, number and connection."""
    rows = Message.objects.select_related("account", "number", "connection").defer("raw")
    if wanted.account_id is not None:
        rows = rows.filter(account=wanted.account_id)
    if wanted.day is not None:
        beginning = timezone.make_aware(datetime.combine(wanted.day, time()))
        rows = rows.filter(id__gte=first_id_at(beginning), id__lt=first_id_at(beginning + timedelta(days=1)))
    return page_of(rows.filter(_meant(wanted.words)) if wanted.words else rows, before)


def get_message(message_id: int) -> Message:
    """Return any message of the installation; raise Message.DoesNotExist where there is none."""
    return Message.objects.select_related("account", "number", "connection").get(pk=message_id)


@dataclass(frozen=True, slots=True)
class Exchange:
    """All that is known of a message besides itself."""

    parts: list[Part]
    replies: list[OutboundMessage]
    jobs: list[Job]
    log: list[CarrierLog]
    """What was noted of the connection around that time."""


def exchange_of(message: Message) -> Exchange:
    """Gather parts, replies with their segments, jobs with their attempts, and the carrier's log around a message."""
    replies = OutboundMessage.objects.filter(in_reply_to_id=message.pk).prefetch_related("segments").order_by("id")
    jobs = Job.objects.filter(message_id=message.pk).select_related("destination").prefetch_related("attempts").order_by("id")
    return Exchange(
        list(Part.objects.filter(message_id=message.pk).order_by("position", "id")),
        list(replies),
        list(jobs),
        _log_around(message),
    )


def _log_around(message: Message) -> list[CarrierLog]:
    if message.connection_id is None:
        return []
    since, until = first_id_at(message.received_at - AROUND), first_id_at(message.received_at + AROUND)
    near = CarrierLog.objects.filter(connection=message.connection_id, id__gte=since, id__lt=until)
    return list(near.order_by("id")[:EXCHANGES])


def _meant(words: str) -> Q:
    """Take the words for an id, a phone and a carrier's id at once; each is looked up by its own index, so that none is scanned for."""
    digits = "".join(filter(str.isdecimal, words))
    ids = _with_carrier_id(words)
    if digits and digits == words and int(digits) < BIGGEST_ID:
        ids.add(int(digits))
    return Q(pk__in=ids) | _from_phone(digits) if digits else Q(pk__in=ids)


def _with_carrier_id(carrier_id: str) -> set[int]:
    """Return the messages a carrier knows by this id, and those answered by one it knows by this id."""
    found: set[int] = set()
    for connection_id in Connection.objects.values_list("pk", flat=True):
        same = Message.objects.filter(connection=connection_id, carrier_message_id=carrier_id)
        found.update(same.values_list("pk", flat=True)[:EXCHANGES])
        segments = Segment.objects.filter(connection=connection_id, carrier_message_id=carrier_id).select_related("outbound_message")
        found.update(cause for segment in segments[:EXCHANGES] if (cause := segment.outbound_message.in_reply_to_id) is not None)
    return found


def _from_phone(digits: str) -> Q:
    phones = {digits, f"48{digits}"}
    dialogues = list(Dialogue.objects.filter(msisdn__in=phones).values_list("pk", flat=True)[:DIALOGUES])
    nobodys = Message.objects.filter(account=None, is_discarded=False, sender__in=phones)  # among those that wait for the operator
    return Q(dialogue_id__in=dialogues) | Q(pk__in=list(nobodys.values_list("pk", flat=True)[:DIALOGUES]))
