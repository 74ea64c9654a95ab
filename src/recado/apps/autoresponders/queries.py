"""Reads about autoresponders: an account's in their order, one of them, where one may answer, what they did today.

What belongs here: questions of panel and services. What does not: changes (`services`), answers that were stopped (`trips`).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Q, QuerySet

from recado.apps.accounts.models import Account
from recado.apps.autoresponders.models import AnswerDay, Autoresponder
from recado.apps.keywords.models import Keyword
from recado.apps.numbers.models import Number
from recado.apps.numbers.queries import usable_numbers
from recado.core.overtaking import Answering, overtaken


def autoresponders_of(account: Account) -> QuerySet[Autoresponder]:
    """Return the account's autoresponders in the order in which they are asked."""
    mine = Autoresponder.objects.filter(account=account).order_by("position", "id")
    return mine.select_related("account", "number", "keyword__number", "in_group", "not_in_group")


def get_autoresponder_for(account: Account, autoresponder_id: int) -> Autoresponder:
    """Return an autoresponder of the account; raise Autoresponder.DoesNotExist for all others."""
    return autoresponders_of(account).get(pk=autoresponder_id)


def answering_numbers(account: Account) -> QuerySet[Number]:
    """Return the numbers on which an autoresponder can answer: the account's own, and shared ones where it has keywords."""
    with_keywords = keywords_to_answer(account).values("number")
    return usable_numbers(account).filter(Q(account=account) | Q(pk__in=with_keywords))


def keywords_to_answer(account: Account) -> QuerySet[Keyword]:
    """Return the keywords an autoresponder can be for, by word."""
    mine = Keyword.objects.filter(account=account).exclude(state=Keyword.State.QUARANTINE)
    return mine.select_related("number").order_by("word", "id")


def overtaken_by(found: Iterable[Autoresponder], now: datetime) -> dict[int, int]:
    """Say which of an account's autoresponders, given in their order, never answer, because another one always does before them."""
    return overtaken(map(_answering, found), now)


def answered_on(account: Account, day: str) -> Mapping[int, AnswerDay]:
    """Return what each autoresponder did on a day (ISO) of the account's calendar, by its id."""
    rows = AnswerDay.objects.filter(account=account, source="autoresponder", day=day)
    return {row.source_id: row for row in rows}


def _answering(one: Autoresponder) -> Answering:
    period = one.starts_at, one.ends_at
    return Answering(one.pk, one.number_id, one.keyword_id, one.is_enabled, one.once_minutes is None, *period, one.condition)
