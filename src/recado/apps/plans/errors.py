"""Why a plan or a price list cannot be made, changed or removed.

What belongs here: reasons as codes. What does not: the sentences people read (`panel.forms.operator_plan`).
"""

from enum import StrEnum


class PlanRefusal(StrEnum):
    """Why a plan or a list of it cannot be made, changed or removed as asked."""

    NO_NAME = "no_name"
    NAME_TAKEN = "name_taken"
    IS_DEFAULT = "is_default"
    IN_USE = "in_use"
    WAS_IN_USE = "was_in_use"
    """Customers were on it, and what they pay for those days is in its lists."""
    NOT_PREPAID = "not_prepaid"
    """Accounts on it have numbers that cannot be paid in advance; `named` says which."""
    BEGUN = "begun"
    """The list holds, or held, already."""
    TOO_EARLY = "too_early"
    """Somebody is on the plan, so that a list begins tomorrow at the earliest."""
    DAY_TAKEN = "day_taken"
    """Another list of the plan begins on that day."""
    PACKAGE_IN_USE = "package_in_use"
    """Customers have a package that the list does not name; `named` says which."""


class PlanChangeError(ValueError):
    """A plan cannot be changed as asked; `reason` says why, `named` what stands in the way."""

    def __init__(self, reason: PlanRefusal, named: tuple[str, ...] = ()) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.named = named
