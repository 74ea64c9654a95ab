"""The sample message a place is tried out with.

What belongs here: what it begins as. What does not: sending it (`apps.outbox.redelivery`).
"""

from django.utils.translation import gettext as _

from recado.apps.accounts.models import Account
from recado.apps.numbers.queries import usable_numbers

SENDER = "48600100200"
"""A phone of the numbers that are nobody's in these texts."""
NO_NUMBER = "48503340503"


def sample_of(account: Account) -> dict[str, str]:
    """Return a message as it could come to the account."""
    digits = usable_numbers(account).values_list("digits", flat=True).first()
    return {"sender": SENDER, "recipient": digits or NO_NUMBER, "text": _("A test: is this arriving?")}
