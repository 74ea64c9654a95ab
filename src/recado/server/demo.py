"""Demo data: accounts with numbers, keywords, groups, people, money and some history, so that a newcomer sees a living installation.

What belongs here: loading it once. The history goes through the production rules, told that it happened earlier; only what carriers and
receivers would have said is written down afterwards.
"""

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import connection as django_connection
from django.db import transaction

from recado.apps.accounts.models import Account, ApiUser
from recado.apps.accounts.services import create_account, create_owner, set_token
from recado.apps.connections.models import Connection
from recado.apps.contacts.models import Contact
from recado.apps.contacts.services import add_contact, add_group, edit_contact
from recado.apps.dialogues.models import Dialogue
from recado.apps.ids import next_id
from recado.apps.inbox.models import Message
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import reserve_keyword
from recado.apps.numbers.models import Number
from recado.apps.numbers.services import add_number
from recado.apps.outbox.models import FORWARDS, Destination, Job, JobKind, JobState, Origin, OutboundMessage
from recado.apps.sql import lent_connection
from recado.config import Config
from recado.core.message import Encoding, InboundPart
from recado.core.number import NumberKind
from recado.core.receipt import OutboundState, UndeliveredReason
from recado.gateway.clock import utc_now
from recado.gateway.receive import receive_group
from recado.protocols.gsm.segment import segments
from recado.server import (
    demo_answers,
    demo_bell,
    demo_boards,
    demo_codes,
    demo_console,
    demo_contests,
    demo_forwards,
    demo_keywords,
    demo_mms,
    demo_money,
    demo_numbers,
    demo_prepaid,
    demo_programs,
    demo_sends,
    demo_statistics,
    demo_surveys,
    demo_team,
)
from recado.server.demo_console import PASSWORD, Login
from recado.server.demo_story import OWN, PEOPLE, SHARED_LONG, SHARED_SHORT, STORY, Answered, Person, Wrote
from recado.store.charging import settle
from recado.store.dialect import connect
from recado.store.ids import IdGenerator
from recado.store.snapshot import load_routes

TOKEN = "de300000de300000de300000de300000"  # noqa: S105  # so is its token
WEBHOOK = "?numer=#NUMER#&wiadomosc=#WIADOMOSC#&data=#DATA#&id=#ID#"


@dataclass(frozen=True, slots=True)
class Access:
    """How to get into the demo."""

    logins: tuple[Login, ...]
    token: str


ACCESS = Access(
    (
        Login("Kwiaciarnia Róża", "roza@demo.example", PASSWORD),
        Login("Klinika Zdrowie", "klinika@demo.example", PASSWORD),
        Login(demo_prepaid.NAME, demo_prepaid.EMAIL, PASSWORD),
        demo_console.LOGIN,
    ),
    TOKEN,
)


def load(config: Config) -> Access:
    """Load what is missing; at a later start only the address of the demo's own receiver follows the port."""
    receiver = f"http://127.0.0.1:{config.port}/demo/receiver/hook{WEBHOOK}"
    if ApiUser.objects.filter(username="demo").exists():
        of_demo = Destination.objects.filter(account__api_users__username="demo")
        of_demo.filter(name="Demo receiver").update(url=receiver)
        of_demo.filter(name=demo_forwards.SHOP).update(url=receiver.partition("?")[0])
        return ACCESS
    with transaction.atomic():
        flowers, clinic = _accounts()
        _configure(flowers, clinic, receiver)
        demo_numbers.load(flowers, clinic)
        demo_mms.configure(flowers)
        demo_keywords.load(flowers, OWN)
        demo_boards.configure(flowers)
        demo_forwards.configure(flowers, receiver.partition("?")[0])
        demo_team.say_who_pays(flowers, clinic)
        now = utc_now()
        demo_money.load(flowers, clinic, demo_console.add_operator(), now, config.node)
        demo_prepaid.load(PASSWORD, now, config.node)
    _live_through(config, flowers)
    demo_mms.load(config, flowers)
    _deliver()
    demo_boards.load(flowers)
    demo_codes.load(flowers)
    demo_answers.load(flowers)
    demo_sends.load(flowers, config.node)
    demo_surveys.load(flowers, config.node)
    demo_contests.load(flowers, OWN, config.node)
    demo_bell.ring(flowers)
    demo_statistics.load(flowers, config.node)
    demo_console.load(flowers)
    demo_team.load(flowers, PASSWORD)
    demo_programs.load(flowers)
    return ACCESS


def _accounts() -> tuple[Account, Account]:
    flowers = create_account(ACCESS.logins[0].account, language="en")
    clinic = create_account(ACCESS.logins[1].account, language="pl")
    create_owner(flowers, ACCESS.logins[0].email, PASSWORD, name="Anna Różańska")
    create_owner(clinic, ACCESS.logins[1].email, PASSWORD, name="Ewa Zdrowa")
    api_user = ApiUser.objects.create(account=flowers, username="demo", password=make_password("demo"))
    set_token(api_user, TOKEN)
    return flowers, clinic


