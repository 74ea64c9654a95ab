"""Forgetting a person who asks for it (GDPR).

What belongs here: what goes and what stays. What does not: what is known of a person (`knowing`), deleting contacts in the daily work
(`services`). The other apps build on this one, so their tables are looked up by name.

Texts of all messages with the phone become empty, in both directions, with everything copied from them: octets, parts, files of MMS, the
words looked up, what they wrote for boards, what was sent to webhooks, notes, what the bell tells about the conversations. Kept are the
phone number, times, states and counts of messages, because what was sent and received has to be provable and billable, which option of a
survey was chosen, because it is counted, and which codes the phone got, because a pool gives it no other. Of consent and opt-outs the words
go and the fact stays with its time: that somebody does not want to be written to must hold when the same number comes with the next list.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.changes import Change, announce
from recado.apps.contacts.models import BlockedSender, ConsentRecord, Contact, ImportedPerson, OptOut
from recado.apps.contacts.services import delete_contacts
from recado.apps.sql import lent_connection
from recado.core.receipt import OutboundState, UnsentReason
from recado.store.charging import release

_WORDS_OF_TEXT = "tokens"
"""The step of a trail that repeats words of the text."""
_ANSWER = ("survey", "answer")
"""The step and the value of it that repeat an answer."""
_AT_ONCE = 500


@transaction.atomic
def erase_contact(account: Account, contact: Contact) -> None:
    """Delete a contact with its memberships and make all texts exchanged with its phone unreadable."""
    dialogues = _rows("dialogues", "Dialogue").filter(account=account, msisdn=contact.msisdn)
    ids = list(dialogues.values_list("pk", flat=True))
    _erase_received(account, ids)
    _erase_sent(account, contact, ids)
    _rows("dialogues", "Note").filter(dialogue__in=ids).delete()
    _rows("keywords", "OpenQuestion").filter(account=account, msisdn=contact.msisdn).delete()
    _rows("surveys", "OpenChoice").filter(account=account, msisdn=contact.msisdn).delete()
    _rows("surveys", "Answer").filter(account=account, msisdn=contact.msisdn, option=None).update(text="", value="")
    _rows("surveys", "Answer").filter(account=account, msisdn=contact.msisdn).update(text="")
    dialogues.update(last_text="")
    _erase_news(account, ids)
    _rows("keywords", "RuleExample").filter(account=account, phone=contact.msisdn).delete()
    _erase_from_boards(account, contact.msisdn)
    _rows("contests", "Entry").filter(account=account, msisdn=contact.msisdn).update(text="", answer="")
    ImportedPerson.objects.filter(contact_id=contact.pk).delete()
    delete_contacts(account, [contact])
    ConsentRecord.objects.filter(account=account, msisdn=contact.msisdn).update(text="")
    OptOut.objects.filter(account=account, msisdn=contact.msisdn).update(text="", lift_reason="")
    BlockedSender.objects.filter(account=account, msisdn=contact.msisdn).update(reason="")


def _erase_from_boards(account: Account, msisdn: str) -> None:
    """Empty what the person wrote for boards; it is off their pages with that."""
    posts = _rows("boards", "Post").filter(account=account, msisdn=msisdn)
    boards = set(posts.values_list("board_id", flat=True))
    posts.update(text="", name="", state="hidden")
    _rows("boards", "Board").filter(pk__in=boards).update(version=F("version") + 1)


def _erase_sent(account: Account, contact: Contact, dialogue_ids: list[int]) -> None:
    """Empty what was sent to the person, and their words where those were forwarded to a phone; take back what still waits.

    The person leaves all lists of single people of campaigns.
    """
    received = _rows("inbox", "Message").filter(account=account, dialogue_id__in=dialogue_ids).values("pk")
    forwarded = _rows("outbox", "OutboundMessage").filter(in_reply_to_id__in=received, destination_id__isnull=False)
    theirs = Q(recipient=contact.msisdn) | Q(pk__in=list(forwarded.values_list("pk", flat=True)))
    sent = _rows("outbox", "OutboundMessage").filter(theirs, account=account)
    now = timezone.now()
    waiting = list(sent.filter(state=OutboundState.QUEUED).select_for_update().values_list("pk", flat=True))
    taken_back = sent.filter(pk__in=waiting)
    taken_back.update(state=OutboundState.UNSENT, reason=UnsentReason.CANCELLED, finished_at=now)
    release(lent_connection(), waiting, now)
    taken_back.update(cost=0)
    sent.update(text="")
    for some in _portions(list(sent.filter(kind="mms").values_list("pk", flat=True))):
        empty_sent(some)
    campaigns = _rows("campaigns", "Campaign").filter(account=account).values("pk")
    _rows("campaigns", "CampaignEntry").filter(Q(contact=contact.pk) | Q(msisdn=contact.msisdn), campaign__in=campaigns).delete()


def _erase_multimedia(model: str, column: str, ids: Sequence[int]) -> None:
    """Delete subjects and files; the bytes go with the next sweep where nobody else has them."""
    _rows("mms", model).filter(pk__in=ids).delete()
    _rows("mms", "Attachment").filter(**{f"{column}__in": ids}).delete()


def _portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]


def _erase_received(account: Account, dialogue_ids: list[int]) -> None:
    messages = _rows("inbox", "Message").filter(account=account, dialogue_id__in=dialogue_ids)
    for some in _portions(list(messages.values_list("pk", flat=True))):
        empty_received(some)


def empty_received(message_ids: Sequence[int]) -> None:
    """Make some hundreds of received messages unreadable, with all that was copied from them; files' bytes go with the next sweep."""
    _erase_multimedia("ReceivedMms", "message_id", message_ids)
    model = apps.get_model("inbox", "Message")
    trails = _rows("inbox", "Message").filter(pk__in=message_ids).values_list("pk", "trail")
    emptied = [model(pk=pk, text="", argument="", raw=b"", trail=_without_words(trail)) for pk, trail in trails]
    _rows("inbox", "Message").bulk_update(emptied, ["text", "argument", "raw", "trail"])
    _rows("inbox", "Part").filter(message_id__in=message_ids).update(text="", raw=b"")
    _rows("outbox", "Attempt").filter(job__message_id__in=message_ids).update(request="", response_headers="", response_body="")


def empty_sent(outbound_ids: Sequence[int]) -> None:
    """Make some hundreds of outgoing messages unreadable."""
    _rows("outbox", "OutboundMessage").filter(pk__in=outbound_ids).update(text="")
    _erase_multimedia("SentMms", "outbound_id", outbound_ids)


def _erase_news(account: Account, dialogue_ids: list[int]) -> None:
    """Delete what people were told about the conversations: it names the person. That is known by the page it leads to."""
    told = _rows("notifications", "Notification").filter(account=account, url__in=[f"/inbox/{pk}/" for pk in dialogue_ids])
    if told.delete()[0]:
        announce(Change("notification", account.pk))


def _without_words(trail: str) -> str:
    kept = [step for step in json.loads(trail or "[]") if step[0] != _WORDS_OF_TEXT]
    for step, values in kept:
        if step == _ANSWER[0]:
            values.pop(_ANSWER[1], None)
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def _rows(app: str, model: str) -> Any:
    """Return all rows of a table by name, as a query."""
    return apps.get_model(app, model)._default_manager.all()  # noqa: SLF001  # Django's documented API
