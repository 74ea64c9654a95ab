"""Results as pages draw them: bars with lengths, shares in percent, words for values; for the panel and for everybody.

What belongs here: presentation of `apps.surveys.results`. What does not: counting, markup.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recado.apps.surveys.results import QuestionResult, SurveyResult
from recado.core.survey import AnswerKind
from recado.panel.survey_words import ANSWER_KINDS, KIND_ICONS, value_in_words
from recado.panel.templatetags.formats import count as written

_FULL = 100
_LEAST = 1.5
"""More than nothing can be seen, in percent."""
_HOUR, _DAY = 60, 24 * 60


@dataclass(frozen=True, slots=True)
class ShownBar:
    """One answer: its bar, its share of all answers."""

    label: str
    text: str
    count: int
    percent: int | None
    """None where there are too few answers for shares."""
    width: float
    """In percent of the longest place there is."""
    is_ahead: bool
    """Whether no other has more."""


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """One question with what became of it."""

    result: QuestionResult
    bars: list[ShownBar]
    kind_words: str
    icon: str
    has_list: bool
    """Whether its answers are read one by one."""
    average: str
    """Written with one digit after the comma; empty where there is none."""
    median: str
    """How long people take, in words."""
    answered_percent: int
    """Of those who were asked."""

    @property
    def question(self) -> object:
        """The question itself."""
        return self.result.question


def shown_questions(found: SurveyResult) -> list[ShownQuestion]:
    """Return all questions as pages draw them."""
    return [_shown(one) for one in found.questions]


def _shown(one: QuestionResult) -> ShownQuestion:
    kind = AnswerKind(one.question.kind)
    most = max((bar.count for bar in one.bars), default=0)
    total = sum(bar.count for bar in one.bars)
    bars = [
        ShownBar(
            bar.label,
            bar.text if bar.label else value_in_words(kind, bar.text),
            bar.count,
            round(_FULL * bar.count / total) if one.has_shares and total else None,
            max(round(_FULL * bar.count / total, 1), _LEAST) if one.has_shares and bar.count else 0.0,
            is_ahead=one.has_shares and bar.count == most > 0,
        )
        for bar in one.bars
    ]
    average = f"{one.average:.1f}".replace(".", ",") if one.average is not None and one.has_shares else ""
    return ShownQuestion(
        one,
        bars,
        str(ANSWER_KINDS[kind]),
        KIND_ICONS[kind],
        not one.bars,
        average,
        _took(one.median_minutes),
        round(_FULL * one.answered / one.asked) if one.asked else 0,
    )


def _took(minutes: float | None) -> str:
    if minutes is None:
        return ""
    if minutes < 1:
        return _("under a minute")
    if minutes < 2 * _HOUR:
        whole = round(minutes)
        return ngettext("%(count)s minute", "%(count)s minutes", whole) % {"count": whole}
    if minutes < 2 * _DAY:
        whole = round(minutes / _HOUR)
        return ngettext("%(count)s hour", "%(count)s hours", whole) % {"count": written(whole)}
    whole = round(minutes / _DAY)
    return ngettext("%(count)s day", "%(count)s days", whole) % {"count": written(whole)}
