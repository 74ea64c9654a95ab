"""Forwards to phones at work: a group of jobs becomes outgoing messages in a transaction of its own, and one that breaks harms no other.

What belongs here: which transaction, and what happens when one fails. What does not: what is written (`store.phone_forwards`), sending the
messages, which the worker does with all outgoing ones.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

import structlog

from recado.delivery.database_thread import Transactions
from recado.delivery.ledger import Ledger
from recado.store import phone_forwards
from recado.store.dialect import Dialect
from recado.store.phone_forwards import Turned

log = structlog.get_logger(__name__)


async def hand_on(
    transactions: Transactions,
    ledger: Ledger,
    dialect: Dialect,
    job_ids: Sequence[int],
    now: datetime,
    on_worked: Callable[[str, str, float], None],
) -> list[Turned]:
    """Work off jobs, in a group where that succeeds, else one by one, giving up those that break; in an outage they stay for later."""
    try:
        turned = await transactions.run(lambda con: ledger.hand_on(con, job_ids, now))
    except Exception as error:  # noqa: BLE001  # whatever it is, the other work of the worker must go on
        if dialect.is_outage(error):  # the worker's own turn finds out, and waits
            log.warning("phone_forwards_outage", error=f"{type(error).__name__}: {error}")
            return []
        turned = await _one_by_one(transactions, ledger, dialect, job_ids, now)
    for one in turned:
        on_worked("forward_phone", "dead" if one.refusal else "done", 0.0)
    return turned


async def _one_by_one(transactions: Transactions, ledger: Ledger, dialect: Dialect, job_ids: Sequence[int], now: datetime) -> list[Turned]:
    turned: list[Turned] = []
    for job_id in job_ids:
        try:
            turned += await transactions.run(lambda con, only=job_id: ledger.hand_on(con, [only], now))  # type: ignore[misc]  # bound here
        except Exception as error:
            if dialect.is_outage(error):
                return turned
            log.exception("phone_forward_broke", job_id=job_id)
            await transactions.run(lambda con, only=job_id: phone_forwards.give_up(con, only, now))  # type: ignore[misc]  # bound here
    return turned
