"""Keeping the log of calls bounded: by age, and by how many of one account there are.

What belongs here: how long and how many, and removing a little at a time. What does not: when (`server.upkeep`).
"""

from datetime import datetime, timedelta

from recado.apps.programs.models import ApiCall

CALLS_KEPT = timedelta(days=30)
MOST_OF_ACCOUNT = 50_000
AT_ONCE = 2000
PORTIONS = 25
"""So many portions a minute: more than programs call."""
_LATELY = timedelta(minutes=15)
"""Only accounts that called lately can have become too many."""


def forget_calls(now: datetime) -> int:
    """Remove calls that are too old, and of busy accounts those beyond the newest; return how many were."""
    forgotten = _forget_old(now - CALLS_KEPT)
    for account_id in set(ApiCall.objects.filter(at__gte=now - _LATELY).values_list("account_id", flat=True).distinct()):
        forgotten += _forget_beyond(account_id)
    return forgotten


def _forget_old(before: datetime) -> int:
    forgotten = 0
    for _ in range(PORTIONS):
        some = list(ApiCall.objects.filter(at__lt=before).order_by("at").values_list("pk", flat=True)[:AT_ONCE])
        forgotten += _remove(some)
        if len(some) < AT_ONCE:
            break
    return forgotten


def _forget_beyond(account_id: int) -> int:
    """Remove what an account has beyond its newest MOST_OF_ACCOUNT, the oldest first."""
    own, forgotten = ApiCall.objects.filter(account_id=account_id), 0
    last_kept = list(own.order_by("-pk").values_list("pk", flat=True)[MOST_OF_ACCOUNT - 1 : MOST_OF_ACCOUNT])
    for _ in range(PORTIONS if last_kept else 0):
        some = list(own.filter(pk__lt=last_kept[0]).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
        forgotten += _remove(some)
        if len(some) < AT_ONCE:
            break
    return forgotten


def _remove(ids: list[int]) -> int:
    return ApiCall.objects.filter(pk__in=ids).delete()[0] if ids else 0
