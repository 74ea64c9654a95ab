"""Blocked senders: phones an account does not want to hear from. Their messages are stored and marked, and nothing else happens.

What belongs here: the list, adding to it and taking off it. What does not: what a blocked phone's message does (the gateway), opt-outs
(`opt_outs`): those are the other side's wish.
"""

import re
from collections.abc import Collection

from django.db.models import QuerySet

from recado.apps.accounts.models import Account, User
from recado.apps.changes import Change, announce
from recado.apps.contacts.models import BlockedSender
from recado.apps.contacts.phone import parse_msisdn
from recado.apps.contacts.queries import NotFoundError

_NAME_OR_SHORT_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{1,10}")
"""What writes but is no phone."""


def parse_sender(written: str) -> str | None:
    """Read who is to be blocked: the digits of a phone as stored, or a name or short code as messages carry it; None if it is neither."""
    given = written.strip()
    return parse_msisdn(given) or (given if _NAME_OR_SHORT_CODE.fullmatch(given) else None)


def block(account: Account, msisdn: str, reason: str = "", *, user: User | None = None) -> tuple[BlockedSender, bool]:
    """Block a phone; return the row and whether it is new."""
    found, is_new = BlockedSender.objects.get_or_create(account=account, msisdn=msisdn, defaults={"reason": reason[:200], "user": user})
    announce(Change("contacts", account.pk))
    return found, is_new


def unblock(blocked: BlockedSender) -> None:
    """Hear from a phone again."""
    account_id = blocked.account_id
    BlockedSender.objects.filter(pk=blocked.pk).delete()
    announce(Change("contacts", account_id))


def blocked_senders(account: Account) -> QuerySet[BlockedSender]:
    """List the account's blocked phones, the latest first."""
    return BlockedSender.objects.filter(account=account).select_related("user").order_by("-id")


def block_of(account: Account, msisdn: str) -> BlockedSender | None:
    """Return the block of one phone, if there is one."""
    return BlockedSender.objects.filter(account=account, msisdn=msisdn).first()


def blocked_among(account: Account, msisdns: Collection[str]) -> set[str]:
    """Return which of these phones are blocked."""
    return set(BlockedSender.objects.filter(account=account, msisdn__in=set(msisdns)).values_list("msisdn", flat=True))


def get_blocked_for(account: Account, blocked_id: int) -> BlockedSender:
    """Find a blocked phone of the account, or raise NotFoundError."""
    found = BlockedSender.objects.filter(account=account, pk=blocked_id).first()
    if found is None:
        raise NotFoundError(f"no blocked sender {blocked_id} in this account")
    return found
