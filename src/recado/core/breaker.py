"""The loop and money breaker: whether an automatic text may be sent to a phone (product.md §3).

What belongs here: the limits, and judging one text by what was sent before. What does not: which text it would be (`autoresponder`,
`decide`), loading what was sent (`store.answered`). Whatever it refuses, the message received is kept and everything else is done.
"""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Final, TypeAlias

from recado.core.action import Charge, SendReply, Source, TripBreaker, TripReason
from recado.core.automatic import says_automatic
from recado.core.message import InboundMessage
from recado.core.price import Service, cost
from recado.core.profile import Profile
from recado.core.trail import SkipReason

MOST_ANSWERS: Final = 5
"""So many automatic texts an account sends to one phone within ANSWERS_WITHIN."""
ANSWERS_WITHIN: Final = timedelta(minutes=10)
MOST_IDENTICAL: Final = 3
"""So many of them may be the same text within IDENTICAL_WITHIN."""
IDENTICAL_WITHIN: Final = timedelta(hours=1)
ECHO_WITHIN: Final = timedelta(days=1)
"""A text that we sent so lately is an echo."""
SHORTEST_ECHO: Final = 16
"""Signs; shorter texts ("Thank you", "See you at 5") people write themselves."""
TEXTS_REMEMBERED: Final = 100
"""So many of its last texts to anybody count as what an account sent; to the phone itself, all."""
STOPPED_FOR: Final = timedelta(hours=24)
"""So long after a trip the phone gets nothing from the rule or autoresponder."""
STANDARD_CEILING: Final = 5000
"""Minor units that the answers of one rule or autoresponder may cost on one day of the account's calendar, where it names no other."""
SURVEY_CEILING: Final = 20 * STANDARD_CEILING
"""The same for the questions of one survey, which many people are asked one after the other."""
SHORTEST_PHONE: Final = 7
"""Digits; what has fewer is a short code."""

RuleOf: TypeAlias = tuple[int | None, int | None]
"""Rule and autoresponder; none for answers that no rule gives."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A text that went to the phone lately."""

    account_id: int | None
    """None: the installation's own."""
    text: str
    at: datetime
    is_automatic: bool
    is_of_survey: bool = False
    """Whether it is a survey's, which bounds its questions itself."""


@dataclass(frozen=True, slots=True)
class Trip:
    """Where answers to the phone were stopped."""

    account_id: int | None
    of: RuleOf
    until: datetime
    lifted_at: datetime | None = None
    """When a person let them begin again."""


@dataclass(frozen=True, slots=True)
class Day:
    """What the answers of one rule or autoresponder came to on the account's calendar day."""

    cost: int = 0
    stopped_ceiling: int | None = None
    """The ceiling that stopped them; None: they were not stopped."""


def _one(_text: str) -> int:
    return 1


@dataclass(frozen=True, slots=True)
class Past:
    """What must be known about a phone before it is answered automatically."""

    own_numbers: Container[str] = frozenset()
    """Numbers of the installation, in digits."""
    sent: Sequence[Sent] = ()
    """To this phone, by anybody here, within ECHO_WITHIN."""
    trips: Sequence[Trip] = ()
    texts: Mapping[int, Container[str]] = field(default_factory=dict)
    """What accounts sent to anybody lately, as `as_echoed` writes it."""
    days: Mapping[Source, Day] = field(default_factory=dict)
    given: Mapping[int, datetime] = field(default_factory=dict)
    """When the phone last got which autoresponder."""
    credit: Mapping[int, int] = field(default_factory=dict)
    """What accounts can still spend, in minor units; who may owe any amount is left out."""
    count_segments: Callable[[str], int] = _one


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that is to be sent, and on whose behalf."""

    reply: SendReply
    account_id: int | None
    rule_id: int | None
    ceiling: int | None = None
    """Of its rule or autoresponder; None: the standard one."""
    confirms_opt_out: bool = False
    """Whether it is the one confirmation of an opt-out, owed to the sender: of the limits, only that of identical texts holds for it."""

    @property
    def of(self) -> RuleOf:
        """What gives it."""
        return (self.rule_id, self.reply.autoresponder_id)

    @property
    def is_of_survey(self) -> bool:
        """Whether a survey asks or answers, so often as it may."""
        return self.reply.survey_id is not None

    @property
    def source(self) -> Source | None:
        """What its cost is counted for."""
        if self.reply.survey_id is not None:
            return ("survey", self.reply.survey_id)
        if self.reply.autoresponder_id is not None:
            return ("autoresponder", self.reply.autoresponder_id)
        return ("rule", self.rule_id) if self.rule_id is not None else None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a text is not sent, and the trip to be noted if it is the first time."""

    reason: SkipReason
    trip: TripBreaker | None = None


def as_echoed(text: str) -> str:
    """Write a text so that it is recognised when it comes back with other spaces or case."""
    return " ".join(text.split()).casefold()


