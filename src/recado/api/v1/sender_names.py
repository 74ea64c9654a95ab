"""`/sender-names`: letters shown as the sender in place of a number.

What belongs here: routes and shapes. What does not: approving, which the operator does; what a name may be (`core.sender_name`).
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from django.db import transaction
from ninja import Path, Router, Schema, Status
from pydantic import ConfigDict, Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.paging import Page, PagingQuery, newest_first
from recado.api.v1.problems import Problem, ProblemOut, conflict, invalid
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id, Text
from recado.apps.accounts.scopes import Scope
from recado.apps.senders.errors import NameRefusal, SenderNameError
from recado.apps.senders.models import SenderName
from recado.apps.senders.queries import get_sender_name_for, sender_names_of
from recado.apps.senders.services import deactivate_name, request_name
from recado.core.sender_name import NameFault

router = Router(tags=["Sender names"])

FAULTS: Mapping[NameFault, str] = {
    NameFault.EMPTY: "must not be empty",
    NameFault.TOO_LONG: "has at most 11 characters, blanks included",
    NameFault.LETTERS: "takes letters without accents, digits, blanks, dots and hyphens only",
    NameFault.NO_LETTER: "must have a letter",
    NameFault.LIKE_A_NUMBER: "reads like a phone number",
}
REFUSALS: Mapping[NameRefusal, tuple[str, str]] = {
    NameRefusal.THERE_ALREADY: ("there-already", "The account has the name, or it waits for approval."),
    NameRefusal.TOO_MANY: ("too-many-waiting", "Ten names wait already. Wait until the operator has dealt with them."),
    NameRefusal.DECIDED: ("decided", "The name is not in use and waits for nobody. Look at how it stands now."),
}


class SenderNameIn(Schema):
    """A name to ask for."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[Text, Field(max_length=40, examples=["Roza"], description="At most 11 characters.")]
    note: Annotated[Text, Field(max_length=200)] = Field("", description="What entitles you to it: a company, a brand, an address.")


class SenderNameState(StrEnum):
    """How a name stands."""

    PENDING = "pending_authorization"
    AUTHORIZED = "authorized"
    REJECTED = "rejected"
    DEACTIVATED = "deactivated"


class SenderNameOut(Schema):
    """A sender name."""

    id: int
    name: str
    state: SenderNameState
    note: str = Field(description="What it is for, or why it was refused.")
    created_at: datetime
    decided_at: datetime | None


@router.get("", auth=key(Scope.SETTINGS_READ), response=Page[SenderNameOut], operation_id="list_sender_names", summary="List sender names")
def list_names(request: ProgramRequest, paging: PagingQuery) -> Page[SenderNameOut]:
    """Newest first, each with how it stands."""
    return newest_first(sender_names_of(request.account), paging, _shown)


@router.post(
    "",
    auth=key(Scope.SETTINGS_WRITE),
    response={201: SenderNameOut, 409: ProblemOut},
    operation_id="ask_for_sender_name",
    summary="Ask for a sender name",
)
@transaction.atomic
def ask(request: ProgramRequest, body: SenderNameIn) -> Status[SenderNameOut]:
    """Ask the operator, who looks at it; one that was refused or switched off is asked for anew."""
    try:
        asked = request_name(request.account, None, body.name, body.note)
    except SenderNameError as error:
        raise _problem(error) from error
    note(request, "sender_name.requested", asked.name, asked.pk)
    return Status(201, _shown(asked))


@router.get(
    "/{name_id}", auth=key(Scope.SETTINGS_READ), response=SenderNameOut, operation_id="get_sender_name", summary="Show a sender name"
)
def show(request: ProgramRequest, name_id: Path[Id]) -> SenderNameOut:
    """Show how one stands."""
    return _shown(get_sender_name_for(request.account, name_id))


@router.post(
    "/{name_id}/switch-off",
    auth=key(Scope.SETTINGS_WRITE),
    response={200: SenderNameOut, 409: ProblemOut},
    operation_id="switch_sender_name_off",
    summary="Switch a sender name off",
)
@transaction.atomic
def switch_off(request: ProgramRequest, name_id: Path[Id]) -> SenderNameOut:
    """Give a name up, or withdraw the wish for it; nothing is sent under it any more."""
    found = get_sender_name_for(request.account, name_id)
    try:
        deactivate_name(found)
    except SenderNameError as error:
        raise _problem(error) from error
    note(request, "sender_name.deactivated", found.name, found.pk)
    return _shown(found)


def _problem(error: SenderNameError) -> Problem:
    if isinstance(error.reason, NameFault):
        return invalid("body.name", FAULTS[error.reason])
    return conflict(*REFUSALS[error.reason])


def _shown(found: SenderName) -> SenderNameOut:
    return SenderNameOut(
        id=found.pk,
        name=found.name,
        state=SenderNameState(found.state),
        note=found.note,
        created_at=found.created_at,
        decided_at=found.decided_at,
    )
