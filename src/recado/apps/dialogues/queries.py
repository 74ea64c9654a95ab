"""Reads of the inbox: the list of dialogues, one dialogue for an account, its thread, how many are unread.

What belongs here: what the conversation list, its badge and a thread ask. What does not: writes (`services`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from recado.apps.accounts.models import Account, User
from recado.apps.contacts.models import Contact
from recado.apps.dialogues.models import Dialogue, Label, Note
from recado.apps.inbox.models import Message
from recado.apps.keywords.models import Keyword
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import OutboundMessage, PoolUse
from recado.apps.outbox.queries import TAKEN
from recado.apps.spellings import spellings
from recado.core.correlation import CORRELATION_WINDOW
from recado.core.decide import Flag
from recado.core.number import NumberKind
from recado.store.load import SOLE_WRITER_WITHIN

PAGE = 50
"""Rows of the list on a page, and messages of a thread."""
SEARCHED = 20_000
"""Messages of an account, received and sent each, whose texts a search looks through; older ones are found in the list of all messages."""
FOUND = 200
OTHERS = 5
UNREAD_LIMIT = 100
"""Counting stops here: the badge says 99+ beyond it."""

Item = Message | OutboundMessage | Note


class Tab(StrEnum):
    """The lists a dialogue can be in; it is in several at once."""

    OPEN = "open"
    UNREAD = "unread"
    MINE = "mine"
    UNASSIGNED = "unassigned"
    SNOOZED = "snoozed"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to, for whom and when."""

    user: User | None
    """Whose `Tab.MINE` is; a program has none."""
    now: datetime
    tab: Tab = Tab.OPEN
    search: str = ""
    label_id: int | None = None
    number_id: int | None = None
    assignee_id: int | None = None
    """Only those of this login."""
    may_want_out: bool = False
    """Only those with a message that may be an opt-out."""
    before_id: int | None = None
    """The last dialogue shown, for the next page."""
    before: tuple[datetime, int] | None = None
    """The same as when it moved last and its id: where it was, also if it moves meanwhile."""

    @property
    def is_plain(self) -> bool:
        """Whether the list is a whole tab, so that changes can be put into it while somebody looks."""
        return not (self.search or self.label_id or self.number_id or self.assignee_id or self.may_want_out)


def dialogue_list(account: Account, filters: Filters, limit: int = PAGE) -> list[Dialogue]:
    """Return one page of the account's dialogues and one more row if there is another page, newest first.

    The page is chosen first and fetched then: with all the joins at once, SQLite sorts every dialogue instead of reading the index.
    """
    rows = _narrowed(account, Dialogue.objects.filter(account=account), filters)
    if place := filters.before or _place_of(account, filters.before_id):
        at, last_id = place
        rows = rows.filter(Q(last_message_at__lt=at) | Q(last_message_at=at, id__lt=last_id))
    chosen = list(rows.order_by("-last_message_at", "-id").values_list("pk", flat=True)[: limit + 1])
    found = _dialogues(account).in_bulk(chosen)
    return [found[key] for key in chosen if key in found]


def _place_of(account: Account, dialogue_id: int | None) -> tuple[datetime, int] | None:
    last = Dialogue.objects.filter(account=account, pk=dialogue_id).first() if dialogue_id else None
    return (last.last_message_at, last.pk) if last else None


def get_dialogue_for(account: Account, dialogue_id: int) -> Dialogue:
    """Return a dialogue of the account; raise Dialogue.DoesNotExist for all others."""
    return _dialogues(account).get(pk=dialogue_id)


def sole_writer(number: Number, msisdn: str, now: datetime) -> int | None:
    """Return the account that wrote to a phone from a number lately, where it was one account only; of a pool number, whose turn it is.

    For dry runs; what is received asks `store.load.load_sole_writers`.
    """
    if number.kind == NumberKind.ECO.value:
        held = PoolUse.objects.filter(number=number, msisdn=msisdn, used_at__gte=now - CORRELATION_WINDOW)
        return held.values_list("account_id", flat=True).first()
    dialogues = Dialogue.objects.filter(number=number, msisdn=msisdn).values("pk")
    lately = OutboundMessage.objects.filter(account__isnull=False, dialogue_id__in=dialogues, created_at__gte=now - SOLE_WRITER_WITHIN)
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
    """Return the newest messages of both directions and notes, oldest first; ids grow with time, so they give the order."""
    received = Message.objects.filter(dialogue_id=dialogue.pk, account_id=dialogue.account_id).defer("raw")
    sent = OutboundMessage.objects.filter(dialogue_id=dialogue.pk, account_id=dialogue.account_id).select_related("author")
    sent = sent.prefetch_related(TAKEN)
    notes = Note.objects.filter(dialogue=dialogue, account_id=dialogue.account_id).select_related("author")
    if before_id is not None:
        received, sent, notes = received.filter(id__lt=before_id), sent.filter(id__lt=before_id), notes.filter(id__lt=before_id)
    newest: list[Item] = [*received.order_by("-id")[:limit], *sent.order_by("-id")[:limit], *notes.order_by("-id")[:limit]]
    return sorted(newest, key=lambda item: item.pk)[-limit:]


def note_count(dialogue: Dialogue) -> int:
    """Return how many notes people left in a dialogue."""
    return Note.objects.filter(dialogue=dialogue).count()


