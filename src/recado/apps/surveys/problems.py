"""What keeps a survey from starting, and what its owner should know before: as codes with the places they are about.

What belongs here: looking at a survey's content. What does not: sentences (`panel.survey_words`), keywords, which are looked at when one
is chosen (`apps.keywords`), and what a run costs (`costs`).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from recado.apps.surveys.content import QuestionContent, SurveyContent
from recado.core.number import NumberState
from recado.core.opt_out import Verdict, read_opt_out
from recado.core.survey import AnswerKind, SurveyKind
from recado.core.text import fold, tokenise

FEWEST_OPTIONS = 2


class Problem(StrEnum):
    """What is wrong; all of it keeps a survey from starting."""

    NO_QUESTION = "no_question"
    NO_TEXT = "no_text"
    """A question asks nothing."""
    FEW_OPTIONS = "few_options"
    OPTION_WITHOUT_TEXT = "option_without_text"
    OPTION_WITHOUT_LABEL = "option_without_label"
    OPTION_TWICE = "option_twice"
    """Two answers of one question are called the same."""
    OPT_OUT_WORD = "opt_out_word"
    """An answer that opts people out can never be given."""
    BOUNDS = "bounds"
    LOOP = "loop"
    """A question leads back to itself or to an earlier one."""
    UNREACHABLE = "unreachable"
    PHOTO = "photo"
    """A picture is asked for on a number that takes no MMS."""
    NO_NUMBER = "no_number"
    NUMBER_GONE = "number_gone"
    NOT_ONE_CHOICE = "not_one_choice"
    """A vote is one question that is answered by choosing."""


@dataclass(frozen=True, slots=True)
class Found:
    """A problem, at a question from 1 on, with the word it is about."""

    problem: Problem
    place: int = 0
    word: str = ""


def problems_of(content: SurveyContent) -> tuple[Found, ...]:
    """Return all that keeps it from starting, in the order of its questions."""
    found: list[Found] = []
    is_vote = content.kind is SurveyKind.VOTE
    if not content.questions:
        found.append(Found(Problem.NO_QUESTION))
    if is_vote and content.questions and (len(content.questions) > 1 or content.questions[0].kind is not AnswerKind.CHOICE):
        found.append(Found(Problem.NOT_ONE_CHOICE))
    for place, question in enumerate(content.questions, start=1):
        found += _of_question(place, question, takes_mms=content.number is not None and content.number.capabilities.mms)
    found += _of_order(content)
    if not is_vote:
        found += _of_number(content)
    return tuple(found)


def next_places(content: SurveyContent, place: int) -> list[int | None]:
    """Return the places of the questions that can follow one; None stands for the end."""
    question = content.questions[place - 1]
    following = place + 1 if place < len(content.questions) else None
    usual = None if question.ends else question.goes_to or following
    if not question.has_options or not question.options:
        return [usual]
    return list(dict.fromkeys(None if one.ends else one.goes_to or usual for one in question.options))


def reachable(content: SurveyContent) -> set[int]:
    """Return the places people can come to."""
    seen: set[int] = set()
    waiting: list[int] = [1] if content.questions else []
    while waiting:
        place = waiting.pop()
        if place not in seen and place <= len(content.questions):
            seen.add(place)
            waiting += [target for target in next_places(content, place) if target is not None]
    return seen


def _of_question(place: int, question: QuestionContent, *, takes_mms: bool) -> Iterator[Found]:
    if not question.text.strip():
        yield Found(Problem.NO_TEXT, place)
    if question.kind is AnswerKind.PHOTO and not takes_mms:
        yield Found(Problem.PHOTO, place)
    if question.low is not None and question.high is not None and question.low >= question.high:
        yield Found(Problem.BOUNDS, place)
    if question.kind is AnswerKind.CHOICE:
        yield from _of_options(place, question)


def _of_options(place: int, question: QuestionContent) -> Iterator[Found]:
    if len(question.options) < FEWEST_OPTIONS:
        yield Found(Problem.FEW_OPTIONS, place)
    called: Counter[tuple[str, ...]] = Counter()
    for option in question.options:
        if not option.label.strip():
            yield Found(Problem.OPTION_WITHOUT_LABEL, place, option.text)
        if not option.text.strip():
            yield Found(Problem.OPTION_WITHOUT_TEXT, place, option.label)
        names = {name: fold(tokenise(name)) for name in (option.label, option.text, *option.synonyms)}
        called.update({tokens for tokens in names.values() if tokens})
        yield from (Found(Problem.OPT_OUT_WORD, place, name) for name, tokens in names.items() if _opts_out(tokens))
    yield from (Found(Problem.OPTION_TWICE, place, " ".join(tokens)) for tokens, count in called.items() if count > 1)


def _of_order(content: SurveyContent) -> Iterator[Found]:
    for place in range(1, len(content.questions) + 1):
        if any(target is not None and target <= place for target in next_places(content, place)):
            yield Found(Problem.LOOP, place)
    come_to = reachable(content)
    yield from (Found(Problem.UNREACHABLE, place) for place in range(1, len(content.questions) + 1) if place not in come_to)


def _of_number(content: SurveyContent) -> Iterator[Found]:
    if content.number is None:
        yield Found(Problem.NO_NUMBER)
    elif content.number.state != NumberState.ASSIGNED.value:
        yield Found(Problem.NUMBER_GONE)


def _opts_out(tokens: tuple[str, ...]) -> bool:
    reading = read_opt_out(tokens, _no_keyword) if tokens else None
    return reading is not None and reading.verdict in {Verdict.OPT_OUT, Verdict.ASK_BACK}


def _no_keyword(_tokens: Sequence[str]) -> int:
    return 0
