"""On which shared number a text would be an account's own, asked of the production rules before anything is received.

What belongs here: choosing among numbers. What does not: the rules (`core.ownership`), gathering what they need (`keywords.dry_run`).
"""

from datetime import datetime

from recado.apps.accounts.models import Account
from recado.apps.keywords.dry_run import owner_of
from recado.apps.numbers.models import Number
from recado.apps.numbers.queries import SHARED_KINDS
from recado.core.number import NumberState


def claimed_number(account: Account, sender: str, text: str, now: datetime) -> str | None:
    """Return the digits of the shared number on which a keyword of the account claims `text`; long numbers before short codes."""
    numbers = Number.objects.filter(keywords__account=account, kind__in=SHARED_KINDS, state=NumberState.ASSIGNED.value).distinct()
    for number in sorted(numbers, key=lambda each: (-len(each.digits), each.digits)):
        if owner_of(number, sender, text, now) == account.pk:
            return number.digits
    return None
