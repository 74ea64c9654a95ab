"""What an autoresponder does at the moment, as one code.

What belongs here: what several columns, the clock and its neighbours come to. What does not: words for the codes (`panel`).
"""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from django.utils import timezone

from recado.apps.autoresponders.models import Autoresponder
from recado.apps.autoresponders.queries import answering_numbers
from recado.apps.keywords.models import Keyword


class AutoresponderState(StrEnum):
    """What an autoresponder does at the moment."""

    ON = "on"
    OFF = "off"
    NOT_YET = "not_yet"
    ENDED = "ended"
    OVERTAKEN = "overtaken"
    """One before it always answers in its stead."""
    HOMELESS = "homeless"
    """Its number or keyword is not the account's any more."""
    SPENT = "spent"
    """It cost what it may cost a day."""


def state_of(found: Autoresponder) -> AutoresponderState:
    """Return the state of one by itself, as one alone is shown."""
    numbers = set(answering_numbers(found.account).values_list("pk", flat=True))
    return standing_in(found, numbers, is_hidden=False, is_spent=False, now=timezone.now())


def standing_in(found: Autoresponder, numbers: Collection[int], *, is_hidden: bool, is_spent: bool, now: datetime) -> AutoresponderState:
    """Return the state of one among all; `numbers` are those on which the account can answer."""
    is_kept = found.keyword is None or (found.keyword.account_id == found.account_id and found.keyword.state != Keyword.State.QUARANTINE)
    states = {
        AutoresponderState.OFF: not found.is_enabled,
        AutoresponderState.ENDED: found.ends_at is not None and found.ends_at <= now,
        AutoresponderState.HOMELESS: not is_kept or (found.number_id is not None and found.number_id not in numbers),
        AutoresponderState.NOT_YET: found.starts_at is not None and found.starts_at > now,
        AutoresponderState.OVERTAKEN: is_hidden,
        AutoresponderState.SPENT: is_spent,
    }
    return next((state for state, applies in states.items() if applies), AutoresponderState.ON)
