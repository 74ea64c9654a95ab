"""Who may see a page: signs people in to one of their accounts and sets its language and time zone.

What belongs here: the decorators every view of the Customer Panel carries. What does not: rules about single objects; those are the
`get_*_for(account, id)` queries of `recado.apps`, which know no object of another account; the Operator Console (`panel.operator.access`).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from recado.apps.accounts.models import Account, Membership, Role, User, Visit
from recado.apps.accounts.queries import accounts_of, first_membership, membership_for, running_visit
from recado.apps.accounts.visits import visitors_membership
from recado.apps.campaigns.errors import NoSuchCampaignError
from recado.apps.contacts.queries import NotFoundError
from recado.panel.visiting import VISIT_KEY, is_forbidden, lead_back

P = ParamSpec("P")

ACCOUNT_KEY = "account_id"
"""Session key of the account somebody with several memberships works in."""

MAY_READ = frozenset({Role.OWNER, Role.ADMIN, Role.EDITOR, Role.AGENT, Role.VIEWER})
MAY_ANSWER = frozenset({Role.OWNER, Role.ADMIN, Role.EDITOR, Role.AGENT})
MAY_CONFIGURE = frozenset({Role.OWNER, Role.ADMIN, Role.EDITOR})
MAY_SEND = frozenset({Role.OWNER, Role.ADMIN, Role.EDITOR})
MAY_MANAGE = frozenset({Role.OWNER, Role.ADMIN})
MAY_SEE_BILLING = frozenset({Role.OWNER, Role.ADMIN, Role.BILLING})
MAY_SEE_COMPANY = frozenset(Role) - {Role.API}
MAY_DEVELOP = MAY_MANAGE | {Role.API}


class MemberRequest(HttpRequest):
    """A request of somebody signed in to an account; `member_required` makes every other one impossible."""

    user: User
    account: Account
    membership: Membership
    other_accounts: list[Account]
    """Accounts the member can change over to."""
    visit: Visit | None
    """Set where an operator works in a customer's account."""
    may_read: bool
    """Whether the role lets them see messages and contacts."""
    may_answer: bool
    """Whether the role lets them write to people."""
    may_configure: bool
    """Whether the role lets them change numbers, keywords, groups and contacts."""
    may_send: bool
    """Whether the role lets them write to many people at once, which costs money."""
    may_manage: bool
    """Whether the role lets them change the company's data and the team."""
    may_see_billing: bool
    """Whether the role has to do with money."""
    may_develop: bool
    """Whether the role makes keys for programs and sees what they called."""


