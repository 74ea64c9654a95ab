"""Reads about surveys: which an account has, one of them, how far each is.

What belongs here: lists and single surveys. What does not: what was answered (`results`, `persons`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When

from recado.apps.accounts.models import Account
from recado.apps.surveys.models import Answer, Question, Session, Survey
from recado.core.survey import SurveyKind, SurveyState

ENDED_LATELY = timedelta(days=3)
"""So long the start page tells that a survey ended."""


@dataclass(frozen=True, slots=True)
class ListedSurvey:
    """A survey with how far it is; test messages do not count."""

    survey: Survey
    questions: int
    people: int
    """How many take or took part."""
    finished: int
    answers: int
    is_public: bool

    @property
    def finished_percent(self) -> int | None:
        """How many of a hundred who began came to the end; None for votes, which have no way to it."""
        return round(100 * self.finished / self.people) if self.people and self.survey.kind == SurveyKind.CONVERSATION else None


def surveys_of(account: Account) -> QuerySet[Survey]:
    """Return the account's surveys: those that collect first, then drafts, then closed ones, each the newest first."""
    order = Case(
        When(state=SurveyState.COLLECTING.value, then=Value(0)),
        When(state=SurveyState.DRAFT.value, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return Survey.objects.filter(account=account).select_related("number").order_by(order, "-id")


def get_survey_for(account: Account, survey_id: int) -> Survey:
    """Return a survey of the account; raise Survey.DoesNotExist for all others."""
    return Survey.objects.select_related("number", "account").get(account=account, pk=survey_id)


def get_public_survey(token: str) -> Survey:
    """Return the survey whose results are shown at an address; raise Survey.DoesNotExist where none are."""
    return Survey.objects.select_related("account").get(public_token=token, is_public=True)


def get_question_of(survey: Survey, question_id: int) -> Question:
    """Return a question of a survey; raise Question.DoesNotExist for all others."""
    return Question.objects.get(survey=survey, pk=question_id)


def listed(surveys: Collection[Survey]) -> list[ListedSurvey]:
    """Return surveys with how far each is, in a few queries for all of them."""
    ids = [survey.pk for survey in surveys]
    real = {"survey__in": ids, "is_test": False}
    questions = dict(Question.objects.filter(survey__in=ids).order_by().values_list("survey").annotate(Count("pk")))
    answers = dict(Answer.objects.filter(**real, counts=True, is_late=False).order_by().values_list("survey").annotate(Count("pk")))
    votes = [survey.pk for survey in surveys if survey.kind == SurveyKind.VOTE]
    voters = dict(
        Answer.objects.filter(survey__in=votes, is_test=False, counts=True)
        .order_by()
        .values_list("survey")
        .annotate(Count("msisdn", distinct=True))
    )
    sessions = {
        survey: (people, finished)
        for survey, people, finished in Session.objects.filter(**real)
        .order_by()
        .values_list("survey")
        .annotate(people=Count("msisdn", distinct=True), done=Count("msisdn", distinct=True, filter=Q(state="done")))
    }
    found = []
    for survey in surveys:
        people, finished = sessions.get(survey.pk, (0, 0))
        people += voters.get(survey.pk, 0)
        found.append(ListedSurvey(survey, questions.get(survey.pk, 0), people, finished, answers.get(survey.pk, 0), survey.is_public))
    return found


def ended_lately(account: Account, now: datetime) -> list[Survey]:
    """Return the surveys that closed by themselves in the last days, the latest first; who closes one by hand knows."""
    lately = {"closed_at__gt": now - ENDED_LATELY, "closed_at__gte": F("closes_at")}
    closed = Survey.objects.filter(account=account, state=SurveyState.CLOSED.value, **lately)
    return list(closed.order_by("-closed_at")[:5])
