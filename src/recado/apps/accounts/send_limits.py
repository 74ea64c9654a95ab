"""How many messages a program's login may still send: taken before they are written, given back for those that were not.

What belongs here: the numbers and their conditional updates, so that programs at work at the same time never get more together than there
is. What does not: what is refused (`apps.outbox.sending`), how that is worded.
"""

from django.db.models import F

from recado.apps.accounts.models import ApiUser, SendLimit

MOST = 2_000_000_000


def remaining(api_user: ApiUser, kind: str) -> int | None:
    """Return how many messages of a kind are left; None: any number."""
    return SendLimit.objects.filter(api_user=api_user, kind=kind).values_list("remaining", flat=True).first()


def set_limit(api_user: ApiUser, kind: SendLimit.Kind, value: int) -> None:
    """Say how many messages of a kind a login may send from now on."""
    SendLimit.objects.update_or_create(api_user=api_user, kind=kind, defaults={"remaining": min(max(0, value), MOST)})


def take(api_user: ApiUser, kind: str, count: int) -> int:
    """Take as many messages of a kind as there are, up to `count`; return how many that is."""
    while True:
        left = remaining(api_user, kind)
        if left is None or not count:
            return count
        wanted = min(count, left)
        if wanted <= 0:
            return 0
        found = SendLimit.objects.filter(api_user=api_user, kind=kind, remaining__gte=wanted)
        if found.update(remaining=F("remaining") - wanted):
            return wanted


def give_back(api_user: ApiUser, kind: str, count: int) -> None:
    """Give back what was taken for messages that were not written."""
    if count:
        SendLimit.objects.filter(api_user=api_user, kind=kind).update(remaining=F("remaining") + count)
