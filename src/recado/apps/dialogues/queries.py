"""Reads of the inbox: the list of dialogues, one dialogue for an account, its thread, how many are unread.

What belongs here: what the conversation list, its badge and a thread ask. What does not: writes (`services`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from recado.apps.accounts.models import Account
from recado.apps.contacts.models import Contact
from recado.apps.dialogues.models import Dialogue
from recado.apps.inbox.models import Message
from recado.apps.keywords.models import Keyword
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import OutboundMessage
from recado.store.load import SOLE_WRITER_WITHIN

PAGE = 50
"""Rows of the list on a page, and messages of a thread."""
UNREAD_LIMIT = 100
"""Counting stops here: the badge says 99+ beyond it."""

Item = Message | OutboundMessage


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to."""

    tab: str = "open"
    """`open`, `unread` or `all`."""
    search: str = ""
    before_id: int | None = None
    """The last dialogue shown, for the next page."""


def dialogue_list(account: Account, filters: Filters) -> list[Dialogue]:
    """Return one page of the account's dialogues and one more row if there is another page, newest first, in one query."""
    rows = _narrowed(_dialogues(account), filters)
    last = Dialogue.objects.filter(account=account, pk=filters.before_id).first() if filters.before_id else None
    if last is not None:
        at = last.last_message_at
        rows = rows.filter(Q(last_message_at__lt=at) | Q(last_message_at=at, id__lt=last.pk))
    return list(rows.order_by("-last_message_at", "-id")[: PAGE + 1])


def get_dialogue_for(account: Account, dialogue_id: int) -> Dialogue:
    """Return a dialogue of the account; raise Dialogue.DoesNotExist for all others."""
    return _dialogues(account).get(pk=dialogue_id)


def sole_writer(number: Number, msisdn: str, now: datetime) -> int | None:
    """Return the account that wrote to a phone from a number lately, where it was one account only.

    For dry runs; what is received asks `store.load.load_sole_writers`.
    """
    dialogues = Dialogue.objects.filter(number=number, msisdn=msisdn).values("pk")
    lately = OutboundMessage.objects.filter(dialogue_id__in=dialogues, created_at__gte=now - SOLE_WRITER_WITHIN)
    writers = list(lately.order_by().values_list("account_id", flat=True).distinct()[:2])
    return writers[0] if len(writers) == 1 else None


def unread_count(account: Account) -> int:
    """Return how many dialogues have unread messages, at most UNREAD_LIMIT."""
    return Dialogue.objects.filter(account=account, unread_count__gt=0).order_by()[:UNREAD_LIMIT].count()


def is_newest(dialogue: Dialogue) -> bool:
    """Say whether nothing happened later in any other dialogue of the account."""
    later = Dialogue.objects.filter(account_id=dialogue.account_id, last_message_at__gt=dialogue.last_message_at)
    return not later.exists()


def thread(dialogue: Dialogue, *, before_id: int | None = None, limit: int = PAGE) -> list[Item]:
    """Return the newest messages of both directions, oldest first; ids grow with time, so they give the order."""
    received = Message.objects.filter(dialogue_id=dialogue.pk, account_id=dialogue.account_id).defer("raw")
    sent = OutboundMessage.objects.filter(dialogue_id=dialogue.pk, account_id=dialogue.account_id).select_related("author")
    if before_id is not None:
        received, sent = received.filter(id__lt=before_id), sent.filter(id__lt=before_id)
    newest: list[Item] = [*received.order_by("-id")[:limit], *sent.order_by("-id")[:limit]]
    return sorted(newest, key=lambda item: item.pk)[-limit:]


def last_received(dialogue: Dialogue) -> Message | None:
    """Return the newest received message of a dialogue."""
    received = Message.objects.filter(dialogue_id=dialogue.pk, account_id=dialogue.account_id)
    return received.defer("raw").order_by("-id").first()


def _dialogues(account: Account) -> QuerySet[Dialogue]:
    """Return the account's dialogues with contact, number and `keyword_word`, the keyword last matched."""
    word = Keyword.objects.filter(pk=OuterRef("last_keyword_id")).values("word")
    return Dialogue.objects.filter(account=account).select_related("contact", "number").annotate(keyword_word=Subquery(word))


def _narrowed(rows: QuerySet[Dialogue], filters: Filters) -> QuerySet[Dialogue]:
    if filters.tab == "open":
        rows = rows.filter(state=Dialogue.State.OPEN)
    elif filters.tab == "unread":
        rows = rows.filter(unread_count__gt=0)
    return rows.filter(_matches(filters.search)) if filters.search else rows


def _matches(search: str) -> Q:
    """Look at number, name, company, last text and keyword; SQLite ignores case for ASCII only, hence the spellings."""
    found = Q(last_keyword_id__in=Keyword.objects.filter(word__istartswith=search).values("id"))
    for spelling in {search, search.lower(), search.upper(), search.capitalize()}:
        for column in ("contact__first_name", "contact__last_name", "contact__company", "last_text"):
            found |= Q(**{f"{column}__icontains": spelling})
    digits = "".join(filter(str.isdecimal, search))
    if digits and not any(character.isalpha() for character in search):
        found |= Q(msisdn__contains=digits)
    first, _, last = search.partition(" ")
    if last:
        found |= Q(contact__first_name__iexact=first, contact__last_name__istartswith=last)
    return found


def last_message_times(account: Account, contact_ids: Iterable[int]) -> dict[int, datetime]:
    """Return when contacts last exchanged a message with the account, by contact."""
    found = Dialogue.objects.filter(account=account, contact__in=list(contact_ids)).order_by()
    return dict(found.values_list("contact_id").annotate(Max("last_message_at")))


def dialogues_with(account: Account, contact: Contact) -> QuerySet[Dialogue]:
    """List the account's dialogues with a contact, the one that moved last first."""
    return _dialogues(account).filter(contact=contact).order_by("-last_message_at")
