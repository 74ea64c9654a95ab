"""Sub-accounts: logins that a program makes for others after the model of a login there is (provider-api.md §7).

What belongs here: who may make one after which model, and what is copied. What does not: parameters and codes (`api.compat.subaccounts`),
how many they may send (`send_limits`).
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from recado.apps.accounts.api_users import make_login
from recado.apps.accounts.models import Account, ApiUser, SendLimit

MOST_SUBACCOUNTS = 1000
"""Of one account: a list of them comes whole."""


class TooManySubaccountsError(ValueError):
    """The account has as many as it may have."""


class NoTemplateError(LookupError):
    """There is no login to copy: the account has none with this id, or it may do what the one who asks may not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subaccount:
    """What a program says of a sub-account."""

    username: str
    password: str
    name: str = ""
    phone: str = ""
    email: str = ""


def subaccounts_of(account: Account) -> QuerySet[ApiUser]:
    """List the sub-accounts, the oldest first."""
    return ApiUser.objects.filter(account=account, is_subaccount=True).order_by("pk")


@transaction.atomic
def add_subaccount(by: ApiUser, template_id: int, given: Subaccount) -> ApiUser:
    """Make a login with the rights, networks and limits of another. Raises NoTemplateError, ApiUserError, TooManySubaccountsError."""
    template = ApiUser.objects.filter(account_id=by.account_id, pk=template_id).first()
    if template is None or not _may_give(by, template):
        raise NoTemplateError(template_id)
    if ApiUser.objects.filter(account_id=by.account_id, is_subaccount=True).count() >= MOST_SUBACCOUNTS:
        raise TooManySubaccountsError(MOST_SUBACCOUNTS)
    made = make_login(
        ApiUser(
            account_id=by.account_id,
            username=given.username,
            name=given.name,
            phone=given.phone,
            email=given.email,
            scopes=template.scopes,
            allowed_networks=template.allowed_networks,
            token_expires_at=template.token_expires_at,
            is_test=template.is_test,
            is_subaccount=True,
            owner_id=by.owner_id,
        ),
        given.password,
    )
    SendLimit.objects.bulk_create(
        SendLimit(api_user=made, kind=limit.kind, remaining=limit.remaining) for limit in SendLimit.objects.filter(api_user=template)
    )
    return made


def _may_give(by: ApiUser, template: ApiUser) -> bool:
    """Whether a program may copy a login: nobody gives away more than they have."""
    if by.is_test and not template.is_test:
        return False
    return by.scopes is None or (template.scopes is not None and set(template.scopes) <= set(by.scopes))
