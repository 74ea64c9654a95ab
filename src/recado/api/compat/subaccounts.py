"""The actions `subaccounts/*` (provider-api.md §7): logins that programs make for others.

What belongs here: parameters in, rows out. What does not: what a sub-account copies (`apps.accounts.subaccounts`), what its limit stops
(`apps.outbox.limits`).
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from recado.api.compat import errors
from recado.api.compat.call import Answer, Call
from recado.api.compat.errors import ApiError
from recado.apps.accounts.api_users import LONGEST_NAME, ApiUserError, ApiUserRefusal, facts, remove_key
from recado.apps.accounts.models import ApiUser, SendLimit
from recado.apps.accounts.send_limits import MOST, set_limit
from recado.apps.accounts.subaccounts import NoTemplateError, Subaccount, TooManySubaccountsError, add_subaccount, subaccounts_of
from recado.apps.audit.services import record

LONGEST_EMAIL = 254
_CODES = {
    ApiUserRefusal.USERNAME_BAD: errors.SUBACCOUNT_INVALID,
    ApiUserRefusal.USERNAME_TAKEN: errors.SUBACCOUNT_EXISTS,
    ApiUserRefusal.PASSWORD_BAD: errors.SUBACCOUNT_INVALID,
}


def add(call: Call) -> Answer:
    """Make a sub-account after the model of the login `subaccount_id`."""
    if call.api_user.is_subaccount:
        raise ApiError(errors.IS_SUBACCOUNT)
    call.params.require("subaccount_username", "subaccount_password")
    try:
        with transaction.atomic():
            made = add_subaccount(call.api_user, _template_id(call), _given(call))
            record(call.account, call.api_user, "api_user.added", str(made), made.pk, after=facts(made))
    except NoTemplateError as error:
        raise ApiError(errors.NO_TEMPLATE) from error
    except TooManySubaccountsError as error:
        raise ApiError(errors.NO_SUBACCOUNTS) from error
    except ApiUserError as error:
        raise ApiError(_CODES[error.refusal]) from error
    return {"success": True, "id": made.pk}


def index(call: Call) -> Answer:
    """List the sub-accounts."""
    _refuse_subaccounts(call)
    return {"items": [{"id": each.pk, "username": each.username} for each in subaccounts_of(call.account)]}


def view(call: Call) -> Answer:
    """Show one."""
    found = _named(call)
    if found is None:
        raise ApiError(errors.INVALID_ID)
    row: dict[str, Any] = {"id": found.pk, "username": found.username}
    return row | {"name": found.name, "phone": f"+{found.phone}" if found.phone else "", "email": found.email}


def limit(call: Call) -> Answer:
    """Say how many messages of a kind it may send from now on; of an unknown one the answer is no success, and no error."""
    call.params.require("type", "value")
    kind, value = call.params.text("type").strip().lower(), call.params.integer("value", 0)
    if kind not in SendLimit.Kind.values or not 0 <= value <= MOST:
        raise ApiError(errors.INVALID_DATA)
    found = _named(call)
    if found is None:
        return {"success": False}
    with transaction.atomic():
        set_limit(found, SendLimit.Kind(kind), value)
        record(call.account, call.api_user, "api_user.limit_set", str(found), found.pk, after={"kind": kind, "limit": value})
    return {"success": True, "id": found.pk}


def delete(call: Call) -> Answer:
    """Remove one; of an unknown one the answer is no success, and no error."""
    found = _named(call)
    if found is None:
        return {"success": False}
    with transaction.atomic():
        record(call.account, call.api_user, "api_user.removed", str(found), found.pk, before=facts(found))
        remove_key(found)
    return {"success": True}


def _refuse_subaccounts(call: Call) -> None:
    if call.api_user.is_subaccount:
        raise ApiError(errors.NO_SUBACCOUNTS)


def _named(call: Call) -> ApiUser | None:
    """Find the sub-account that is named; logins that people made are none."""
    _refuse_subaccounts(call)
    return subaccounts_of(call.account).filter(pk=call.params.identifier()).first()


def _template_id(call: Call) -> int:
    if not call.params.has("subaccount_id"):
        raise ApiError(errors.NO_TEMPLATE)
    return call.params.identifier("subaccount_id")


def _given(call: Call) -> Subaccount:
    params = call.params
    name, email = params.text("name").strip(), params.text("email").strip()
    if len(name) > LONGEST_NAME or not name.isprintable() or len(email) > LONGEST_EMAIL:
        raise ApiError(errors.INVALID_DATA)
    try:
        if email:
            validate_email(email)
    except ValidationError as error:
        raise ApiError(errors.INVALID_DATA) from error
    return Subaccount(
        username=params.text("subaccount_username").strip(),
        password=params.text("subaccount_password"),
        name=name,
        phone=params.msisdn("phone") if params.has("phone") else "",
        email=email,
    )
