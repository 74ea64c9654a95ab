"""A price list as templates draw it.

What belongs here: words and order. What does not: which list holds (`apps.plans.price_lists`).
"""

from recado.apps.plans.models import PriceList
from recado.apps.plans.price_lists import first_day
from recado.core.fees import read_fees
from recado.core.price import read_prices
from recado.panel.number_words import short_name
from recado.panel.price_words import SERVICES


def shown(its: PriceList) -> dict[str, object]:
    """Return a list as templates draw it."""
    prices = read_prices(its.prices)
    return {
        "pk": its.pk,
        "day": first_day(its),
        "prices": [(words, prices[service]) for service, words in SERVICES.items()],
        "fees": [(short_name(each.kind), each) for each in read_fees(its.fees)],
    }
