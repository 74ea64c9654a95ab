"""Forgetting what is older than its account keeps: the files of MMS, and messages with all that came with them.

What belongs here: which messages are old, a bounded number at once, and what becomes of them. What does not: how long an account keeps
what (`apps.accounts.retention`), what emptying a message means (`apps.contacts.erasing`), bytes, which the sweep deletes.

An account's messages are gone through once, in the order of their ids, which is that of time; how far it got is kept with the account. Of
what is forgotten phone numbers, times, states and counts stay, as with a person who is forgotten: what was sent and received has to be
provable and billable, and statistics are counted from it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Exists, OuterRef

from recado.apps.accounts.models import Account
from recado.apps.accounts.retention import accounts_that_forget, retention_of
from recado.apps.contacts.erasing import empty_received, empty_sent
from recado.apps.dialogues.models import Dialogue
from recado.apps.ids import first_id_at
from recado.apps.inbox.models import Message
from recado.apps.mms.models import Attachment, SentMms
from recado.apps.outbox.models import OutboundMessage
from recado.core.mms import PartRole
from recado.core.receipt import OutboundState
from recado.core.retention import days_before, months_before

AT_ONCE = 500
PORTIONS = 20
"""So many portions of messages of one account in a minute: a million takes some two hours, and nobody waits for the database."""


@dataclass(frozen=True, slots=True)
class Portion:
    """Some old messages of one account."""

    received: Sequence[int]
    sent: Sequence[int]
    end: int
    """All messages below this id have been gone through with these."""


def forget_old(now: datetime) -> None:
    """Forget what is due, a part of it where it is much."""
    for account in accounts_that_forget(now):
        kept = retention_of(account)
        if kept.files_days:
            before = first_id_at(days_before(now, kept.files_days))
            _go_on(account, "files_deleted_to", before, partial(_delete_files, account))
            _delete_files_of_campaigns(account, before)
        if kept.messages_months:
            since = months_before(now, kept.messages_months)
            _go_on(account, "messages_emptied_to", first_id_at(since), partial(_empty, since))
            _delete_files_of_campaigns(account, first_id_at(since))


def _go_on(account: Account, marker: str, before: int, forget: Callable[[Portion], None]) -> None:
    for _ in range(PORTIONS):
        with transaction.atomic():
            start = getattr(Account.objects.select_for_update().only(marker).get(pk=account.pk), marker)
            if start >= before:
                return
            portion = _portion(account, start, before)
            forget(portion)
            Account.objects.filter(pk=account.pk).update(**{marker: portion.end})
        if portion.end == start:  # a message that waits to be sent is not forgotten, and nothing behind it until it is
            return


def _portion(account: Account, start: int, before: int) -> Portion:
    received = list(_between(Message.objects.filter(account=account), start, before).values_list("pk", flat=True)[:AT_ONCE])
    found = list(_between(OutboundMessage.objects.filter(account=account), start, before).values_list("pk", "state")[:AT_ONCE])
    sent, open_ones = [pk for pk, _state in found], [pk for pk, state in found if state == OutboundState.QUEUED]
    end = min([before, *open_ones[:1], *(ids[-1] + 1 for ids in (received, sent) if len(ids) == AT_ONCE)])
    return Portion([pk for pk in received if pk < end], [pk for pk in sent if pk < end], end)


def _between(rows: Any, start: int, before: int) -> Any:
    return rows.filter(pk__gte=start, pk__lt=before).order_by("pk")


def _delete_files(account: Account, portion: Portion) -> None:
    """Let the contents of pictures and files go; their rows say what they were."""
    _let_go(Attachment.objects.filter(message_id__in=portion.received))
    sent = dict(SentMms.objects.filter(pk__in=portion.sent).values_list("pk", "attachments_id"))
    shared = {holder for holder in sent.values() if holder is not None}
    later = SentMms.objects.filter(attachments_id__in=shared, pk__gte=portion.end).values_list("attachments_id", flat=True)
    campaigns = _campaigns(account).filter(attachments_id__in=shared).values_list("attachments_id", flat=True)
    still_wanted = {*later, *campaigns}  # the last message of an order lets its files go
    own = {pk for pk, holder in sent.items() if holder is None}
    _let_go(Attachment.objects.filter(outbound_id__in=[*own, *(holder for holder in shared if holder not in still_wanted)]))


def _delete_files_of_campaigns(account: Account, before: int) -> None:
    """Let the files of group sends go once the last message of each is old and none will follow."""
    kept = Attachment.objects.filter(outbound_id=OuterRef("attachments_id"), role=PartRole.MEDIA).exclude(sha256="")
    young = SentMms.objects.filter(attachments_id=OuterRef("attachments_id"), pk__gte=before)
    over = _campaigns(account).filter(Exists(kept), ~Exists(young), state__in=("sent", "stopped"), attachments_id__lt=before)
    _let_go(Attachment.objects.filter(outbound_id__in=list(over.values_list("attachments_id", flat=True)[:AT_ONCE])))


def _let_go(parts: Any) -> None:
    parts.filter(role=PartRole.MEDIA).exclude(sha256="").update(sha256="")


def _empty(since: datetime, portion: Portion) -> None:
    """Empty messages, and conversations of which nothing younger is left."""
    empty_received(portion.received)
    empty_sent(portion.sent)
    both: tuple[tuple[Any, Sequence[int]], ...] = ((Message.objects.all(), portion.received), (OutboundMessage.objects.all(), portion.sent))
    for rows, ids in both:
        dialogues = set(rows.filter(pk__in=ids, dialogue_id__isnull=False).values_list("dialogue_id", flat=True))
        Dialogue.objects.filter(pk__in=dialogues, last_message_at__lt=since).update(last_text="")


def _campaigns(account: Account) -> Any:
    """Return the account's group sends; their app builds on this one."""
    return apps.get_model("campaigns", "Campaign")._default_manager.filter(account=account)  # noqa: SLF001  # Django's documented API
