"""A survey as it is written: its texts, times, and questions one after the other, as values.

What belongs here: the shape, and reading it from rows. What does not: changing it (`editing`), what keeps it from starting (`problems`),
writing it (`services`).
"""

from dataclasses import dataclass
from datetime import datetime

from recado.apps.numbers.models import Number
from recado.apps.surveys.models import Question, Survey
from recado.core.survey import AnswerKind, Counting, Late, SurveyKind

LABELS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MOST_QUESTIONS = 30
MOST_OPTIONS = len(LABELS)
LONGEST_NAME = 120
LONGEST_TEXT = 1_000
LONGEST_LABEL = 12
LONGEST_OPTION = 120
LONGEST_MINUTES = 60 * 24 * 60
"""Nobody waits longer than sixty days for an answer."""
MOST_REASKS = 10


@dataclass(frozen=True, slots=True)
class OptionContent:
    """One of the answers that can be chosen."""

    label: str = ""
    text: str = ""
    synonyms: tuple[str, ...] = ()
    goes_to: int | None = None
    """The place of the question that follows this answer, from 1; None: the one that follows anyway."""
    ends: bool = False
    key: int | None = None
    """The id of its row; None: it is new."""


@dataclass(frozen=True, slots=True)
class QuestionContent:
    """One question."""

    kind: AnswerKind
    text: str = ""
    reask_text: str = ""
    low: int | None = None
    high: int | None = None
    options: tuple[OptionContent, ...] = ()
    goes_to: int | None = None
    """The place of the next question, from 1; None: the one after it."""
    ends: bool = False
    key: int | None = None

    @property
    def has_options(self) -> bool:
        """Whether its answers are known beforehand, so that each can lead elsewhere."""
        return self.kind in {AnswerKind.CHOICE, AnswerKind.YES_NO}


@dataclass(frozen=True, slots=True)
class SurveyContent:
    """All that can be said of a survey."""

    name: str
    kind: SurveyKind = SurveyKind.CONVERSATION
    number: Number | None = None
    counting: Counting = Counting.FIRST
    late: Late = Late.RESUME
    closes_at: datetime | None = None
    idle_minutes: int = 1440
    session_minutes: int = 10080
    reminder_minutes: int | None = None
    reask_limit: int = 3
    intro_text: str = ""
    end_text: str = ""
    reminder_text: str = ""
    already_text: str = ""
    closed_text: str = ""
    gave_up_text: str = ""
    questions: tuple[QuestionContent, ...] = ()


TEXTS = ("intro_text", "end_text", "reminder_text", "already_text", "closed_text", "gave_up_text")
"""What people are told besides the questions."""
COLUMNS = (
    "name", "number", "closes_at", "idle_minutes", "session_minutes", "reminder_minutes", "reask_limit", *TEXTS,
)  # fmt: skip
"""What is the same in a survey and in its row; words (`kind`, `counting`, `late`) are not."""


def content_of(survey: Survey) -> SurveyContent:
    """Return a survey as it was given."""
    questions = list(survey.questions.prefetch_related("options"))
    places = {question.pk: place for place, question in enumerate(questions, start=1)}
    return SurveyContent(
        kind=SurveyKind(survey.kind),
        counting=Counting(survey.counting),
        late=Late(survey.late),
        questions=tuple(_question(question, places) for question in questions),
        **{name: getattr(survey, name) for name in COLUMNS},
    )


def _question(question: Question, places: dict[int, int]) -> QuestionContent:
    options = tuple(
        OptionContent(one.label, one.text, tuple(one.synonyms.splitlines()), places.get(one.goes_to_id or 0), ends=one.ends, key=one.pk)
        for one in question.options.all()
    )
    return QuestionContent(
        AnswerKind(question.kind),
        question.text,
        question.reask_text,
        question.low,
        question.high,
        options,
        places.get(question.goes_to_id or 0),
        ends=question.ends,
        key=question.pk,
    )
