"""Words for contests: rules, standings, states of entries, faults, refused steps.

What belongs here: one phrase for each value. What does not: which applies (`apps.contests`), words for reasons of refusal, which trails
say as well (`panel.activity_words`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy, npgettext_lazy, pgettext_lazy

from recado.apps.contests.errors import DrawRefusal, Fault, Problem
from recado.apps.contests.models import Contest
from recado.apps.contests.standing import Standing
from recado.core.contest import EntryRule, EntryState


@dataclass(frozen=True, slots=True)
class Said:
    """A word, the icon beside it, and the tone of both."""

    word: Promise
    icon: str
    tone: str = ""


RULES: Mapping[EntryRule, Promise] = {
    EntryRule.AT_CLOSE: gettext_lazy("Winners are drawn at the end"),
    EntryRule.FIRST: gettext_lazy("The first ones win"),
    EntryRule.CORRECT: gettext_lazy("Everybody with a right answer wins"),
    EntryRule.KTH: gettext_lazy("Every so many entries, one wins"),
    EntryRule.INSTANT: gettext_lazy("Instant win: each entry has a chance"),
    EntryRule.DAILY: gettext_lazy("Winners are drawn every day"),
    EntryRule.JURY: gettext_lazy("You choose the winners"),
    EntryRule.EVERY: gettext_lazy("Everybody who enters wins"),
}
EXPLAINED: Mapping[EntryRule, Promise] = {
    EntryRule.AT_CLOSE: gettext_lazy("People learn at once that they are in. After the end you draw, and anybody can check the draw."),
    EntryRule.FIRST: gettext_lazy("People learn at once whether they won. Where you write down right answers, only those count."),
    EntryRule.CORRECT: gettext_lazy("People learn at once whether they were right."),
    EntryRule.KTH: gettext_lazy("Each tenth, fiftieth or hundredth entry wins, and people learn it at once."),
    EntryRule.INSTANT: gettext_lazy("Chance decides when the text comes, and people learn it at once."),
    EntryRule.DAILY: gettext_lazy("Shortly after midnight the entries of the day are drawn by themselves."),
    EntryRule.JURY: gettext_lazy("For the nicest text or the best idea: you read the entries and pick."),
    EntryRule.EVERY: gettext_lazy("A thank-you for taking part, such as a discount."),
}
STANDINGS: Mapping[Standing, Said] = {
    Standing.WAITING: Said(gettext_lazy("Not begun"), "calendar-time", "info"),
    Standing.RUNNING: Said(pgettext_lazy("contest", "Running"), "player-play", "good"),
    Standing.OVER: Said(gettext_lazy("Over, winners wanted"), "clock", "warn"),
    Standing.DRAWN: Said(pgettext_lazy("contest", "Finished"), "circle-check", ""),
}
STATES: Mapping[EntryState, Said] = {
    EntryState.ACCEPTED: Said(pgettext_lazy("contest entry", "Counts"), "check", "good"),
    EntryState.REFUSED: Said(pgettext_lazy("contest entry", "Does not count"), "ban", ""),
    EntryState.PENDING: Said(gettext_lazy("Asked for the age"), "clock", "info"),
    EntryState.DISQUALIFIED: Said(gettext_lazy("Left out"), "hand-stop", "bad"),
}
FAULTS: Mapping[Fault, Promise] = {
    Fault.ENDS_BEFORE: gettext_lazy("The end must come after the beginning."),
    Fault.OVER_ALREADY: gettext_lazy("This moment is past. Choose an end that is still to come."),
    Fault.NO_NUMBER: gettext_lazy("Write a number from 1 on."),
    Fault.NO_ANSWER: gettext_lazy("Write at least one right answer, each on a line of its own."),
    Fault.NO_WINNERS: gettext_lazy("At least one person must be able to win."),
    Fault.TOO_MANY: gettext_lazy("Winners and reserves together can be at most 10,000."),
    Fault.NOT_POSITIVE: gettext_lazy("Write a number from 1 on, or leave it empty for no limit."),
    Fault.DAY_OVER_TOTAL: gettext_lazy("This is more than one phone may enter in all."),
    Fault.AGE: gettext_lazy("Write an age from 1 to 99, or leave it empty."),
    Fault.AGE_ON_SHARED: gettext_lazy(
        "On a shared number nobody can be asked for their age: the answer would not come back to you. Use a number of your own."
    ),
    Fault.AGE_AND_CODE: gettext_lazy(
        "A keyword of this contest gives a code, too, and a code cannot wait for an age. Take one of them out."
    ),
    Fault.NOBODY_FILLS: gettext_lazy("Nothing is filled in for %(place)s: people would get it as it stands. Leave it out."),
    Fault.RULE_FIXED: gettext_lazy("People have entered already, so this stays as it was. Copy the contest to begin another."),
    Fault.LIST_FROZEN: gettext_lazy("The list is frozen, so this stays as it was."),
    Fault.GROUP: gettext_lazy("Choose one of your groups."),
}
REFUSED: Mapping[DrawRefusal, Promise] = {
    DrawRefusal.NOT_DRAWN: gettext_lazy("Nothing is drawn in this contest: it decides at once, or you choose the winners."),
    DrawRefusal.NOT_OVER: gettext_lazy("The list can be frozen one minute after the end, when every text that came in time is counted."),
    DrawRefusal.NO_ENTRIES: gettext_lazy("Nobody is on the list, so there is nothing to draw."),
    DrawRefusal.FROZEN_ALREADY: gettext_lazy("The list was frozen a moment ago."),
    DrawRefusal.PROMISED_ALREADY: gettext_lazy("The seed was promised a moment ago."),
    DrawRefusal.NOT_PROMISED: gettext_lazy("Freeze the list and promise the seed first."),
    DrawRefusal.DRAWN_ALREADY: gettext_lazy("The winners were drawn a moment ago. Here they are."),
    DrawRefusal.NOT_DRAWN_YET: gettext_lazy("Nothing was drawn yet."),
    DrawRefusal.SEED_LOST: gettext_lazy(
        "The promised seed cannot be opened, because the secret key of this installation was changed. Ask the operator to bring it back."
    ),
    DrawRefusal.NO_REASON: gettext_lazy("Write a reason: it is part of the record."),
    DrawRefusal.NO_PLACE: gettext_lazy("This person has no place to lose any more. Look at the list again."),
    DrawRefusal.CHANGED_MEANWHILE: gettext_lazy("Somebody else changed the winners a moment ago. Look at the list again."),
    DrawRefusal.NOT_JURY: gettext_lazy("In this contest winners are not chosen by hand."),
    DrawRefusal.NO_ENTRY: gettext_lazy("Only entries that count can win."),
    DrawRefusal.CHOSEN_ALREADY: gettext_lazy("This entry was chosen already."),
    DrawRefusal.IS_TOLD: gettext_lazy("This person was told already that they won."),
}
_WITH_NUMBER = {
    EntryRule.FIRST: ngettext_lazy("The first %(count)s entry wins", "The first %(count)s entries win", "count"),
    EntryRule.KTH: npgettext_lazy("kth", "Every entry wins", "One in %(count)s entries wins, in their order", "count"),
    EntryRule.INSTANT: npgettext_lazy("instant", "Every entry wins", "Instant win: a chance of 1 in %(count)s", "count"),
}


def rule_in_words(contest: Contest) -> str:
    """Say how a contest decides, with its number."""
    rule = EntryRule(contest.entry_rule)
    if rule in _WITH_NUMBER and contest.every:
        return str(_WITH_NUMBER[rule] % {"count": contest.every})
    return str(RULES[rule])


def fault_in_words(problem: Problem) -> str:
    """Say what is wrong with one field."""
    return str(FAULTS[problem.fault]) % {"place": f"{{{problem.value}}}"}


def refused_in_words(reason: DrawRefusal) -> str:
    """Say why a step was not taken."""
    return str(REFUSED[reason])


def limits_in_words(contest: Contest) -> list[str]:
    """Say how often one phone can enter, and who cannot."""
    said = []
    if contest.limit_total:
        times = ngettext("One phone can enter once.", "One phone can enter %(count)s times.", contest.limit_total)
        said.append(times % {"count": contest.limit_total})
    if contest.limit_per_day and contest.limit_per_day != contest.limit_total:
        times = ngettext("One phone can enter once a day.", "One phone can enter %(count)s times a day.", contest.limit_per_day)
        said.append(times % {"count": contest.limit_per_day})
    if not said:
        said.append(_("One phone can enter as often as it likes."))
    if contest.min_age:
        said.append(_("For people from %(age)s years of age.") % {"age": contest.min_age})
    if contest.excludes_earlier_winners:
        said.append(_("Who won a contest of ours within the last year cannot win again."))
    return said
