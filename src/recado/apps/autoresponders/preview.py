"""What a text that answers by itself looks like on a phone, with sample values, and what it costs.

What belongs here: the samples, counting and pricing. What does not: filling in real values (`core`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from recado.apps.accounts.models import Account
from recado.apps.keywords.models import Keyword
from recado.apps.numbers.models import Number
from recado.apps.plans.queries import prices_for
from recado.core.price import Service, cost
from recado.core.reply import PLACEHOLDERS, fill, own_number, unknown
from recado.protocols.gsm.segment import segments

SAMPLE_NUMBER = "48503340503"


@dataclass(frozen=True, slots=True)
class Preview:
    """A text as a person gets it."""

    text: str
    count: int
    """How many SMS it is."""
    cost: int
    is_filled: bool
    """Whether something was put in place of names, so that real texts can be longer or shorter."""
    missing: list[str]
    """Names that nothing is put in place of."""


def preview_of(account: Account, text: str, number: Number | None = None, keyword: Keyword | None = None) -> Preview:
    """Return a text with sample values, counted and priced as it would be sent."""
    filled = fill(text, samples(number, keyword))
    count = segments(filled).count
    missing = list(dict.fromkeys(unknown(text)))
    return Preview(filled, count, cost(prices_for(account), Service.FULL, count), filled != text, missing)


def samples(number: Number | None = None, keyword: Keyword | None = None) -> Mapping[str, str]:
    """Return a value for each name a text can ask for, as a message with that keyword or to that number would give it."""
    digits = keyword.number.digits if keyword else number.digits if number else SAMPLE_NUMBER
    values = {
        "keyword": keyword.word if keyword else _("ROSE"),
        "argument": _("12 tulips"),
        "first_name": "Anna",
        "last_name": "Nowak",
        "group": _("Customers"),
        "date": timezone.localdate().isoformat(),
        "number": own_number(digits),
    }
    return {name: values.get(name, name.upper()) for name in PLACEHOLDERS}
