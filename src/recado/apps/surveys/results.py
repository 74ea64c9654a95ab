"""What was answered: for each question how many said what, how many were asked and went no further, how long they took.

What belongs here: these figures, of a group or a period alone where asked. What does not: single answers (`given`), people (`persons`), how
they look (`panel`). Votes have no sessions: whoever voted was asked.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.db.models import Count, Q, QuerySet

from recado.apps.contacts.models import GroupMembership
from recado.apps.surveys.models import Answer, Question, Session, Survey
from recado.core.survey import AnswerKind, SessionState, SurveyKind

TOO_FEW = 5
"""Below so many answers shares say nothing, and may say who answered what."""
WIDEST_SCALE = 11
"""A scale of so many steps is drawn step by step."""
MOST_VALUES = 12
_SAMPLE = 1_000
"""People whose time to answer is looked at, the latest."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Whose answers are looked at."""

    group_id: int | None = None
    """Members of the group today."""
    since: datetime | None = None
    until: datetime | None = None
    """Not included."""
    is_test: bool = False
    """Those of simulated phones instead of the real ones."""


EVERYTHING = Narrowed()


@dataclass(frozen=True, slots=True)
class Bar:
    """One answer with how many gave it."""

    label: str
    text: str
    count: int
    option_id: int | None = None


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """What became of one question."""

    question: Question
    place: int
    asked: int
    answered: int
    bars: tuple[Bar, ...]
    average: float | None
    """Of numbers."""
    median_minutes: float | None
    """Half of the people answered quicker."""
    late: int
    """Answers that came too late and do not count."""

    @property
    def left(self) -> int:
        """How many were asked and did not answer, or not yet."""
        return max(self.asked - self.answered, 0)

    @property
    def has_shares(self) -> bool:
        """Whether there are enough answers for shares to say something."""
        return self.answered >= TOO_FEW


@dataclass(frozen=True, slots=True)
class SurveyResult:
    """What became of a survey."""

    people: int
    answers: int
    states: Mapping[SessionState, int]
    """Sessions of a conversation by where they are."""
    questions: tuple[QuestionResult, ...]

    @property
    def finished(self) -> int:
        """How many came to the end."""
        return self.states.get(SessionState.DONE, 0)

    @property
    def late(self) -> int:
        """Answers that came too late."""
        return sum(question.late for question in self.questions)


def results_of(survey: Survey, narrowed: Narrowed = EVERYTHING) -> SurveyResult:
    """Count what was answered."""
    questions = list(survey.questions.prefetch_related("options"))
    answers, sessions = answers_of(survey, narrowed), sessions_of(survey, narrowed)
    by_option, late = _by_option(answers)
    by_value = _by_value(answers, [one for one in questions if one.kind in {AnswerKind.NUMBER, AnswerKind.YES_NO}])
    stopped = dict(sessions.exclude(state=SessionState.DONE.value).order_by().values_list("question_id").annotate(Count("pk")))
    minutes = _minutes(sessions) if survey.kind == SurveyKind.CONVERSATION else {}
    found = []
    for place, question in enumerate(questions, start=1):
        options = by_option.get(question.pk, Counter())
        answered = sum(options.values())
        values = by_value.get(question.pk, Counter())
        found.append(
            QuestionResult(
                question,
                place,
                answered + stopped.get(question.pk, 0),
                answered,
                tuple(_bars(question, options, values)),
                _average(values) if question.kind == AnswerKind.NUMBER else None,
                median(minutes[question.pk]) if minutes.get(question.pk) else None,
                late.get(question.pk, 0),
            )
        )
    states = {SessionState(state): count for state, count in sessions.order_by().values_list("state").annotate(Count("pk")) if state}
    is_vote = survey.kind == SurveyKind.VOTE
    counting = answers.filter(counts=True, is_late=False)
    people = counting.values("msisdn").distinct().count() if is_vote else sessions.values("msisdn").distinct().count()
    return SurveyResult(people, sum(one.answered for one in found), states, tuple(found))


