"""What becomes of a text that wants to take part in a contest, and of the answer to the question for somebody's age (product.md §5).

What belongs here: whether an entry counts, whether it wins at once, what is answered. What does not: what a contest is (`contest`), reading
a year (`birth`), chance (`instant_win`), counting what is stored already (`store.contests`).

The year of birth is never kept: it is read, compared, and forgotten.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeAlias

from recado.core.action import EnterContest
from recado.core.birth import read_ages
from recado.core.contest import Contest, ContestDeed, EntryRule, EntryState, Refusal
from recado.core.contest_texts import ContestText, contest_text
from recado.core.instant_win import hits
from recado.core.taking_part import Entrant, Fit, Taken
from recado.core.trail import TrailEntry, TrailStep

AGE_OPEN_FOR = timedelta(hours=24)
"""So long the question for the age can be answered."""
ANSWERS: Mapping[Refusal, ContestText] = {
    Refusal.EARLY: ContestText.EARLY,
    Refusal.LATE: ContestText.LATE,
    Refusal.PER_DAY: ContestText.ALREADY,
    Refusal.TOTAL: ContestText.ALREADY,
    Refusal.WRONG: ContestText.WRONG,
}
"""What who is refused is answered; all others `REFUSED`."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry whose sender was asked for their age."""

    entry_id: int
    day: str
    asked_at: datetime

    def is_open(self, now: datetime) -> bool:
        """Say whether the question can still be answered."""
        return self.asked_at > now - AGE_OPEN_FOR


@dataclass(frozen=True, slots=True)
class Phone:
    """What is known about one phone in one contest."""

    entries: int = 0
    """Those that use up its limit; also those that were disqualified, or answered wrong."""
    entries_today: int = 0
    is_excluded: bool = False
    """In the group that may not take part."""
    won_lately: bool = False
    """Within a year, in any contest of the account."""
    is_of_age: bool = False
    """Whether they answered the question before, in this contest."""
    is_too_young: bool = False
    """The same, with the other answer."""
    waiting: Waiting | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a contest has come."""

    sequence: int = 0
    """The number of the last entry that counts."""
    wins: int = 0
    wins_on: Mapping[str, int] = field(default_factory=dict)
    """By day, of the days in play."""

    def after(self, sequence: int, day: str, *, is_winner: bool) -> "Tally":
        """Return the tally with one more entry."""
        wins_on = {**self.wins_on, day: self.wins_on.get(day, 0) + 1} if is_winner else self.wins_on
        return Tally(sequence, self.wins + is_winner, wins_on)


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry to be written."""

    state: EntryState
    day: str
    answer: str = ""
    reason: Refusal | None = None
    ordinal: int | None = None
    """The how many-th of the phone, where it uses up its limit."""
    day_ordinal: int | None = None
    sequence: int | None = None
    is_winner: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """What an entry that waited for the sender's age has become."""

    entry_id: int
    day: str
    state: EntryState
    reason: Refusal | None = None
    sequence: int | None = None
    is_winner: bool = False


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """That the sender of an entry was asked for their age once more."""

    entry_id: int


Result: TypeAlias = NewEntry | Settled | AskedAgain


@dataclass(frozen=True, slots=True)
class SeenContest:
    """One contest with one phone, as they are when a message comes (`core.taking_part.Seen`)."""

    contest: Contest
    phone: Phone
    tally: Tally
    can_ask: bool = True
    """Whether the phone can be asked for an age: on individual numbers alone the answer finds its way."""

    def take(self, action: EnterContest, entrant: Entrant) -> Taken:
        """Say what becomes of a text whose rule names the contest."""
        return enter(action, entrant, self)


@dataclass(frozen=True, slots=True)
class AskedAge:
    """The question for somebody's age that is not answered yet (`core.taking_part.Asked`)."""

    contest: Contest
    tally: Tally
    waiting: Waiting
    is_drawn: bool = False
    """Whether the list it would stand in is frozen already."""

    @property
    def asked_at(self) -> datetime:
        """When."""
        return self.waiting.asked_at

    @property
    def name(self) -> str:
        """The contest."""
        return self.contest.name

    def fit(self, text: str, entrant: Entrant) -> Fit:
        """Say whether a text reads as a year, a date of birth or an age."""
        is_read = self.waiting.is_open(entrant.now) and read_ages(text, entrant.clock.local(entrant.now).date()) is not None
        return Fit.EXACT if is_read else Fit.NOT

    def take(self, text: str, entrant: Entrant) -> Taken:
        """Let the entry count, or refuse it; ask again where the answer leaves it open."""
        action = EnterContest(self.contest.id, self.contest.name)
        ages = read_ages(text, entrant.clock.local(entrant.now).date())
        if ages is None:
            return Taken(None)
        reached = ages.reach(self.contest.min_age)
        if reached is None:
            asked = _asked(self.contest, replace(action, result=AskedAgain(self.waiting.entry_id)))
            return replace(asked, reply=contest_text(ContestText.BIRTHDAY, self.contest.language))
        day, reason = self.waiting.day, None
        if not reached:
            reason = Refusal.UNDER_AGE
        elif self.is_drawn:
            reason = Refusal.LATE
        if reason is not None:
            settled = Settled(self.waiting.entry_id, day, EntryState.REFUSED, reason)
            return _refused(self.contest, replace(action, result=settled), reason)
        sequence = self.tally.sequence + 1
        wins = wins_at_once(self.contest, self.tally, day)
        settled = Settled(self.waiting.entry_id, day, EntryState.ACCEPTED, None, sequence, wins)
        reply = _reply(self.contest, is_winner=wins) or contest_text(_standard(self.contest, is_winner=wins), self.contest.language)
        return _entered(self.contest, replace(action, result=settled), sequence, reply, is_winner=wins)


