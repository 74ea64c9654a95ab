"""Writes about surveys: making, writing, copying and deleting one, its start and its end, who may see its results.

What belongs here: changes with their checks. What does not: reads (`queries`, `results`), keywords that lead to one (`apps.keywords`),
answers, which only messages write (`store.surveys`), the end that comes by itself (`due`).
"""

import secrets
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from recado.apps.accounts.models import Account, User
from recado.apps.numbers.models import Number
from recado.apps.numbers.services import bump_routing
from recado.apps.surveys.content import COLUMNS, SurveyContent, content_of
from recado.apps.surveys.editing import as_new
from recado.apps.surveys.errors import SurveyRefusal, SurveyRefusedError
from recado.apps.surveys.limits import check_content
from recado.apps.surveys.models import Survey
from recado.apps.surveys.problems import problems_of
from recado.apps.surveys.rows import correct_questions, write_questions
from recado.core.number import CAPABILITIES, NumberKind, NumberState
from recado.core.survey import SurveyState

TOKEN_BYTES = 18


@transaction.atomic
def create_survey(account: Account, content: SurveyContent, *, author: User | None = None) -> Survey:
    """Begin a survey; it may still lack anything but a name."""
    survey = Survey(account=account, kind=content.kind.value, public_token=new_token(), created_by=author)
    _fill_in(survey, content)
    survey.save()
    write_questions(survey, as_new(content).questions)
    return survey


@transaction.atomic
def write_survey(survey: Survey, content: SurveyContent) -> None:
    """Say what a draft asks in place of what it was; rows whose keys are named stay the same rows, as keywords may lead to them."""
    _lock(survey, SurveyState.DRAFT, SurveyRefusal.STARTED)
    _fill_in(survey, content)
    survey.save()
    write_questions(survey, content.questions)
    bump_routing()


@transaction.atomic
def correct_survey(survey: Survey, content: SurveyContent) -> None:
    """Correct the wording of a survey that has started, and when it closes; what is asked, and of whom, stays as it was."""
    _hold(survey)
    _check_closing(survey, content.closes_at)
    kept = content_of(survey)
    _fill_in(survey, replace(content, number=kept.number, counting=kept.counting, late=kept.late))
    survey.save()
    correct_questions(survey, content.questions)
    bump_routing()


@transaction.atomic
def start_survey(survey: Survey, *, now: datetime) -> None:
    """Begin to count answers; raise NOT_READY with all that keeps it from starting."""
    _lock(survey, SurveyState.DRAFT, SurveyRefusal.NOT_A_DRAFT)
    if survey.closes_at is not None and survey.closes_at <= now:
        raise SurveyRefusedError(SurveyRefusal.CLOSES_IN_THE_PAST)
    if found := problems_of(content_of(survey)):
        raise SurveyRefusedError(SurveyRefusal.NOT_READY, found)
    survey.state, survey.started_at, survey.closed_at = SurveyState.COLLECTING.value, now, None
    survey.save(update_fields=["state", "started_at", "closed_at"])


@transaction.atomic
def close_survey(survey: Survey, *, now: datetime) -> None:
    """Count no more answers; people who are in the middle of it are asked nothing more."""
    _lock(survey, SurveyState.COLLECTING, SurveyRefusal.NOT_COLLECTING)
    survey.state, survey.closed_at = SurveyState.CLOSED.value, now
    survey.save(update_fields=["state", "closed_at"])


@transaction.atomic
def reopen_survey(survey: Survey, *, now: datetime) -> None:
    """Count answers again; an end that has gone by is forgotten."""
    _lock(survey, SurveyState.CLOSED, SurveyRefusal.NOT_CLOSED)
    survey.state, survey.closed_at = SurveyState.COLLECTING.value, None
    if survey.closes_at is not None and survey.closes_at <= now:
        survey.closes_at = None
    survey.save(update_fields=["state", "closed_at", "closes_at"])


def copy_survey(survey: Survey, name: str, *, author: User | None = None) -> Survey:
    """Begin a new survey that asks the same; its end and its answers stay with the old one."""
    content = content_of(survey)
    number = content.number if content.number in own_numbers(survey.account) else None
    return create_survey(survey.account, replace(content, name=name, number=number, closes_at=None), author=author)


@transaction.atomic
def delete_draft(survey: Survey) -> None:
    """Forget a survey that never started; what people answered is never deleted here."""
    _lock(survey, SurveyState.DRAFT, SurveyRefusal.NOT_A_DRAFT)
    survey.delete()
    bump_routing()


def publish_results(survey: Survey, *, is_public: bool, shows_texts: bool) -> None:
    """Let anybody with the address see the results, with or without what people wrote in their own words; or nobody any more."""
    survey.is_public, survey.shows_texts = is_public, is_public and shows_texts
    survey.save(update_fields=["is_public", "shows_texts"])


def renew_address(survey: Survey) -> None:
    """Give the results another address; the one that was is gone."""
    survey.public_token = new_token()
    survey.save(update_fields=["public_token"])


def own_numbers(account: Account) -> list[Number]:
    """Return the numbers a conversation can take place on: the account's own."""
    kinds = [kind.value for kind in NumberKind if CAPABILITIES[kind].surveys_contests_statistics]
    return list(Number.objects.filter(account=account, kind__in=kinds, state=NumberState.ASSIGNED.value).order_by("digits"))


def new_token() -> str:
    """Make an address that nobody can guess."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def _fill_in(survey: Survey, content: SurveyContent) -> None:
    check_content(content)
    if content.number is not None and content.number.pk != survey.number_id and content.number not in own_numbers(survey.account):
        raise SurveyRefusedError(SurveyRefusal.NUMBER)
    for name in COLUMNS:
        value = getattr(content, name)
        setattr(survey, name, value.strip() if isinstance(value, str) else value)
    survey.counting, survey.late = content.counting.value, content.late.value


def _check_closing(survey: Survey, closes_at: datetime | None) -> None:
    if closes_at is not None and closes_at != survey.closes_at and survey.started_at is not None and closes_at <= survey.started_at:
        raise SurveyRefusedError(SurveyRefusal.CLOSES_IN_THE_PAST)


def _hold(survey: Survey) -> None:
    """Take hold of a survey for the rest of the transaction, as it is now."""
    Survey.objects.select_for_update().get(pk=survey.pk)
    survey.refresh_from_db()


def _lock(survey: Survey, state: SurveyState, refusal: SurveyRefusal) -> None:
    _hold(survey)
    if survey.state != state.value:
        raise SurveyRefusedError(refusal)
