"""What tests of billing need: a seller, price lists with fees, texts that were paid for."""

from datetime import UTC, date, datetime

from recado.apps.accounts.models import Account
from recado.apps.billing.booking import Leg, book
from recado.apps.billing.models import Subscription
from recado.apps.billing.sellers import save_seller
from recado.apps.ids import next_id
from recado.apps.outbox.models import OutboundMessage
from recado.apps.plans.models import Plan, PriceList
from recado.core.ledger import Book, Event

NOVEMBER = date(2026, 11, 1)
IN_NOVEMBER = datetime(2026, 11, 12, 12, tzinfo=UTC)
AFTER = datetime(2026, 12, 2, 9, tzinfo=UTC)
SELLER = {
    "name": "Recado Sp. z o.o.",
    "tax_id": "5252248481",
    "address": "Długa 7",
    "postcode": "00-238",
    "city": "Warszawa",
    "place": "Warszawa",
    "bank_account": "PL61109010140000071219812874",
    "bank_name": "Bank",
    "payment_days": 14,
    "vat_rate": 23,
    "top_up_text": "Transfer to our account and name your company.",
}
FEES = [
    {"kind": "individual_long", "package": "", "keyword_count": None, "installation": 20000, "monthly": 6000},
    {"kind": "shared_long", "package": "20", "keyword_count": 20, "installation": 0, "monthly": 3000},
]


def sells() -> None:
    save_seller(SELLER)


def priced(*, is_prepaid: bool = False) -> Plan:
    """Make a plan whose fees always held."""
    plan = Plan.objects.create(name=f"Plan {next_id()}", is_prepaid=is_prepaid)
    PriceList.objects.create(plan=plan, starts_at=datetime(2000, 1, 1, tzinfo=UTC), prices={}, fees=FEES)
    return plan


def customer(name: str = "Kwiaciarnia Róża", **fields: object) -> Account:
    given = {"company": name, "tax_id": "1234563218", "address": "Polna 3", "postcode": "00-001", "city": "Warszawa", "language": "pl"}
    return Account.objects.create(name=name, plan=fields.pop("plan", None) or priced(), **(given | fields))


def subscribes(account: Account, starts_on: date = date(2026, 10, 1), kind: str = "shared_long", package: str = "20") -> Subscription:
    return Subscription.objects.create(account=account, kind=kind, package=package, starts_on=starts_on)


def sent(account: Account, cost: int = 9, segments: int = 1, at: datetime = IN_NOVEMBER, origin: str = "agent", kind: str = "full") -> None:
    """Write a text that was handed over and paid for."""
    message = OutboundMessage.objects.create(
        id=next_id(),
        account=account,
        sender="",
        recipient="48501222333",
        text="Hi",
        segment_count=segments,
        origin=origin,
        kind=kind,
        cost=cost * segments,
        charge_state="settled",
        created_at=at,
    )
    earned = Book.FORWARDS if origin == "forward" else Book.MESSAGES
    book(account, Event.MESSAGE, message.pk, [Leg(0, earned, -cost * segments)], at)
