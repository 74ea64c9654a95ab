"""The reply that a program gives in the answer to a forward: whether it may become a text to the person (product.md §7).

Pure. The same limits hold as for every other automatic text (`breaker`), and a message still gets one automatic answer at most (`answer`).
What does not belong here: reading the reply (`delivery.reply_reading`), loading and writing (`store.webhook_replies`).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from recado.core.action import Charge, SendReply, TripBreaker
from recado.core.breaker import Candidate, Past, Refusal, judge
from recado.core.condition import is_opted_out
from recado.core.message import InboundMessage
from recado.core.profile import Profile
from recado.core.sender import SenderState

MOST_SEGMENTS: Final = 10
"""Longer texts are more likely a page of errors than an answer."""


class ReplyFate(StrEnum):
    """What became of a reply; stored with the attempt."""

    SENT = "sent"
    UNREADABLE = "unreadable"
    TOO_LONG = "too_long"
    ANSWERED = "answered"
    """The message has an automatic answer already."""
    SAMPLE = "sample"
    """It was a test of the destination, nobody waits for an answer."""
    NO_NUMBER = "no_number"
    """The number it came to is gone, or sends no texts."""
    BLOCKED = "blocked"
    OPTED_OUT = "opted_out"
    OWN_NUMBER = "own_number"
    NO_PHONE = "no_phone"
    SHORT_CODE = "short_code"
    BREAKER = "breaker"
    CEILING = "ceiling"
    NO_CREDIT = "no_credit"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reply depends on besides its text."""

    message: InboundMessage
    account_id: int
    number_id: int | None
    rule_id: int | None
    """The rule that fired: the reply counts as its own."""
    ceiling: int | None
    """Of that rule."""
    sender: SenderState
    profile: Profile
    past: Past
    is_answered: bool
    has_number: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """Why it is not sent, and the trip to be noted where the breaker stopped it for the first time."""

    fate: ReplyFate
    trip: TripBreaker | None = None


def judge_reply(text: str, asked: Asked, now: datetime) -> Charge | Refused:
    """Say what a reply costs, or why it is not sent."""
    if asked.past.count_segments(text) > MOST_SEGMENTS:
        return Refused(ReplyFate.TOO_LONG)
    if asked.is_answered:
        return Refused(ReplyFate.ANSWERED)
    if not asked.has_number:
        return Refused(ReplyFate.NO_NUMBER)
    if asked.sender.is_blocked:
        return Refused(ReplyFate.BLOCKED)
    if is_opted_out(asked.sender, asked.number_id):
        return Refused(ReplyFate.OPTED_OUT)
    candidate = Candidate(SendReply(text), asked.account_id, asked.rule_id, asked.ceiling)
    found = judge(candidate, asked.message, asked.past, now, asked.profile)
    return Refused(ReplyFate(found.reason.value), found.trip) if isinstance(found, Refusal) else found
