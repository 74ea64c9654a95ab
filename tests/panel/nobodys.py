"""Messages that are nobody's, the way the gateway leaves them."""

from datetime import timedelta

from panel.conversations import NOON, number
from recado.apps.ids import next_id
from recado.apps.inbox.models import Message
from recado.core.number import NumberKind
from recado.core.trail import TrailEntry, TrailStep, to_json

SHARED = "48503340503"


def unmatched(text: str, sender: str = "48601000001", *, minutes: int = 0, **fields) -> Message:
    shared = number(None, SHARED, NumberKind.SHARED_LONG)
    return Message.objects.create(
        id=next_id(),
        number=shared,
        connection=shared.connection,
        sender=sender,
        recipient=SHARED,
        text=text,
        received_at=NOON + timedelta(minutes=minutes),
        trail=to_json((TrailEntry(TrailStep.UNMATCHED, {"number": SHARED}),)),
        **fields,
    )
