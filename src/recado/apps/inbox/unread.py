"""A page of the messages no program has fetched, quickly however many there are and however few of them are wanted.

What belongs here: in which words the databases find a page without looking at a million messages. What does not: which messages are meant
(`queries.Wanted`), marking them (`services`). All of them are unread, so the indexes are those of unread messages alone.
"""

from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce

from recado.apps.accounts.models import Account
from recado.apps.inbox.models import Message
from recado.apps.inbox.queries import COUNT_AHEAD, Wanted, count_up_to, narrowed
from recado.apps.numbers.models import Number
from recado.apps.sql import lent_connection

FAR = 1_000
"""From this row on a page is found by the moment of its first message, so that what is skipped is gone through once, in the index alone."""
TIES = 200
"""So far back messages of the same moment are looked for."""
# One step for each number, from one to the next in the index, however many messages each has.
_NUMBERS = """
    WITH RECURSIVE found(number_id) AS (
        SELECT MIN(number_id) FROM inbox_message WHERE account_id = ? AND NOT is_read_by_api
        UNION ALL
        SELECT (SELECT MIN(m.number_id) FROM inbox_message m
                WHERE m.account_id = ? AND m.number_id > found.number_id AND NOT m.is_read_by_api)
        FROM found WHERE found.number_id IS NOT NULL)
    SELECT number_id FROM found WHERE number_id IS NOT NULL"""


@dataclass(frozen=True, slots=True)
class UnreadPage:
    """A stretch of the unread messages, not yet read from the database, and how many there are up to COUNT_AHEAD past it."""

    messages: QuerySet[Message]
    counted: int


def unread_page(account: Account, wanted: Wanted, start: int, limit: int) -> UnreadPage:
    """Find the messages from row `start` on."""
    unread = Message.objects.filter(account=account, is_read_by_api=False)
    numbers = _numbers(account, wanted, unread)
    if numbers is not None and not numbers:
        return UnreadPage(unread.none(), 0)
    found = narrowed(account, unread, wanted)
    if numbers is None:
        return _cut(found, wanted, start, limit)
    if len(numbers) == 1:
        return _cut(found.filter(number_id=numbers.pop()), wanted, start, limit)
    ceiling = start + limit + COUNT_AHEAD
    counted = count_up_to(found.filter(number_id__in=numbers), ceiling)
    if counted < ceiling:  # few: found by their numbers, then put in order
        few = found.filter(number_id__in=numbers).order_by(*_order(wanted, Coalesce("received_at", "received_at")))
        return UnreadPage(few[start : start + limit], counted)
    # Many: gone through in their order, of which the database must not be led away by an index of numbers, that would have it sort them.
    many = found.annotate(own_number=F("number_id") + 0).filter(own_number__in=numbers)
    return _cut(many, wanted, start, limit)


def _numbers(account: Account, wanted: Wanted, unread: QuerySet[Message]) -> set[int] | None:
    """Return the numbers with unread messages that are wanted; None where every message is on one of them."""
    if wanted.kinds is None and wanted.recipient is None:
        return None
    with_unread = {int(row[0]) for row in lent_connection().rows(_NUMBERS, (account.pk, account.pk))}
    fitting = {number.pk for number in Number.objects.filter(pk__in=with_unread) if _fits(number, wanted)}
    is_all = fitting == with_unread and not unread.filter(number=None).exists()
    return None if is_all and fitting else fitting


def _fits(number: Number, wanted: Wanted) -> bool:
    has_kind = wanted.kinds is None or number.kind in {kind.value for kind in wanted.kinds}
    return has_kind and wanted.recipient in {None, number.digits}


def _cut(found: QuerySet[Message], wanted: Wanted, start: int, limit: int) -> UnreadPage:
    """Cut a page out of messages that an index has in order."""
    ordered = found.order_by(*_order(wanted, F("received_at")))
    if start < FAR:
        return UnreadPage(ordered[start : start + limit], count_up_to(found, start + limit + COUNT_AHEAD))
    back = min(start, TIES)
    moments = list(ordered.order_by(_order(wanted, F("received_at"))[0]).values_list("received_at", flat=True)[start - back : start + 1])
    if len(moments) <= back:
        return UnreadPage(found.none(), count_up_to(found, start))
    at = moments[-1]
    skipped = back - moments.index(at)
    if skipped == back and back < start:  # more messages of one moment than were looked at
        return UnreadPage(ordered[start : start + limit], count_up_to(found, start + limit + COUNT_AHEAD))
    rest = ordered.filter(received_at__lte=at) if wanted.newest_first else ordered.filter(received_at__gte=at)
    return UnreadPage(rest[skipped : skipped + limit], start - skipped + count_up_to(rest, skipped + limit + COUNT_AHEAD))


def _order(wanted: Wanted, received_at: F | Coalesce) -> tuple[OrderBy, str]:
    return (received_at.desc(), "-pk") if wanted.newest_first else (received_at.asc(), "pk")
