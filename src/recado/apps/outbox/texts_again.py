"""Texts that were given up and are handed over once more: which of them may leave, and what they cost then.

What belongs here: queueing these messages, with their money. What does not: their jobs (`dead_letters`), forwards (`redelivery`).
What was given up was given back (`store.charging.release`), so it is paid for again, at the price of today.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from recado.apps.contacts.opt_outs import is_opted_out
from recado.apps.outbox.credit import reserve_money_again
from recado.apps.outbox.models import ChargeState, Origin, OutboundMessage, Segment, SendKind
from recado.apps.plans.queries import prices_for
from recado.core.price import Service, cost
from recado.core.receipt import OutboundState

_ENDED = (OutboundState.UNDELIVERED, OutboundState.UNSENT)
"""What was perhaps sent is not among them: the phone might get it twice (docs/adr/0026)."""


@transaction.atomic
def ready_again(outbound_ids: Collection[int], now: datetime) -> set[int]:
    """Queue those of the messages that may leave again, their money reserved; return which.

    Left alone is what a carrier took a part of or may have, what was erased, what its person has opted out of since, and what the account's
    credit does not reach for.
    """
    taken = set(Segment.objects.filter(outbound_message__in=outbound_ids).values_list("outbound_message_id", flat=True))
    locked = OutboundMessage.objects.select_for_update(of=("self",)).select_related("account__plan")
    # In the order of accounts, as all who take wallets; their own rows are locked before.
    usable = locked.filter(pk__in=outbound_ids, state__in=_ENDED).exclude(~Q(kind=SendKind.MMS), text="")
    found = sorted(usable.order_by("pk"), key=lambda one: one.account_id or 0)
    return {one.pk for one in found if one.pk not in taken and not _is_unwanted(one) and _queue(one, now)}


def _is_unwanted(message: OutboundMessage) -> bool:
    noted = is_opted_out(message.account, message.recipient, number=message.number_id) if message.account is not None else None
    return noted is not None and noted.created_at > message.created_at  # what confirms an opt-out was ordered with it


def _queue(message: OutboundMessage, now: datetime) -> bool:
    """Queue a message; False where its account cannot pay."""
    if message.account is not None and message.charge_state == ChargeState.RELEASED:
        service = Service.FORWARD if message.origin == Origin.FORWARD else Service(message.kind)
        price = cost(prices_for(message.account), service, message.segment_count)
        if not reserve_money_again(message, price, now):
            return False
    message.state, message.reason, message.carrier_error, message.finished_at = OutboundState.QUEUED, "", "", None
    message.save(update_fields=["state", "reason", "carrier_error", "finished_at"])
    return True