def answers_of(survey: Survey, narrowed: Narrowed = EVERYTHING) -> QuerySet[Answer]:
    """Return the answers looked at, those that do not count among them."""
    found = Answer.objects.filter(survey=survey, is_test=narrowed.is_test)
    if narrowed.since is not None:
        found = found.filter(given_at__gte=narrowed.since)
    if narrowed.until is not None:
        found = found.filter(given_at__lt=narrowed.until)
    return found.filter(_of_group(narrowed))


def sessions_of(survey: Survey, narrowed: Narrowed = EVERYTHING) -> QuerySet[Session]:
    """Return the sessions looked at."""
    found = Session.objects.filter(survey=survey, is_test=narrowed.is_test)
    if narrowed.since is not None:
        found = found.filter(started_at__gte=narrowed.since)
    if narrowed.until is not None:
        found = found.filter(started_at__lt=narrowed.until)
    return found.filter(_of_group(narrowed))


def has_tests(survey: Survey) -> bool:
    """Whether somebody tried it with a simulated phone."""
    return Answer.objects.filter(survey=survey, is_test=True).exists() or Session.objects.filter(survey=survey, is_test=True).exists()


def _of_group(narrowed: Narrowed) -> Q:
    if narrowed.group_id is None:
        return Q()
    members = GroupMembership.objects.filter(group=narrowed.group_id, group__account__isnull=False).values("contact__msisdn")
    return Q(msisdn__in=members)


def _by_option(answers: QuerySet[Answer]) -> tuple[dict[int, Counter[int | None]], dict[int, int]]:
    """Return by question how many gave which answer, and how many answers came late."""
    counted: dict[int, Counter[int | None]] = defaultdict(Counter)
    late: dict[int, int] = {}
    rows = (
        answers.order_by()
        .values_list("question_id", "option_id")
        .annotate(good=Count("pk", filter=Q(counts=True, is_late=False)), late=Count("pk", filter=Q(is_late=True)))
    )
    for question, option, good, too_late in rows:
        counted[question][option] += good
        late[question] = late.get(question, 0) + too_late
    return counted, late


def _by_value(answers: QuerySet[Answer], questions: Iterable[Question]) -> dict[int, Counter[str]]:
    ids = [question.pk for question in questions]
    counted: dict[int, Counter[str]] = defaultdict(Counter)
    if ids:
        rows = answers.filter(question__in=ids, counts=True, is_late=False).order_by()
        for question, value, count in rows.values_list("question_id", "value").annotate(Count("pk")):
            counted[question][value] += count
    return counted


def _bars(question: Question, options: Counter[int | None], values: Counter[str]) -> Iterable[Bar]:
    kind = AnswerKind(question.kind)
    if kind is AnswerKind.CHOICE:
        return [Bar(one.label, one.text, options.get(one.pk, 0), one.pk) for one in question.options.all()]
    if kind is AnswerKind.YES_NO:
        return [Bar("", value, values.get(value, 0)) for value in ("yes", "no")]
    if kind is AnswerKind.NUMBER:
        low, high = question.low, question.high
        if low is not None and high is not None and high - low < WIDEST_SCALE:
            return [Bar("", str(step), values.get(str(step), 0)) for step in range(low, high + 1)]
        return [Bar("", value, count) for value, count in values.most_common(MOST_VALUES)]
    return []


def _average(values: Counter[str]) -> float | None:
    numbers = [(float(value), count) for value, count in values.items() if _is_number(value)]
    total = sum(count for _, count in numbers)
    return sum(value * count for value, count in numbers) / total if total else None


def _is_number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True


def _minutes(sessions: QuerySet[Session]) -> dict[int, list[float]]:
    """Return by question how many minutes the latest people took: from the answer before it, or from the beginning."""
    begun = dict(sessions.order_by("-pk").values_list("pk", "started_at")[:_SAMPLE])
    rows = Answer.objects.filter(session_id__in=list(begun), is_late=False).order_by("session_id", "pk")
    found: dict[int, list[float]] = defaultdict(list)
    for session, question, at in rows.values_list("session_id", "question_id", "given_at"):
        if session is None:
            continue
        found[question].append(max((at - begun[session]).total_seconds() / 60, 0.0))
        begun[session] = at
    return found
