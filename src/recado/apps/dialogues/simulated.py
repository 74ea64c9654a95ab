"""Texting a number as if a phone had, without taking a text that another account would get.

What belongs here: whose it would be. What does not: receiving it (`apps.inbox.services`), what the phone shows (`phone`).
"""

from datetime import datetime
from enum import StrEnum

from recado.apps.accounts.models import Account
from recado.apps.dialogues.queries import sole_writer
from recado.apps.keywords.dry_run import owner_of
from recado.apps.numbers.models import Number


class Foreign(StrEnum):
    """Why a text would become another account's message."""

    KEYWORD = "keyword"
    """It begins with another account's keyword, or answers a question about one."""
    CONVERSATION = "conversation"
    """On this number the phone is talking with another account."""


def foreign(account: Account, number: Number, msisdn: str, text: str, now: datetime) -> Foreign | None:
    """Say why a text would become another account's, None where it would not: tried phones are common to all accounts."""
    owner = owner_of(number, msisdn, text, now, with_questions=True)
    if owner is not None:
        return None if owner == account.pk else Foreign.KEYWORD
    return None if sole_writer(number, msisdn, now) in {None, account.pk} else Foreign.CONVERSATION
