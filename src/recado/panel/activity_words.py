"""What a message did in a survey, a contest, with a code pool or a board, in words, for its trail.

What belongs here: one phrase for each deed. What does not: the other words of a trail (`trail_words`).
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recado.core.board import BoardDeed
from recado.core.code_pool import CodeDeed
from recado.core.contest import ContestDeed, Refusal
from recado.core.survey import SurveyDeed
from recado.core.trail import TrailStep
from recado.panel.board_words import reason_words

SURVEY: Mapping[SurveyDeed, Promise] = {
    SurveyDeed.BEGAN: gettext_lazy("began, and the first question was asked"),
    SurveyDeed.VOTED: gettext_lazy("voted"),
    SurveyDeed.ANSWERED: gettext_lazy("answered, and the next question was asked"),
    SurveyDeed.ENDED: gettext_lazy("answered the last question"),
    SurveyDeed.ASKED_AGAIN: gettext_lazy("the text was no answer, and the question was asked again"),
    SurveyDeed.GAVE_UP: gettext_lazy("too many texts were no answer, so nothing more is asked"),
    SurveyDeed.LATE: gettext_lazy("answered too late; it is kept and does not count"),
    SurveyDeed.ALREADY: gettext_lazy("took part before, and that counts"),
    SurveyDeed.CLOSED: gettext_lazy("it is closed"),
    SurveyDeed.ASKED_WHICH: gettext_lazy("the text answers several questions, and the sender was asked which"),
    SurveyDeed.OPTED_OUT: gettext_lazy("the sender wants no messages, so nothing is asked"),
    SurveyDeed.ELSEWHERE: gettext_lazy("it is asked on another number, so nothing is asked here"),
}
CONTEST: Mapping[ContestDeed, Promise] = {
    ContestDeed.ENTERED: gettext_lazy("entered"),
    ContestDeed.WON: gettext_lazy("entered and won"),
    ContestDeed.REFUSED: gettext_lazy("not counted"),
    ContestDeed.ASKED_AGE: gettext_lazy("the sender was asked for their year of birth"),
}
REFUSALS: Mapping[Refusal, Promise] = {
    Refusal.EARLY: gettext_lazy("it has not begun"),
    Refusal.LATE: gettext_lazy("it is over"),
    Refusal.PER_DAY: gettext_lazy("no more entries of this phone count today"),
    Refusal.TOTAL: gettext_lazy("no more entries of this phone count"),
    Refusal.WRONG: gettext_lazy("the answer is wrong"),
    Refusal.UNDER_AGE: gettext_lazy("the sender is too young"),
    Refusal.AGE_UNKNOWN: gettext_lazy("the sender did not say their year of birth"),
    Refusal.EXCLUDED: gettext_lazy("the sender is in the group that may not take part"),
    Refusal.EARLIER_WINNER: gettext_lazy("the sender won before"),
    Refusal.OPTED_OUT: gettext_lazy("the sender wants no messages"),
}
CODE: Mapping[CodeDeed, Promise] = {
    CodeDeed.GIVEN: gettext_lazy("a code was given"),
    CodeDeed.AGAIN: gettext_lazy("the sender has a code already"),
    CodeDeed.EMPTY: gettext_lazy("no code is left"),
    CodeDeed.TEST: gettext_lazy("a made-up code was given, since it is a test"),
    CodeDeed.WITHHELD: gettext_lazy("no code, since the entry in the contest did not win or does not count"),
    CodeDeed.OPTED_OUT: gettext_lazy("no code, since the sender wants no messages"),
}
BOARD: Mapping[BoardDeed, Promise] = {
    BoardDeed.SHOWN: gettext_lazy("shown"),
    BoardDeed.WAITING: gettext_lazy("waits for somebody to look at it"),
    BoardDeed.TOO_MANY: gettext_lazy("too many of this phone, so it waits for somebody to look at it"),
    BoardDeed.CLOSED: gettext_lazy("it is closed"),
    BoardDeed.EMPTY: gettext_lazy("nothing followed the keyword, so there is nothing to show"),
}
_DEEDS: Mapping[TrailStep, tuple[Promise, str, Mapping[str, Promise]]] = {
    TrailStep.SURVEY: (gettext_lazy("Survey {name}"), "survey", {deed.value: said for deed, said in SURVEY.items()}),
    TrailStep.CONTEST: (gettext_lazy("Contest {name}"), "contest", {deed.value: said for deed, said in CONTEST.items()}),
    TrailStep.CODE: (gettext_lazy("Codes {name}"), "pool", {deed.value: said for deed, said in CODE.items()}),
    TrailStep.BOARD: (gettext_lazy("Board {name}"), "board", {deed.value: said for deed, said in BOARD.items()}),
}
ACTIVITY_STEPS = tuple(_DEEDS)


def activity_parts(step: TrailStep, values: Mapping[str, str | int]) -> tuple[str, str, str]:
    """Return the sentence's frame with its place `{name}`, the name, and what was done; empty in a trial."""
    frame, key, deeds = _DEEDS[step]
    done = str(deeds.get(str(values.get("deed", "")), ""))
    reason = values.get("reason", "")
    if step is TrailStep.CONTEST and reason in set(Refusal):
        done = _("%(what)s, because %(reason)s") % {"what": done, "reason": REFUSALS[Refusal(str(reason))]}
    if step is TrailStep.BOARD and (why := reason_words(str(reason))):
        done = _("%(what)s (%(reason)s)") % {"what": done, "reason": why}
    return str(frame), str(values.get(key, "")), done
