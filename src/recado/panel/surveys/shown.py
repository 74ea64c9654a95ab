"""A survey's questions as the builder's page draws them: with the names of their fields and where each can lead.

What belongs here: these values. What does not: markup, reading the page (`reading`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from recado.apps.surveys.content import OptionContent, QuestionContent, SurveyContent
from recado.core.survey import AnswerKind
from recado.panel.survey_words import ANSWER_KINDS, KIND_ICONS, OFFERED_KINDS
from recado.panel.surveys.reading import END

_FEW_WORDS = 40


@dataclass(frozen=True, slots=True)
class Target:
    """Somewhere a question or answer can lead."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ShownOption:
    """One answer with the name of its fields."""

    name: str
    at: int
    option: OptionContent
    targets: list[Target]

    @property
    def synonyms(self) -> str:
        """Other words for it, as they are typed."""
        return ", ".join(self.option.synonyms)


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """One question with the names of its fields."""

    name: str
    place: int
    question: QuestionContent
    options: list[ShownOption]
    targets: list[Target]
    kinds: list[tuple[str, str, bool]]
    is_first: bool
    is_last: bool

    @property
    def is_choice(self) -> bool:
        """Whether its answers are written by the owner."""
        return self.question.kind is AnswerKind.CHOICE

    @property
    def is_yes_no(self) -> bool:
        """Whether it is answered by yes or no."""
        return self.question.kind is AnswerKind.YES_NO

    @property
    def is_number(self) -> bool:
        """Whether it has bounds."""
        return self.question.kind is AnswerKind.NUMBER

    @property
    def icon(self) -> str:
        """The picture of its kind."""
        return KIND_ICONS[self.question.kind]

    @property
    def kind_words(self) -> str:
        """Its kind in words."""
        return str(ANSWER_KINDS[self.question.kind])

    @property
    def has_more(self) -> bool:
        """Whether something is filled in of what is folded away."""
        return bool(self.question.reask_text or any(one.option.synonyms for one in self.options if self.is_choice))


def shown_questions(content: SurveyContent) -> list[ShownQuestion]:
    """Return the questions in their order."""
    last = len(content.questions)
    return [_shown(content.questions, place, last) for place in range(1, last + 1)]


def _shown(questions: Sequence[QuestionContent], place: int, last: int) -> ShownQuestion:
    question, name = questions[place - 1], f"q{place}"
    options = [
        ShownOption(f"{name}-o{at}", at, one, _targets(questions, place, one.goes_to, ends=one.ends))
        for at, one in enumerate(question.options, start=1)
    ]
    offered = OFFERED_KINDS if question.kind in OFFERED_KINDS else (*OFFERED_KINDS, question.kind)
    kinds = [(kind.value, str(ANSWER_KINDS[kind]), kind is question.kind) for kind in offered]
    targets = _targets(questions, place, question.goes_to, ends=question.ends)
    return ShownQuestion(name, place, question, options, targets, kinds, place == 1, place == last)


def _targets(questions: Sequence[QuestionContent], place: int, goes_to: int | None, *, ends: bool) -> list[Target]:
    """Offer what comes later; a way back that there is, is shown so that it can be seen and mended."""
    usual = _("goes on to the next question") if place < len(questions) else _("is the last question")
    found = [Target("", usual, is_chosen=not ends and goes_to is None)]
    for other, question in enumerate(questions, start=1):
        if other > place + 1 or other == goes_to:
            words = _("goes to question %(place)s: %(text)s") % {"place": other, "text": Truncator(question.text or "…").chars(_FEW_WORDS)}
            found.append(Target(str(other), words, is_chosen=not ends and other == goes_to))
    if place < len(questions) or ends:
        found.append(Target(END, _("ends the survey"), is_chosen=ends))
    return found
