"""The log of received messages: everything that arrived, newest first, narrowed and page by page.

What belongs here: which messages the log shows and what it says about each. What does not: the panel's threads
(`apps.dialogues.queries`), what programs fetch (`queries`), how a line looks.

A page costs the same whatever is asked. The order is that of ids, which grow with time, so that a page is the rows after an id and a day is
a range of them. A filter that no index serves is not left to look through a million rows for one that may not be there: it looks through
`WINDOW` and says so, and a link goes on from there.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from recado.apps.accounts.models import Account
from recado.apps.contacts.models import Contact
from recado.apps.contacts.phone import parse_msisdn
from recado.apps.contacts.queries import contacts_by_number
from recado.apps.ids import first_id_at
from recado.apps.inbox.models import Message
from recado.apps.keywords.models import Keyword, RuleAction
from recado.apps.outbox.models import FORWARDS, Job, OutboundMessage
from recado.apps.outbox.queries import with_texts
from recado.apps.spellings import spellings

PAGE = 50
WINDOW = 20_000
"""Through so many messages one page of a filter looks."""
TEXT_WINDOW = 8_000
"""The same where texts are compared, which takes longer."""
STORED_WITHIN = timedelta(days=1)
"""A message has its id when it is stored: at once, or after an outage as late as this."""
_WHOLE_NUMBER = 9
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class LogFilters:
    """What the log is narrowed to; None and an empty search narrow nothing."""

    search: str = ""
    """A phone number, digits of one, or words of the text."""
    number_id: int | None = None
    keyword_id: int | None = None
    group_id: int | None = None
    """Messages whose rule puts people into this group."""
    is_matched: bool | None = None
    is_test: bool | None = None
    since: datetime | None = None
    until: datetime | None = None
    """The first moment that is not asked for any more."""
    is_mms: bool | None = None

    @property
    def needs_looking_through(self) -> bool:
        """Whether no index leads to the rows."""
        unserved = (self.number_id, self.group_id, self.is_matched, self.is_test, self.is_mms)
        return any(one is not None for one in unserved) or bool(self.search and _whole_number(self.search) is None)


@dataclass(slots=True)
class LogRow:
    """One message with what the log says about it."""

    message: Message
    contact: Contact | None = None
    keyword: Keyword | None = None
    replies: list[OutboundMessage] = field(default_factory=list)
    forwards: list[Job] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LogPage:
    """Rows, newest first, and where to go from there."""

    rows: list[LogRow]
    older_than: int | None = None
    """The id to go on from, where there is more."""
    newer_than: int | None = None
    looked_back_to: datetime | None = None
    """Set where the page looked through WINDOW messages and not all of them."""


def message_log(
    account: Account, filters: LogFilters, *, before: int | None = None, after: int | None = None, size: int | None = None
) -> LogPage:
    """Return a page of the log: the newest messages, those before an id, or those just after one; PAGE rows unless `size` is given."""
    size = size or PAGE
    found = _matching(account, filters)
    if after is not None:
        newer = list(found.filter(id__gt=after, id__lt=_edge(account, filters, after, forwards=True)).order_by("id")[: size + 1])
        if len(newer) > size:
            rows = newer[size - 1 :: -1]
            return LogPage(_told(account, rows), older_than=rows[-1].pk, newer_than=rows[0].pk)
        before = None
    if before is not None:
        found = found.filter(id__lt=before)
    edge = _edge(account, filters, before)
    rows = list(found.filter(id__gte=edge).order_by("-id")[: size + 1])
    newer_than = rows[0].pk if rows and before is not None else None
    if len(rows) > size:
        return LogPage(_told(account, rows[:size]), older_than=rows[size - 1].pk, newer_than=newer_than)
    if not edge or (filters.since is not None and edge < first_id_at(filters.since)):
        return LogPage(_told(account, rows), newer_than=newer_than)
    last = Message.objects.only("received_at").get(pk=edge)
    return LogPage(_told(account, rows), older_than=edge, newer_than=newer_than, looked_back_to=last.received_at)


def whole_log(account: Account, filters: LogFilters, limit: int) -> Iterator[LogRow]:
    """Yield all that the filters leave, newest first, at most `limit`; read in portions, so that no cursor stays open."""
    before: int | None = None
    while limit > 0:
        found = _matching(account, filters)
        rows = list((found if before is None else found.filter(id__lt=before)).order_by("-id")[: min(_AT_ONCE, limit)])
        if not rows:
            return
        yield from _told(account, rows)
        limit -= len(rows)
        before = rows[-1].pk


def neighbours(message: Message) -> tuple[int | None, int | None]:
    """Return the ids of the messages received before and after this one in the same conversation."""
    if message.dialogue_id is None or message.account_id is None:
        return None, None
    beside = Message.objects.filter(account_id=message.account_id, dialogue_id=message.dialogue_id)
    earlier = beside.filter(id__lt=message.pk).order_by("-id").values_list("pk", flat=True).first()
    return earlier, beside.filter(id__gt=message.pk).order_by("id").values_list("pk", flat=True).first()


def _edge(account: Account, filters: LogFilters, start: int | None, *, forwards: bool = False) -> int:
    """Return the id where looking through ends: that of the WINDOW-th row, 0 (or beyond all) where there is no need to stop."""
    nothing = 2**63 - 1 if forwards else 0
    if not filters.needs_looking_through:
        return nothing
    through = Message.objects.filter(keyword_id=filters.keyword_id) if filters.keyword_id else Message.objects.filter(account=account)
    if filters.until is not None and not forwards:
        latest = first_id_at(filters.until + STORED_WITHIN)
        start = latest if start is None else min(start, latest)
    if start is not None:
        through = through.filter(id__gt=start) if forwards else through.filter(id__lt=start)
    window = TEXT_WINDOW if filters.search else WINDOW
    ids = through.order_by("id" if forwards else "-id").values_list("pk", flat=True)
    return next(iter(ids[window - 1 : window]), nothing)


def _matching(account: Account, filters: LogFilters) -> QuerySet[Message]:
    found = Message.objects.filter(account=account).defer("raw", "fingerprint")
    if filters.number_id is not None:
        found = found.filter(number_id=filters.number_id)
    if filters.keyword_id is not None:
        found = found.filter(keyword_id=filters.keyword_id)
    if filters.group_id is not None:
        rules = RuleAction.objects.filter(group=filters.group_id, rule__account=account).values_list("rule_id", flat=True)
        found = found.filter(rule_id__in=list(rules))
    if filters.is_matched is not None:
        found = found.filter(keyword_id__isnull=not filters.is_matched)
    if filters.is_test is not None:
        found = found.filter(is_test=filters.is_test)
    if filters.is_mms is not None:
        mms = apps.get_model("mms", "ReceivedMms")._default_manager  # noqa: SLF001  # documented; the app builds on this one
        is_one = Exists(mms.filter(pk=OuterRef("pk")))
        found = found.filter(is_one if filters.is_mms else ~is_one)
    return _in_period(_searched(account, found, filters.search), filters)


def _in_period(found: QuerySet[Message], filters: LogFilters) -> QuerySet[Message]:
    """Narrow by time; ids make it a range of the index, `received_at` makes it exact."""
    if filters.since is not None:
        found = found.filter(id__gte=first_id_at(filters.since), received_at__gte=filters.since)
    if filters.until is not None:
        found = found.filter(id__lt=first_id_at(filters.until + STORED_WITHIN), received_at__lt=filters.until)
    return found


def _searched(account: Account, found: QuerySet[Message], search: str) -> QuerySet[Message]:
    if not search:
        return found
    if (msisdn := _whole_number(search)) is not None:
        dialogues = apps.get_model("dialogues", "Dialogue")._default_manager  # noqa: SLF001  # documented; the app builds on this one
        return found.filter(dialogue_id__in=list(dialogues.filter(account=account, msisdn=msisdn).values_list("pk", flat=True)))
    wanted = Q()
    for spelling in spellings(search):
        wanted |= Q(text__icontains=spelling)
    digits = "".join(filter(str.isdecimal, search))
    if digits and not any(map(str.isalpha, search)):
        wanted |= Q(sender__contains=digits)
    return found.filter(wanted)


def _whole_number(search: str) -> str | None:
    """Read a search as one whole phone number."""
    if any(map(str.isalpha, search)) or sum(map(str.isdecimal, search)) < _WHOLE_NUMBER:
        return None
    return parse_msisdn(search)


def _told(account: Account, messages: list[Message]) -> list[LogRow]:
    """Add what the log says about messages, one query for each kind of thing."""
    rows = {message.pk: LogRow(message) for message in messages}
    contacts = contacts_by_number(account, {message.sender for message in messages}) if messages else {}
    keywords = Keyword.objects.in_bulk({message.keyword_id for message in messages if message.keyword_id})
    for row in rows.values():
        row.contact = contacts.get(row.message.sender)
        row.keyword = keywords.get(row.message.keyword_id or 0)
    jobs = Job.objects.filter(account=account, message_id__in=rows, kind__in=FORWARDS).select_related("destination")
    for job in with_texts(account, list(jobs.order_by("id"))) if rows else ():
        rows[job.message_id or 0].forwards.append(job)
    replies = OutboundMessage.objects.filter(account=account, in_reply_to_id__in=rows, destination_id=None)
    for reply in replies.order_by("id") if rows else ():
        rows[reply.in_reply_to_id or 0].replies.append(reply)
    return list(rows.values())
