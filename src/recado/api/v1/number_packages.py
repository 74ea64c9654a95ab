"""`/number-packages`: packages of keywords on shared numbers.

What belongs here: routes and shapes. What does not: subscriptions (`apps.billing.subscriptions`), what a package costs (`apps.plans`).
"""

from datetime import date
from typing import Annotated

from django.db import transaction
from django.utils import timezone
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.live_keys import refuse_test_key
from recado.api.v1.number_shapes import NumberPackageOut, packages_shown
from recado.api.v1.problems import Problem, ProblemOut, conflict
from recado.api.v1.recording import note
from recado.api.v1.shapes import Text
from recado.apps.accounts.models import Account
from recado.apps.accounts.scopes import Scope
from recado.apps.billing.models import Subscription
from recado.apps.billing.subscriptions import (
    SubscriptionError,
    SubscriptionRefusal,
    change_package,
    end_with_month,
    keep_package,
    last_day,
    package_taken,
    subscribe,
    today_of,
)
from recado.apps.plans.price_lists import fees_of
from recado.apps.plans.queries import is_payable, keyword_quota, keywords_held, plan_of
from recado.core.fees import LONGEST_NAME
from recado.core.number import CAPABILITIES, NumberKind
from recado.core.plan import QUOTA_KINDS

router = Router(tags=["Numbers"])
REFUSALS = {
    SubscriptionRefusal.NO_PACKAGE: ("no-package", "There is no such package. The list shows what there is."),
    SubscriptionRefusal.NOT_PAYABLE: (
        "not-payable",
        "This kind of number cannot be paid for the way the plan is paid. Ask for another plan.",
    ),
    SubscriptionRefusal.HAS_ONE: ("package-taken", "The account has this package already."),
    SubscriptionRefusal.NOT_OWN: ("no-package", "Packages are for shared numbers."),
    SubscriptionRefusal.ENDED: ("no-package-taken", "The account has no package of this kind that goes on, or ends later."),
    SubscriptionRefusal.TOO_EARLY: ("too-early", "It cannot end before it begins."),
}


class NumberPackageTaken(Schema):
    """The package the account has."""

    name: str
    starts_on: date
    last_day: date | None = Field(description="Null: it goes on.")


class NumberKindPackages(Schema):
    """The packages of a kind of shared number."""

    kind: NumberKind
    is_payable: bool = Field(description="Whether the account's plan can pay for this kind.")
    taken: NumberPackageTaken | None
    keyword_quota: int | None = Field(description="How many keywords the account may hold; null: as many as it likes.")
    keywords_held: int
    packages: list[NumberPackageOut]


class NumberPackages(Schema):
    """The packages of all kinds of shared number."""

    items: list[NumberKindPackages]


class NumberKindIn(Schema):
    """A kind of shared number."""

    model_config = ConfigDict(extra="forbid")
    kind: NumberKind


class NumberPackageIn(NumberKindIn):
    """A package."""

    package: Annotated[Text, Field(min_length=1, max_length=LONGEST_NAME)]


@router.get(
    "", auth=key(Scope.KEYWORDS_READ), response=NumberPackages, operation_id="list_number_packages", summary="List packages of keywords"
)
def list_packages(request: ProgramRequest) -> NumberPackages:
    """Say what each includes and costs, which one the account has, and how many keywords it holds."""
    return NumberPackages(items=[_kind(request.account, kind) for kind in QUOTA_KINDS])


@router.post(
    "/take",
    auth=key(Scope.KEYWORDS_WRITE),
    response={200: NumberKindPackages, 409: ProblemOut},
    operation_id="take_number_package",
    summary="Take a package of keywords",
)
@transaction.atomic
def take(request: ProgramRequest, body: NumberPackageIn) -> NumberKindPackages:
    """From today on, in place of the one the account has. It costs money, so a test key takes none."""
    refuse_test_key(request)
    taken, today = _taken(request, body.kind), today_of(request.account, timezone.now())
    before = {"package": taken.package if taken else ""}
    try:
        made = change_package(taken, body.package, today) if taken else subscribe(request.account, body.kind, body.package, None, today)
    except SubscriptionError as error:
        raise _problem(error) from error
    note(request, "number.package_taken", _name(body.kind), made.pk, before=before, after={"package": body.package})
    return _kind(request.account, body.kind)


@router.post(
    "/end",
    auth=key(Scope.KEYWORDS_WRITE),
    response={200: NumberKindPackages, 409: ProblemOut},
    operation_id="end_number_package",
    summary="Give a package of keywords up",
)
@transaction.atomic
def end(request: ProgramRequest, body: NumberKindIn) -> NumberKindPackages:
    """With the last day of this month; until then it can be kept after all."""
    refuse_test_key(request)
    taken = _running(request, body.kind)
    try:
        end_with_month(taken, today_of(request.account, timezone.now()))
    except SubscriptionError as error:
        raise _problem(error) from error
    note(request, "number.package_ended", _name(body.kind), taken.pk, before={"package": taken.package})
    return _kind(request.account, body.kind)


@router.post(
    "/keep",
    auth=key(Scope.KEYWORDS_WRITE),
    response={200: NumberKindPackages, 409: ProblemOut},
    operation_id="keep_number_package",
    summary="Keep a package of keywords after all",
)
@transaction.atomic
def keep(request: ProgramRequest, body: NumberKindIn) -> NumberKindPackages:
    """Take it back that it ends."""
    refuse_test_key(request)
    taken = _running(request, body.kind)
    try:
        keep_package(taken)
    except SubscriptionError as error:
        raise _problem(error) from error
    note(request, "number.package_kept", _name(body.kind), taken.pk, after={"package": taken.package})
    return _kind(request.account, body.kind)


def _taken(request: ProgramRequest, kind: NumberKind) -> Subscription | None:
    if kind not in QUOTA_KINDS:
        raise conflict(*REFUSALS[SubscriptionRefusal.NOT_OWN])
    return package_taken(request.account, kind)


def _running(request: ProgramRequest, kind: NumberKind) -> Subscription:
    taken = _taken(request, kind)
    if taken is None:
        raise conflict(*REFUSALS[SubscriptionRefusal.ENDED])
    return taken


def _kind(account: Account, kind: NumberKind) -> NumberKindPackages:
    taken = package_taken(account, kind)
    return NumberKindPackages(
        kind=kind,
        is_payable=is_payable(plan_of(account), kind),
        taken=NumberPackageTaken(name=taken.package, starts_on=taken.starts_on, last_day=last_day(taken)) if taken else None,
        keyword_quota=keyword_quota(account, kind),
        keywords_held=keywords_held(account, kind),
        packages=packages_shown(fees_of(account, kind, timezone.now())),
    )


def _problem(error: SubscriptionError) -> Problem:
    return conflict(*REFUSALS[error.reason])


def _name(kind: NumberKind) -> str:
    return CAPABILITIES[kind].abbreviation
