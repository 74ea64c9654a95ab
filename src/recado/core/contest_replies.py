"""What is said about an entry: to who sent it, and in the trail of the message.

What belongs here: choosing the owner's text, the standard one, or leaving the reply to the rule. What does not: whether an entry counts
(`contest_entry`, `contest_age`), the standard texts (`contest_texts`).
"""

from collections.abc import Mapping

from recado.core.action import EnterContest
from recado.core.contest import Contest, ContestDeed, EntryRule, Refusal
from recado.core.contest_state import Result
from recado.core.contest_texts import ContestText, contest_text
from recado.core.reply import ENTRY
from recado.core.taking_part import Taken
from recado.core.trail import TrailEntry, TrailStep

_ANSWERS: Mapping[Refusal, ContestText] = {
    Refusal.EARLY: ContestText.EARLY,
    Refusal.LATE: ContestText.LATE,
    Refusal.PER_DAY: ContestText.ALREADY,
    Refusal.TOTAL: ContestText.ALREADY,
    Refusal.WRONG: ContestText.WRONG,
}
"""What who is refused is answered; all others `REFUSED`."""


def text_of_entry(contest: Contest, *, is_winner: bool) -> str | None:
    """Return what who entered is answered; None: what the rule says."""
    texts = contest.texts
    said = texts.get(ContestText.ENTERED) or None
    if not contest.decides_at_once:
        return said
    if not is_winner:
        return texts.get(ContestText.LOSE) or said
    if contest.rule in {EntryRule.EVERY, EntryRule.CORRECT}:
        return texts.get(ContestText.WIN) or said
    return texts.get(ContestText.WIN) or contest_text(ContestText.WIN, contest.language)


def text_after_age(contest: Contest, *, is_winner: bool) -> str:
    """Return what who entered is answered where no rule is there to say it."""
    standard = ContestText.ENTERED
    if contest.decides_at_once:
        standard = ContestText.WIN if is_winner else ContestText.LOSE
    return text_of_entry(contest, is_winner=is_winner) or contest_text(standard, contest.language)


def entered(contest: Contest, result: Result, sequence: int, reply: str | None, *, is_winner: bool) -> Taken:
    """Tell that an entry counts; who might have won at once and did not gets no code."""
    deed = ContestDeed.WON if is_winner else ContestDeed.ENTERED
    gives_code = is_winner or not contest.decides_at_once
    return Taken(_action(contest, result), (_step(contest, deed, sequence=sequence),), reply, {ENTRY: str(sequence)}, gives_code=gives_code)


def refused(contest: Contest, result: Result, reason: Refusal) -> Taken:
    """Tell that it does not, and why."""
    which = _ANSWERS.get(reason, ContestText.REFUSED)
    reply = contest.texts.get(which) or contest_text(which, contest.language)
    return Taken(_action(contest, result), (_step(contest, ContestDeed.REFUSED, reason=reason.value),), reply, gives_code=False)


def asked_age(contest: Contest, result: Result) -> Taken:
    """Ask for the year of birth."""
    reply = contest.texts.get(ContestText.AGE) or contest_text(ContestText.AGE, contest.language)
    return Taken(_action(contest, result), (_step(contest, ContestDeed.ASKED_AGE),), reply, gives_code=False)


def _step(contest: Contest, deed: ContestDeed, **values: str | int) -> TrailEntry:
    return TrailEntry(TrailStep.CONTEST, {"contest": contest.name, "contest_id": contest.id, "deed": deed.value, **values})


def _action(contest: Contest, result: Result) -> EnterContest:
    return EnterContest(contest.id, contest.name, result)
