"""Nobody's messages: what arrived on a shared number without a keyword, and what the operator does about it (product.md §2).

What belongs here: gathering them by text, giving them to an account, setting them aside. What does not: deciding whose a message is
when it arrives (`core.ownership`); nothing here guesses.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.changes import Change, announce
from recado.apps.contacts.models import Contact
from recado.apps.dialogues.models import Dialogue
from recado.apps.ids import next_id
from recado.apps.inbox.models import Message
from recado.apps.keywords.models import Keyword
from recado.apps.keywords.nearest import nearest_spellings
from recado.apps.numbers.models import Number
from recado.core import trail
from recado.core.text import folded_form
from recado.core.trail import TrailEntry, TrailStep

LOOKED_AT = 2000
"""The newest so many are gathered; older ones show up as those are dealt with."""
SUGGESTED = 5


@dataclass(frozen=True, slots=True)
class Gathered:
    """Messages on one number that say the same."""

    newest: Message
    count: int
    phones: int
    """From so many phones."""

    @property
    def text(self) -> str:
        """What the newest of them says."""
        return self.newest.text


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A keyword near what was typed."""

    keyword: Keyword
    slips: int
    synonym: str = ""
    """The other spelling that is near, where it is not the keyword itself."""


def gathered() -> list[Gathered]:
    """Return the newest unmatched messages gathered by number and text, the most frequent first."""
    found: dict[tuple[int | None, str], list[Message]] = {}
    for message in _waiting().select_related("number").defer("raw")[:LOOKED_AT]:
        found.setdefault((message.number_id, folded_form(message.text)), []).append(message)
    groups = [Gathered(same[0], len(same), len({one.sender for one in same})) for same in found.values()]
    return sorted(groups, key=lambda one: (-one.count, -one.newest.pk))


def waiting_count(ceiling: int = 1000) -> int:
    """Count the messages that wait for the operator, at most up to `ceiling`."""
    return _waiting().order_by()[:ceiling].count()


def get_unmatched(message_id: int) -> Message:
    """Return a message that is nobody's; raise Message.DoesNotExist for all others."""
    return _waiting().select_related("number", "connection").get(pk=message_id)


def alike(message: Message) -> list[Message]:
    """Return the unmatched messages on the same number that say the same, newest first, the message itself among them."""
    wanted = folded_form(message.text)
    same = _waiting().filter(number=message.number).select_related("number").defer("raw")[:LOOKED_AT]
    return [one for one in same if folded_form(one.text) == wanted]


def suggestions(message: Message) -> list[Suggestion]:
    """Return live keywords on the number that the whole text is near to in one of their spellings, nearest first, each once."""
    if message.number_id is None:
        return []
    found: dict[int, Suggestion] = {}
    for count, spelling in nearest_spellings(message.number_id, message.text, timezone.now()):
        found.setdefault(spelling.keyword_id, Suggestion(spelling.keyword, count, "" if spelling.is_main else spelling.word))
    return list(found.values())[:SUGGESTED]


def assign(messages: Sequence[Message], account: Account) -> int:
    """Give nobody's messages to an account, oldest first: they appear in its inbox, unread, and their trail says why. Return how many.

    No rule acts on them: nobody is answered or signed up days later because of a guess. Each is a transaction of its own: on SQLite
    receiving waits for whoever writes, and must not wait for thousands.
    """
    given = 0
    for message in sorted(messages, key=lambda one: one.pk):
        with transaction.atomic():
            given += _give(message, account)
    return given


def discard(messages: Sequence[Message]) -> int:
    """Set messages aside; they are kept, and nobody is asked about them again. Return how many."""
    return _waiting().filter(pk__in=[message.pk for message in messages]).update(is_discarded=True)


def _waiting() -> QuerySet[Message]:
    return Message.objects.filter(account=None, is_discarded=False, is_test=False).order_by("-id")


def _give(message: Message, account: Account) -> int:
    number = message.number
    if number is None:  # no number of ours: there is nothing to answer from
        return 0
    if not Message.objects.filter(pk=message.pk, account=None).update(account=account, is_discarded=False):  # somebody was faster
        return 0
    dialogue = _dialogue(account, number, message)
    steps = (*trail.from_json(message.trail), TrailEntry(TrailStep.ASSIGNED, {"account": account.name}))
    Message.objects.filter(pk=message.pk).update(dialogue_id=dialogue.pk, trail=trail.to_json(steps))
    is_newest = message.received_at >= dialogue.last_message_at
    Dialogue.objects.filter(pk=dialogue.pk).update(
        unread_count=F("unread_count") + 1,
        message_count=F("message_count") + 1,
        state=Dialogue.State.OPEN,
        snoozed_until=None,
        is_test=False,
        **({"last_message_at": message.received_at, "last_text": message.text[:160], "last_is_inbound": True} if is_newest else {}),
    )
    announce(Change("message", account.pk, dialogue.pk))
    return 1


def _dialogue(account: Account, number: Number, message: Message) -> Dialogue:
    contact = Contact.objects.filter(account=account, msisdn=message.sender).first()
    beginning = {"id": next_id(), "contact": contact, "last_message_at": message.received_at - timedelta(microseconds=1)}
    return Dialogue.objects.get_or_create(account=account, number=number, msisdn=message.sender, defaults=beginning)[0]
