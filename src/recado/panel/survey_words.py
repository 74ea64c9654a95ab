"""Surveys in words: kinds of questions and answers, states, what keeps one from starting.

What belongs here: one sentence for each code. What does not: when a code is given (`apps.surveys`).
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from recado.apps.surveys.content import LONGEST_LABEL, LONGEST_NAME, LONGEST_OPTION, LONGEST_TEXT, MOST_OPTIONS, MOST_QUESTIONS, MOST_REASKS
from recado.apps.surveys.errors import SurveyRefusal, SurveyRefusedError
from recado.apps.surveys.problems import Found, Problem
from recado.core.survey import AnswerKind, Counting, Late, SessionState, SurveyState

STATES: Mapping[SurveyState, Promise] = {
    SurveyState.DRAFT: pgettext_lazy("survey", "Not started"),
    SurveyState.COLLECTING: pgettext_lazy("survey", "Collecting"),
    SurveyState.CLOSED: pgettext_lazy("survey", "Closed"),
}
ANSWER_KINDS: Mapping[AnswerKind, Promise] = {
    AnswerKind.CHOICE: gettext_lazy("Choose one: A, B, C"),
    AnswerKind.NUMBER: gettext_lazy("A number, such as 1 to 5"),
    AnswerKind.YES_NO: gettext_lazy("Yes or no"),
    AnswerKind.TEXT: gettext_lazy("In their own words"),
    AnswerKind.DATE: gettext_lazy("A date"),
    AnswerKind.EMAIL: gettext_lazy("An e-mail address"),
    AnswerKind.PHOTO: gettext_lazy("A picture (MMS)"),
}
OFFERED_KINDS = tuple(AnswerKind)
"""What the builder offers: pictures are not received yet."""
KIND_ICONS: Mapping[AnswerKind, str] = {
    AnswerKind.CHOICE: "list-details",
    AnswerKind.NUMBER: "hash",
    AnswerKind.YES_NO: "checks",
    AnswerKind.TEXT: "message",
    AnswerKind.DATE: "calendar-time",
    AnswerKind.EMAIL: "mail",
    AnswerKind.PHOTO: "eye",
}
COUNTINGS: Mapping[Counting, Promise] = {
    Counting.FIRST: gettext_lazy("Their first one"),
    Counting.LAST: gettext_lazy("Their last one: they can change their mind"),
    Counting.EVERY: gettext_lazy("Every one: they can take part again and again"),
}
LATE_CHOICES: Mapping[Late, Promise] = {
    Late.RESUME: gettext_lazy("They go on where they stopped"),
    Late.STORE: gettext_lazy("It is kept apart and does not count"),
}
SESSION_STATES: Mapping[SessionState, Promise] = {
    SessionState.OPEN: pgettext_lazy("survey session", "In the middle"),
    SessionState.DONE: pgettext_lazy("survey session", "Finished"),
    SessionState.EXPIRED: pgettext_lazy("survey session", "Did not answer in time"),
    SessionState.STOPPED: pgettext_lazy("survey session", "Opted out"),
    SessionState.GIVEN_UP: pgettext_lazy("survey session", "Was not understood"),
}
PROBLEMS: Mapping[Problem, Promise] = {
    Problem.NO_QUESTION: gettext_lazy("There is no question yet. Add one."),
    Problem.NO_TEXT: gettext_lazy("Question %(place)s: write what you ask."),
    Problem.FEW_OPTIONS: gettext_lazy("Question %(place)s: give people two answers at least to choose from."),
    Problem.OPTION_WITHOUT_TEXT: gettext_lazy("Question %(place)s: say what answer %(word)s stands for."),
    Problem.OPTION_WITHOUT_LABEL: gettext_lazy("Question %(place)s: the answer “%(word)s” needs a letter people can text."),
    Problem.OPTION_TWICE: gettext_lazy("Question %(place)s: two answers are called “%(word)s”. Change one of them."),
    Problem.OPT_OUT_WORD: gettext_lazy("Question %(place)s: “%(word)s” opts people out, so nobody can answer with it. Take another word."),
    Problem.BOUNDS: gettext_lazy("Question %(place)s: the lowest number must be below the highest."),
    Problem.LOOP: gettext_lazy("Question %(place)s leads back to an earlier one. Let it go on to a later question."),
    Problem.UNREACHABLE: gettext_lazy("Question %(place)s is never asked: nothing leads to it. Move it, or let an answer go to it."),
    Problem.PHOTO: gettext_lazy(
        "Question %(place)s asks for a picture, and the number takes no MMS. Choose an own number with MMS, or another kind of answer."
    ),
    Problem.NO_NUMBER: gettext_lazy("Choose the number people answer to."),
    Problem.NUMBER_GONE: gettext_lazy("The number is not in use any more. Choose another."),
    Problem.NOT_ONE_CHOICE: gettext_lazy("A vote is one question with answers to choose from."),
}
REFUSALS: Mapping[SurveyRefusal, Promise] = {
    SurveyRefusal.NAME: gettext_lazy("Give the survey a name of at most %(name)s characters."),
    SurveyRefusal.TEXT_TOO_LONG: gettext_lazy(
        "A text is too long: at most %(text)s characters for what people are told, %(option)s for an answer, %(label)s for its letter."
    ),
    SurveyRefusal.MINUTES: gettext_lazy("Times are from a minute to sixty days, and a reminder comes before the question expires."),
    SurveyRefusal.REASKS: gettext_lazy("A question can be asked again up to %(reasks)s times."),
    SurveyRefusal.NUMBER: gettext_lazy("Choose one of your own numbers: a conversation cannot take place on a shared one."),
    SurveyRefusal.TOO_MANY: gettext_lazy("A survey has at most %(questions)s questions with %(options)s answers each."),
    SurveyRefusal.TARGET: gettext_lazy("A question goes to one that is not there."),
    SurveyRefusal.STARTED: gettext_lazy("The survey has started, so its questions stay as they are. Copy it to ask something else."),
    SurveyRefusal.NOT_A_DRAFT: gettext_lazy("The survey has started already."),
    SurveyRefusal.NOT_COLLECTING: gettext_lazy("The survey does not collect answers now."),
    SurveyRefusal.NOT_CLOSED: gettext_lazy("The survey is not closed."),
    SurveyRefusal.CLOSES_IN_THE_PAST: gettext_lazy("The survey would be over already. Choose a later end."),
    SurveyRefusal.NOT_READY: gettext_lazy("Something is missing before it can start."),
}
_LIMITS = {
    "name": LONGEST_NAME,
    "text": LONGEST_TEXT,
    "option": LONGEST_OPTION,
    "label": LONGEST_LABEL,
    "reasks": MOST_REASKS,
    "questions": MOST_QUESTIONS,
    "options": MOST_OPTIONS,
}


def problem_sentence(found: Found) -> str:
    """Say what keeps a survey from starting, and what to do."""
    return str(PROBLEMS[found.problem]) % {"place": found.place, "word": found.word}


def refusal_sentence(error: SurveyRefusedError) -> str:
    """Say why a survey cannot be changed as asked."""
    said = str(REFUSALS[error.reason]) % _LIMITS
    return " ".join([said, *map(problem_sentence, error.found)])


def value_in_words(kind: AnswerKind, value: str) -> str:
    """Write an answer as read: yes and no are words of ours."""
    if kind is AnswerKind.YES_NO:
        return {"yes": _("Yes"), "no": _("No")}.get(value, value)
    return value
