"""The books of the ledger and what moves money between them (product.md §10).

What belongs here: the words, and pure sums over transfers. What does not: rows (`store.charging`, `apps.billing`), prices (`price`).
"""

from enum import StrEnum


class Book(StrEnum):
    """An account of the bookkeeping. Each transfer takes its amount from one book, the debit, and gives it to another, the credit."""

    CUSTOMER = "customer"
    """What the customer has with us; below zero, what it owes."""
    MESSAGES = "messages"
    """Earned by texts, whoever wrote them."""
    FORWARDS = "forwards"
    """Earned by forwards to phones."""
    FEES = "fees"
    """Earned by installations and subscriptions."""
    BANK = "bank"
    """Paid in and out."""
    ADJUSTMENTS = "adjustments"
    """Given or taken by the operator for another reason."""


class Event(StrEnum):
    """What a transfer is about. With the id of what it refers to and the number of its leg it happens once."""

    MESSAGE = "message"
    """An outgoing message was handed over; refers to it."""
    REFUND = "refund"
    """What was settled for an outgoing message is given back; refers to it."""
    TOP_UP = "top_up"
    """Paid in; refers to itself."""
    PAYMENT = "payment"
    """An invoice is paid; refers to it."""
    FEE = "fee"
    """A line of a billing run; refers to the line's invoice, one leg for each line."""
    CORRECTION = "correction"
    """Refers to the correcting invoice or to itself."""
    ADJUSTMENT = "adjustment"
    """Refers to itself."""


def floor_on(plan_limit: int | None, own_limit: int | None, *, is_prepaid: bool) -> int | None:
    """Return below what `balance - reserved` of an account may not go; None: it may owe any amount.

    Who pays before never owes anything for what is ordered, whatever limit was agreed; of the others their own limit counts before that
    of their plan.
    """
    if is_prepaid:
        return 0
    limit = plan_limit if own_limit is None else own_limit
    return None if limit is None else -limit
