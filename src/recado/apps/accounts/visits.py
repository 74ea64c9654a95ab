"""Visits: an operator works in a customer's account for a while, with a reason (ADR 0016).

What belongs here: beginning and ending them, and what a visitor may do. What does not: who may visit (`panel.operator.access`), the log of
activity (views write it, because the log knows accounts and not the other way round).
"""

from datetime import datetime, timedelta

from django.db import transaction

from recado.apps.accounts.models import Account, Membership, Role, User, Visit

LASTS = timedelta(minutes=30)


@transaction.atomic
def begin_visit(user: User, account: Account, reason: str, now: datetime, *, may_change: bool) -> tuple[Visit, list[Visit]]:
    """Begin a visit; return it with those of the operator that ended by it, since nobody is in two accounts at once."""
    ended = end_visits_of(user, now)
    fields = {"reason": reason, "may_change": may_change, "started_at": now, "expires_at": now + LASTS}
    return Visit.objects.create(account=account, user=user, **fields), ended


def end_visit(visit: Visit, now: datetime) -> bool:
    """End a visit now, or when its time was up; False where it had ended already."""
    visit.ended_at = min(now, visit.expires_at)
    return bool(Visit.objects.filter(pk=visit.pk, ended_at=None).update(ended_at=visit.ended_at))


def end_visits_of(user: User, now: datetime) -> list[Visit]:
    """End every visit the operator pays, and return those; needed when somebody is no operator any more, too."""
    return [visit for visit in Visit.objects.filter(user=user, ended_at=None).select_related("account") if end_visit(visit, now)]


def unended_visit(user: User, visit_id: int) -> Visit | None:
    """Find a visit whose end is not noted, whether its time is up or not."""
    return Visit.objects.filter(user=user, pk=visit_id, ended_at=None).select_related("account", "user").first()


def visitors_membership(visit: Visit) -> Membership:
    """Return what a visitor counts as in the account: an admin where the visit may change things, else a viewer; never stored."""
    return Membership(account=visit.account, user=visit.user, role=Role.ADMIN if visit.may_change else Role.VIEWER)


def visiting_membership(user: User, account_id: int, now: datetime) -> Membership | None:
    """Find what an operator counts as in an account they visit now."""
    if not user.operator_role:
        return None
    under_way = Visit.objects.filter(user=user, account_id=account_id, ended_at=None, expires_at__gt=now)
    visit = under_way.select_related("account", "user").order_by("-pk").first()
    return visitors_membership(visit) if visit else None
