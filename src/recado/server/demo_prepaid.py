"""The demo's account that pays in advance: what it paid in, what it spent, the little that is left, and that it was told.

What belongs here: this account, whole. What does not: invoices (`demo_money`), writing texts down (`demo_texts`).
"""

from datetime import datetime, timedelta

from recado.apps.accounts.company import save_company
from recado.apps.accounts.models import Account
from recado.apps.accounts.services import create_account, create_owner
from recado.apps.billing.alerts import save_alerts, tell_reached
from recado.apps.billing.booking import Leg, book
from recado.apps.billing.terms import apply_terms
from recado.apps.contacts.services import add_contact, add_group, join_groups
from recado.apps.dialogues.today import dismiss_checklist
from recado.apps.ids import next_id
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import SendKind
from recado.apps.plans.models import Plan
from recado.apps.plans.services import set_plan
from recado.core.ledger import Book, Event
from recado.server import demo_numbers, demo_texts
from recado.server.demo_money import at_hour, billed_months, days_between
from recado.server.demo_story import PEOPLE
from recado.store.ids import IdGenerator

NAME = "Pizzeria Kometa"
EMAIL = "kometa@demo.example"
COMPANY = {
    "company": "Pizzeria Kometa Leon Gwiazda",
    "tax_id": "2000000018",  # no tax office has the number 200
    "address": "ul. Mleczna 4",
    "postcode": "00-002",
    "city": "Różanów",
}
FIRST, SECOND = 1000, 500
"""Paid in, minor units."""
TEXTS = 205
"""What they leave does not reach for a group send to all of its customers."""
ALERT = 500
ON_ITS_WAY = "Twoja pizza (nr {}) jest w drodze. Smacznego! Pizzeria Kometa"


def load(password: str, now: datetime, node: int) -> None:
    """Load all of it once."""
    account = _account(password)
    pool = Number.objects.get(digits=demo_numbers.POOL[1])
    program, ids = demo_texts.Program(account, pool, SendKind.ECO, ON_ITS_WAY), IdGenerator(node * 2)
    moments = [at_hour(day, 19) for day in days_between(billed_months(now)[1] + timedelta(days=2), now, 3)]
    middle, number = len(moments) // 2, 0
    for place, at in enumerate(moments):
        if place in {0, middle}:
            _pay_in(account, *((SECOND, "BLIK") if place else (FIRST, "Przelew")), at - timedelta(hours=1))
        count = (TEXTS - number) // (len(moments) - place)
        demo_texts.send(program, number + 1, count, at, ids)
        number += count
    save_alerts(account, [ALERT])
    tell_reached(now)


def _account(password: str) -> Account:
    account = create_account(NAME, language="pl")
    create_owner(account, EMAIL, password, name="Leon Gwiazda")
    save_company(account, COMPANY)
    set_plan(account, Plan.objects.get(is_prepaid=True))
    apply_terms(account)
    dismiss_checklist(account)  # its steps are about keywords, which it cannot have
    customers = add_group(account, "Klienci")
    for person in PEOPLE:
        contact = add_contact(account, person.msisdn, {"first_name": person.first_name, "last_name": person.last_name})
        join_groups(contact, [customers.pk])
    return account


def _pay_in(account: Account, amount: int, note: str, at: datetime) -> None:
    book(account, Event.TOP_UP, next_id(), [Leg(0, Book.BANK, amount, note)], at)
