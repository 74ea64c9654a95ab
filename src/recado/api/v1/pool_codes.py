"""`/code-pools/{pool_id}/codes`: the codes of a pool, adding them, making them up, taking one out.

What belongs here: routes and shapes of codes. What does not: pools (`code_pools`), handing codes out (the gateway).
"""

from datetime import datetime
from typing import Annotated

from django.db import transaction
from ninja import Path, Query, Router, Schema
from pydantic import ConfigDict, Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.paging import Page, PagingQuery, newest_first
from recado.api.v1.problems import Problem, conflict, invalid
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id, NotBlank, Text, phone_out
from recado.apps.accounts.scopes import Scope
from recado.apps.codes.errors import CodeError, Refusal
from recado.apps.codes.generating import LONGEST, SHORTEST, generate_codes
from recado.apps.codes.importing import LONGEST as LONGEST_CODE
from recado.apps.codes.importing import MOST_AT_ONCE, add_codes, check
from recado.apps.codes.models import Code
from recado.apps.codes.queries import CodeState, codes_of, get_code_for, get_pool_for, state_of
from recado.apps.codes.services import put_back, withdraw

router = Router(tags=["Code pools"])
NAMED = 100
"""So many codes that did not come in are named."""


class CodeOut(Schema):
    """One code."""

    id: int
    code: str
    state: CodeState
    phone: str | None = Field(description="Whose it is.")
    message_id: int | None = Field(description="The message it answered.")
    handed_at: datetime | None
    withdrawn_at: datetime | None


class CodesWanted(Schema):
    """Which codes."""

    state: CodeState | None = None


class CodesIn(Schema):
    """Codes to add, in the order in which they are to be handed out."""

    model_config = ConfigDict(extra="forbid")
    codes: Annotated[
        list[Annotated[Text, NotBlank, Field(min_length=1, max_length=LONGEST_CODE, pattern=r"\S")]],
        Field(min_length=1, max_length=MOST_AT_ONCE),
    ]


class CodesAdded(Schema):
    """What came in."""

    added: int
    twice: list[str] = Field(description=f"Codes that were in the list more than once, {NAMED} at most; each came in once.")
    known: list[str] = Field(description=f"Codes that were in the pool already, {NAMED} at most.")


class MadeUpIn(Schema):
    """How many codes to make up, and how long."""

    model_config = ConfigDict(extra="forbid")
    count: Annotated[int, Field(ge=1, le=MOST_AT_ONCE)]
    length: Annotated[int, Field(ge=SHORTEST, le=LONGEST)] = 8


class MadeUp(Schema):
    """What came in."""

    added: int


@router.get(
    "/{pool_id}/codes", auth=key(Scope.ACTIVITIES_READ), response=Page[CodeOut], operation_id="list_codes", summary="List codes of a pool"
)
def list_codes(request: ProgramRequest, pool_id: Path[Id], paging: PagingQuery, wanted: Query[CodesWanted]) -> Page[CodeOut]:
    """Newest first."""
    return newest_first(codes_of(get_pool_for(request.account, pool_id), wanted.state).order_by(), paging, _shown)


@router.post("/{pool_id}/codes", auth=key(Scope.ACTIVITIES_WRITE), response=CodesAdded, operation_id="add_codes", summary="Add codes")
def add(request: ProgramRequest, pool_id: Path[Id], body: CodesIn) -> CodesAdded:
    """Add codes; those that are in the pool already are passed over, so that a list can be sent again."""
    pool = get_pool_for(request.account, pool_id)
    try:
        checked = check(pool, (" ".join(code.split()) for code in body.codes))
    except CodeError as error:
        raise invalid("body.codes", "holds no codes, or too many") from error
    added = add_codes(pool, checked.new)
    note(request, "code_pool.codes_added", pool.name, pool.pk, after={"count": added})
    return CodesAdded(added=added, twice=list(checked.twice[:NAMED]), known=list(checked.known[:NAMED]))


@router.post(
    "/{pool_id}/generate", auth=key(Scope.ACTIVITIES_WRITE), response=MadeUp, operation_id="generate_codes", summary="Make codes up"
)
def generate(request: ProgramRequest, pool_id: Path[Id], body: MadeUpIn) -> MadeUp:
    """Add random codes of letters and figures that do not look alike."""
    pool = get_pool_for(request.account, pool_id)
    try:
        added = generate_codes(pool, body.count, body.length)
    except CodeError as error:
        if error.reason is not Refusal.TOO_SHORT:
            raise invalid("body.count", "is out of range") from error
        raise invalid("body.length", "is too short: so many codes of this length could be guessed") from error
    note(request, "code_pool.codes_made", pool.name, pool.pk, after={"count": added})
    return MadeUp(added=added)


@router.get("/{pool_id}/codes/{code_id}", auth=key(Scope.ACTIVITIES_READ), response=CodeOut, operation_id="get_code", summary="Show a code")
def show(request: ProgramRequest, pool_id: Path[Id], code_id: Path[Id]) -> CodeOut:
    """Show one code, and whose it is."""
    return _shown(get_code_for(get_pool_for(request.account, pool_id), code_id))


@router.post(
    "/{pool_id}/codes/{code_id}/withdraw",
    auth=key(Scope.ACTIVITIES_WRITE),
    response=CodeOut,
    operation_id="withdraw_code",
    summary="Take a code out",
)
@transaction.atomic
def take_out(request: ProgramRequest, pool_id: Path[Id], code_id: Path[Id]) -> CodeOut:
    """Take a free code out, so that nobody gets it. Refused (409 `code-taken`) where it is somebody's, or out already."""
    pool = get_pool_for(request.account, pool_id)
    try:
        code = withdraw(pool, code_id)
    except CodeError as error:
        raise _taken() from error
    note(request, "code_pool.code_withdrawn", pool.name, pool.pk, after={"code": code.value})
    return _shown(code)


@router.post(
    "/{pool_id}/codes/{code_id}/put-back",
    auth=key(Scope.ACTIVITIES_WRITE),
    response=CodeOut,
    operation_id="put_code_back",
    summary="Put a code back",
)
@transaction.atomic
def back(request: ProgramRequest, pool_id: Path[Id], code_id: Path[Id]) -> CodeOut:
    """Put a code that was taken out into the pool again. Refused (409 `code-taken`) where it was not out."""
    pool = get_pool_for(request.account, pool_id)
    code = get_code_for(pool, code_id)
    if not put_back(pool, code_id):
        raise _taken()
    note(request, "code_pool.code_put_back", pool.name, pool.pk, after={"code": code.value})
    return _shown(get_code_for(pool, code_id))


def _taken() -> Problem:
    return conflict("code-taken", "The code is somebody's, or is where you want it already. Show it to see.")


def _shown(code: Code) -> CodeOut:
    return CodeOut(
        id=code.pk,
        code=code.value,
        state=state_of(code),
        phone=phone_out(code.msisdn) if code.msisdn else None,
        message_id=code.message_id,
        handed_at=code.handed_at,
        withdrawn_at=code.withdrawn_at,
    )