def unreachable(sender: str, own_numbers: Container[str]) -> SkipReason | None:
    """Say why a sender is never answered: one of our own numbers, a name, nobody at all, or a short code."""
    if sender in own_numbers:
        return SkipReason.OWN_NUMBER
    if not (sender.isascii() and sender.isdigit()):
        return SkipReason.NO_PHONE
    return SkipReason.SHORT_CODE if len(sender) < SHORTEST_PHONE else None


def judge(candidate: Candidate, message: InboundMessage, past: Past, now: datetime, profile: Profile) -> Charge | Refusal:
    """Say what an automatic text costs, or why it is not sent; `profile` is that of the account that sends it."""
    if reason := unreachable(message.sender, past.own_numbers):
        return Refusal(reason)
    day = profile.clock.local(now).date()
    lifted: datetime | None = None
    if past.trips and not candidate.is_of_survey:
        trips = [trip for trip in past.trips if (trip.account_id, trip.of) == (candidate.account_id, candidate.of)]
        if not candidate.confirms_opt_out and any(trip.lifted_at is None and trip.until > now for trip in trips):
            return Refusal(SkipReason.BREAKER)
        lifted = max((trip.lifted_at for trip in trips if trip.lifted_at is not None), default=None)
    tripped = _in_a_loop(candidate, message, past, now, lifted)
    if tripped is not None:
        # A survey goes on with the next text of a person; its questions end by themselves.
        trip = TripBreaker(candidate.account_id, *candidate.of, tripped, now + STOPPED_FOR)
        return Refusal(SkipReason.BREAKER, None if candidate.is_of_survey else trip)
    segment_count = past.count_segments(candidate.reply.text)
    price = 0 if message.is_test or candidate.account_id is None else cost(profile.prices, Service.FULL, segment_count)
    source = candidate.source
    refused = _too_dear(candidate, price, message, past, now, profile)
    return refused or Charge(segment_count, price, None if message.is_test else source, day.isoformat())


def _too_dear(candidate: Candidate, price: int, message: InboundMessage, past: Past, now: datetime, profile: Profile) -> Refusal | None:
    """Say whether the text costs more than its rule may spend today, or than its account has left."""
    source = candidate.source
    if source is not None and not candidate.confirms_opt_out:
        standard = SURVEY_CEILING if candidate.is_of_survey else STANDARD_CEILING
        before, ceiling = past.days.get(source, Day()), standard if candidate.ceiling is None else candidate.ceiling
        if before.stopped_ceiling is not None and before.stopped_ceiling >= ceiling:
            return Refusal(SkipReason.CEILING)
        if before.cost + price > ceiling and not message.is_test:
            day = profile.clock.local(now).date()
            next_day = datetime.combine(day + timedelta(days=1), time.min, profile.clock.zone)
            charge = Charge(0, 0, source, day.isoformat(), ceiling)
            return Refusal(SkipReason.CEILING, TripBreaker(candidate.account_id, *candidate.of, TripReason.CEILING, next_day, charge))
    left = past.credit.get(candidate.account_id or 0) if price else None
    return Refusal(SkipReason.NO_CREDIT) if left is not None and left < price else None


def _in_a_loop(candidate: Candidate, message: InboundMessage, past: Past, now: datetime, lifted: datetime | None) -> TripReason | None:
    """Say whether the message, or what was answered lately, looks like two machines that talk to each other."""
    mine = candidate.account_id
    counted = () if candidate.is_of_survey else past.sent
    automatic = [
        one
        for one in counted
        if one.is_automatic and not one.is_of_survey and one.account_id == mine and (lifted is None or one.at > lifted)
    ]
    if automatic and _count(automatic, now - IDENTICAL_WITHIN, candidate.reply.text) >= MOST_IDENTICAL:
        return TripReason.IDENTICAL
    if candidate.confirms_opt_out:
        return None
    if _is_echo(candidate, message, past, now):
        return TripReason.ECHO
    if says_automatic(message.text):
        return TripReason.AUTOMATIC
    return TripReason.TOO_MANY if automatic and _count(automatic, now - ANSWERS_WITHIN) >= MOST_ANSWERS else None


def _count(sent: Iterable[Sent], since: datetime, text: str | None = None) -> int:
    return sum(one.at > since and (text is None or one.text == text) for one in sent)


def _is_echo(candidate: Candidate, message: InboundMessage, past: Past, now: datetime) -> bool:
    if len(message.text) < SHORTEST_ECHO:
        return False
    came = as_echoed(message.text)
    if len(came) < SHORTEST_ECHO:
        return False
    if candidate.account_id is not None and came in past.texts.get(candidate.account_id, ()):
        return True
    since = now - ECHO_WITHIN
    return any(one.at > since and as_echoed(one.text) == came for one in past.sent)
