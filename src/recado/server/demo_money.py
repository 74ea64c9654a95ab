"""The demo's money: who sells, two months that were billed, their invoices, one paid, one overdue, one corrected, and what came in.

What belongs here: what happened in these months, in its order. What does not: the account that pays in advance (`demo_prepaid`), writing
texts down (`demo_texts`). Everything goes through the services that people use, told that it happened earlier.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from recado.apps.accounts.models import Account, User
from recado.apps.billing.corrections import correct, nets_now
from recado.apps.billing.models import BillingRun, Invoice
from recado.apps.billing.payments import mark_paid
from recado.apps.billing.plan_requests import ask_for_plan
from recado.apps.billing.runs import dry_run, order_post, post_some
from recado.apps.billing.sellers import save_seller
from recado.apps.billing.subscriptions import subscribe
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import SendKind
from recado.apps.plans.models import Plan
from recado.apps.plans.price_lists import CALENDAR, add_list, fees_for, today
from recado.apps.plans.queries import prices_for
from recado.core.billing import LineCode, month_of, next_month, previous_month
from recado.core.fees import Package
from recado.core.number import NumberKind
from recado.core.price import Service
from recado.server import demo_numbers, demo_texts
from recado.store.ids import IdGenerator

SELLER = {
    "name": "Operator Przykładowy sp. z o.o.",
    "tax_id": "1000000012",  # no tax office has the number 100
    "address": "ul. Przykładowa 1",
    "postcode": "00-000",
    "city": "Przykładów",
    "place": "Przykładów",
    "bank_account": "PL20999900000000000000000001",  # no bank has the number 9999
    "bank_name": "Bank Przykładowy",
    "payment_days": 28,
    "vat_rate": 23,
    "top_up_text": "Przelej dowolną kwotę na rachunek 20 9999 0000 0000 0000 0000 0001. W tytule podaj nazwę konta. "
    "Środki dopisujemy w dni robocze w ciągu godziny.",
}
"""Who sells; clearly invented."""
CHEAPER = {NumberKind.INDIVIDUAL_LONG: 7900, NumberKind.SHARED_LONG: 3900}
"""Monthly fees of the plan that customers may ask for; its texts cost a little more."""
POSTED_AT = time(14, tzinfo=UTC)
PAID_AFTER = timedelta(days=9)
ORDERS = "Zamówienie nr {} jest gotowe do odbioru. Zapraszamy codziennie do 18:00. Kwiaciarnia Róża"
VISITS = "Przypominamy o wizycie jutro, karta nr {}. Aby odwołać, odpisz NIE. Klinika Zdrowie"
OFF = "Rabat 10% za przerwę w działaniu numeru."

Happening = tuple[datetime, Callable[[datetime], None]]


def load(flowers: Account, clinic: Account, operator: User, now: datetime, node: int) -> None:
    """Load all of it once, oldest first, before anything else in the demo costs money: statements are read in the order of booking."""
    months = billed_months(now)
    _set_up(flowers, clinic, months, now)
    happenings = [
        *_texts(flowers, clinic, months[0], now, IdGenerator(node * 2)),
        *((posted_at(month), _billing(month, operator)) for month in months),
        (posted_at(months[0]) + PAID_AFTER, lambda at: _pay(flowers, months[0], at)),
        (min(posted_at(months[1]) + timedelta(hours=20), now), lambda at: _give_back(flowers, months[1], at)),
    ]
    for at, happen in sorted(happenings, key=lambda happening: happening[0]):
        happen(at)
    ask_for_plan(clinic, Plan.objects.get(name=demo_numbers.PLAN), clinic.memberships.earliest("id").user)


def billed_months(now: datetime) -> tuple[date, date]:
    """Return the last two months whose billing can have been posted."""
    month = previous_month(month_of(today(now)))
    if posted_at(month) > now:
        month = previous_month(month)
    return previous_month(month), month


def posted_at(month: date) -> datetime:
    """Return when a month was posted: on the afternoon after it."""
    return datetime.combine(next_month(month), POSTED_AT)


def at_hour(day: date, hour: int) -> datetime:
    """Return an hour of a day; programs send each at one of its own, because ids tell the millisecond."""
    return datetime.combine(day, time(hour), CALENDAR).astimezone(UTC)


def days_between(first: date, now: datetime, step: int) -> Iterator[date]:
    """Yield every so many days, the last of them yesterday at the latest."""
    day = first
    while day < today(now):
        yield day
        day += timedelta(days=step)


def _set_up(flowers: Account, clinic: Account, months: tuple[date, date], now: datetime) -> None:
    start, standard = Plan.objects.get(name=demo_numbers.PLAN), fees_for(flowers, now)
    cheaper = [Package(fee.kind, fee.name, fee.keyword_count, 0, CHEAPER.get(fee.kind, fee.monthly)) for fee in standard]
    add_list(start, today(now), {**prices_for(flowers), Service.FULL: 11, Service.ECO: 9}, cheaper, now)
    save_seller({**SELLER, "offered_plans": [start]})
    own = Number.objects.get(account=flowers, kind=NumberKind.INDIVIDUAL_LONG)
    subscribe(flowers, NumberKind.INDIVIDUAL_LONG, "", own, months[0] + timedelta(days=10))
    subscribe(clinic, NumberKind.SHARED_LONG, "20", None, months[0])
    subscribe(clinic, NumberKind.SHARED_SHORT, "20", None, months[1] + timedelta(days=14))


def _texts(flowers: Account, clinic: Account, first: date, now: datetime, ids: IdGenerator) -> Iterator[Happening]:
    pool = Number.objects.get(digits=demo_numbers.POOL[0])
    orders = demo_texts.Program(flowers, Number.objects.get(account=flowers, kind=NumberKind.INDIVIDUAL_LONG), SendKind.FULL, ORDERS)
    visits = demo_texts.Program(clinic, pool, SendKind.ECO, VISITS)
    for program, hour, step, count, start in ((orders, 10, 7, 5, 1040), (visits, 12, 4, 6, 3200)):
        for place, day in enumerate(days_between(first + timedelta(days=12), now, step)):
            yield at_hour(day, hour), _sending(program, start + place * count, count, ids)


def _sending(program: demo_texts.Program, first: int, count: int, ids: IdGenerator) -> Callable[[datetime], None]:
    return lambda at: demo_texts.send(program, first, count, at, ids)


def _billing(month: date, operator: User) -> Callable[[datetime], None]:
    def bill(at: datetime) -> None:
        run = dry_run(month, operator, at)
        order_post(run, operator, at)
        while post_some(run, at):
            pass

    return bill


def _invoice(account: Account, month: date) -> Invoice:
    return Invoice.objects.get(account=account, run=BillingRun.objects.get(month=month))


def _pay(account: Account, month: date, at: datetime) -> None:
    mark_paid(_invoice(account, month), today(at), at)


def _give_back(account: Account, month: date, at: datetime) -> None:
    """Correct the invoice of a month: a tenth of the subscription less."""
    invoice = _invoice(account, month)
    place = next(place for place, line in enumerate(invoice.lines) if line["code"] == LineCode.SUBSCRIPTION)
    correct(invoice, {place: nets_now(invoice)[place] * 9 // 10}, OFF, at)
