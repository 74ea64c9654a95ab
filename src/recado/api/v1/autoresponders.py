"""`/autoresponders`: texts that answer by themselves, in the order in which they are asked.

What belongs here: routes of one and of their list. What does not: what is done with one (`autoresponder_actions`), shapes
(`autoresponder_shapes`), phones that are not answered (`paused_answers`), checks and writes; those are asked of `apps.autoresponders`.
"""

from typing import Annotated

from django.db import transaction
from django.utils import timezone, translation
from ninja import Path, Router, Schema, Status
from pydantic import ConfigDict, Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.autoresponder_shapes import (
    Answer,
    AutoresponderIn,
    AutoresponderOut,
    AutoresponderPatch,
    changed_by,
    content_from,
    place_from,
    refusals,
    shown,
)
from recado.api.v1.paging import Page, PagingQuery, cursor, position
from recado.api.v1.problems import ProblemOut, conflict
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id, Text
from recado.apps.accounts.scopes import Scope
from recado.apps.autoresponders.audited import facts
from recado.apps.autoresponders.errors import AutoresponderRefusedError
from recado.apps.autoresponders.models import Autoresponder
from recado.apps.autoresponders.overview import InOrder, in_order
from recado.apps.autoresponders.preview import preview_of
from recado.apps.autoresponders.queries import get_autoresponder_for
from recado.apps.autoresponders.services import (
    add_autoresponder,
    delete_autoresponder,
    edit_autoresponder,
)
from recado.apps.autoresponders.trips import trips_in_force
from recado.apps.autoresponders.undo import TooLateError, restore_autoresponder, seal, unseal
from recado.apps.keywords.errors import RuleError

router = Router(tags=["Autoresponders"])
READ, WRITE = key(Scope.KEYWORDS_READ), key(Scope.KEYWORDS_WRITE)


class AutoresponderUndo(Schema):
    """What takes the deletion back."""

    undo: str = Field(description="Send it to `restore` within an hour.")


class AutoresponderRestore(Schema):
    """A deletion to take back."""

    model_config = ConfigDict(extra="forbid")
    undo: Annotated[Text, Field(max_length=20_000)]


class AnswerPreviewIn(Schema):
    """A text as it is being written, and what it would answer."""

    model_config = ConfigDict(extra="forbid")
    text: Answer
    number_id: Id | None = None
    keyword_id: Id | None = None


class AnswerPreview(Schema):
    """The text as a person would get it."""

    text: str
    segments: int
    cost: int = Field(description="Minor units net of VAT.")
    unknown: list[str] = Field(description="Names in braces that nothing is filled in for.")


@router.get("", auth=READ, response=Page[AutoresponderOut], operation_id="list_autoresponders", summary="List autoresponders")
def list_autoresponders(request: ProgramRequest, paging: PagingQuery) -> Page[AutoresponderOut]:
    """In the order in which they are asked: the first that fits gives the answer."""
    some = _all(request)[position(paging) or 0 :]
    more = len(some) > paging.limit
    return Page(items=[shown(one) for one in some[: paging.limit]], next=cursor(some[paging.limit - 1].place) if more else None)


@router.post("", auth=WRITE, response={201: AutoresponderOut}, operation_id="add_autoresponder", summary="Add an autoresponder")
@transaction.atomic
def add(request: ProgramRequest, body: AutoresponderIn) -> Status[AutoresponderOut]:
    """Let a text answer by itself; it is the last to be asked."""
    with refusals():
        added = add_autoresponder(request.account, content_from(request.account, body))
    note(request, "autoresponder.added", added.name, added.pk, after=facts_now(request, added.pk))
    return Status(201, shown_one(request, added.pk))


@router.post(
    "/preview", auth=WRITE, response=AnswerPreview, operation_id="preview_autoresponder", summary="Show a text as a person would get it"
)
def preview(request: ProgramRequest, body: AnswerPreviewIn) -> AnswerPreview:
    """Fill sample values in, count and price it. Nothing is sent."""
    number, keyword = place_from(request.account, body.number_id, body.keyword_id)
    with translation.override(request.account.language), timezone.override(request.account.zone):
        found = preview_of(request.account, body.text.strip(), number, keyword)
    return AnswerPreview(text=found.text, segments=found.count, cost=found.cost, unknown=found.missing)


@router.post(
    "/restore",
    auth=WRITE,
    response={201: AutoresponderOut, 409: ProblemOut},
    operation_id="restore_autoresponder",
    summary="Take a deletion back",
)
@transaction.atomic
def restore(request: ProgramRequest, body: AutoresponderRestore) -> Status[AutoresponderOut]:
    """Let it answer again as it did, at its place. Refused (409 `too-late`) after an hour, or where its keyword is gone."""
    try:
        with transaction.atomic():
            restored = restore_autoresponder(request.account, unseal(request.account, body.undo))
    except (TooLateError, AutoresponderRefusedError, RuleError) as error:
        detail = "It was deleted more than an hour ago, is there again, or its number, keyword or group is gone. Add a new one."
        raise conflict("too-late", detail) from error
    note(request, "autoresponder.restored", restored.name, restored.pk, after=facts_now(request, restored.pk))
    return Status(201, shown_one(request, restored.pk))


@router.get("/{autoresponder_id}", auth=READ, response=AutoresponderOut, operation_id="get_autoresponder", summary="Show an autoresponder")
def show(request: ProgramRequest, autoresponder_id: Path[Id]) -> AutoresponderOut:
    """Show what it answers, when and to whom, and what it did today."""
    return shown_one(request, autoresponder_id)


@router.patch(
    "/{autoresponder_id}", auth=WRITE, response=AutoresponderOut, operation_id="edit_autoresponder", summary="Change an autoresponder"
)
@transaction.atomic
def edit(request: ProgramRequest, autoresponder_id: Path[Id], body: AutoresponderPatch) -> AutoresponderOut:
    """Let the next message be handled this way; its place stays. Naming a keyword takes the number away, and the other way round."""
    found = get_autoresponder_for(request.account, autoresponder_id)
    before = facts(found)
    with refusals():
        edit_autoresponder(found, changed_by(found, body))
    if (after := facts_now(request, found.pk)) != before:
        note(request, "autoresponder.changed", found.name, found.pk, before=before, after=after)
    return shown_one(request, found.pk)


@router.delete(
    "/{autoresponder_id}",
    auth=WRITE,
    response=AutoresponderUndo,
    operation_id="delete_autoresponder",
    summary="Delete an autoresponder",
)
@transaction.atomic
def delete(request: ProgramRequest, autoresponder_id: Path[Id]) -> AutoresponderUndo:
    """Let it answer no more; the answer of this call takes that back for an hour."""
    found = get_autoresponder_for(request.account, autoresponder_id)
    undo = seal(found)
    note(request, "autoresponder.deleted", found.name, found.pk, before=facts(found))
    delete_autoresponder(found)
    return AutoresponderUndo(undo=undo)


def _all(request: ProgramRequest) -> list[InOrder]:
    now = timezone.now()
    return in_order(request.account, trips_in_force(request.account, now), now)


def shown_one(request: ProgramRequest, autoresponder_id: int) -> AutoresponderOut:
    """Write one as the list does: its state depends on those before it."""
    found = next((one for one in _all(request) if one.found.pk == autoresponder_id), None)
    if found is None:
        raise Autoresponder.DoesNotExist
    return shown(found)


def facts_now(request: ProgramRequest, autoresponder_id: int) -> dict[str, str]:
    """Return what the activity log keeps of one now."""
    return facts(get_autoresponder_for(request.account, autoresponder_id))