def _configure(flowers: Account, clinic: Account, receiver: str) -> None:
    carrier, _ = Connection.objects.get_or_create(kind="simulator", defaults={"name": "Phone simulator"})
    long = add_number(SHARED_LONG, NumberKind.SHARED_LONG, connection=carrier)
    short = add_number(SHARED_SHORT, NumberKind.SHARED_SHORT, connection=carrier)
    own = add_number(OWN, NumberKind.INDIVIDUAL_LONG, account=flowers, connection=carrier, label="Kwiaciarnia")
    gardeners, roses = add_group(flowers, "Newsletter ogrodniczy"), add_group(flowers, "Miłośnicy róż")
    regulars = add_group(flowers, "Stali klienci")
    shop = Destination.objects.create(account=flowers, name="Demo receiver", url=receiver)
    welcome = RuleContent((gardeners,), "Dziękujemy! Będziemy wysyłać porady ogrodnicze. Rezygnacja: STOP.", (shop,))
    reserve_keyword(flowers, long, "Gardener", RuleContent((gardeners,), "Thank you! You will get our gardening tips.", (shop,)))
    reserve_keyword(flowers, long, "OGRODNIK", welcome)
    reserve_keyword(flowers, long, "Rose", RuleContent((roses,), "Thank you! 10% off roses this week: say {keyword} at the till.", (shop,)))
    reserve_keyword(flowers, short, "KWIATY", RuleContent((regulars,), "Dziękujemy! Do zobaczenia w kwiaciarni.", ()))
    reserve_keyword(flowers, own, "Rabat", RuleContent((regulars,), "Kod rabatowy: LATO10, ważny do końca miesiąca.", ()))
    patients = add_group(clinic, "Pacjenci")
    reserve_keyword(clinic, long, "WIZYTA", RuleContent((patients,), "Dziękujemy, oddzwonimy w sprawie wizyty.", ()))
    reserve_keyword(clinic, short, "ZDROWIE", RuleContent((patients,), "Dziękujemy! Przypomnimy o badaniach.", ()))


def _live_through(config: Config, flowers: Account) -> None:
    """Let the story happen, oldest first."""
    now = utc_now()
    ids = IdGenerator(config.node * 2)
    carrier = Connection.objects.get(kind="simulator")
    django_connection.close()  # SQLite: one writer at a time
    with closing(connect(config.database)) as con:
        routes = load_routes(con)
        for happening in sorted((*STORY, *demo_boards.STORY), key=lambda one: -one.minutes_ago):
            at = now - timedelta(minutes=happening.minutes_ago)
            if isinstance(happening, Wrote):
                with con.transaction():
                    receive_group(con, [_part(carrier.pk, happening, at)], routes, ids.stream(_milliseconds(at)), at)
            else:
                _answer(flowers, happening, at, ids.next(_milliseconds(at)))
    for person in PEOPLE:
        _name(person)
    demo_forwards.hand_on(config.node)
    _settle(flowers, now)


def _part(connection_id: int, wrote: Wrote, at: datetime) -> InboundPart:
    encoding = Encoding.GSM7 if segments(wrote.text).encoding.value == Encoding.GSM7 else Encoding.UCS2
    return InboundPart(connection_id, wrote.person.msisdn, wrote.number, wrote.text, encoding, at, wrote.text.encode(), fingerprint=0)


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def _answer(account: Account, answered: Answered, at: datetime, message_id: int) -> None:
    number = Number.objects.get(digits=answered.number)
    dialogue = Dialogue.objects.get(account=account, number=number, msisdn=answered.person.msisdn)
    cause = Message.objects.filter(dialogue_id=dialogue.pk).order_by("-id").first()
    OutboundMessage.objects.create(
        id=message_id,
        account=account,
        number=number,
        connection_id=number.connection_id,
        dialogue_id=dialogue.pk,
        sender=number.digits,
        recipient=answered.person.msisdn,
        text=answered.text,
        segment_count=segments(answered.text).count,
        origin=Origin.AGENT,
        author=account.memberships.get().user,
        in_reply_to_id=cause.pk if cause else None,
        state=OutboundState.DELIVERED if answered.is_delivered else OutboundState.UNDELIVERED,
        reason="" if answered.is_delivered else UndeliveredReason.MESSAGE_EXPIRED,
        created_at=at,
        sent_at=at + timedelta(seconds=1),
        finished_at=at + timedelta(seconds=5),
    )
    dialogue.last_message_at, dialogue.last_text, dialogue.last_is_inbound = at, answered.text[:160], False
    dialogue.unread_count, dialogue.message_count = 0, dialogue.message_count + 1
    dialogue.save()


def _name(person: Person) -> None:
    """Give a name to the person in every account that knows their number, and tie the threads to it."""
    names = {"first_name": person.first_name, "last_name": person.last_name}
    for dialogue in Dialogue.objects.filter(msisdn=person.msisdn).select_related("account"):
        contact = Contact.objects.filter(account=dialogue.account, msisdn=person.msisdn).first()
        if contact is None:
            contact = add_contact(dialogue.account, person.msisdn, names)
        else:
            edit_contact(contact, details=names)
        Dialogue.objects.filter(pk=dialogue.pk).update(contact=contact)
        first = Message.objects.filter(account=dialogue.account, sender=person.msisdn).earliest("received_at")
        Contact.objects.filter(pk=contact.pk).update(created_at=first.received_at)


def _settle(flowers: Account, now: datetime) -> None:
    """Write down what carriers and receivers would have said: all of it happened long ago."""
    _deliver()
    for job in Job.objects.filter(kind__in=FORWARDS, state=JobState.WAITING).select_related("destination__account").order_by("pk"):
        demo_forwards.answer(job, now)
    demo_forwards.settle(flowers, now)


def _deliver() -> None:
    """Write down that what was queued is delivered and paid."""
    for message in OutboundMessage.objects.filter(state=OutboundState.QUEUED):
        message.state = OutboundState.DELIVERED
        message.sent_at, message.finished_at = message.created_at + timedelta(seconds=1), message.created_at + timedelta(seconds=3)
        message.save(update_fields=["state", "sent_at", "finished_at"])
        settle(lent_connection(), [message.pk], iter(next_id, None), message.sent_at)
    for job in Job.objects.filter(kind=JobKind.SUBMIT, state=JobState.WAITING):
        job.state, job.attempt_count, job.finished_at = JobState.DONE, 1, job.created_at + timedelta(seconds=1)
        job.save(update_fields=["state", "attempt_count", "finished_at"])
