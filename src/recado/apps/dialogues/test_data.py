"""What was tried with the phone simulator, or by programs as tests: counted, and erased without touching anything real.

What belongs here: finding test rows of one account and taking them away. What does not: whoever asks first (`panel.simulator`). Nobody's
messages stay: they belong to no account. A conversation that has real messages, too, stays with those.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from recado.apps.accounts.models import Account
from recado.apps.boards.models import Post
from recado.apps.changes import Change, announce
from recado.apps.contacts.models import ConsentRecord, Contact, GroupMembership, OptOut
from recado.apps.contests.models import Entry
from recado.apps.dialogues.models import Dialogue
from recado.apps.inbox.models import Message, Part
from recado.apps.keywords.models import OpenQuestion
from recado.apps.mms.removing import forget_received, forget_sent
from recado.apps.outbox.models import Attempt, Job, OutboundMessage, Segment

LAST_TEXT = 160
AT_ONCE = 500
"""So many ids go into one statement."""
_MENDED = ("last_text", "last_is_inbound", "last_message_at", "message_count", "unread_count", "is_test")


@dataclass(frozen=True, slots=True)
class Tried:
    """How much was tried."""

    messages: int
    dialogues: int
    contacts: int


def count_test_data(account: Account) -> Tried:
    """Count what `erase_test_data` would erase."""
    received, sent = _received(account), _sent(account)
    touched = _touched(received, sent)
    real = _with_real(touched)
    return Tried(len(received) + len(sent), len(touched) - len(real), len(_only_tried(account, received, touched, real)))


@transaction.atomic
def erase_test_data(account: Account) -> Tried:
    """Erase the account's test messages, what they caused, conversations of nothing else and contacts that only they brought."""
    received, sent = _received(account), _sent(account)
    touched = _touched(received, sent, lock=True)
    contacts = _only_tried(account, received, touched, _with_real(touched))
    message_ids, sent_ids = [message.pk for message in received], [message.pk for message in sent]
    _erase_jobs(message_ids, sent_ids)
    for ids in _chunks(message_ids):
        forget_received(ids)
        Part.objects.filter(message_id__in=ids).delete()
        OpenQuestion.objects.filter(account=account, message_id__in=ids).delete()
        Post.objects.filter(account=account, is_test=True, message_id__in=ids).delete()
        Message.objects.filter(pk__in=ids).delete()
    Entry.objects.filter(account=account, is_test=True).delete()
    for ids in _chunks(sent_ids):
        forget_sent(ids)
        Segment.objects.filter(outbound_message__in=ids).delete()
        OutboundMessage.objects.filter(pk__in=ids).delete()
    gone = [dialogue for dialogue in touched if not _mend(dialogue)]
    for dialogue in gone:
        dialogue.delete()
    for ids in _chunks(contacts):
        Contact.objects.filter(pk__in=ids).delete()
    for name in ("OpenChoice", "Answer", "Session"):
        apps.get_model("surveys", name)._default_manager.filter(account=account, is_test=True).delete()  # noqa: SLF001  # documented API
    _forget_proofs(account, message_ids, {message.sender for message in received})
    announce(Change("contacts", account.pk))
    return Tried(len(message_ids) + len(sent_ids), len(gone), len(contacts))


def _received(account: Account) -> list[Message]:
    return list(Message.objects.filter(account=account, is_test=True).only("id", "dialogue_id", "sender"))


def _sent(account: Account) -> list[OutboundMessage]:
    return list(OutboundMessage.objects.filter(account=account, is_test=True).only("id", "dialogue_id"))


def _touched(received: Sequence[Message], sent: Sequence[OutboundMessage], *, lock: bool = False) -> list[Dialogue]:
    """Find the conversations of tests; locked, nobody writes to one between looking at it and mending or erasing it."""
    ids = {message.dialogue_id for message in received} | {message.dialogue_id for message in sent}
    dialogues = Dialogue.objects.select_for_update() if lock else Dialogue.objects.all()
    return [one for chunk in _chunks(sorted(filter(None, ids))) for one in dialogues.filter(pk__in=chunk).order_by("pk")]


def _with_real(touched: Sequence[Dialogue]) -> set[int]:
    """Return the ids of the conversations that have real messages, too."""
    received = Exists(Message.objects.filter(dialogue_id=OuterRef("pk"), is_test=False))
    sent = Exists(OutboundMessage.objects.filter(dialogue_id=OuterRef("pk"), is_test=False))
    real: set[int] = set()
    for chunk in _chunks([dialogue.pk for dialogue in touched]):
        real.update(Dialogue.objects.filter(received | sent, pk__in=chunk).values_list("pk", flat=True))
    return real


def _only_tried(account: Account, received: Sequence[Message], touched: Sequence[Dialogue], with_real: set[int]) -> list[int]:
    """Find the contacts that a test brought, that nobody named since and that never wrote for real."""
    message_ids = {message.pk for message in received}
    phones = {message.sender for message in received}
    others = Dialogue.objects.filter(account=account, msisdn__in=phones).exclude(pk__in=[dialogue.pk for dialogue in touched])
    real = set(others.values_list("msisdn", flat=True))
    real |= {dialogue.msisdn for dialogue in touched if dialogue.pk in with_real}
    unnamed = Q(first_name="", last_name="", company="", email="", tax_id="", address="", city="", description="")
    found = Contact.objects.filter(unnamed, account=account, msisdn__in=phones - real)
    brought = GroupMembership.objects.filter(contact__in=found).values_list("contact_id", "message_id")
    proofs: dict[int, set[int | None]] = {}
    for contact_id, message_id in brought:
        proofs.setdefault(contact_id, set()).add(message_id)
    return [contact_id for contact_id, causes in proofs.items() if causes <= message_ids]


def _erase_jobs(message_ids: Sequence[int], sent_ids: Sequence[int]) -> None:
    for column, ids in (("message_id", message_ids), ("outbound_message", sent_ids)):
        for chunk in _chunks(ids):
            jobs = Job.objects.filter(**{f"{column}__in": chunk})
            Attempt.objects.filter(job__in=jobs).delete()
            jobs.delete()


def _forget_proofs(account: Account, message_ids: Sequence[int], phones: Collection[str]) -> None:
    """Take real people out of groups that only a test put them into, and forget what only a test says that they agreed to."""
    for chunk in _chunks(message_ids):
        GroupMembership.objects.filter(contact__account=account, message_id__in=chunk).delete()
        for proofs in (ConsentRecord.objects.all(), OptOut.objects.all()):
            proofs.filter(account=account, msisdn__in=phones, message_id__in=chunk).delete()


def _mend(dialogue: Dialogue) -> bool:
    """Let a conversation show its real messages; say whether there are any."""
    received = _newest(Message.objects.filter(dialogue_id=dialogue.pk))
    sent = _newest(OutboundMessage.objects.filter(dialogue_id=dialogue.pk))
    last = max(filter(None, (received, sent)), key=lambda one: one.pk, default=None)
    if last is None:
        return False
    dialogue.last_text = last.text[:LAST_TEXT]
    dialogue.last_is_inbound = last is received
    dialogue.last_message_at = last.received_at if isinstance(last, Message) else last.created_at
    dialogue.message_count = (
        Message.objects.filter(dialogue_id=dialogue.pk).count() + OutboundMessage.objects.filter(dialogue_id=dialogue.pk).count()
    )
    dialogue.unread_count = min(dialogue.unread_count, dialogue.message_count)
    dialogue.is_test = False
    dialogue.save(update_fields=_MENDED)
    return True


def _newest(messages: Any) -> Any:
    return messages.order_by("-pk").first()


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
