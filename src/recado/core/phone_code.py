"""The code by which whoever has a phone agrees that messages are forwarded there (docs/adr/0039).

What belongs here: when a code may be sent, and whether what somebody typed is it, told the time. What does not: the rows and the text
(`apps.outbox.confirming`), what is forwarded (`phone_forward`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

DIGITS: Final = 6
VALID_FOR: Final = timedelta(minutes=15)
MOST_TRIES: Final = 5
"""Wrong codes, until another one must be sent: with a million codes that leaves a guesser one chance in 200,000."""
PAUSE: Final = timedelta(minutes=1)
"""Between two codes to one phone: the first may be on its way."""
LIMIT_WITHIN: Final = timedelta(hours=24)
MOST_TO_PHONE: Final = 3
"""Codes a phone gets within LIMIT_WITHIN from everybody together: nobody is flooded with codes instead of messages."""
MOST_OF_ACCOUNT: Final = 20
"""Codes an account has sent within LIMIT_WITHIN to all phones together: the installation pays for them."""


class CodeRefusal(StrEnum):
    """Why no code is sent now."""

    JUST_SENT = "just_sent"
    TOO_MANY_TO_PHONE = "too_many_to_phone"
    TOO_MANY_OF_ACCOUNT = "too_many_of_account"
    OPTED_OUT = "opted_out"
    """Who has the phone wants no texts of this account."""
    NO_SENDER = "no_sender"
    """There is nothing a text could leave from."""


class CodeJudgement(StrEnum):
    """What a code that somebody typed is."""

    RIGHT = "right"
    WRONG = "wrong"
    USED_UP = "used_up"
    """Wrong codes were typed too often; another one must be sent."""
    EXPIRED = "expired"
    NONE_SENT = "none_sent"


@dataclass(frozen=True, slots=True)
class SentCode:
    """A code that was sent, as far as judging it needs."""

    sent_at: datetime
    wrong_tries: int


def refusal_of_code(to_phone: Sequence[datetime], of_account: Sequence[datetime], now: datetime) -> CodeRefusal | None:
    """Say why no further code may be sent, told when codes went to the phone, whoever's, and when the account had some sent."""
    lately = [at for at in to_phone if now - at < LIMIT_WITHIN]
    if len(lately) >= MOST_TO_PHONE:
        return CodeRefusal.TOO_MANY_TO_PHONE
    if sum(now - at < LIMIT_WITHIN for at in of_account) >= MOST_OF_ACCOUNT:
        return CodeRefusal.TOO_MANY_OF_ACCOUNT
    return CodeRefusal.JUST_SENT if any(now - at < PAUSE for at in lately) else None


def judge_code(last: SentCode | None, *, is_same: bool, now: datetime) -> CodeJudgement:
    """Say what a typed code is, told the last one sent and whether it is the same; the right one counts for nothing once it is too late."""
    if last is None:
        return CodeJudgement.NONE_SENT
    if now - last.sent_at >= VALID_FOR:
        return CodeJudgement.EXPIRED
    if last.wrong_tries >= MOST_TRIES:
        return CodeJudgement.USED_UP
    if is_same:
        return CodeJudgement.RIGHT
    return CodeJudgement.WRONG if last.wrong_tries + 1 < MOST_TRIES else CodeJudgement.USED_UP
