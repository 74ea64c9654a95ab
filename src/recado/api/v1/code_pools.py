"""`/code-pools`: codes that are handed out to phones, one each.

What belongs here: routes and shapes of pools. What does not: their codes (`pool_codes`), the keyword that gives them (`keywords`, whose
rule names the pool among its `activities`), what a pool is (`apps.codes`).
"""

from datetime import datetime
from typing import Annotated

from django.db import transaction
from django.utils import timezone
from ninja import Path, Router, Schema, Status
from pydantic import ConfigDict, Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.paging import Page, PagingQuery, newest_first
from recado.api.v1.problems import conflict
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id, NotBlank, Text
from recado.apps.accounts.scopes import Scope
from recado.apps.codes.audited import pool_facts
from recado.apps.codes.models import CodePool
from recado.apps.codes.queries import get_pool_for, pools_of, stock_of
from recado.apps.codes.services import MOST_LOW_AT, PoolContent, add_pool, content_of, delete_pool, edit_pool
from recado.apps.keywords.activities import Kind, keywords_of, numbers_of

router = Router(tags=["Code pools"])
Name = Annotated[Text, NotBlank, Field(min_length=1, max_length=120, pattern=r"\S")]
Words = Annotated[Text, Field(max_length=1530)]


class PoolFields(Schema):
    """What can be said of a pool."""

    name: Name
    low_at: Annotated[int, Field(ge=0, le=MOST_LOW_AT)] = Field(20, description="People are told when no more codes than this are left.")
    empty_text: Words = Field("", description="The answer when no code is left, in place of the rule's reply.")
    already_text: Words = Field("", description="The answer to who has a code already, with {code}; empty: the rule's reply with it.")


class PoolIn(PoolFields):
    """A new pool."""

    model_config = ConfigDict(extra="forbid")


class PoolPatch(PoolFields):
    """What to change; what is left out stays."""

    model_config = ConfigDict(extra="forbid")
    name: Name = ""


class PoolOut(PoolFields):
    """A pool with how many codes are where."""

    id: int
    free_count: int
    handed_count: int
    withdrawn_count: int
    handed_today: int = Field(description="Since midnight in the account's time zone.")
    created_at: datetime


@router.get("", auth=key(Scope.ACTIVITIES_READ), response=Page[PoolOut], operation_id="list_code_pools", summary="List code pools")
def list_pools(request: ProgramRequest, paging: PagingQuery) -> Page[PoolOut]:
    """Newest first."""
    return newest_first(pools_of(request.account), paging, shown_pool)


@router.post("", auth=key(Scope.ACTIVITIES_WRITE), response={201: PoolOut}, operation_id="add_code_pool", summary="Make a code pool")
@transaction.atomic
def add(request: ProgramRequest, body: PoolIn) -> Status[PoolOut]:
    """Make a pool; then add codes, and let a rule with the activity `give_code` and {code} in its reply hand them out."""
    pool = add_pool(request.account, PoolContent(**body.model_dump()))
    note(request, "code_pool.added", pool.name, pool.pk, after=pool_facts(pool))
    return Status(201, shown_pool(pool))


@router.get("/{pool_id}", auth=key(Scope.ACTIVITIES_READ), response=PoolOut, operation_id="get_code_pool", summary="Show a code pool")
def show(request: ProgramRequest, pool_id: Path[Id]) -> PoolOut:
    """Show one with how many codes are left."""
    return shown_pool(get_pool_for(request.account, pool_id))


@router.patch("/{pool_id}", auth=key(Scope.ACTIVITIES_WRITE), response=PoolOut, operation_id="edit_code_pool", summary="Change a code pool")
@transaction.atomic
def edit(request: ProgramRequest, pool_id: Path[Id], body: PoolPatch) -> PoolOut:
    """Change its name, its texts, or when people are told."""
    pool = get_pool_for(request.account, pool_id)
    before, now = pool_facts(pool), content_of(pool)
    edit_pool(pool, PoolContent(**{**{name: getattr(now, name) for name in now.__slots__}, **body.model_dump(exclude_unset=True)}))
    note(request, "code_pool.changed", pool.name, pool.pk, before=before, after=pool_facts(pool))
    return shown_pool(pool)


@router.delete(
    "/{pool_id}", auth=key(Scope.ACTIVITIES_WRITE), response={204: None}, operation_id="delete_code_pool", summary="Delete a code pool"
)
@transaction.atomic
def delete(request: ProgramRequest, pool_id: Path[Id]) -> Status[None]:
    """Delete it with all its codes, those people have included. Refused (409 `in-use`) while a rule gives them."""
    pool = get_pool_for(request.account, pool_id)
    if keywords_of(request.account, Kind.GIVE_CODE, pool.pk) or numbers_of(request.account, Kind.GIVE_CODE, pool.pk):
        raise conflict("in-use", "A rule gives codes of the pool. Take the activity out of the rule, or end the keyword, first.")
    note(request, "code_pool.deleted", pool.name, pool.pk, before=pool_facts(pool))
    delete_pool(pool)
    return Status(204, None)


def shown_pool(pool: CodePool) -> PoolOut:
    """Write a pool."""
    stock = stock_of(pool, timezone.localtime(timezone=pool.account.zone).replace(hour=0, minute=0, second=0, microsecond=0))
    return PoolOut(
        name=pool.name,
        low_at=pool.low_at,
        empty_text=pool.empty_text,
        already_text=pool.already_text,
        id=pool.pk,
        free_count=stock.free,
        handed_count=stock.handed,
        withdrawn_count=stock.withdrawn,
        handed_today=stock.handed_today,
        created_at=pool.created_at,
    )
