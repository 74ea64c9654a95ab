"""The account's day at a glance: what arrived, who is new, who waits for an answer.

What belongs here: figures of the start page, each from an index. What does not: what needs repair (`apps.outbox.trouble`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from recado.apps.accounts.models import Account
from recado.apps.contacts.models import Contact
from recado.apps.dialogues.models import Dialogue
from recado.apps.ids import first_id_of
from recado.apps.inbox.models import Message

CEILING = 100
"""Unanswered conversations are counted this far."""


@dataclass(frozen=True, slots=True)
class Today:
    """Figures of one day."""

    received: int
    new_contacts: int
    unanswered: int
    """Open conversations in which the person wrote last; CEILING means that many or more."""


def today_of(account: Account, midnight: datetime, phones: Collection[str]) -> Today:
    """Return the figures since midnight; what came from `phones`, which do not exist, is left out."""
    first_id = first_id_of(midnight)
    tried = Dialogue.objects.filter(account=account, msisdn__in=phones).values("pk")
    received = Message.objects.filter(account=account, id__gte=first_id).count()
    received -= Message.objects.filter(account=account, dialogue_id__in=list(tried.values_list("pk", flat=True)), id__gte=first_id).count()
    # An expression instead of the column: else SQLite reads all contacts of the account rather than the newest of all accounts.
    new = Contact.objects.annotate(owner=F("account_id") + 0).filter(id__gte=first_id, owner=account.pk).exclude(msisdn__in=phones)
    waiting = Dialogue.objects.filter(account=account, state=Dialogue.State.OPEN, last_is_inbound=True, is_test=False)
    return Today(received, new.count(), waiting.order_by()[:CEILING].count())


def was_tried(account: Account, phones: Collection[str]) -> bool:
    """Say whether a keyword of the account matched a text of a phone that does not exist."""
    dialogues = list(Dialogue.objects.filter(account=account, msisdn__in=phones).values_list("pk", flat=True))
    return Message.objects.filter(account=account, dialogue_id__in=dialogues, keyword_id__isnull=False).exists()
