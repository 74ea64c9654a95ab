"""Kinds of access numbers and what each may do.

The capability table of product.md §1 as data, in this one place. A plan may override single cells (`core.plan`);
what an account actually booked does not belong here.
"""

from dataclasses import dataclass
from enum import StrEnum


class NumberKind(StrEnum):
    """The six kinds of number a message can arrive on."""

    SHARED_LONG = "shared_long"
    SHARED_SHORT = "shared_short"
    INDIVIDUAL_LONG = "individual_long"
    INDIVIDUAL_LONG_MMS = "individual_long_mms"
    INDIVIDUAL_SHORT = "individual_short"
    ECO = "eco"


class NumberState(StrEnum):
    """Where a number is in its life."""

    IN_STOCK = "in_stock"
    ASSIGNED = "assigned"
    SUSPENDED = "suspended"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class Capabilities:
    """One row of the table: what a kind of number may do."""

    abbreviation: str
    """The provider's short name: ND, SC, NDI, NDI MMS, SCI, ECO."""
    is_shared: bool
    """Whether everybody may reserve words on it (or, with ECO+, send from it), so that it belongs to no account."""
    is_short: bool
    """A code of four digits instead of a number of nine."""
    exact_keywords: bool
    advanced_keywords: bool
    """Base, phrase and removing keywords."""
    all_messages: bool
    """Every message on the number can be handled, keyword or not."""
    keyword_quota: bool
    """Whether the plan limits the number of keywords."""
    surveys_contests_statistics: bool
    mms: bool
    pre_paid: bool
    post_paid: bool
    installation_fee: bool
    subscription: bool


def _individual(abbreviation: str, *, mms: bool = False, is_short: bool = False) -> Capabilities:
    return Capabilities(
        abbreviation,
        is_shared=False,
        is_short=is_short,
        exact_keywords=True,
        advanced_keywords=True,
        all_messages=True,
        keyword_quota=False,
        surveys_contests_statistics=True,
        mms=mms,
        pre_paid=False,
        post_paid=True,
        installation_fee=True,
        subscription=True,
    )


def _shared(abbreviation: str, *, is_short: bool = False) -> Capabilities:
    return Capabilities(
        abbreviation,
        is_shared=True,
        is_short=is_short,
        exact_keywords=True,
        advanced_keywords=False,
        all_messages=False,
        keyword_quota=True,
        surveys_contests_statistics=False,
        mms=False,
        pre_paid=False,
        post_paid=True,
        installation_fee=True,
        subscription=True,
    )


CAPABILITIES: dict[NumberKind, Capabilities] = {
    NumberKind.SHARED_LONG: _shared("ND"),
    NumberKind.SHARED_SHORT: _shared("SC", is_short=True),
    NumberKind.INDIVIDUAL_LONG: _individual("NDI"),
    NumberKind.INDIVIDUAL_LONG_MMS: _individual("NDI MMS", mms=True),
    NumberKind.INDIVIDUAL_SHORT: _individual("SCI", is_short=True),
    NumberKind.ECO: Capabilities(
        "ECO",
        is_shared=True,
        is_short=False,
        exact_keywords=False,
        advanced_keywords=False,
        all_messages=False,
        keyword_quota=False,
        surveys_contests_statistics=False,
        mms=False,
        pre_paid=True,
        post_paid=True,
        installation_fee=False,
        subscription=False,
    ),
}
