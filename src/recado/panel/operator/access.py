"""Who may see a page of the Operator Console: the installation's staff, each in a role, with a second factor.

What belongs here: the decorator every view of the console carries. What does not: the Customer Panel's roles (`panel.access`).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from zoneinfo import ZoneInfo

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation

from recado.apps.accounts.models import OperatorRole, User
from recado.panel.access import sign_in_first

P = ParamSpec("P")

ZONE = "Europe/Warsaw"
"""Time zone of operators who have not chosen one."""
MAY_SUPPORT = frozenset({OperatorRole.ADMIN, OperatorRole.SUPPORT})
"""Change customers, numbers, unmatched messages; work in a customer's account."""
MAY_ENGINEER = frozenset({OperatorRole.ADMIN, OperatorRole.ENGINEER})
"""Change carrier links, quarantine, jobs."""
MAY_SEE_MESSAGES = frozenset({OperatorRole.ADMIN, OperatorRole.SUPPORT, OperatorRole.AUDITOR})
MAY_MANAGE_TEAM = frozenset({OperatorRole.ADMIN})
EVERYBODY = frozenset(OperatorRole)


class OperatorRequest(HttpRequest):
    """A request of somebody of the installation's staff, as guarded views get it."""

    user: User
    may_support: bool
    may_engineer: bool
    may_see_messages: bool
    may_manage_team: bool


OperatorView = Callable[Concatenate[OperatorRequest, P], HttpResponse]
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def operator_required(roles: frozenset[OperatorRole] = EVERYBODY) -> Callable[[OperatorView[P]], View[P]]:
    """Let operators in one of `roles` in; customers find nothing, operators without a second factor are asked to set one up."""

    def decorate(view: OperatorView[P]) -> View[P]:
        @wraps(view)
        def guarded(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return sign_in_first(request)
            if not request.user.operator_role:
                raise Http404
            equip_operator(request)
            with timezone.override(ZoneInfo(request.user.time_zone or ZONE)):
                if settings.OPERATORS_NEED_SECOND_FACTOR and not is_mfa_enabled(request.user):
                    return render(request, "panel/operator/second_factor.html", status=403)
                if request.user.operator_role not in roles:
                    raise PermissionDenied
                try:
                    return view(request, *args, **kwargs)
                except ObjectDoesNotExist as error:
                    raise Http404 from error

        return guarded

    return decorate


def equip_operator(request: Any) -> None:
    """Put what the role allows on the request, and the language."""
    role = OperatorRole(request.user.operator_role)
    request.may_support = role in MAY_SUPPORT
    request.may_engineer = role in MAY_ENGINEER
    request.may_see_messages = role in MAY_SEE_MESSAGES
    request.may_manage_team = role in MAY_MANAGE_TEAM
    translation.activate(request.user.language or settings.LANGUAGE_CODE)
