"""What becomes of an entry once its sender says how old they are (product.md §5).

What belongs here: the question as something that can be answered. What does not: asking it the first time (`contest_entry`), reading the
answer (`birth`). The year of birth is never kept: it is read, compared, and forgotten.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from recado.core.birth import read_ages
from recado.core.contest import Contest, EntryState, Refusal
from recado.core.contest_replies import asked_age, entered, refused, text_after_age
from recado.core.contest_state import AskedAgain, Settled, Tally, Waiting, wins_at_once
from recado.core.contest_texts import ContestText, contest_text
from recado.core.taking_part import Entrant, Fit, Taken


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
        ages = read_ages(text, entrant.clock.local(entrant.now).date())
        if ages is None:
            return Taken(None)
        reached = ages.reach(self.contest.min_age)
        if reached is None:
            asked = asked_age(self.contest, AskedAgain(self.waiting.entry_id))
            return replace(asked, reply=contest_text(ContestText.BIRTHDAY, self.contest.language))
        day, reason = self.waiting.day, None
        if not reached:
            reason = Refusal.UNDER_AGE
        elif self.is_drawn:
            reason = Refusal.LATE
        if reason is not None:
            return refused(self.contest, Settled(self.waiting.entry_id, day, EntryState.REFUSED, reason), reason)
        sequence = self.tally.sequence + 1
        wins = wins_at_once(self.contest, self.tally, day)
        settled = Settled(self.waiting.entry_id, day, EntryState.ACCEPTED, None, sequence, wins)
        return entered(self.contest, settled, sequence, text_after_age(self.contest, is_winner=wins), is_winner=wins)
