"""Reads of the log of calls.

What belongs here: which calls an account's people see. What does not: writing (`calls`), words (`panel.developers`).
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from recado.apps.accounts.models import Account
from recado.apps.programs.models import ApiCall


@dataclass(frozen=True, slots=True)
class WantedCalls:
    """What of the log is wanted; what is left out does not narrow it."""

    only_errors: bool = False
    api_user_id: int | None = None
    action: str = ""
    """Part of it."""
    error_code: str = ""
    since: datetime | None = None
    until: datetime | None = None
    """This moment no longer included."""


def calls_of(account: Account, wanted: WantedCalls) -> QuerySet[ApiCall]:
    """List the calls of an account, newest first, without what was said."""
    found = ApiCall.objects.filter(account=account).defer("request", "response").select_related("api_user")
    if wanted.only_errors:
        found = found.exclude(error_code="")
    if wanted.api_user_id is not None:
        found = found.filter(api_user_id=wanted.api_user_id)
    if wanted.action:
        found = found.filter(action__icontains=wanted.action)
    if wanted.error_code:
        found = found.exclude(error_code="").filter(error_code=wanted.error_code)
    if wanted.since is not None:
        found = found.filter(at__gte=wanted.since)
    if wanted.until is not None:
        found = found.filter(at__lt=wanted.until)
    return found.order_by("-pk")


def get_call_for(account: Account, call_id: int) -> ApiCall:
    """Return a call of the account; raise ApiCall.DoesNotExist for those of others."""
    return ApiCall.objects.select_related("api_user").get(account=account, pk=call_id)
