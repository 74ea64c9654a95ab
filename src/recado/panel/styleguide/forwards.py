"""Samples of places messages go to and of deliveries, for the page with every component.

What belongs here: invented rows that are nowhere stored. What does not: the page (`guide`).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from recado.apps.outbox.deliveries import Health
from recado.apps.outbox.destinations import DestinationUse
from recado.apps.outbox.models import Attempt, Destination, Job
from recado.apps.outbox.standing import DeliveryState, ForwardStanding
from recado.panel.forms.forward_deliveries import DeliveryFilterForm
from recado.panel.forwards.listed import ListedDelivery
from recado.panel.forwards.listing import ListedForward
from recado.panel.forwards.shares import shares_of
from recado.panel.forwards.words import CHOICES, KINDS, pause_in_words, tries_in_words

SAMPLES = (
    ("Sklep", Destination.Kind.WEBHOOK, ForwardStanding.WELL, (1840, 3, 0)),
    ("Magazyn", Destination.Kind.URL, ForwardStanding.FAILING, (12, 5, 7)),
    ("CRM", Destination.Kind.URL, ForwardStanding.PAUSED, (0, 0, 214)),
    ("Biuro", Destination.Kind.EMAIL, ForwardStanding.UNTRIED, (0, 0, 0)),
    ("Telefon Anny", Destination.Kind.PHONE, ForwardStanding.OFF, (0, 0, 0)),
    ("Telefon Piotra", Destination.Kind.PHONE, ForwardStanding.UNCONFIRMED, (0, 0, 0)),
)
ANSWERS = {DeliveryState.DELIVERED: 200, DeliveryState.FAILED: 503, DeliveryState.GIVEN_UP: 500}


def forwards(now: datetime) -> dict[str, Any]:
    """Return one row for each way a place fares, one delivery for each state, and the ways to begin."""
    return {
        "forwards": list(_rows()),
        "delivered": list(_deliveries(now)),
        "delivery_form": DeliveryFilterForm(),
        "ways": [(kind, KINDS[kind]) for kind in CHOICES],
    }


def _rows() -> Iterator[ListedForward]:
    uses = [DestinationUse(0, 0, "48664200300", 0, "OGRODNIK")]
    for name, kind, standing, counts in SAMPLES:
        found = Destination(pk=0, name=name, kind=kind)
        health = Health(found, counts[0], counts[1], counts[2], 84)
        words = KINDS[kind]
        yield ListedForward(
            found, words.icon, str(words.name), "shop.example", standing, pause_in_words(found), health, shares_of(health), uses
        )


def _deliveries(now: datetime) -> Iterator[ListedDelivery]:
    for place, state in enumerate(DeliveryState):
        job = Job(pk=0, created_at=now, next_attempt_at=now + timedelta(minutes=30), attempt_count=place)
        last = Attempt(pk=0, response_status=ANSWERS[state], duration_ms=84) if state in ANSWERS else None
        yield ListedDelivery(job, state, tries_in_words(job), "48604218377", "Czy są dziś czerwone róże?", None, last)
