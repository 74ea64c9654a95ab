"""Traffic on numbers that are nobody's: unknown here, in stock, or resting. It is kept, and says what is set up wrongly.

What belongs here: counting it by number. What does not: what to do about single messages (`apps.dialogues.unmatched`).
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from recado.apps.ids import first_id_at
from recado.apps.inbox.models import Message
from recado.apps.numbers.models import Number
from recado.core.number import NumberState

LOOKED_BACK = timedelta(days=7)
LOOKED_AT = 5000
"""The newest so many are counted."""


@dataclass(frozen=True, slots=True)
class Orphaned:
    """What came to one number."""

    digits: str
    number: Number | None
    """None where the number is unknown here."""
    count: int


def orphan_traffic(now: datetime) -> list[Orphaned]:
    """Return the numbers that got messages lately though they are nobody's, the busiest first; what was set aside is left out."""
    waiting = Message.objects.filter(account=None, is_discarded=False, is_test=False, pk__gte=first_id_at(now - LOOKED_BACK))
    nobodys = waiting.filter(Q(number=None) | ~Q(number__state=NumberState.ASSIGNED.value))
    counts = Counter(nobodys.order_by("-id").values_list("recipient", flat=True)[:LOOKED_AT])
    known = {number.digits: number for number in Number.objects.filter(digits__in=counts)}
    return [Orphaned(digits, known.get(digits), count) for digits, count in counts.most_common()]
