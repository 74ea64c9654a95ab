"""Where an answer in a conversation leaves from: the number it is on, or a pool number where the carrier takes no texts from that one.

What belongs here: saying so before anything is sent. What does not: taking the pool number (`apps.outbox.pool`), sending (`answering`).
"""

from dataclasses import dataclass
from datetime import datetime

from recado.apps.accounts.models import Account
from recado.apps.dialogues.models import Dialogue
from recado.apps.outbox.pool import pool_number_for, pool_numbers
from recado.core.number import NumberKind
from recado.core.price import Service


@dataclass(frozen=True, slots=True)
class Leaves:
    """What an answer shows as its sender, and what is paid for."""

    digits: str
    service: Service
    connection_id: int | None


def takes_texts(dialogue: Dialogue) -> bool:
    """Say whether answers leave from the conversation's own number."""
    return dialogue.number.can_send and dialogue.number.kind != NumberKind.ECO


def leaves_from(account: Account, dialogue: Dialogue, now: datetime) -> Leaves | None:
    """Say where an answer would leave from now; None where no pool number is free between account and phone."""
    number = dialogue.number
    if takes_texts(dialogue) or dialogue.is_test:
        service = Service.FULL if takes_texts(dialogue) else Service.ECO
        return Leaves(number.digits, service, number.connection_id)
    own = [one for one in pool_numbers() if one.id == number.pk]
    found = own[0] if own else pool_number_for(account, dialogue.msisdn, now)
    return Leaves(found.digits, Service.ECO, found.connection_id) if found else None
