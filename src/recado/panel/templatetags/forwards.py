"""Tones, icons and words of forwarding in templates.

What belongs here: handing the tables to templates. What does not: the tables (`panel.forwards.words`).
"""

from django import template
from django.utils.functional import Promise

from recado.apps.outbox.destinations.facts import address_of
from recado.apps.outbox.models import Attempt, Destination, Job, JobKind
from recado.apps.outbox.standing import ForwardStanding, standing_of, waits_for_code
from recado.core.receipt import OutboundState
from recado.panel.forward_words import tone
from recado.panel.forwards.listed import ListedDelivery
from recado.panel.forwards.words import (
    DELIVERY_STATES,
    KINDS,
    STANDINGS,
    KindWords,
    masked_address_of,
)
from recado.panel.outbound_words import STATES
from recado.panel.reply_words import reply_in_words

register = template.Library()
ON_ITS_WAY = {OutboundState.QUEUED, OutboundState.SENT}
"""Nothing went wrong with such a text, and nothing is known yet."""
register.filter("reply_in_words", reply_in_words)
register.filter("address_of", address_of)
register.filter("standing_of", standing_of)
register.filter("waits_for_code", waits_for_code)


@register.filter
def answer_code(status: int, job: Job) -> str:
    """Give the code of an answer with the protocol whose code it is."""
    return f"{'SMTP' if job.kind == JobKind.FORWARD_EMAIL else 'HTTP'} {status}"


@register.filter
def says_its_code(attempt: Attempt) -> bool:
    """Say whether the code of an answer need not stand beside the error: there was none, or the error names it."""
    return not attempt.response_status or str(attempt.response_status) in attempt.error


@register.filter
def place_of_kind(destination: Destination) -> str:
    """Say for who runs the installation what kind of place it is and where, without the customer's addresses."""
    return f"{KINDS[destination.kind].name} · {masked_address_of(destination)}"


@register.filter
def standing_look(standing: ForwardStanding) -> tuple[str, str, Promise]:
    """Give tone, icon and word for how a place fares."""
    return STANDINGS[standing]


@register.filter
def delivery_look(row: ListedDelivery) -> tuple[str, str, Promise]:
    """Give tone, icon and word for where a delivery stands; one to a phone stands as the text it became."""
    text = row.job.forwarded
    if text is None:
        return DELIVERY_STATES[row.state]
    state = OutboundState(text.state)
    word, icon = STATES[state]
    return "" if state in ON_ITS_WAY else tone(row.job), icon, word


@register.filter
def kind_words(kind: str) -> KindWords:
    """Give the words of a kind of place."""
    return KINDS[kind]
