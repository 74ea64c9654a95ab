"""Names of what is priced.

What belongs here: words for `core.price.Service`, complete by a test. What does not: amounts (`|money`).
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from recado.core.price import Service

SERVICES = {
    Service.FULL: _("From a number or a sender name of their own"),
    Service.ECO: _("From a pool number (ECO+)"),
    Service.FORWARD: _("Forwarding a message to a phone"),
    Service.MMS: _("An MMS, as a whole"),
}
"""What the operator reads in a plan."""
OWN_SERVICES = {
    Service.FULL: _("From your number or sender name, automatic replies included"),
    Service.ECO: _("From a pool number (ECO+)"),
    Service.FORWARD: _("Forwarding a message to a phone"),
    Service.MMS: _("An MMS, as a whole"),
}
"""What the customer reads."""


def price_list(prices: Mapping[Service, int]) -> list[tuple[Promise, int]]:
    """Return what sending costs, in the customer's words."""
    return [(words, prices[service]) for service, words in OWN_SERVICES.items()]
