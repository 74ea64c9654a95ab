"""The demo's forwards beside its own receiver: a web shop that is failing, a mailbox, a phone, and a storehouse that is paused.

What belongs here: where messages of the story go, and what was answered (`demo_forward_log` writes it down). What does not: the story
(`demo_story`), the receiver (`demo_receiver`), a forward that was given up (`demo_console`).
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import accumulate

from django.db import transaction

from recado.apps.accounts.models import Account
from recado.apps.inbox.models import Message
from recado.apps.keywords.models import Keyword
from recado.apps.keywords.rules import content_of, edit_rule, terms_of
from recado.apps.notifications.models import Notification
from recado.apps.outbox import pause_notices
from recado.apps.outbox.destinations import DestinationContent, create
from recado.apps.outbox.models import Destination, HeldPhone, Job, JobKind, JobState
from recado.apps.outbox.secrets import make_secret
from recado.apps.sql import lent_connection
from recado.core.pausing import PauseReason
from recado.core.retry import FORWARD_SCHEDULE
from recado.server.demo_forward_log import Said, write_down
from recado.store import phone_forwards
from recado.store.claimer import claimer
from recado.store.ids import IdGenerator
from recado.store.parking import PARKED

SHOP, OFFICE, PHONE, STORE = "Sklep internetowy", "Biuro", "Telefon Anny", "Magazyn"
USED_BY = {SHOP: ("Rose", "OGRODNIK"), OFFICE: ("Rabat", "Bez rabatów", "godziny otwarcia"), PHONE: ("Zamawiam",), STORE: ("Zamawiam",)}
"""Keywords of the flower shop that forward to each."""
PAUSED = timedelta(minutes=95)
"""So long ago nothing had arrived at the storehouse for a day."""
GREYLISTED, BROKEN_FOR = timedelta(hours=9), timedelta(minutes=220)
"""Since then the mail server of the office makes strangers wait, and the shop's program breaks."""
WORKED, TAKEN = Said(200, 61, "OK"), Said(250, 240, "2.0.0 Ok: queued as 4FQx1z2K8Zz9")
GREY = Said(451, 180, "4.7.1 Please try again later")
BROKEN, CLOSED = Said(500, 95, "Internal Server Error"), Said(503, 1240, "<h1>Service Unavailable</h1>")
_TRIES = tuple(accumulate(FORWARD_SCHEDULE))
"""How long after a message came it is tried for the first time, the second, and so on."""


def configure(flowers: Account, hook: str) -> None:
    """Make the places, and have keywords forward there, before the story happens."""
    webhook = Destination.Kind.WEBHOOK
    made = {
        SHOP: create(flowers, DestinationContent(kind=webhook, name=SHOP, url=hook)),
        OFFICE: create(flowers, DestinationContent(kind=Destination.Kind.EMAIL, name=OFFICE, email="biuro@kwiaciarnia-roza.example")),
        PHONE: create(flowers, DestinationContent(kind=Destination.Kind.PHONE, name=PHONE, msisdn="+48600100300", daily_limit=30)),
        STORE: create(flowers, DestinationContent(kind=webhook, name=STORE, url="https://magazyn.kwiaciarnia-roza.example/sms")),
    }
    Destination.objects.filter(pk=made[PHONE].pk).update(confirmed_at=made[PHONE].created_at)  # Anna typed her code long ago
    for name in (SHOP, STORE):
        make_secret(made[name], made[name].created_at)
    for word in dict.fromkeys(word for words in USED_BY.values() for word in words):
        _forward(Keyword.objects.get(account=flowers, word=word), [place for name, place in made.items() if word in USED_BY[name]])


def _forward(keyword: Keyword, places: Iterable[Destination]) -> None:
    for rule in keyword.rules.all():
        content = content_of(rule)
        edit_rule(rule, replace(content, destinations=(*content.destinations, *places)), terms_of(rule))


def hand_on(node: int) -> None:
    """Turn forwards to phones into texts, each a second after its message came: no id of the story is of that moment."""
    ids, con = IdGenerator(node * 2), lent_connection()
    for job in Job.objects.filter(kind=JobKind.FORWARD_PHONE, state=JobState.WAITING).order_by("pk"):
        at = job.created_at + timedelta(seconds=1)
        with transaction.atomic():
            phone_forwards.turn(con, [job.pk], ids.stream(int(at.timestamp() * 1000)), at, claimer(node, 1))


def answer(job: Job, now: datetime) -> None:
    """Say how a forward of the story fared; in the order they came."""
    place, age = job.destination, now - job.created_at
    phone = Message.objects.get(pk=job.message_id or 0).sender
    if place is None or HeldPhone.objects.filter(destination_id=place.pk, phone=phone).exists():
        return
    if place.name == STORE:
        _failed(job, place, phone, CLOSED, now - PAUSED)
    elif place.name == SHOP and age < BROKEN_FOR:
        _failed(job, place, phone, BROKEN, now)
    elif place.name == OFFICE:
        _arrived(job, place, [GREY, TAKEN] if age < GREYLISTED else [TAKEN])
    else:
        _arrived(job, place, [WORKED])


def _arrived(job: Job, place: Destination, said: list[Said]) -> None:
    write_down(job, [(job.created_at + after, one) for after, one in zip(_TRIES, said, strict=False)])
    job.state, job.attempt_count = JobState.DONE, len(said)
    job.finished_at = job.created_at + _TRIES[len(said) - 1] + timedelta(milliseconds=said[-1].milliseconds)
    job.save(update_fields=["state", "attempt_count", "finished_at"])
    Destination.objects.filter(pk=place.pk).update(succeeded_at=job.finished_at.replace(second=0, microsecond=0))


def _failed(job: Job, place: Destination, phone: str, said: Said, until: datetime) -> None:
    """Let it be tried by the schedule until a moment; what comes later of the phone waits behind it."""
    times = [job.created_at + after for after in _TRIES if job.created_at + after < until]
    write_down(job, [(at, said) for at in times])
    job.attempt_count, job.last_error, job.next_attempt_at = len(times), said.error, job.created_at + _TRIES[len(times)]
    job.save(update_fields=["attempt_count", "last_error", "next_attempt_at"])
    HeldPhone.objects.create(job=job, destination_id=place.pk, phone=phone)


def settle(flowers: Account, now: datetime) -> None:
    """Let the shop be failing and the storehouse be paused, as they are after such answers, and tell of it."""
    for place in Destination.objects.filter(account=flowers, name__in=(SHOP, STORE)):
        waiting = Job.objects.filter(destination=place, state=JobState.WAITING).order_by("pk")
        place.failing_since, place.failed_attempts = waiting[0].created_at, sum(job.attempt_count for job in waiting)
        if place.name == STORE:
            place.paused_at, place.pause_reason = now - PAUSED, PauseReason.FAILING
            waiting.update(next_attempt_at=PARKED)
        place.save()
    pause_notices.tell_all(now)
    Notification.objects.filter(account=flowers, kind="forward.paused").update(mail_due_at=None)  # nobody reads mails of the demo
