"""Builds places messages go to and deliveries to them, the way rules and the workers leave them."""

from datetime import datetime, timedelta

from django.utils import timezone

from panel.conversations import dialogue, received
from recado.apps.accounts.models import Account
from recado.apps.ids import next_id
from recado.apps.outbox.destinations import DestinationContent, create
from recado.apps.outbox.models import Attempt, Destination, Job, JobKind, JobState
from recado.apps.outbox.secrets import make_secret

KINDS = {
    "webhook": {"url": "https://shop.example/hooks/sms"},
    "url": {"url": "https://shop.example/in?from=#NUMER#&text=#WIADOMOSC#"},
    "email": {"email": "office@shop.example"},
    "phone": {"msisdn": "604218377"},
}
REQUEST = """POST https://shop.example/hooks/sms
webhook-id: msg_1
webhook-timestamp: 1764000000
webhook-signature: v1,abc=

{"type": "message.received"}"""


def place(account: Account, kind: str = "webhook", name: str = "Sklep", **fields) -> Destination:
    made = create(account, DestinationContent(kind=Destination.Kind(kind), name=name, **KINDS[kind]))
    if kind == "webhook":
        make_secret(made, timezone.now())
    if kind == "phone":
        made.confirmed_at = timezone.now()
    for field, value in fields.items():
        setattr(made, field, value)
    made.save()
    return made


def delivery(
    destination: Destination, text: str = "Czy są róże?", *, state: str = JobState.DEAD, at: datetime | None = None, **fields
) -> Job:
    at = at or timezone.now() - timedelta(minutes=5)
    message = received(dialogue(destination.account, f"4860{next_id() % 10**7:07}"), text)
    kind = {"email": JobKind.FORWARD_EMAIL, "phone": JobKind.FORWARD_PHONE}.get(destination.kind, JobKind.FORWARD_URL)
    over = {"finished_at": at} if state in {JobState.DONE, JobState.DEAD} else {}
    given = {"kind": kind, "message_id": message.pk, "next_attempt_at": at, "attempt_count": 1} | over | fields
    return Job.objects.create(id=next_id(), account=destination.account, destination=destination, state=state, created_at=at, **given)


def attempt(job: Job, error: str = "answered HTTP 500", status: int | None = 500, **fields) -> Attempt:
    given = {"request": REQUEST, "response_headers": "HTTP 500\ncontent-type: text/html", "response_body": "<h1>Oops</h1>"} | fields
    return Attempt.objects.create(
        id=next_id(),
        job=job,
        position=job.attempt_count,
        started_at=job.created_at,
        duration_ms=12,
        response_status=status,
        error=error,
        **given,
    )
