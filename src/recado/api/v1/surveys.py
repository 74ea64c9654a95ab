"""`/surveys`: surveys with their questions.

What belongs here: routes of one and of their list. What does not: starting and ending one (`survey_actions`), what was answered
(`survey_results`), shapes (`survey_shapes`), checks and writes; those are asked of `apps.surveys`.
"""

from typing import Annotated

from django.db import transaction
from django.utils import timezone, translation
from ninja import Path, Query, Router, Schema, Status
from pydantic import ConfigDict, Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.paging import Page, PagingQuery, newest_first
from recado.api.v1.problems import ProblemOut
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id, Text
from recado.api.v1.survey_content import SurveyIn, SurveyPatch, changed_by, content_from, structure
from recado.api.v1.survey_problems import refusals, refused
from recado.api.v1.survey_shapes import SurveyOut, shown
from recado.apps.accounts.scopes import Scope
from recado.apps.surveys.audited import facts
from recado.apps.surveys.content import content_of
from recado.apps.surveys.errors import SurveyRefusal, SurveyRefusedError
from recado.apps.surveys.preview import play
from recado.apps.surveys.queries import get_survey_for, surveys_of
from recado.apps.surveys.services import correct_survey, create_survey, delete_draft, write_survey
from recado.core.survey import SurveyState

router = Router(tags=["Surveys"])
READ, WRITE = key(Scope.ACTIVITIES_READ), key(Scope.ACTIVITIES_WRITE)


class SurveyFilter(Schema):
    """Which surveys."""

    state: SurveyState | None = None


class SurveyPreviewIn(Schema):
    """What somebody would answer, one text after the other."""

    model_config = ConfigDict(extra="forbid")
    texts: Annotated[list[Annotated[Text, Field(max_length=500)]], Field(max_length=60)] = Field(default_factory=list)


class SurveyBubble(Schema):
    """One text on the phone."""

    is_ours: bool
    text: str
    note: str = Field(description="What was understood, in the account's language; empty for our own.")


class SurveyPlayed(Schema):
    """The conversation."""

    bubbles: list[SurveyBubble]


@router.get("", auth=READ, response=Page[SurveyOut], operation_id="list_surveys", summary="List surveys")
def list_surveys(request: ProgramRequest, paging: PagingQuery, narrowed: Query[SurveyFilter]) -> Page[SurveyOut]:
    """Newest first."""
    rows = surveys_of(request.account)
    return newest_first(rows.filter(state=narrowed.state.value) if narrowed.state else rows, paging, shown)


@router.post("", auth=WRITE, response={201: SurveyOut}, operation_id="add_survey", summary="Add a survey")
@transaction.atomic
def add(request: ProgramRequest, body: SurveyIn) -> Status[SurveyOut]:
    """Make a draft, which may lack anything but a name; `missing` says what keeps it from starting."""
    with refusals():
        made = create_survey(request.account, content_from(request.account, body))
    note(request, "survey.added", made.name, made.pk, after=facts(made))
    return Status(201, shown(get_survey_for(request.account, made.pk)))


@router.get("/{survey_id}", auth=READ, response=SurveyOut, operation_id="get_survey", summary="Show a survey")
def show(request: ProgramRequest, survey_id: Path[Id]) -> SurveyOut:
    """Show what it asks, how far it is, which keywords lead to it."""
    return shown(get_survey_for(request.account, survey_id))


@router.patch("/{survey_id}", auth=WRITE, response={200: SurveyOut, 409: ProblemOut}, operation_id="edit_survey", summary="Change a survey")
@transaction.atomic
def edit(request: ProgramRequest, survey_id: Path[Id], body: SurveyPatch) -> SurveyOut:
    """Send questions and options with their ids, so that they stay what they are. Once started, wording alone (409 `survey-started`)."""
    found = get_survey_for(request.account, survey_id)
    before, content = facts(found), changed_by(found, body)
    with refusals():
        if found.state == SurveyState.DRAFT:
            write_survey(found, content)
        elif structure(content) != structure(content_of(found)):
            raise SurveyRefusedError(SurveyRefusal.STARTED)
        else:
            correct_survey(found, content)
    found = get_survey_for(request.account, survey_id)
    if (after := facts(found)) != before:
        note(request, "survey.changed", found.name, found.pk, before=before, after=after)
    return shown(found)


@router.delete("/{survey_id}", auth=WRITE, response={204: None, 409: ProblemOut}, operation_id="delete_survey", summary="Delete a draft")
@transaction.atomic
def delete(request: ProgramRequest, survey_id: Path[Id]) -> Status[None]:
    """Forget a survey that never started; what people answered is not deleted (409 `survey-started`)."""
    found = get_survey_for(request.account, survey_id)
    try:
        with transaction.atomic():
            note(request, "survey.deleted", found.name, found.pk, before=facts(found))
            delete_draft(found)
    except SurveyRefusedError as error:
        raise refused(error) from error
    return Status(204, None)


@router.post("/{survey_id}/preview", auth=WRITE, response=SurveyPlayed, operation_id="preview_survey", summary="Play a survey")
def preview(request: ProgramRequest, survey_id: Path[Id], body: SurveyPreviewIn) -> SurveyPlayed:
    """Play it with the real engine, as if somebody answered these texts. Nothing is stored or sent."""
    found = get_survey_for(request.account, survey_id)
    with translation.override(request.account.language):
        bubbles = play(found, [text for text in body.texts if text.strip()], timezone.now())
    return SurveyPlayed(bubbles=[SurveyBubble(is_ours=one.is_ours, text=one.text, note=one.note) for one in bubbles])
