"""A log of random events, and every figure counted from it in the plainest way there is."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from recado.apps.accounts.models import Account
from recado.apps.contacts.models import ConsentRecord, Contact, Group, GroupMembership
from recado.apps.ids import first_id_at
from recado.apps.inbox.models import Message
from recado.apps.keywords.models import Keyword
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import OutboundMessage
from recado.apps.statistics import operators
from recado.apps.statistics.figures import Filters, Totals
from recado.core.receipt import OutboundState, UndeliveredReason

ZONE = ZoneInfo("Europe/Warsaw")
CHANGES = (datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC))
"""When clocks in Poland are changed."""
PHONES = ("48501000001", "48601000002", "48790000003", "4915112345678", "380501234567", "48501000006", "SHOP", "48452000008")
WORDS = ("Rose", "Tulip", "Vote")
ARGUMENTS = ("1", "2", " 2 ", "Anna", "ANNA", "łąka")
REASONS = ("", UndeliveredReason.WRONG_NUMBER.value, UndeliveredReason.OPERATOR_ERROR.value)
WEEK = timedelta(days=7)


@dataclass
class Happened:
    """One thing in the log."""

    id: int
    at: datetime
    kind: str
    phone: str = ""
    number: int | None = None
    keyword: int | None = None
    argument: str = ""
    is_member: bool = False
    is_taken: bool = False
    is_test: bool = False
    origin: str = ""
    state: str = ""
    reason: str = ""
    segments: int = 1
    group: int = 0
    cause: int | None = None


@dataclass
class Log:
    """An account with things that happen."""

    random: Random
    digits: tuple[str, str] = ("48664200301", "48664200302")
    account: Account = field(init=False)
    numbers: list[int] = field(default_factory=list)
    keywords: list[int] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    happened: list[Happened] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    members: dict[int, set[str]] = field(default_factory=dict)
    contacts: dict[str, int] = field(default_factory=dict)
    last_membership: int = 0

    def __post_init__(self):
        self.account = Account.objects.create(name="Róża", time_zone="Europe/Warsaw")
        self.numbers = [Number.objects.create(digits=digits, kind="individual_long").pk for digits in self.digits]
        for at, word in enumerate(WORDS):
            number = self.numbers[at % 2]
            self.keywords.append(
                Keyword.objects.create(account=self.account, number_id=number, word=word, tokens=word.lower(), folded=word.lower()).pk
            )
        self.last_membership = self.account.pk * 1000
        self.groups = [Group.objects.create(account=self.account, name=name).pk for name in ("News", "Regulars")]
        self.members = {group: set() for group in self.groups}
        for phone in PHONES:
            self.contacts[phone] = self._id(datetime(2026, 1, 2, 0, 0, int(self.digits[0][-1]), tzinfo=UTC))
            Contact.objects.create(pk=self.contacts[phone], account=self.account, msisdn=phone)

    def _id(self, at: datetime) -> int:
        key = first_id_at(at) + int(self.digits[0][-1]) * 100
        while key in self.used:
            key += 1
        self.used.add(key)
        return key

    def add(self, count: int, start: datetime, end: datetime) -> None:
        """Let random things happen between two moments."""
        seconds = (end - start).total_seconds()
        moments = sorted(start + timedelta(seconds=self.random.random() * seconds) for _ in range(count))
        for at in moments:
            self._one(at)

    def _one(self, at: datetime) -> None:
        draw, pick = self.random.random(), self.random.choice
        one = Happened(self._id(at), at, "received", pick(PHONES), is_test=self.random.random() < 0.1)
        place = self.random.randrange(-1, 3)
        one.number = self.numbers[place % 2] if place >= 0 else pick([*self.numbers, None])
        one.keyword = self.keywords[place] if place >= 0 else None
        if draw < 0.55:
            self._receive(one, place)
        elif draw < 0.85:
            self._send(one)
        else:
            self._consent(one)

    def _receive(self, one: Happened, place: int) -> None:
        one.argument = self.random.choice(ARGUMENTS) if place == 2 else ""
        one.is_member = place == 0 and self.random.random() < 0.6
        one.is_taken = self.random.random() < 0.2
        steps = ['["added_to_group", {}]'] * one.is_member + ['["survey", {}]'] * one.is_taken
        trail = f"[{','.join(steps)}]"
        Message.objects.create(
            pk=one.id,
            account=self.account,
            number_id=one.number,
            keyword_id=one.keyword,
            sender=one.phone,
            recipient="1",
            text="x",
            argument=one.argument,
            received_at=one.at,
            trail=trail,
            is_test=one.is_test,
        )
        self.happened.append(one)

    def _send(self, one: Happened) -> None:
        one.kind, one.origin = "sent", self.random.choice(("rule", "agent", "agent", "api", "campaign", "forward"))
        received = [each for each in self.happened if each.kind == "received" and not each.is_test and each.number is not None]
        one.keyword = None
        if one.origin == "rule" and received:
            cause = self.random.choice(received)
            one.cause, one.number, one.keyword, one.phone = cause.id, cause.number, cause.keyword, cause.phone
        one.state = self.random.choice([state.value for state in OutboundState])
        one.reason = self.random.choice(REASONS) if one.state == "undelivered" else ""
        one.segments = self.random.randrange(1, 4)
        OutboundMessage.objects.create(
            pk=one.id,
            account=self.account,
            number_id=one.number,
            sender="1",
            recipient=one.phone,
            text="x",
            segment_count=one.segments,
            state=one.state,
            reason=one.reason,
            origin=one.origin,
            in_reply_to_id=one.cause,
            is_test=one.is_test,
            created_at=one.at,
            sent_at=one.at,
        )
        self.happened.append(one)

    def _consent(self, one: Happened) -> None:
        one.kind = self.random.choice(("opted_out", "joined", "left", "opted_in"))
        one.group = self.random.choice(self.groups) if one.kind in ("joined", "left") else 0
        tests = [each.id for each in self.happened if each.kind == "received" and each.is_test]
        one.is_test = one.is_test and bool(tests)
        ConsentRecord.objects.create(
            pk=one.id,
            account=self.account,
            msisdn=one.phone,
            kind=one.kind,
            group_id=one.group or None,
            number_id=one.number,
            keyword_id=one.keyword,
            message_id=tests[0] if one.is_test else None,
            at=one.at,
        )
        self.happened.append(one)

    def change_groups(self) -> None:
        """Have a few people join and leave groups, without a word in the log."""
        for _ in range(3):
            group, phone = self.random.choice(self.groups), self.random.choice(PHONES)
            if phone in self.members[group]:
                self.members[group].discard(phone)
                GroupMembership.objects.filter(group_id=group, contact_id=self.contacts[phone]).delete()
            else:
                self.members[group].add(phone)
                self.last_membership += 1
                GroupMembership.objects.create(pk=self.last_membership, group_id=group, contact_id=self.contacts[phone])

    def change_states(self, after: datetime) -> None:
        """Have messages end otherwise that may still change."""
        for one in self.happened:
            if one.kind == "sent" and one.at > after and self.random.random() < 0.5:
                one.state, one.reason = self.random.choice(["delivered", "unsent"]), ""
                OutboundMessage.objects.filter(pk=one.id).update(state=one.state, reason="")


@dataclass
class ByHand:
    """Figures of one question."""

    log: Log
    filters: Filters

    def _within(self, at: datetime) -> bool:
        return self.filters.period.first <= at.astimezone(ZONE).date() <= self.filters.period.last

    def _is_about(self, one: Happened) -> bool:
        filters = self.filters
        if filters.group_id is not None and one.phone not in self.log.members.get(filters.group_id, ()):
            return False
        return filters.number_id in (None, one.number) and filters.keyword_id in (None, one.keyword)

    def of(self, *kinds: str) -> list[Happened]:
        return [one for one in self.log.happened if one.kind in kinds and not one.is_test and self._within(one.at) and self._is_about(one)]

    @property
    def received(self) -> list[Happened]:
        return self.of("received")

    @property
    def replies(self) -> list[Happened]:
        return [one for one in self.of("sent") if one.origin in ("rule", "agent", "api")]

    @property
    def new(self) -> list[Happened]:
        met, found = set(), []
        for one in self.log.happened:
            if one.kind == "received" and not one.is_test and one.phone not in met:
                met.add(one.phone)
                found.append(one)
        return [one for one in found if self._within(one.at) and self._is_about(one)]

    def totals(self) -> Totals:
        people = len({one.phone for one in self.received})
        return Totals(len(self.received), len(self.new), len(self.replies), len(self.of("opted_out")), people)

    def by_day(self, things: list[Happened]) -> dict[date, int]:
        return Counter(one.at.astimezone(ZONE).date() for one in things)

    def by_hour(self, things: list[Happened]) -> dict[datetime, int]:
        return Counter(one.at.replace(minute=0, second=0, microsecond=0) for one in things)

    def hours_by_weekday(self) -> list[list[int]]:
        table = [[0] * 24 for _ in range(7)]
        for one in self.received:
            local = one.at.astimezone(ZONE)
            table[local.weekday()][local.hour] += 1
        return table

    def keywords(self) -> dict[str, tuple[int, int, int, int]]:
        found = {}
        for keyword in (None, *self.log.keywords):
            received, new = ([one for one in things if one.keyword == keyword] for things in (self.received, self.new))
            outs = [one for one in self.of("opted_out") if one.keyword == keyword]
            if received or outs:
                found[str(keyword or "")] = (len(received), len(new), len(outs), len({one.phone for one in received}))
        return found

    def numbers(self) -> dict[str, int]:
        return dict(Counter(str(one.number) for one in self.received if one.number is not None))

    def groups(self) -> dict[str, tuple[int, int, int]]:
        found = {}
        for group in self.log.groups:
            moved = replace(self, filters=Filters(self.filters.period))
            joined, left = (sum(one.group == group for one in moved.of(kind)) for kind in ("joined", "left"))
            found[str(group)] = (sum(one.phone in self.log.members[group] for one in self.received), joined, left)
        return found

    def operators(self) -> dict[str, int]:
        return dict(Counter(operators.shown(operators.operator_of(one.phone)) for one in self.received))

    def arguments(self) -> dict[str, int]:
        return dict(Counter(one.argument.strip().lower().replace("łąka", "laka") for one in self.received if one.argument))

    def sent_states(self) -> dict[str, tuple[int, int]]:
        sent = self.of("sent")
        return {
            state.value: (len(found), sum(one.segments for one in found))
            for state in OutboundState
            if (found := [one for one in sent if one.state == state])
        }

    def sent_reasons(self) -> dict[str, int]:
        return dict(Counter(one.reason or "other_error" for one in self.of("sent") if one.state == "undelivered"))

    def conversion(self) -> dict[str, tuple[int, int]]:
        rose = str(self.log.keywords[0])
        wrote = {one.phone for one in self.received if one.keyword == self.log.keywords[0]}
        brought = {one.phone for one in self.received if one.is_member}
        ever = any(one.is_member and not one.is_test for one in self.log.happened)
        return {rose: (len(wrote), len(brought))} if wrote and ever else {}

    def waits(self) -> tuple[list[float], int]:
        """Return how many seconds those waited who were answered, and how many were not who wrote no keyword."""
        waiting: dict[str, Happened] = {}
        began, answered = [], []
        for one in self.log.happened:
            if one.is_test or (one.is_taken and one.keyword is None):
                continue
            since = waiting.get(one.phone)
            if one.kind == "received" and (since is None or one.at - since.at > WEEK):
                waiting[one.phone] = one
                began.append(one)
            elif one.kind == "sent" and one.origin == "agent" and since is not None:
                del waiting[one.phone]
                if one.at - since.at <= WEEK:
                    answered.append((since, (one.at - since.at).total_seconds()))
        ours = [(since, seconds) for since, seconds in answered if self._within(since.at) and self._is_about(since)]
        never = sum(one.keyword is None and self._within(one.at) and self._is_about(one) for one in began)
        return [seconds for _since, seconds in ours], never - sum(since.keyword is None for since, _seconds in ours)
