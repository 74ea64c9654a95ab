"""Why a number cannot be ordered, or an order not be settled as asked.

What belongs here: reasons as codes. What does not: the sentences people read (`panel.order_words`).
"""

from enum import StrEnum


class OrderRefusal(StrEnum):
    """Why an order is not possible."""

    SUSPENDED = "suspended"
    """The account is."""
    NOT_FOR_ONE = "not_for_one"
    """Everybody uses this kind, nobody has one of it to themselves."""
    PREPAID = "prepaid"
    """The kind cannot be paid for in advance, as the account does."""
    NOT_IN_PLAN = "not_in_plan"
    TAKEN = "taken"
    """The number is not in stock any more, or another order holds it."""
    TOO_MANY = "too_many"
    """So many orders of the account wait already."""
    SETTLED = "settled"
    """Somebody was faster: it is not open any more."""
    OTHER_KIND = "other_kind"
    """The number is of another kind than the one ordered."""


class OrderError(ValueError):
    """Nothing was written; `reason` says why."""

    def __init__(self, reason: OrderRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason
