"""What is done with surveys: starting, closing, copying one, asking groups, showing results to everybody.

What belongs here: these routes. What does not: one and their list (`surveys`), doing it (`apps.surveys`, `apps.keywords.survey_starts`).
"""

from typing import Annotated

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext
from ninja import Path, Router, Schema, Status
from pydantic import ConfigDict, Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.keyword_problems import keyword_detail
from recado.api.v1.problems import ProblemOut, conflict, invalid
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id, NotBlank, Text
from recado.api.v1.survey_content import Name
from recado.api.v1.survey_problems import refusals
from recado.api.v1.survey_shapes import SurveyOut, shown
from recado.api.v1.surveys import WRITE
from recado.apps.accounts.scopes import Scope
from recado.apps.campaigns.of_surveys import draft_of_survey
from recado.apps.keywords.activities import Kind, keywords_of
from recado.apps.keywords.survey_starts import WantedWord, WordRefusedError, add_words, start_with_words
from recado.apps.numbers.models import Number
from recado.apps.numbers.queries import get_number_for
from recado.apps.surveys.audited import facts
from recado.apps.surveys.content import LONGEST_NAME
from recado.apps.surveys.models import Option, Survey
from recado.apps.surveys.queries import get_survey_for
from recado.apps.surveys.services import close_survey, copy_survey, publish_results, renew_address, reopen_survey
from recado.core.survey import SurveyKind, SurveyState

router = Router(tags=["Surveys"])
MOST_WORDS = 26


class SurveyWord(Schema):
    """A word that shall begin it, or stand for an answer of a vote."""

    model_config = ConfigDict(extra="forbid")
    number_id: Id
    word: Annotated[Text, NotBlank, Field(min_length=1, max_length=80, pattern=r"\S")]
    option_id: Id | None = Field(None, description="Of votes: the answer.")


class SurveyWords(Schema):
    """Keywords that shall lead to it; they are reserved with it."""

    model_config = ConfigDict(extra="forbid")
    keywords: Annotated[list[SurveyWord], Field(max_length=MOST_WORDS)] = Field(default_factory=list)


class SurveyCopy(Schema):
    """What the copy is called."""

    model_config = ConfigDict(extra="forbid")
    name: Name | None = None


class SurveyPublic(Schema):
    """Who sees the results."""

    model_config = ConfigDict(extra="forbid")
    is_public: bool
    shows_texts: bool = Field(default=False, description="With what people wrote in their own words.")


class SurveySend(Schema):
    """The group send that asks the first question."""

    campaign_id: int


@router.post(
    "/{survey_id}/start", auth=WRITE, response={200: SurveyOut, 409: ProblemOut}, operation_id="start_survey", summary="Start a survey"
)
@transaction.atomic
def start(request: ProgramRequest, survey_id: Path[Id], body: SurveyWords) -> SurveyOut:
    """Count answers from now on, and reserve the words: all of it, or nothing. Refused (409 `not-ready`) while it lacks something."""
    found = get_survey_for(request.account, survey_id)
    words = _words(request, found, body)
    with refusals():
        try:
            with transaction.atomic():
                start_with_words(found, words, now=timezone.now())
        except WordRefusedError as error:
            raise invalid(f"body.keywords.{error.at}.word", keyword_detail(error.error)) from error
    note(request, "survey.started", found.name, found.pk)
    return shown(get_survey_for(request.account, found.pk))


@router.post(
    "/{survey_id}/keywords", auth=WRITE, response={200: SurveyOut, 409: ProblemOut}, operation_id="add_survey_keywords",
    summary="Let more keywords lead to a survey",
)  # fmt: skip
@transaction.atomic
def add_keywords(request: ProgramRequest, survey_id: Path[Id], body: SurveyWords) -> SurveyOut:
    """Reserve more words for it, also while it collects answers; all of them or none."""
    found = get_survey_for(request.account, survey_id)
    words = _words(request, found, body)
    try:
        with transaction.atomic():
            add_words(found, words)
    except WordRefusedError as error:
        raise invalid(f"body.keywords.{error.at}.word", keyword_detail(error.error)) from error
    return shown(get_survey_for(request.account, found.pk))


@router.post(
    "/{survey_id}/close", auth=WRITE, response={200: SurveyOut, 409: ProblemOut}, operation_id="close_survey", summary="Close a survey"
)
@transaction.atomic
def close(request: ProgramRequest, survey_id: Path[Id]) -> SurveyOut:
    """Count no more answers; who is in the middle of it is asked nothing more."""
    found = get_survey_for(request.account, survey_id)
    with refusals(), transaction.atomic():
        close_survey(found, now=timezone.now())
    note(request, "survey.closed", found.name, found.pk)
    return shown(found)