def enter(action: EnterContest, entrant: Entrant, seen: SeenContest) -> Taken:
    """Say what becomes of a text that wants to take part."""
    contest, phone = seen.contest, seen.phone
    day = entrant.clock.local(entrant.now).date().isoformat()
    answer = entrant.argument or ("" if entrant.keyword_id is not None else entrant.message.text.strip())
    reason = _not_admitted(contest, phone, entrant)
    if reason is None and phone.waiting is not None:
        return _asked(contest, replace(action, result=AskedAgain(phone.waiting.entry_id)))
    must_ask = contest.min_age > 0 and not phone.is_of_age
    reason = reason or _beyond_limit(contest, phone) or (Refusal.AGE_UNKNOWN if must_ask and not seen.can_ask else None)
    if reason is not None:
        return _refused(contest, replace(action, result=NewEntry(EntryState.REFUSED, day, answer, reason)), reason)
    counted = NewEntry(EntryState.ACCEPTED, day, answer, None, phone.entries + 1, phone.entries_today + 1)
    if not contest.is_right(answer):  # uses up the limit, else whoever guesses long enough is right
        wrong = replace(counted, state=EntryState.REFUSED, reason=Refusal.WRONG)
        return _refused(contest, replace(action, result=wrong), Refusal.WRONG)
    if must_ask:
        return _asked(contest, replace(action, result=replace(counted, state=EntryState.PENDING)))
    sequence, wins = seen.tally.sequence + 1, wins_at_once(contest, seen.tally, day)
    entry = replace(counted, sequence=sequence, is_winner=wins)
    return _entered(contest, replace(action, result=entry), sequence, _reply(contest, is_winner=wins), is_winner=wins)


def wins_at_once(contest: Contest, tally: Tally, day: str) -> bool:
    """Say whether the next entry that counts wins at once; never under rules that decide later."""
    is_over = contest.win_cap is not None and tally.wins >= contest.win_cap
    if is_over or (contest.win_cap_per_day is not None and tally.wins_on.get(day, 0) >= contest.win_cap_per_day):
        return False
    sequence, every = tally.sequence + 1, contest.every
    if contest.rule in {EntryRule.EVERY, EntryRule.CORRECT}:
        return True
    if contest.rule is EntryRule.FIRST:
        return sequence <= every
    if contest.rule is EntryRule.KTH:
        return every > 0 and sequence % every == 0
    return contest.rule is EntryRule.INSTANT and every > 0 and hits(contest.seed, sequence, every)


def _not_admitted(contest: Contest, phone: Phone, entrant: Entrant) -> Refusal | None:
    """Say why a person may not take part, or not now."""
    excluded = phone.is_excluded or contest.excluded_group_id in entrant.sender.groups
    reasons = {
        Refusal.EARLY: entrant.now < contest.opens_at,
        Refusal.LATE: entrant.now >= contest.closes_at,
        Refusal.OPTED_OUT: entrant.is_opted_out,
        Refusal.EXCLUDED: contest.excluded_group_id is not None and excluded,
        Refusal.EARLIER_WINNER: contest.excludes_earlier_winners and phone.won_lately,
        Refusal.UNDER_AGE: contest.min_age > 0 and phone.is_too_young,
    }
    return next((reason for reason, applies in reasons.items() if applies), None)


def _beyond_limit(contest: Contest, phone: Phone) -> Refusal | None:
    if contest.limit_total is not None and phone.entries >= contest.limit_total:
        return Refusal.TOTAL
    if contest.limit_per_day is not None and phone.entries_today >= contest.limit_per_day:
        return Refusal.PER_DAY
    return None


def _reply(contest: Contest, *, is_winner: bool) -> str | None:
    """Return what who entered is answered; None: what the rule says."""
    texts = contest.texts
    entered = texts.get(ContestText.ENTERED) or None
    if not contest.decides_at_once:
        return entered
    if not is_winner:
        return texts.get(ContestText.LOSE) or entered
    if contest.rule in {EntryRule.EVERY, EntryRule.CORRECT}:
        return texts.get(ContestText.WIN) or entered
    return texts.get(ContestText.WIN) or contest_text(ContestText.WIN, contest.language)


def _standard(contest: Contest, *, is_winner: bool) -> ContestText:
    """Name the sentence where neither owner nor rule has one."""
    if not contest.decides_at_once:
        return ContestText.ENTERED
    return ContestText.WIN if is_winner else ContestText.LOSE


def _entered(contest: Contest, action: EnterContest, sequence: int, reply: str | None, *, is_winner: bool) -> Taken:
    deed = ContestDeed.WON if is_winner else ContestDeed.ENTERED
    gives_code = is_winner or not contest.decides_at_once
    return Taken(action, (_step(contest, deed, sequence=sequence),), reply, {"entry": str(sequence)}, gives_code=gives_code)


def _refused(contest: Contest, action: EnterContest, reason: Refusal) -> Taken:
    which = ANSWERS.get(reason, ContestText.REFUSED)
    reply = contest.texts.get(which) or contest_text(which, contest.language)
    return Taken(action, (_step(contest, ContestDeed.REFUSED, reason=reason.value),), reply, gives_code=False)


def _asked(contest: Contest, action: EnterContest) -> Taken:
    reply = contest.texts.get(ContestText.AGE) or contest_text(ContestText.AGE, contest.language)
    return Taken(action, (_step(contest, ContestDeed.ASKED_AGE),), reply, gives_code=False)


def _step(contest: Contest, deed: ContestDeed, **values: str | int) -> TrailEntry:
    return TrailEntry(TrailStep.CONTEST, {"contest": contest.name, "contest_id": contest.id, "deed": deed.value, **values})
