"""Destinations of an account: the places messages are forwarded to, and those delivery reports go to.

`content` says what one consists of and checks it, `writing` makes and changes them, `reading` finds them, `estimates` says what a phone
costs, `reports` is about delivery reports. What does not belong here: calling them (`delivery`), secrets (`apps.outbox.secrets`), health
and pauses.
"""

from recado.apps.outbox.destinations.content import (
    DestinationContent,
    DestinationError,
    DestinationProblem,
    DestinationUrlError,
    Problem,
    check,
    check_url,
    content_of,
)
from recado.apps.outbox.destinations.estimates import PhoneEstimate, estimate_phone
from recado.apps.outbox.destinations.reading import (
    FORWARD_KINDS,
    DestinationUse,
    destinations_of,
    get_destination_for,
    used_by,
)
from recado.apps.outbox.destinations.reports import default_receipts_destination, receipts_destination, set_default_receipts
from recado.apps.outbox.destinations.writing import DestinationInUseError, change, create, create_destination, disable, enable, remove

__all__ = [
    "FORWARD_KINDS",
    "DestinationContent",
    "DestinationError",
    "DestinationInUseError",
    "DestinationProblem",
    "DestinationUrlError",
    "DestinationUse",
    "PhoneEstimate",
    "Problem",
    "change",
    "check",
    "check_url",
    "content_of",
    "create",
    "create_destination",
    "default_receipts_destination",
    "destinations_of",
    "disable",
    "enable",
    "estimate_phone",
    "get_destination_for",
    "receipts_destination",
    "remove",
    "set_default_receipts",
    "used_by",
]