@router.post(
    "/{survey_id}/reopen", auth=WRITE, response={200: SurveyOut, 409: ProblemOut}, operation_id="reopen_survey", summary="Open it again"
)
@transaction.atomic
def reopen(request: ProgramRequest, survey_id: Path[Id]) -> SurveyOut:
    """Count answers again; an end that has gone by is forgotten."""
    found = get_survey_for(request.account, survey_id)
    with refusals(), transaction.atomic():
        reopen_survey(found, now=timezone.now())
    note(request, "survey.reopened", found.name, found.pk)
    return shown(found)


@router.post("/{survey_id}/copy", auth=WRITE, response={201: SurveyOut}, operation_id="copy_survey", summary="Copy a survey")
@transaction.atomic
def copy(request: ProgramRequest, survey_id: Path[Id], body: SurveyCopy) -> Status[SurveyOut]:
    """Make a draft that asks the same; answers, keywords and its end stay with the old one."""
    found = get_survey_for(request.account, survey_id)
    with translation.override(request.account.language):
        name = gettext("Copy of %(name)s") % {"name": found.name}
    made = copy_survey(found, (body.name or name).strip()[:LONGEST_NAME])
    note(request, "survey.copied", made.name, made.pk, after=facts(made))
    return Status(201, shown(get_survey_for(request.account, made.pk)))


@router.put("/{survey_id}/public", auth=WRITE, response=SurveyOut, operation_id="publish_survey", summary="Show results to everybody")
@transaction.atomic
def publish(request: ProgramRequest, survey_id: Path[Id], body: SurveyPublic) -> SurveyOut:
    """Switch the page for everybody on or off; it shows no phones and no names."""
    found = get_survey_for(request.account, survey_id)
    before = _publicity(found)
    publish_results(found, is_public=body.is_public, shows_texts=body.shows_texts)
    if (after := _publicity(found)) != before:
        note(request, "survey.published", found.name, found.pk, before=before, after=after)
    return shown(found)


@router.post(
    "/{survey_id}/public/renew",
    auth=WRITE,
    response=SurveyOut,
    operation_id="renew_survey_address",
    summary="Give the results a new address",
)
@transaction.atomic
def renew(request: ProgramRequest, survey_id: Path[Id]) -> SurveyOut:
    """Let the old address show nothing any more."""
    found = get_survey_for(request.account, survey_id)
    renew_address(found)
    note(request, "survey.address_renewed", found.name, found.pk)
    return shown(found)


@router.post(
    "/{survey_id}/campaign", auth=key(Scope.MESSAGES_SEND), response={201: SurveySend, 409: ProblemOut}, operation_id="send_survey",
    summary="Ask groups",
)  # fmt: skip
@transaction.atomic
def ask(request: ProgramRequest, survey_id: Path[Id]) -> Status[SurveySend]:
    """Make the draft of a group send that asks the first question; choose groups and send it under `/campaigns`."""
    found = get_survey_for(request.account, survey_id)
    if found.kind != SurveyKind.CONVERSATION or found.state != SurveyState.COLLECTING or found.number is None:
        raise conflict(
            "not-collecting", "Only a survey that collects answers on a number of the account can be sent to groups. Start it first."
        )
    return Status(201, SurveySend(campaign_id=draft_of_survey(found).pk))


def _words(request: ProgramRequest, found: Survey, body: SurveyWords) -> list[WantedWord]:
    wanted = []
    for at, one in enumerate(body.keywords):
        try:
            number = get_number_for(request.account, one.number_id)
        except Number.DoesNotExist as error:
            raise invalid(f"body.keywords.{at}.number_id", "is no number of the account, nor a shared one") from error
        if found.kind == SurveyKind.CONVERSATION and number.pk != found.number_id:
            raise invalid(f"body.keywords.{at}.number_id", "must be the number of the survey: answers come there")
        option = Option.objects.filter(question__survey=found, pk=one.option_id).first() if one.option_id is not None else None
        if (found.kind == SurveyKind.VOTE) != (option is not None):
            said = "must name an option of the survey" if found.kind == SurveyKind.VOTE else "belongs to votes"
            raise invalid(f"body.keywords.{at}.option_id", said)
        wanted.append(WantedWord(number, one.word, option))
    if not wanted and found.kind == SurveyKind.VOTE and not keywords_of(request.account, Kind.ANSWER_SURVEY, found.pk):
        raise invalid("body.keywords", "must hold a word for each answer of the vote")
    return wanted


def _publicity(found: Survey) -> dict[str, str]:
    return {"is_public": "yes" if found.is_public else "no", "shows_texts": "yes" if found.shows_texts else "no"}
