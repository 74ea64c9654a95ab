"""The log of the demo's forwards: what was asked of each place and what it said, in the form the log of attempts has.

What belongs here: rows of attempts that look like those `delivery` writes. What does not: which forward fared how (`demo_forwards`).
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import urlencode

from recado.apps.ids import next_id
from recado.apps.inbox.models import Message
from recado.apps.outbox.models import Attempt, Destination, Job
from recado.protocols.webhooks import sign

FAILED = 400


@dataclass(frozen=True, slots=True)
class Said:
    """What the other side answered, and how long it took."""

    status: int
    milliseconds: int
    words: str

    @property
    def error(self) -> str:
        """Why that is a failure; empty where it is none."""
        return "" if self.status < FAILED else f"answered HTTP {self.status}"


def write_down(job: Job, tries: Iterable[tuple[datetime, Said]]) -> None:
    """Write the attempts at a forward down, with the moment of each."""
    message, place = Message.objects.get(pk=job.message_id or 0), job.destination
    assert place is not None  # noqa: S101  # a forward has one
    is_mail = place.kind == Destination.Kind.EMAIL
    Attempt.objects.bulk_create(
        Attempt(
            id=next_id(),
            job=job,
            position=position,
            started_at=at,
            duration_ms=said.milliseconds,
            request=_request(place, message, at),
            response_status=said.status,
            response_headers="" if is_mail else "content-type: text/plain; charset=utf-8",
            response_body=said.words,
            error=f"refused: {said.status} {said.words}" if is_mail and said.error else said.error,
        )
        for position, (at, said) in enumerate(tries, 1)
    )


def _request(place: Destination, message: Message, at: datetime) -> str:
    if place.kind == Destination.Kind.EMAIL:
        return _mail(place, message, at)
    if place.kind == Destination.Kind.WEBHOOK:
        return _webhook(place, message, at)
    values = {"numer": message.sender, "wiadomosc": message.text, "data": _local(place, message.received_at), "id": message.pk}
    return f"GET {place.url.partition('?')[0]}?{urlencode(values)}"


def _webhook(place: Destination, message: Message, at: datetime) -> str:
    received = f"{message.received_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.000Z}"
    data = {"id": str(message.pk), "sender": message.sender, "recipient": message.recipient, "text": message.text, "received_at": received}
    event = {"type": "message.received", "timestamp": received, "data": data}
    body = json.dumps(event, ensure_ascii=False, separators=(",", ":"))
    name, moment = f"msg_{message.pk}_{place.pk}", int(at.timestamp())
    signature = sign([place.secrets.get().secret], name, moment, body.encode())
    head = f"webhook-id: {name}\nwebhook-timestamp: {moment}\nwebhook-signature: {signature}"
    return f"POST {place.url}\ncontent-type: application/json; charset=utf-8\n{head}\n\n{body}"


def _mail(place: Destination, message: Message, at: datetime) -> str:
    head = f"From: +{message.sender} via Recado <recado@localhost>\nTo: {place.email}\nSubject: SMS from +{message.sender}"
    head = f"MAIL FROM:<recado@localhost>\nRCPT TO:<{place.email}>\n\n{head}\nDate: {format_datetime(at.astimezone(UTC))}"
    told = f"From: +{message.sender}\nTo: +{message.recipient}\nReceived: {_local(place, message.received_at)}"
    return f"{head}\n\n{message.text}\n\n{told}"


def _local(place: Destination, moment: datetime) -> str:
    return f"{moment.astimezone(place.account.zone):%Y-%m-%d %H:%M:%S}"
