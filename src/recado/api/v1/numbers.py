"""`/numbers`: those the account may use, its own and the shared ones.

What belongs here: routes and shapes. What does not: ordering another (`number_orders`), rules (`rules`), which numbers there are
(`apps.numbers`).
"""

from datetime import datetime, time
from typing import Annotated, Any

from django.db import transaction
from django.utils import timezone
from ninja import Path, Router, Schema
from pydantic import ConfigDict, Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.keyword_problems import CONFLICTS
from recado.api.v1.paging import Page, PagingQuery, newest_first
from recado.api.v1.problems import ProblemOut, conflict
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id, Text, phone_out
from recado.apps.accounts.models import Account
from recado.apps.accounts.scopes import Scope
from recado.apps.connections.ports import installation
from recado.apps.keywords.allowance import not_payable
from recado.apps.keywords.errors import Refusal
from recado.apps.keywords.kinds import refusals_of
from recado.apps.numbers.condition import NumberCondition, condition_of
from recado.apps.numbers.models import Number
from recado.apps.numbers.queries import get_number_for, keyword_counts, received_counts, usable_numbers
from recado.apps.numbers.services import label_number
from recado.apps.plans.queries import capabilities_for, keyword_quota, keywords_held
from recado.core.number import NumberKind
from recado.core.routes import MatchKind

router = Router(tags=["Numbers"])


class NumberOut(Schema):
    """A number."""

    id: int
    number: str = Field(examples=["+48503340503", "4301"])
    kind: NumberKind
    is_own: bool = Field(description="Whether it is the account's alone.")
    label: str
    condition: NumberCondition
    suspended_reason: str = Field(description="Where it is suspended: why.")
    expires_at: datetime | None = Field(description="Until when the account has it; null: without an end.")
    keyword_count: int = Field(description="Keywords of the account on it.")
    received_today: int


class KeywordKind(Schema):
    """Whether the account can have a kind of keyword on a number."""

    kind: MatchKind
    code: str | None = Field(description="Why not: the code a reservation would be refused with; null where it can.")


class NumberDetails(NumberOut):
    """A number and what it may do for the account."""

    handles_all_messages: bool = Field(description="Whether it can have rules for messages that match no keyword.")
    can_send: bool = Field(description="Whether texts can leave from it.")
    keyword_kinds: list[KeywordKind]
    keyword_quota: int | None = Field(description="How many keywords the account may have on numbers of this kind; null: any number.")
    keywords_held: int = Field(description="How many it has on numbers of this kind.")


class NumberPatch(Schema):
    """What is to be changed."""

    model_config = ConfigDict(extra="forbid")
    label: Annotated[Text, Field(max_length=80)]


@router.get("", auth=key(Scope.KEYWORDS_READ), response=Page[NumberOut], operation_id="list_numbers", summary="List numbers")
def list_numbers(request: ProgramRequest, paging: PagingQuery) -> Page[NumberOut]:
    """List the account's own and the shared ones, the newest first."""
    shown = _Shown(request.account)
    return newest_first(usable_numbers(request.account), paging, lambda number: NumberOut(**shown.values(number)))


@router.get("/{number_id}", auth=key(Scope.KEYWORDS_READ), response=NumberDetails, operation_id="get_number", summary="Show a number")
def show(request: ProgramRequest, number_id: Path[Id]) -> NumberDetails:
    """How it is, and what it may do for the account on its plan."""
    return _details(request.account, get_number_for(request.account, number_id))


@router.patch(
    "/{number_id}",
    auth=key(Scope.KEYWORDS_WRITE),
    response={200: NumberDetails, 409: ProblemOut},
    operation_id="edit_number",
    summary="Name a number",
)
@transaction.atomic
def edit(request: ProgramRequest, number_id: Path[Id], body: NumberPatch) -> NumberDetails:
    """Only an own number has a name (else 409 `shared-number`)."""
    found = get_number_for(request.account, number_id)
    if found.account_id is None:
        raise conflict("shared-number", "Everybody uses this number; only an own one can be named.")
    before = {"label": found.label}
    label_number(found, body.label)
    note(request, "number.changed", found.digits, found.pk, before=before, after={"label": found.label})
    return _details(request.account, found)


class _Shown:
    """What is counted once for all numbers that are written."""

    def __init__(self, account: Account) -> None:
        local = timezone.localtime(timezone=account.zone)
        midnight = datetime.combine(local.date(), time.min, local.tzinfo)
        self.received, self.keywords = received_counts(account, midnight), keyword_counts(account)
        self.status = installation().status()

    def values(self, number: Number) -> dict[str, Any]:
        """Return what every list says of a number."""
        return {
            "id": number.pk,
            "number": phone_out(number.digits),
            "kind": NumberKind(number.kind),
            "is_own": number.account_id is not None,
            "label": number.label,
            "condition": condition_of(number, self.status),
            "suspended_reason": number.suspended_reason,
            "expires_at": number.expires_at,
            "keyword_count": self.keywords.get(number.pk, 0),
            "received_today": self.received.get(number.pk, 0),
        }


def _details(account: Account, number: Number) -> NumberDetails:
    kind = NumberKind(number.kind)
    refusals = dict(refusals_of(account, number))
    if not_payable(account, number):
        refusals = dict.fromkeys(MatchKind, Refusal.NOT_PAYABLE)
    kinds = [KeywordKind(kind=one, code=CONFLICTS[why][0] if why else None) for one, why in refusals.items()]
    return NumberDetails(
        **_Shown(account).values(number),
        handles_all_messages=number.account_id is not None and capabilities_for(account, number).all_messages,
        can_send=number.can_send,
        keyword_kinds=kinds,
        keyword_quota=keyword_quota(account, kind),
        keywords_held=keywords_held(account, kind),
    )
