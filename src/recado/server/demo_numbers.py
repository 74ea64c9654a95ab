"""The demo's stock of numbers, the pool of ECO+, an order that waits, a number that rests, and a second plan.

What belongs here: what there is to order and to settle. What does not: the numbers of the story (`demo`).
"""

from datetime import timedelta

from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.connections.models import Connection
from recado.apps.numbers.lifecycle import release_number, set_expiry
from recado.apps.numbers.models import Number
from recado.apps.numbers.services import add_number
from recado.apps.orders.services import order_number
from recado.apps.plans.services import add_plan, edit_plan
from recado.core.number import NumberKind

STOCK = {
    NumberKind.INDIVIDUAL_LONG: ("48664200310", "48664200311", "48664200320", "48664200777"),
    NumberKind.INDIVIDUAL_LONG_MMS: ("48664200400",),
    NumberKind.INDIVIDUAL_SHORT: ("4302",),
}
POOL = ("48732100100", "48732100101")
RESTING = "48664200555"
PLAN = "Start"


def load(flowers: Account, clinic: Account) -> None:
    """Load all of it once."""
    carrier, now = Connection.objects.get(kind="simulator"), timezone.now()
    stock = [add_number(digits, kind, connection=carrier) for kind, numbers in STOCK.items() for digits in numbers]
    for digits in POOL:
        add_number(digits, NumberKind.ECO, connection=carrier)
    owner = clinic.memberships.earliest("id").user
    order_number(clinic, owner, NumberKind.INDIVIDUAL_LONG, stock[1], "Prosimy o numer do końca miesiąca.")
    release_number(add_number(RESTING, NumberKind.INDIVIDUAL_LONG, account=flowers, connection=carrier), now - timedelta(days=40))
    set_expiry(Number.objects.get(account=flowers, kind=NumberKind.INDIVIDUAL_LONG), now + timedelta(days=40))
    cheap = {(NumberKind.INDIVIDUAL_LONG, "surveys_contests_statistics"): False, (NumberKind.INDIVIDUAL_SHORT, "post_paid"): False}
    edit_plan(add_plan(PLAN), PLAN, cheap, {NumberKind.SHARED_LONG: 2, NumberKind.SHARED_SHORT: 1})
