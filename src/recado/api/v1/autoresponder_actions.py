"""What is done with autoresponders: moving, switching and copying one.

What belongs here: these routes. What does not: one and their list (`autoresponders`), doing it (`apps.autoresponders`).
"""

from typing import Annotated

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from ninja import Path, Router, Schema, Status
from pydantic import ConfigDict, Field

from recado.api.v1.auth import ProgramRequest
from recado.api.v1.autoresponder_shapes import (
    AutoresponderOut,
    Name,
)
from recado.api.v1.autoresponders import WRITE, facts_now, shown_one
from recado.api.v1.problems import ProblemOut, conflict
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id
from recado.apps.autoresponders.errors import AutoresponderRefusedError
from recado.apps.autoresponders.queries import get_autoresponder_for
from recado.apps.autoresponders.services import (
    LONGEST_NAME,
    copy_autoresponder,
    move_autoresponder,
    place_of,
    switch_autoresponder,
)
from recado.apps.keywords.errors import RuleError

router = Router(tags=["Autoresponders"])


class AutoresponderPlace(Schema):
    """Where it is asked."""

    model_config = ConfigDict(extra="forbid")
    place: Annotated[int, Field(ge=1, lt=2**31, description="From 1; beyond the end it is the last.")]


class AutoresponderCopy(Schema):
    """What the copy is called."""

    model_config = ConfigDict(extra="forbid")
    name: Name | None = None


@router.post(
    "/{autoresponder_id}/move", auth=WRITE, response=AutoresponderOut, operation_id="move_autoresponder", summary="Move an autoresponder"
)
@transaction.atomic
def move(request: ProgramRequest, autoresponder_id: Path[Id], body: AutoresponderPlace) -> AutoresponderOut:
    """Ask it earlier or later."""
    found = get_autoresponder_for(request.account, autoresponder_id)
    before = place_of(found)
    if move_autoresponder(found, body.place):
        count = request.account.autoresponders.count()
        order = {"order": f"{before}/{count}"}, {"order": f"{place_of(found)}/{count}"}
        note(request, "autoresponder.moved", found.name, found.pk, before=order[0], after=order[1])
    return shown_one(request, found.pk)


@router.post(
    "/{autoresponder_id}/switch-on", auth=WRITE, response=AutoresponderOut, operation_id="switch_autoresponder_on", summary="Switch it on"
)
@transaction.atomic
def switch_on(request: ProgramRequest, autoresponder_id: Path[Id]) -> AutoresponderOut:
    """Let it answer."""
    return _switch(request, autoresponder_id, on=True)


@router.post(
    "/{autoresponder_id}/switch-off",
    auth=WRITE,
    response=AutoresponderOut,
    operation_id="switch_autoresponder_off",
    summary="Switch it off",
)
@transaction.atomic
def switch_off(request: ProgramRequest, autoresponder_id: Path[Id]) -> AutoresponderOut:
    """Let it rest until it is switched on again."""
    return _switch(request, autoresponder_id, on=False)


@router.post(
    "/{autoresponder_id}/copy",
    auth=WRITE,
    response={201: AutoresponderOut, 409: ProblemOut},
    operation_id="copy_autoresponder",
    summary="Copy an autoresponder",
)
@transaction.atomic
def copy(request: ProgramRequest, autoresponder_id: Path[Id], body: AutoresponderCopy) -> Status[AutoresponderOut]:
    """Make another one like it right behind it, switched off, so that it can be changed in peace."""
    found = get_autoresponder_for(request.account, autoresponder_id)
    with translation.override(request.account.language):
        name = gettext("Copy of %(name)s") % {"name": found.name}
    try:
        with transaction.atomic():
            made = copy_autoresponder(found, (body.name or name).strip()[:LONGEST_NAME])
    except (AutoresponderRefusedError, RuleError) as error:
        raise conflict("homeless", "It cannot be copied: its number, keyword or group is gone. Change it first.") from error
    note(request, "autoresponder.copied", made.name, made.pk, after=facts_now(request, made.pk))
    return Status(201, shown_one(request, made.pk))


def _switch(request: ProgramRequest, autoresponder_id: int, *, on: bool) -> AutoresponderOut:
    found = get_autoresponder_for(request.account, autoresponder_id)
    if found.is_enabled != on:
        values = {"is_enabled": "no" if on else "yes"}, {"is_enabled": "yes" if on else "no"}
        switch_autoresponder(found, on=on)
        note(request, "autoresponder.switched", found.name, found.pk, before=values[0], after=values[1])
    return shown_one(request, found.pk)
