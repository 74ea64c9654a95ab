"""Tones, icons and words of forwarding in templates.

What belongs here: handing the tables to templates. What does not: the tables (`panel.forwards.words`).
"""

from django import template
from django.utils.functional import Promise

from recado.apps.outbox.models import Destination, Job, JobKind
from recado.panel.forwards.words import (
    DELIVERY_STATES,
    KINDS,
    STANDINGS,
    DeliveryState,
    KindWords,
    Standing,
    address_of,
    masked_address_of,
    standing_of,
    waits_for_code,
)
from recado.panel.reply_words import reply_in_words

register = template.Library()
register.filter("reply_in_words", reply_in_words)
register.filter("address_of", address_of)
register.filter("standing_of", standing_of)
register.filter("waits_for_code", waits_for_code)


@register.filter
def answer_code(status: int, job: Job) -> str:
    """Give the code of an answer with the protocol whose code it is."""
    return f"{'SMTP' if job.kind == JobKind.FORWARD_EMAIL else 'HTTP'} {status}"


@register.filter
def place_of_kind(destination: Destination) -> str:
    """Say for who runs the installation what kind of place it is and where, without the customer's addresses."""
    return f"{KINDS[destination.kind].name} · {masked_address_of(destination)}"


@register.filter
def standing_look(standing: Standing) -> tuple[str, str, Promise]:
    """Give tone, icon and word for how a place fares."""
    return STANDINGS[standing]


@register.filter
def delivery_look(state: DeliveryState) -> tuple[str, str, Promise]:
    """Give tone, icon and word for where a delivery stands."""
    return DELIVERY_STATES[state]


@register.filter
def kind_words(kind: str) -> KindWords:
    """Give the words of a kind of place."""
    return KINDS[kind]
