"""What accounts' texts cost within a time, by kind of text and price, or by who wrote them: the part of the ledger that invoices list.

What belongs here: queries over transfers and their messages. What does not: what becomes of the sums (`core.billing`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from recado.core.ledger import Book
from recado.store.dialect import Connection
from recado.store.insert import BIGINT

# A transfer's id grows with time, so that the index on account and id leads to the month.
_USAGE = """
    SELECT t.account_id, t.event, t.debit, t.credit, o.kind, o.segment_count, t.amount, COUNT(*)
    FROM {keys} CROSS JOIN billing_transfer t LEFT JOIN outbox_outboundmessage o ON o.id = t.reference_id
    WHERE t.account_id = k.a AND t.id >= ? AND t.at >= ? AND t.at < ? AND t.event IN ('message', 'refund')
    GROUP BY t.account_id, t.event, t.debit, t.credit, o.kind, o.segment_count, t.amount"""


def load_usage(
    con: Connection, account_ids: Iterable[int], first_id: int, since: datetime, until: datetime
) -> Mapping[int, Mapping[tuple[str, int], int]]:
    """Return each account's settled segments by service (`full`, `eco`, `mms`, `forward`) and price; what was given back is taken off."""
    stamp = con.dialect.timestamp
    found: dict[int, dict[tuple[str, int], int]] = defaultdict(lambda: defaultdict(int))
    rows = con.rows_for(_USAGE, (BIGINT,), [(one,) for one in account_ids], after=(first_id, stamp(since), stamp(until)))
    for account_id, event, debit, credit, kind, segments, amount, messages in rows:
        is_forward = Book.FORWARDS.value in {debit, credit}
        service = "forward" if is_forward else kind or "full"
        # A price holds for a segment; where the message is gone or does not divide, the message itself is what is counted.
        counted = segments if segments and amount % segments == 0 else 1
        found[account_id][service, amount // counted] += messages * counted * (-1 if event == "refund" else 1)
    return found


_SPENDING = """
    SELECT o.origin, COUNT(*), SUM(CASE WHEN t.event = 'message' THEN t.amount ELSE -t.amount END)
    FROM billing_transfer t LEFT JOIN outbox_outboundmessage o ON o.id = t.reference_id
    WHERE t.account_id = ? AND t.id >= ? AND t.at >= ? AND t.at < ? AND t.event IN ('message', 'refund')
    GROUP BY o.origin"""


def load_spending(con: Connection, account_id: int, first_id: int, since: datetime, until: datetime) -> Mapping[str, tuple[int, int]]:
    """Return how many texts were paid for and what they cost, by who caused them; empty where the text is gone."""
    stamp = con.dialect.timestamp
    rows = con.rows(_SPENDING, (account_id, first_id, stamp(since), stamp(until)))
    return {origin or "": (texts, int(amount)) for origin, texts, amount in rows}