def others_of_phone(dialogue: Dialogue) -> list[Dialogue]:
    """Return the account's other dialogues with the same phone, on other numbers, the latest first."""
    rows = Dialogue.objects.filter(account_id=dialogue.account_id, msisdn=dialogue.msisdn).exclude(pk=dialogue.pk)
    return list(rows.select_related("number").order_by("-last_message_at")[:OTHERS])


def last_received(dialogue: Dialogue) -> Message | None:
    """Return the newest received message of a dialogue."""
    received = Message.objects.filter(dialogue_id=dialogue.pk, account_id=dialogue.account_id)
    return received.defer("raw").order_by("-id").first()


def _dialogues(account: Account) -> QuerySet[Dialogue]:
    """Return the account's dialogues with people and labels.

    Also `keyword_word` (last matched), `last_sent_state` (of the last answer) and `last_flag` (of the last message received).
    """
    word = Keyword.objects.filter(pk=OuterRef("last_keyword_id")).values("word")
    related = ("contact", "number", "assignee", "claimed_by")
    rows = Dialogue.objects.filter(account=account).select_related(*related).prefetch_related("labels")
    last_sent = OutboundMessage.objects.filter(dialogue_id=OuterRef("pk")).order_by("-id").values("state")[:1]
    last_flag = Message.objects.filter(dialogue_id=OuterRef("pk")).order_by("-id").values("flag")[:1]
    return rows.annotate(keyword_word=Subquery(word), last_sent_state=Subquery(last_sent), last_flag=Subquery(last_flag))


def tabs_of(dialogue: Dialogue, user: User, now: datetime) -> set[Tab]:
    """Return the lists a dialogue is in for this person; agrees with what `dialogue_list` finds."""
    is_snoozed = dialogue.snoozed_until is not None and dialogue.snoozed_until > now
    is_open = dialogue.state == Dialogue.State.OPEN and not is_snoozed
    belongs = {
        Tab.OPEN: is_open,
        Tab.UNREAD: dialogue.unread_count > 0,
        Tab.MINE: is_open and dialogue.assignee_id == user.pk,
        Tab.UNASSIGNED: is_open and dialogue.assignee_id is None,
        Tab.SNOOZED: is_snoozed and dialogue.state == Dialogue.State.OPEN,
        Tab.ALL: True,
    }
    return {tab for tab, is_in in belongs.items() if is_in}


def labels_of(account: Account) -> QuerySet[Label]:
    """Return the account's labels by name."""
    return Label.objects.filter(account=account).order_by("name")


def get_label_for(account: Account, label_id: int) -> Label:
    """Return a label of the account; raise Label.DoesNotExist for all others."""
    return labels_of(account).get(pk=label_id)


def _narrowed(account: Account, rows: QuerySet[Dialogue], filters: Filters) -> QuerySet[Dialogue]:
    is_open = Q(state=Dialogue.State.OPEN) & (Q(snoozed_until=None) | Q(snoozed_until__lte=filters.now))
    tabs = {
        Tab.OPEN: is_open,
        Tab.UNREAD: Q(unread_count__gt=0),
        Tab.MINE: is_open & Q(assignee=filters.user),
        Tab.UNASSIGNED: is_open & Q(assignee=None),
        Tab.SNOOZED: Q(state=Dialogue.State.OPEN, snoozed_until__gt=filters.now),
        Tab.ALL: Q(),
    }
    rows = rows.filter(tabs[filters.tab])
    if filters.label_id is not None:
        rows = rows.filter(labels=filters.label_id)
    if filters.number_id is not None:
        rows = rows.filter(number=filters.number_id)
    if filters.assignee_id is not None:
        rows = rows.filter(assignee=filters.assignee_id)
    if filters.may_want_out:
        rows = rows.filter(pk__in=Message.objects.filter(account=account, flag=Flag.OPT_OUT.value).values("dialogue_id"))
    return rows.filter(_matches(search, _said(account, search))) if (search := filters.search) else rows


def _said(account: Account, search: str) -> set[int]:
    """Return the dialogues in whose newest messages, among the newest SEARCHED of the account each way, somebody said it."""
    wanted = Q()
    for spelling in spellings(search):
        wanted |= Q(text__icontains=spelling)
    found: set[int] = set()
    for model in (Message, OutboundMessage):
        rows = model._default_manager.filter(account=account)  # noqa: SLF001  # documented Django API
        oldest = rows.order_by("-id").values_list("id", flat=True)[SEARCHED : SEARCHED + 1].first()
        lately = rows.filter(wanted, id__gt=oldest or 0, dialogue_id__isnull=False)
        found.update(key for key in lately.order_by("-id").values_list("dialogue_id", flat=True)[:FOUND] if key is not None)
    return found


def _matches(search: str, said_in: set[int]) -> Q:
    """Look at number, name, company, label, keyword, the last text, and at the dialogues in which it was said."""
    found = Q(last_keyword_id__in=Keyword.objects.filter(word__istartswith=search).values("id")) | Q(pk__in=said_in)
    for spelling in spellings(search):
        for column in ("contact__first_name", "contact__last_name", "contact__company", "last_text"):
            found |= Q(**{f"{column}__icontains": spelling})
        found |= Q(pk__in=Label.objects.filter(name__icontains=spelling).values("dialogues"))
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
