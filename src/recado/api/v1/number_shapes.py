"""What routes about kinds, orders and packages of numbers share: what something costs, and why something cannot be ordered.

What belongs here: shapes and codes. What does not: routes.
"""

from collections.abc import Iterable

from ninja import Schema
from pydantic import Field

from recado.apps.orders.errors import OrderRefusal
from recado.core.fees import Package

ORDER_REFUSALS = {
    OrderRefusal.SUSPENDED: ("account-suspended", "The account is suspended. Nothing can be ordered until it is open again."),
    OrderRefusal.NOT_FOR_ONE: ("not-to-order", "This kind is everybody's: reserve a keyword on one instead."),
    OrderRefusal.PREPAID: ("not-payable", "This kind cannot be paid in advance, as the plan asks for. Ask for another plan."),
    OrderRefusal.NOT_IN_PLAN: ("not-in-plan", "The plan does not include this kind. Ask for another plan."),
    OrderRefusal.TAKEN: ("number-taken", "The number is not free any more. Choose another one."),
    OrderRefusal.TOO_MANY: ("too-many-orders", "Five orders wait already. Withdraw one, or wait until the operator has dealt with them."),
    OrderRefusal.SETTLED: ("order-settled", "The order is not open any more. Look at its state."),
    OrderRefusal.OTHER_KIND: ("other-kind", "The number is of another kind than the one ordered."),
}


class NumberPackageOut(Schema):
    """What something costs, in minor units, net of VAT."""

    name: str
    keyword_count: int | None = Field(description="How many keywords it includes; null: as many as they like.")
    installation: int = Field(description="Once.")
    monthly: int


def packages_shown(fees: Iterable[Package]) -> list[NumberPackageOut]:
    """Write packages."""
    return [
        NumberPackageOut(name=one.name, keyword_count=one.keyword_count, installation=one.installation, monthly=one.monthly) for one in fees
    ]
