"""The questions of a survey as the builder's page sends them: `q2-text`, `q2-o1-label`.

What belongs here: reading them, forgivingly: a draft may be unfinished in any way. What does not: the other fields (`forms.survey`).
"""

from collections.abc import Mapping
from dataclasses import replace

from recado.apps.surveys.content import (
    LONGEST_LABEL,
    LONGEST_OPTION,
    LONGEST_TEXT,
    MOST_OPTIONS,
    MOST_QUESTIONS,
    OptionContent,
    QuestionContent,
    SurveyContent,
)
from recado.apps.surveys.editing import answered_by
from recado.core.survey import AnswerKind
from recado.panel.ids import id_of

END = "end"
_LONGEST_WORDS = 500
_MOST_DIGITS = 9


def with_posted_questions(content: SurveyContent, posted: Mapping[str, str]) -> SurveyContent:
    """Return the survey with the questions a page sent in place of those it had."""
    count = next((place for place in range(MOST_QUESTIONS) if f"q{place + 1}-key" not in posted), MOST_QUESTIONS)
    return replace(content, questions=tuple(_question(posted, place, count) for place in range(1, count + 1)))


def _question(posted: Mapping[str, str], place: int, count: int) -> QuestionContent:
    name = f"q{place}"
    was, kind = _kind(posted.get(f"{name}-was", "")), _kind(posted.get(f"{name}-kind", "") or posted.get(f"{name}-was", ""))
    options = next((at for at in range(MOST_OPTIONS) if f"{name}-o{at + 1}-key" not in posted), MOST_OPTIONS)
    goes_to, ends = _then(posted.get(f"{name}-then", ""), count)
    question = QuestionContent(
        was,
        posted.get(f"{name}-text", "").strip()[:LONGEST_TEXT],
        posted.get(f"{name}-reask", "").strip()[:LONGEST_TEXT],
        _whole(posted.get(f"{name}-low", "")),
        _whole(posted.get(f"{name}-high", "")),
        tuple(_option(posted, f"{name}-o{at}", count) for at in range(1, options + 1)),
        goes_to,
        ends=ends,
        key=id_of(posted.get(f"{name}-key", "")),
    )
    return answered_by(question, kind)


def _option(posted: Mapping[str, str], name: str, count: int) -> OptionContent:
    goes_to, ends = _then(posted.get(f"{name}-then", ""), count)
    words = posted.get(f"{name}-synonyms", "")[:_LONGEST_WORDS].split(",")
    return OptionContent(
        posted.get(f"{name}-label", "").strip()[:LONGEST_LABEL],
        posted.get(f"{name}-text", "").strip()[:LONGEST_OPTION],
        tuple(word.strip() for word in words if word.strip()),
        goes_to,
        ends=ends,
        key=id_of(posted.get(f"{name}-key", "")),
    )


def _then(written: str, count: int) -> tuple[int | None, bool]:
    place = id_of(written)
    return (place if place is not None and place <= count else None), written == END


def _kind(written: str) -> AnswerKind:
    return AnswerKind(written) if written in set(AnswerKind) else AnswerKind.TEXT


def _whole(written: str) -> int | None:
    written = written.strip().replace("\u2212", "-")
    return int(written) if written.removeprefix("-").isdecimal() and len(written) <= _MOST_DIGITS else None