MemberView = Callable[Concatenate[MemberRequest, P], HttpResponse]
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def member_required(view: MemberView[P]) -> View[P]:
    """Let members in, send strangers to the sign-in page, answer 404 where an object is not theirs.

    A suspended account shows one page whatever was asked, and lets people go on to another of their accounts.
    An operator who pays a visit is a member for its time: as an admin where the visit may change things, else as a viewer.
    """

    @wraps(view)
    def guarded(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return sign_in_first(request)
        request.visit = visit_of(request.user, request.session)
        if not request.visit and (led_back := lead_back(request, request.user, request.session)):
            return led_back
        membership = visitors_membership(request.visit) if request.visit else membership_of(request.user, request.session)
        if membership is None:
            if request.user.operator_role and request.method == "GET" and request.path in {reverse("start"), settings.LOGIN_REDIRECT_URL}:
                return redirect("operator")
            raise Http404
        equip(request, membership)
        with timezone.override(ZoneInfo(request.user.time_zone or request.account.time_zone)):
            if is_forbidden(request, request.visit):
                raise PermissionDenied
            if request.account.is_suspended and not request.visit and request.path != reverse("account-choice"):
                return render(request, "panel/suspended.html", status=403)
            try:
                return view(request, *args, **kwargs)
            except (ObjectDoesNotExist, NotFoundError, NoSuchCampaignError) as error:
                raise Http404 from error

    return guarded


def equip(request: Any, membership: Membership) -> None:
    """Put the account on the request, what the role allows there, and the language."""
    request.membership = membership
    request.account = membership.account
    # a visitor leaves before going elsewhere
    is_visitor = membership.pk is None
    request.other_accounts = SimpleLazyObject(
        lambda: [] if is_visitor else list(accounts_of(request.user).exclude(pk=membership.account_id))
    )
    request.may_read = membership.role in MAY_READ
    request.may_answer = membership.role in MAY_ANSWER
    request.may_configure = membership.role in MAY_CONFIGURE
    request.may_send = membership.role in MAY_SEND
    request.may_manage = membership.role in MAY_MANAGE
    request.may_see_billing = membership.role in MAY_SEE_BILLING
    request.may_develop = membership.role in MAY_DEVELOP
    translation.activate(language_of(request.user, request.account))


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """Lead to the sign-in page and from there back to the page that was open.

    A piece of a page asked for by a script must not be replaced by it, the whole page is; what is sent by a script stays where it was
    written (`static/panel/js/session.js`).
    """
    if request.headers.get("HX-Request-Type") != "partial":
        return redirect_to_login(request.get_full_path() if request.method == "GET" else _page_of(request.headers.get("Referer", "")))
    response = HttpResponse(status=401)
    if request.method == "GET":
        response["HX-Redirect"] = redirect_to_login(_page_of(request.headers.get("HX-Current-URL", ""))).url
    return response


def _page_of(address: str) -> str:
    parts = urlsplit(address)
    return parts._replace(scheme="", netloc="", fragment="").geturl() or "/"


def may_read(view: MemberView[P]) -> MemberView[P]:
    """Refuse members whose role does not let them see messages and contacts; goes under `member_required`."""
    return _only(MAY_READ, view)


def may_answer(view: MemberView[P]) -> MemberView[P]:
    """Refuse members whose role does not let them write to people; goes under `member_required`."""
    return _only(MAY_ANSWER, view)


def may_configure(view: MemberView[P]) -> MemberView[P]:
    """Refuse members whose role does not let them change the configuration; goes under `member_required`."""
    return _only(MAY_CONFIGURE, view)


def may_send(view: MemberView[P]) -> MemberView[P]:
    """Refuse members whose role does not let them write to many people at once; goes under `member_required`."""
    return _only(MAY_SEND, view)


def may_manage(view: MemberView[P]) -> MemberView[P]:
    """Refuse members whose role does not let them change the company's data and the team; goes under `member_required`."""
    return _only(MAY_MANAGE, view)


def may_see_billing(view: MemberView[P]) -> MemberView[P]:
    """Refuse members whose role has nothing to do with money: plan, credit, invoices; goes under `member_required`."""
    return _only(MAY_SEE_BILLING, view)


def may_see_company(view: MemberView[P]) -> MemberView[P]:
    """Refuse members whose role is for programs: they see neither the company's data nor the team; goes under `member_required`."""
    return _only(MAY_SEE_COMPANY, view)


def may_develop(view: MemberView[P]) -> MemberView[P]:
    """Refuse members whose role has nothing to do with programs: their keys, what they called; goes under `member_required`."""
    return _only(MAY_DEVELOP, view)


def _only(roles: frozenset[Role], view: MemberView[P]) -> MemberView[P]:
    @wraps(view)
    def guarded(request: MemberRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.membership.role not in roles:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def visit_of(user: User, session: SessionBase) -> Visit | None:
    """Return the visit an operator pays now, if one is under way."""
    visit_id = session.get(VISIT_KEY)
    return running_visit(user, visit_id) if visit_id and user.operator_role else None


def membership_of(user: User, session: SessionBase) -> Membership | None:
    """Return the membership somebody works under: the chosen one, else the first."""
    chosen = session.get(ACCOUNT_KEY)
    return (membership_for(user, chosen) if chosen else None) or first_membership(user)


def account_of(user: User, session: SessionBase) -> Account | None:
    """Return the account somebody works in; None for members of nothing, or of an account that is suspended."""
    if visit := visit_of(user, session):
        return visit.account
    membership = membership_of(user, session)
    return membership.account if membership and not membership.account.is_suspended else None


def language_of(user: User, account: Account) -> str:
    """Return the language to speak: the user's own, else the account's."""
    return user.language or account.language
