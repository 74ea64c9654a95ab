"""What sending costs: prices of a plan in integer minor units, the list in force, and the cost of one message (product.md §10).

What belongs here: pure sums. What does not: fees for numbers (`core.fees`), counting segments (`protocols.gsm.segment`), which plan an
account has (`apps.plans`), booking.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol, TypeVar


class Service(StrEnum):
    """What is priced, each for one segment."""

    FULL = "full"
    """From a sender name or a number of the account; automatic replies and answers of people too."""
    ECO = "eco"
    """From a pool number."""
    FORWARD = "forward"
    """A received message handed on to a phone."""
    MMS = "mms"
    """A multimedia message, as a whole."""


STANDARD_PRICES: Mapping[Service, int] = MappingProxyType({Service.FULL: 9, Service.ECO: 7, Service.FORWARD: 9, Service.MMS: 25})
"""Minor units a segment where a plan names no other."""


class Dated(Protocol):
    """Anything that holds from a moment on, until the next of its kind."""

    @property
    def starts_at(self) -> datetime:
        """Return the first moment."""


D = TypeVar("D", bound=Dated)


class PriceError(ValueError):
    """Stored or given prices cannot be used."""


def read_prices(stored: object) -> Mapping[Service, int]:
    """Read what is stored, `{"full": 9}`, and add the standard prices; raise PriceError."""
    if not isinstance(stored, Mapping):
        raise PriceError("prices map services to minor units")
    found = dict(STANDARD_PRICES)
    for name, price in stored.items():
        if name not in set(Service) or isinstance(price, bool) or not isinstance(price, int) or price < 0:
            raise PriceError(f"{name}: {price!r} is no price in whole minor units of a service that is priced")
        found[Service(name)] = price
    return MappingProxyType(found)


def list_in_force(lists: Iterable[D], moment: datetime) -> D | None:
    """Return the list that holds at a moment: the one that began last; None before the first."""
    return max((each for each in lists if each.starts_at <= moment), key=lambda each: each.starts_at, default=None)


def cost(prices: Mapping[Service, int], service: Service, segment_count: int, recipient_count: int = 1) -> int:
    """Return what messages cost, in minor units."""
    return prices[service] * segment_count * recipient_count
