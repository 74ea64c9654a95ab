"""Surveys to begin with, so that nobody faces an empty page: in the language of who begins.

What belongs here: the examples. What does not: making a draft of one (`making`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recado.apps.surveys.content import OptionContent, QuestionContent, SurveyContent
from recado.apps.surveys.editing import new_question
from recado.core.survey import AnswerKind, SurveyKind


@dataclass(frozen=True, slots=True)
class Beginning:
    """One example: what it is called, what it is good for, what is in it."""

    name: Promise
    why: Promise
    icon: str
    content: Callable[[], SurveyContent]


def _choice(text: str, *answers: str) -> QuestionContent:
    options = (OptionContent(letter, answer) for letter, answer in zip("ABCDEF", answers, strict=False))
    return QuestionContent(AnswerKind.CHOICE, text, options=tuple(options))


def _visit() -> SurveyContent:
    scale = new_question(AnswerKind.NUMBER, _("How was your visit? Reply with a number from 1 (bad) to 5 (great)."))
    better = new_question(AnswerKind.TEXT, _("What could we do better?"))
    return SurveyContent(_("How was your visit?"), end_text=_("Thank you, this helps us a lot!"), questions=(scale, better))


def _purchase() -> SurveyContent:
    found = new_question(AnswerKind.YES_NO, _("Did you find everything you were looking for? Reply YES or NO."))
    heard = _choice(_("How did you hear about us?"), _("From friends"), _("On the internet"), _("I passed by"))
    said = new_question(AnswerKind.TEXT, _("Is there anything you would like to tell us?"))
    return SurveyContent(
        _("After a purchase"),
        intro_text=_("Thank you for shopping with us! Three short questions."),
        end_text=_("Thank you for your time!"),
        questions=(found, heard, said),
    )


def _vote() -> SurveyContent:
    question = _choice(_("Which bouquet shall be the bouquet of the month?"), _("Tulips"), _("Roses"), _("Peonies"))
    return SurveyContent(_("Bouquet of the month"), SurveyKind.VOTE, end_text=_("Thank you, your vote counts!"), questions=(question,))


def _empty() -> SurveyContent:
    return SurveyContent(_("New survey"), questions=(new_question(AnswerKind.CHOICE),))


def _empty_vote() -> SurveyContent:
    return replace(_empty(), name=_("New vote"), kind=SurveyKind.VOTE)


BEGINNINGS: Mapping[str, Beginning] = {
    "visit": Beginning(
        gettext_lazy("How was your visit? 1–5"),
        gettext_lazy("A number from 1 to 5, then what could be better, in their own words."),
        "gauge",
        _visit,
    ),
    "vote": Beginning(
        gettext_lazy("Vote by keyword"),
        gettext_lazy("One question; each answer has its own word people text. Works on shared numbers, too."),
        "chart-bar",
        _vote,
    ),
    "purchase": Beginning(
        gettext_lazy("Three questions after a purchase"),
        gettext_lazy("Yes or no, a choice, and room for a few words."),
        "clipboard-list",
        _purchase,
    ),
    "empty": Beginning(
        gettext_lazy("An empty survey"), gettext_lazy("Questions one after the other, as many as you like."), "plus", _empty
    ),
    "empty-vote": Beginning(gettext_lazy("An empty vote"), gettext_lazy("One question, a keyword for each answer."), "plus", _empty_vote),
}
