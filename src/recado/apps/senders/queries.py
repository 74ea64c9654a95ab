"""Reads about sender names: an account's own, those it may send under, and what the operator decides on.

What belongs here: questions of both panels and of sending. What does not: changes (`services`), what a name may look like
(`core.sender_name`).
"""

from django.db.models import QuerySet

from recado.apps.accounts.models import Account
from recado.apps.senders.models import SenderName


def sender_names_of(account: Account) -> QuerySet[SenderName]:
    """List what an account asked for, by name."""
    return SenderName.objects.filter(account=account).order_by("name", "pk")


def authorised_names(account: Account) -> QuerySet[SenderName]:
    """Return the names an account may send under, by alphabet."""
    return sender_names_of(account).filter(state=SenderName.State.AUTHORIZED)


def get_sender_name_for(account: Account, name_id: int) -> SenderName:
    """Return one of the account's names; raise SenderName.DoesNotExist for all others."""
    return SenderName.objects.get(account=account, pk=name_id)


def waiting_names() -> QuerySet[SenderName]:
    """List what waits for the operator, the oldest first."""
    waiting = SenderName.objects.filter(state=SenderName.State.PENDING)
    return waiting.select_related("account", "requested_by").order_by("created_at", "pk")


def decided_names(search: str = "") -> QuerySet[SenderName]:
    """List names that were decided on, the last first; `search` is a piece of the name or of the customer's."""
    decided = SenderName.objects.exclude(state=SenderName.State.PENDING).select_related("account")
    if search:
        decided = decided.filter(name__icontains=search) | decided.filter(account__name__icontains=search)
    return decided.order_by("-decided_at", "-pk")


def get_sender_name(name_id: int) -> SenderName:
    """Return any name, for the operator; raise SenderName.DoesNotExist where there is none."""
    return SenderName.objects.select_related("account", "requested_by").get(pk=name_id)


def same_name_elsewhere(name: SenderName) -> list[SenderName]:
    """Return the same name, capitals or not, as other accounts send under it: the operator decides whose it is."""
    others = SenderName.objects.filter(name__iexact=name.name, state=SenderName.State.AUTHORIZED).exclude(account=name.account_id)
    return list(others.select_related("account").order_by("account__name"))
