"""Which real messages of keywords are of which day of the account's calendar.

What belongs here: the one query that all counting begins with. What does not: counting (`tallies`, `arguments`). Messages are looked up by
name, because their app builds on this one.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db.models import Case, IntegerField, Value, When

from recado.apps.accounts.models import Account
from recado.apps.ids import first_id_at


def slotted(account: Account, start: int, end: int, days: Sequence[date]) -> tuple[Any, list[date]]:
    """Return the messages with ids between two, each with its `slot`, and the days of the slots; the ids' own times say the day."""
    messages = apps.get_model("inbox", "Message")._default_manager  # noqa: SLF001  # documented Django API
    found = messages.filter(account=account, id__gte=start, id__lt=end, keyword_id__isnull=False, is_test=False)
    ends = [(first_id_at(midnight(account, day + timedelta(days=1))), day) for day in days]
    under_way = [(bound, day) for bound, day in ends if bound > start]
    slots = [When(id__lt=bound, then=Value(slot)) for slot, (bound, _) in enumerate(under_way[:-1])]
    slot = Case(*slots, default=Value(len(under_way) - 1), output_field=IntegerField()) if slots else Value(0)
    return found.order_by().annotate(slot=slot), [day for _, day in under_way]


def midnight(account: Account, day: date) -> datetime:
    """Return when a day begins for the account."""
    return datetime.combine(day, time.min, ZoneInfo(account.time_zone))
