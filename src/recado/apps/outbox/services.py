"""Writes about outgoing messages: putting a text and the job that sends it into the outbox.

What belongs here: the rows of an order to send. What does not: sending (`delivery`), deciding on automatic replies (`core`, `store.write`).
"""

from collections.abc import Collection
from datetime import datetime

from django.db import connection, transaction

from recado.apps.accounts.models import Account, User
from recado.apps.changes import Change, announce
from recado.apps.connections.services import simulator
from recado.apps.contacts.opt_outs import OptedOutError, is_opted_out
from recado.apps.ids import next_id
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import Job, JobKind, Origin, OutboundMessage
from recado.protocols.gsm.segment import segments
from recado.store.dialect import POSTGRESQL, SQLITE, Connection
from recado.store.fates import owe_reports


@transaction.atomic
def queue_text(
    account: Account,
    number: Number,
    recipient: str,
    text: str,
    *,
    now: datetime,
    origin: Origin,
    author: User | None = None,
    dialogue_id: int | None = None,
    idempotency_key: str | None = None,
    is_test: bool = False,
    is_service: bool = False,
) -> OutboundMessage:
    """Order `text` to be sent from `number`; it leaves through the number's connection soon after the commit.

    Raises OptedOutError if the person wants no messages at all or none from this number; `is_service` says that this one is no marketing
    and is owed to them all the same.
    """
    if not is_service and (noted := is_opted_out(account, recipient, number=number.pk)):
        raise OptedOutError(noted)
    message = OutboundMessage.objects.create(
        id=next_id(),
        account=account,
        number=number,
        connection_id=simulator().pk if is_test else number.connection_id,
        dialogue_id=dialogue_id,
        sender=number.digits,
        recipient=recipient,
        text=text,
        segment_count=segments(text).count,
        origin=origin,
        author=author,
        idempotency_key=idempotency_key,
        is_test=is_test,
        created_at=now,
    )
    Job.objects.create(id=next_id(), account=account, kind=JobKind.SUBMIT, outbound_message=message, next_attempt_at=now, created_at=now)
    announce(Change("jobs", account.pk))
    return message


@transaction.atomic
def report_ends(account: Account, outbound_ids: Collection[int], now: datetime) -> None:
    """Owe the account's program the news that these messages have ended; call in the transaction that ended them.

    For ends that panel and API bring about, as taking a message back does: what carriers report is told by itself.
    """
    store = Connection(connection.connection, POSTGRESQL if connection.vendor == "postgresql" else SQLITE)
    if owe_reports(store, outbound_ids, iter(next_id, None), now):
        announce(Change("jobs", account.pk))
