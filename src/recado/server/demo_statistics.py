"""The demo's past: ten weeks of what people wrote to the flower shop, so that its statistics have something to show.

What belongs here: inventing it, always the same, and writing it down as it would have become. What does not: the last three days, which
go through the production rules (`demo_story`). Everything of the past is read and done; nobody in it has a name.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.contacts.models import ConsentRecord, Contact, Group, GroupMembership
from recado.apps.dialogues.models import Dialogue
from recado.apps.inbox.models import Message
from recado.apps.keywords.models import Keyword
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import Origin, OutboundMessage
from recado.core.receipt import OutboundState, UndeliveredReason
from recado.core.trail import TrailEntry, TrailStep, to_json
from recado.server.demo_story import OWN, SHARED_LONG, SHARED_SHORT
from recado.store.ids import IdGenerator

DAYS = 70
QUIETEST, BUSIEST = 5, 13
"""Messages a day, at the beginning and now."""
OF_WEEKDAYS = (0.9, 0.9, 1.0, 1.1, 1.5, 1.3, 0.4)
OF_HOURS = {7: 2, 8: 5, 9: 9, 10: 12, 11: 11, 12: 9, 13: 7, 14: 8, 15: 10, 16: 12, 17: 13, 18: 9, 19: 6, 20: 4, 21: 2}
NEW_ONE = 0.35
"""How often somebody writes for the first time."""
REGULARS, MOST_REGULARS = "Stali klienci", 15
LATELY, FIRST = 40, "48602111222"
"""Who writes is mostly one of those who came last; who writes first of all."""
ANSWERED, LOST, LEAVES = 0.85, 0.06, 0.03
LONGEST_WAIT = 60
"""Minutes: the last day ends before today begins."""
QUESTIONS = (
    "Czy są dziś piwonie?",
    "O której zamykacie?",
    "Ile kosztuje bukiet ślubny?",
    "Dziękuję, będę jutro",
    "Rabatt",
    "Zamawian róże",
)
ORDERS = ("12 tulipanów", "bukiet na sobotę", "wieniec", "12 tulipanów", "róże", "20 goździków")
REASONS = (UndeliveredReason.MESSAGE_EXPIRED, UndeliveredReason.MESSAGE_EXPIRED, UndeliveredReason.WRONG_NUMBER)


@dataclass(frozen=True, slots=True)
class Word:
    """What people text, how often, and what follows."""

    word: str
    number: str
    weight: int
    group: str = ""
    reply: str = ""


WORDS = (
    Word("OGRODNIK", SHARED_LONG, 30, "Newsletter ogrodniczy", "Dziękujemy! Będziemy wysyłać porady ogrodnicze. Rezygnacja: STOP."),
    Word("Rose", SHARED_LONG, 16, "Miłośnicy róż", "Thank you! 10% off roses this week."),
    Word("Rabat", OWN, 18, REGULARS, "Kod rabatowy: LATO10, ważny do końca miesiąca."),
    Word("KWIATY", SHARED_SHORT, 9, REGULARS, "Dziękujemy! Do zobaczenia w kwiaciarni."),
    Word("Zamawiam", OWN, 12, reply="Przyjęliśmy. Potwierdzimy, gdy kwiaty będą gotowe."),
    Word("", OWN, 22),
)


class Past:
    """What is written down, gathered."""

    def __init__(self, account: Account, node: int) -> None:
        self.account, self.node, self.chance = account, node * 2, Random(15)  # noqa: S311  # invents a demo
        self.taken: set[int] = set()
        """Moments that are some id's."""
        self.numbers = {one.digits: one for one in Number.objects.filter(digits__in=(OWN, SHARED_LONG, SHARED_SHORT))}
        self.keywords = {one.word: one for one in Keyword.objects.filter(account=account)}
        self.groups = {one.name: one for one in Group.objects.filter(account=account)}
        self.author = account.memberships.earliest("id").user
        self.phones: list[str] = []
        self.contacts: dict[str, Contact] = {}
        self.dialogues: dict[tuple[str, str], Dialogue] = {}
        self.members: dict[tuple[str, str], GroupMembership] = {}
        self.messages: list[Message] = []
        self.answers: list[OutboundMessage] = []
        self.records: list[ConsentRecord] = []

    def live(self, at: datetime) -> None:
        """Have somebody write something, and be answered."""
        word = self.chance.choices(WORDS, [one.weight for one in WORDS])[0]
        message = self._received(word, self._somebody(word), at)
        if word.reply:
            self._answer(message, word.reply, at + timedelta(seconds=1), Origin.RULE)
        elif self.chance.random() < ANSWERED:
            self._answer(
                message, "Dzień dobry! Tak, zapraszamy.", at + timedelta(minutes=self.chance.lognormvariate(2.6, 1.2)), Origin.AGENT
            )
        if word.group and self.chance.random() < LEAVES:
            self._leave(message, at + timedelta(minutes=5))

    def _somebody(self, word: Word) -> str:
        is_known = word.group == REGULARS and len(self.phones) >= MOST_REGULARS
        if not is_known and self.chance.random() < NEW_ONE:
            self.phones.append(f"48{self.chance.choice((501, 602, 664, 790))}{self.chance.randrange(10**6):06}")
        if is_known:
            return self.chance.choice(self.phones[:MOST_REGULARS])
        return self.chance.choice(self.phones[-LATELY:] or [FIRST])

    def _received(self, word: Word, phone: str, at: datetime) -> Message:
        number, keyword = self.numbers[word.number], self.keywords.get(word.word)
        argument = self.chance.choice(ORDERS) if word.word == "Zamawiam" else ""
        text = f"{word.word} {argument}".strip() if keyword else self.chance.choice(QUESTIONS)
        dialogue = self._dialogue(number, phone, at, text)
        message = Message(
            id=self._id(at),
            account=self.account,
            number=number,
            connection_id=number.connection_id,
            dialogue_id=dialogue.pk,
            keyword_id=keyword.pk if keyword else None,
            sender=phone,
            recipient=number.digits,
            text=text,
            argument=argument,
            received_at=at,
            trail=to_json(tuple(self._trail(word, keyword))),
            is_read_by_api=True,
        )
        self.messages.append(message)
        if word.group:
            self._join(word.group, dialogue.contact_id or 0, message)
        return message

    def _trail(self, word: Word, keyword: Keyword | None) -> Iterator[TrailEntry]:
        yield TrailEntry(TrailStep.RECEIVED, {"encoding": "gsm7", "parts": 1})
        if keyword:
            yield TrailEntry(TrailStep.MATCHED, {"keyword": keyword.word, "keyword_id": keyword.pk, "rule_id": 0})
        if word.group:
            yield TrailEntry(TrailStep.ADDED_TO_GROUP, {"group": word.group, "group_id": self.groups[word.group].pk})

    def _dialogue(self, number: Number, phone: str, at: datetime, text: str) -> Dialogue:
        contact = self.contacts.get(phone)
        if contact is None:
            contact = self.contacts[phone] = Contact(
                id=self._id(at), account=self.account, msisdn=phone, source=Contact.Source.KEYWORD, created_at=at
            )
        found = self.dialogues.get((number.digits, phone))
        if found is None:
            found = Dialogue(
                id=self._id(at),
                account=self.account,
                number=number,
                msisdn=phone,
                contact=contact,
                state=Dialogue.State.DONE,
                last_message_at=at,
            )
            self.dialogues[number.digits, phone] = found
        found.last_message_at, found.last_text, found.last_is_inbound = at, text, True
        found.message_count += 1
        return found

    def _join(self, name: str, contact_id: int, message: Message) -> None:
        if (name, message.sender) in self.members:
            return
        group = self.groups[name]
        self.members[name, message.sender] = GroupMembership(
            group=group,
            contact_id=contact_id,
            joined_at=message.received_at,
            message_id=message.pk,
            keyword_id=message.keyword_id,
            source=Contact.Source.KEYWORD,
        )
        self.records.append(self._record(ConsentRecord.Kind.JOINED, message, message.received_at, group.pk))

    def _leave(self, message: Message, at: datetime) -> None:
        self.records.append(self._record(ConsentRecord.Kind.OPTED_OUT, message, at, None))

    def _record(self, kind: ConsentRecord.Kind, message: Message, at: datetime, group_id: int | None) -> ConsentRecord:
        return ConsentRecord(
            id=self._id(at),
            account=self.account,
            msisdn=message.sender,
            kind=kind,
            group_id=group_id,
            number_id=message.number_id,
            keyword_id=message.keyword_id,
            message_id=message.pk,
            text=message.text,
            source=Contact.Source.KEYWORD,
            at=at,
        )

    def _answer(self, message: Message, text: str, at: datetime, origin: Origin) -> None:
        is_lost = self.chance.random() < LOST
        dialogue = self.dialogues[message.recipient, message.sender]
        dialogue.last_message_at, dialogue.last_text, dialogue.last_is_inbound = at, text, False
        dialogue.message_count += 1
        self.answers.append(
            OutboundMessage(
                id=self._id(at),
                account=self.account,
                number_id=message.number_id,
                connection_id=message.connection_id,
                dialogue_id=message.dialogue_id,
                sender=message.recipient,
                recipient=message.sender,
                text=text,
                origin=origin,
                author=self.author if origin is Origin.AGENT else None,
                in_reply_to_id=message.pk,
                state=OutboundState.UNDELIVERED if is_lost else OutboundState.DELIVERED,
                reason=self.chance.choice(REASONS) if is_lost else "",
                created_at=at,
                sent_at=at + timedelta(seconds=1),
                finished_at=at + timedelta(seconds=5),
            )
        )

    def _id(self, at: datetime) -> int:
        """Give the id something would have got then; what comes later may be thought of earlier."""
        moment = int(at.timestamp() * 1000) + self.chance.randrange(1000)
        while moment in self.taken:
            moment += 1
        self.taken.add(moment)
        return IdGenerator(self.node).next(moment)

    def write(self) -> None:
        """Store all of it."""
        for rows in (self.contacts.values(), self.dialogues.values(), self.members.values(), self.messages, self.answers, self.records):
            some = list(rows)
            type(some[0])._default_manager.bulk_create(some)  # noqa: SLF001  # documented Django API


def load(flowers: Account, node: int) -> None:
    """Load the past once, after the last days have happened."""
    past = Past(flowers, node)
    for at in _moments(past.chance, timezone.localtime(timezone=flowers.zone)):
        past.live(at)
    past.write()


def _moments(chance: Random, now: datetime) -> Iterator[datetime]:
    """Yield when somebody wrote, oldest first: more on some days and hours than on others, and more from week to week."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    hours, weights = list(OF_HOURS), list(OF_HOURS.values())
    for ago in range(DAYS, 0, -1):
        day = today - timedelta(days=ago)
        usual = QUIETEST + (BUSIEST - QUIETEST) * (DAYS - ago) / DAYS
        count = round(usual * OF_WEEKDAYS[day.weekday()] * chance.uniform(0.7, 1.3))
        times = (timedelta(hours=hour, minutes=chance.uniform(0, 60)) for hour in chance.choices(hours, weights, k=count))
        yield from sorted(day + time for time in times)
