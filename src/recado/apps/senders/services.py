"""Writes about sender names: asking for one, giving it up, approving and refusing.

What belongs here: these changes, each safe where two people race. What does not: who may do it (the panels), sending (`apps.outbox`).
"""

from django.db import transaction
from django.utils import timezone

from recado.apps.accounts.models import Account, User
from recado.apps.notifications.services import notify
from recado.apps.numbers.reminders import people_told
from recado.apps.senders.errors import NameRefusal, SenderNameError
from recado.apps.senders.models import SenderName
from recado.core.sender_name import clean_name, fault_of

MOST_WAITING = 10
"""Names of one account that may wait at a time, so that nobody fills the operator's page."""
PAGE = "/settings/sender-names/"
State = SenderName.State


@transaction.atomic
def request_name(account: Account, user: User | None, name: str, note: str = "") -> SenderName:
    """Ask for a name; one that was refused or given up is asked for anew. `user` is None where a program asks. Raises SenderNameError."""
    name = clean_name(name)
    if fault := fault_of(name):
        raise SenderNameError(fault)
    Account.objects.select_for_update().get(pk=account.pk)  # of two who ask at once, one waits here and is counted
    known = SenderName.objects.filter(account=account, name=name).first()
    if known is not None and known.state in {State.PENDING, State.AUTHORIZED}:
        raise SenderNameError(NameRefusal.THERE_ALREADY)
    if SenderName.objects.filter(account=account, state=State.PENDING).count() >= MOST_WAITING:
        raise SenderNameError(NameRefusal.TOO_MANY)
    fresh = {"state": State.PENDING, "note": note.strip()[:200], "requested_by": user, "created_at": timezone.now(), "decided_at": None}
    return SenderName.objects.update_or_create(account=account, name=name, defaults=fresh)[0]


def deactivate_name(name: SenderName) -> None:
    """Give a name up, or withdraw the wish for it; nothing is sent under it any more."""
    _settle(name, {State.PENDING, State.AUTHORIZED}, State.DEACTIVATED, name.note)


@transaction.atomic
def authorise_name(name: SenderName) -> None:
    """Let the account send under a name that waits, or that was refused by mistake. Its people are told."""
    _settle(name, {State.PENDING, State.REJECTED}, State.AUTHORIZED, name.note)
    notify(name.account, people_told(name.account), "sender_name.authorised", {"sender": name.name}, PAGE)


@transaction.atomic
def reject_name(name: SenderName, why: str) -> None:
    """Say no to a name that waits, or take one away. The account's people are told why."""
    why = why.strip()[:200]
    if not why:
        raise SenderNameError(NameRefusal.NO_REASON)
    _settle(name, {State.PENDING, State.AUTHORIZED}, State.REJECTED, why)
    notify(name.account, people_told(name.account), "sender_name.rejected", {"sender": name.name, "why": why}, PAGE)


def _settle(name: SenderName, before: set[SenderName.State], state: SenderName.State, note: str) -> None:
    """Move a name on from one of the states it may be in; of two who do so at once, one gets SenderNameError."""
    now = timezone.now()
    rows = SenderName.objects.filter(pk=name.pk, state__in=before).exclude(state=state)
    if not rows.update(state=state, note=note, decided_at=now):
        raise SenderNameError(NameRefusal.DECIDED)
    name.state, name.note, name.decided_at = state, note, now
