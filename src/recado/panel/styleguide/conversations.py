"""Sample conversations, messages and notifications, in every state they can be in; none of them is stored.

What belongs here: values. What does not: how they are shown; that is what the page is there to show.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from recado.apps.accounts.models import User
from recado.apps.contacts.models import Contact
from recado.apps.dialogues.models import Dialogue, Label, Note
from recado.apps.inbox.models import Message
from recado.apps.notifications.models import Notification
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import Origin, OutboundMessage
from recado.core.number import NumberKind
from recado.core.receipt import OutboundState, UndeliveredReason, UnsentReason
from recado.core.trail import TrailEntry, TrailStep, to_json
from recado.panel.inbox.thread import Shown, shown

ANNA = User(pk=-1, name="Anna Nowak", email="anna@example.com")
NUMBER = Number(pk=1, digits="48664200300", kind=NumberKind.INDIVIDUAL_LONG)
ENDS = {OutboundState.UNDELIVERED: UndeliveredReason.WRONG_NUMBER, OutboundState.UNSENT: UnsentReason.CANCELLED}
TRAIL = to_json((TrailEntry(TrailStep.MATCHED, {"keyword": "OGRODNIK", "keyword_id": 1, "rule_id": 1}),))


def dialogue(pk: int, name: str, text: str, now: datetime, **fields: Any) -> Dialogue:
    """Return a conversation as the list shows it."""
    first, _, last = name.partition(" ")
    labels = fields.pop("labels", [])
    beside: dict[str, Any] = {key: fields.pop(key) for key in ("keyword_word", "last_sent_state", "last_flag") if key in fields}
    contact = Contact(pk=pk, first_name=first, last_name=last, msisdn=f"4860421837{pk % 10}") if name else None
    sample = Dialogue(pk=pk, number=NUMBER, msisdn=f"4860421837{pk % 10}", contact=contact, last_text=text, message_count=12, **fields)
    sample.last_message_at = now - timedelta(minutes=pk * 37)
    sample._prefetched_objects_cache = {"labels": labels}  # type: ignore[attr-defined]  # noqa: SLF001  # as if read together with it
    vars(sample).update(beside)
    return sample


def rows(first: int, now: datetime) -> list[Dialogue]:
    """Return a conversation in each state of the list; the second is the one that is open."""
    later = now + timedelta(hours=4)
    return [
        dialogue(first, "Hanna Zielińska", "Czy mają Państwo jeszcze piwonie?", now, unread_count=2, keyword_word="OGRODNIK"),
        dialogue(first + 1, "Piotr Wiśniewski", "Dziękuję, będę o 15", now, labels=[Label(pk=1, name="pilne")]),
        dialogue(first + 2, "", "Proszę, stop z tymi SMS-ami", now, is_test=True, last_flag="opt_out"),
        dialogue(first + 3, "Ewa Lis", "Wyślemy jutro", now, last_is_inbound=False, last_sent_state="undelivered", assignee=ANNA),
        dialogue(first + 4, "Jan Kos", "Odezwę się w piątek", now, snoozed_until=later),
        dialogue(first + 5, "Maria Dąb", "Wszystko jasne", now, state=Dialogue.State.DONE),
        dialogue(first + 6, "Adam Wrona", "A na sobotę?", now, last_flag="blocked", claimed_by=ANNA, claimed_until=later),
    ]


def thread(now: datetime) -> list[Shown]:
    """Return a message of each kind, and an answer in each state of delivery."""
    yesterday = now - timedelta(days=1)
    got = {"sender": "48604218371", "recipient": NUMBER.digits, "dialogue_id": 2}
    question = Message(pk=1, text="Ogrodnik", received_at=yesterday, trail=TRAIL, **got)
    partial = Message(
        pk=2, text="Czy mają Państwo jeszcze", received_at=now, trail="[]", parts_total=3, parts_received=2, flag="opt_out", **got
    )
    automatic = _sent(3, "Dziękujemy za zgłoszenie.", yesterday, OutboundState.DELIVERED, origin=Origin.RULE)
    program = _sent(4, "Zamówienie 1204 jest gotowe.", now, OutboundState.DELIVERED, origin=Origin.API)
    note = Note(pk=5, text="Stała klientka, rabat 10%.", created_at=now, author=ANNA)
    texts = ("Mamy, białe i różowe.", "Od 9 do 17.", "Odłożyć dla Pani?", "Pozdrawiamy", "Nr 12", "Zapraszamy")
    answers = [_sent(6 + place, text, now, state) for place, (text, state) in enumerate(zip(texts, OutboundState, strict=True))]
    for answer in answers:
        answer.reason = ENDS.get(OutboundState(answer.state), "")
        if answer.state == OutboundState.UNDELIVERED:
            answer.carrier_error = "UNDELIV, 0B1"
    waiting = _sent(6 + len(answers), "Do zobaczenia jutro!", now, OutboundState.QUEUED)
    waiting.scheduled_at = now + timedelta(hours=15)
    first, *others = shown([question, automatic, partial, program, note, *answers, waiting])
    offered = _sent(20, "Jesienna wyprzedaż. Odpisz OGRODNIK", yesterday, OutboundState.DELIVERED, origin=Origin.CAMPAIGN)
    return [replace(first, answers=offered), *others]


def _sent(pk: int, text: str, at: datetime, state: OutboundState, origin: Origin = Origin.AGENT) -> OutboundMessage:
    author = ANNA if origin is Origin.AGENT else None
    said: dict[str, Any] = {"text": text, "created_at": at, "state": state, "origin": origin, "author": author}
    return OutboundMessage(pk=pk, recipient="48604218371", sender=NUMBER.digits, **said)


def notifications(now: datetime) -> list[Notification]:
    """Return what the bell tells, the first of it new."""
    told: list[tuple[str, dict[str, str]]] = [
        ("dialogue.assigned", {"by": "Anna Nowak", "name": "Hanna Zielińska"}),
        ("reply.undelivered", {"name": "48604218373", "reason": UndeliveredReason.WRONG_NUMBER}),
        ("forward.dead", {"destination": "Sklep", "error": "HTTP 500"}),
        ("keyword.ending", {"word": "OGRODNIK", "ends_at": now.isoformat()}),
        ("keyword.taken_away", {"word": "POLICJA", "why": "Nazwa urzędu."}),
    ]
    return [
        Notification(pk=place, kind=kind, values=values, url="/", created_at=now - timedelta(hours=place), read_at=now if place else None)
        for place, (kind, values) in enumerate(told)
    ]
