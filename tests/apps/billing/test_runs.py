"""Billing runs: computed, looked at, posted once, corrected by new entries."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from apps.billing.ledger import AFTER, IN_NOVEMBER, NOVEMBER, customer, priced, sells, sent, subscribes
from recado.apps.accounts.models import Account, User
from recado.apps.billing import drafts, issuing, runs
from recado.apps.billing.booking import Leg, book
from recado.apps.billing.corrections import CorrectionError, correct, nets_now
from recado.apps.billing.documents import sums_of
from recado.apps.billing.models import BillingDraft, BillingRun, Invoice, Transfer, Wallet
from recado.apps.billing.payments import mark_paid
from recado.apps.billing.plan_periods import note_plan_change
from recado.apps.billing.queries import standing
from recado.apps.billing.runs import RunError, RunRefusal, dry_run, order_post, post_ordered, post_some
from recado.apps.billing.statements import statement
from recado.apps.ids import next_id
from recado.core.billing import next_month
from recado.core.ledger import Book, Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def olga(db: None) -> User:
    return User.objects.create_user("olga@example.com", "a long password")


def posted(olga: User, now: datetime = AFTER, month: date = NOVEMBER) -> BillingRun:
    run = dry_run(month, olga, now)
    order_post(run, olga, now)
    assert post_some(run, now) == 0
    run.refresh_from_db()
    return run


def balance(account: Account) -> int:
    """Return what the wallet says; it must be what the transfers come to."""
    money = Transfer.objects.filter(account=account)
    got = money.filter(credit="customer").aggregate(sum=Sum("amount", default=0))["sum"]
    gave = money.filter(debit="customer").aggregate(sum=Sum("amount", default=0))["sum"]
    wallet = Wallet.objects.get(account=account)
    assert wallet.balance == got - gave
    return wallet.balance


def test_a_dry_run_writes_nothing_but_the_draft(olga):
    account = customer()
    subscribes(account)
    sent(account, segments=3)
    before = Transfer.objects.count()
    run = dry_run(NOVEMBER, olga, AFTER)
    draft = BillingDraft.objects.get(run=run)
    assert [(line["text"], line["quantity"], line["net"], line["vat"]) for line in draft.lines][1][1:] == (3, 27, 6)
    assert (draft.net, draft.vat, draft.gross) == (3027, 696, 3723)
    assert (Transfer.objects.count(), Invoice.objects.count()) == (before, 0)


def test_a_second_dry_run_says_what_changed(olga):
    account = customer()
    sent(account)
    dry_run(NOVEMBER, olga, AFTER)
    sent(account)
    run = dry_run(NOVEMBER, olga, AFTER)
    draft = BillingDraft.objects.get()
    assert (draft.previous_net, draft.net) == (9, 18)
    assert (sums_of(run).previous_net, sums_of(run).net, sums_of(run).changed) == (9, 18, 1)


def test_posting_books_fees_and_invoices_usage_that_was_booked_before(olga):
    sells()
    account = customer()
    subscribes(account)
    sent(account, segments=2)
    assert balance(account) == -18
    posted(olga)
    invoice = Invoice.objects.get()
    assert (invoice.number, invoice.net, invoice.sold_on) == ("FV 1/12/2026", 3018, date(2026, 11, 30))
    assert balance(account) == -3018
    assert list(Transfer.objects.filter(event="fee").values_list("reference_id", "leg", "amount")) == [(invoice.pk, 0, 3000)]
    assert mark_paid(invoice, date(2026, 12, 10), AFTER)
    assert not mark_paid(invoice, date(2026, 12, 11), AFTER)
    assert balance(account) == 0


def test_a_posted_month_is_locked(olga):
    sells()
    sent(customer())
    run = posted(olga)
    order_post(run, olga, AFTER)
    post_ordered(AFTER)
    assert Invoice.objects.count() == 1
    with pytest.raises(RunError, match=RunRefusal.LOCKED.value):
        dry_run(NOVEMBER, olga, AFTER)


@pytest.mark.parametrize(
    ("computed_at", "now", "has_seller", "reason"),
    [
        (AFTER, AFTER, False, RunRefusal.NO_SELLER),
        (IN_NOVEMBER, AFTER, True, RunRefusal.EARLY_DRAFT),
        (IN_NOVEMBER, IN_NOVEMBER, True, RunRefusal.NOT_OVER),
    ],
)
def test_posting_is_refused_with_the_reason(olga, computed_at, now, has_seller, reason):
    if has_seller:
        sells()
    sent(customer())
    run = dry_run(NOVEMBER, olga, computed_at)
    with pytest.raises(RunError, match=reason.value):
        order_post(run, olga, now)


def test_nothing_to_invoice_and_a_draft_computed_anew_are_refused(olga):
    sells()
    run = dry_run(NOVEMBER, olga, AFTER)
    with pytest.raises(RunError, match=RunRefusal.EMPTY.value):
        order_post(run, olga, AFTER)
    sent(customer())
    dry_run(NOVEMBER, olga, AFTER + timedelta(minutes=1))
    with pytest.raises(RunError, match=RunRefusal.CHANGED.value):
        order_post(run, olga, AFTER, made_at=AFTER)


def test_posting_that_was_interrupted_goes_on_without_holes_or_doubles(olga, monkeypatch):
    sells()
    for name in ("Ala", "Bolek", "Celina"):
        subscribes(customer(name))
    run = dry_run(NOVEMBER, olga, AFTER)
    order_post(run, olga, AFTER)
    real, calls = issuing.book_all, []
    monkeypatch.setattr(runs, "AT_ONCE", 1)

    def breaks(*args):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        real(*args)

    monkeypatch.setattr(issuing, "book_all", breaks)
    with pytest.raises(KeyboardInterrupt):
        post_some(run, AFTER)
    assert Invoice.objects.count() == 1
    post_ordered(AFTER)
    assert sorted(Invoice.objects.values_list("sequence", flat=True)) == [1, 2, 3]
    assert Invoice.objects.values("account").distinct().count() == 3
    assert Transfer.objects.filter(event="fee").count() == 3
    run.refresh_from_db()
    assert run.state == BillingRun.State.POSTED


def test_a_month_asks_no_more_of_the_database_for_many_accounts_than_for_few(olga):
    sells()
    plan, counts = priced(), []
    for name in ("Ala", "Bolek", "Celina", "Dorota", "Edek", "Felek"):
        account = customer(name, plan=plan)
        subscribes(account)
        sent(account)
        if name in {"Ala", "Bolek", "Felek"}:
            with CaptureQueriesContext(connection) as asked:
                order_post(run := dry_run(NOVEMBER, olga, AFTER), olga, AFTER)
                assert post_some(run, AFTER) == 0
            counts.append(len(asked))
            Invoice.objects.all().delete()
            BillingRun.objects.all().delete()
    assert counts[1] == counts[2]  # the first began the series of numbers, too


def test_of_two_who_compute_at_once_the_later_counts_and_what_is_not_complete_is_not_posted(olga, monkeypatch):
    sells()
    subscribes(customer())
    real = drafts.computed

    def meanwhile(run, *others):
        found = real(run, *others)
        BillingRun.objects.filter(pk=run.pk).update(made_at=AFTER + timedelta(seconds=1))
        return found

    monkeypatch.setattr(runs, "computed", meanwhile)
    with pytest.raises(RunError, match=RunRefusal.OVERTAKEN.value):
        dry_run(NOVEMBER, olga, AFTER)
    assert not BillingDraft.objects.exists()
    monkeypatch.undo()
    with pytest.raises(RunError, match=RunRefusal.INCOMPLETE.value):
        order_post(BillingRun.objects.get(), olga, AFTER)
    posted(olga)


def test_late_usage_is_taken_by_the_next_month(olga):
    sells()
    account = customer()
    sent(account)
    posted(olga)
    sent(account, segments=4)
    december = next_month(NOVEMBER)
    posted(olga, datetime.fromisoformat("2027-01-03T09:00:00+00:00"), december)
    invoice = Invoice.objects.get(run__month=december)
    assert [(line["month"], line["quantity"]) for line in invoice.lines] == [("2026-11-01", 4)]


def test_who_pays_before_is_invoiced_fees_alone_from_the_credit(olga):
    sells()
    account = customer(plan=priced(is_prepaid=True))
    book(account, Event.TOP_UP, next_id(), [Leg(0, Book.BANK, 10_000)], IN_NOVEMBER)
    subscribes(account)
    sent(account)
    posted(olga)
    invoice = Invoice.objects.get()
    assert (invoice.net, invoice.paid_on) == (3000, date(2026, 12, 2))
    assert balance(account) == 10_000 - 9 - 3000


def test_a_change_of_plan_shares_the_month(olga):
    account = customer()
    subscribes(account)
    other = priced()
    other.price_lists.update(fees=[{"kind": "shared_long", "package": "20", "installation": 0, "monthly": 6000}])
    note_plan_change(account, account.plan, other, date(2026, 11, 16))
    account.plan = other
    account.save()
    dry_run(NOVEMBER, olga, AFTER)
    assert [line["net"] for line in BillingDraft.objects.get().lines] == [1500, 3000]


def test_what_was_paid_before_is_not_invoiced_by_a_later_plan(olga):
    account = customer(plan=priced(is_prepaid=True))
    sent(account, segments=5, at=IN_NOVEMBER)  # 12 November: paid from the credit
    after = priced()
    note_plan_change(account, account.plan, after, date(2026, 11, 20))
    account.plan = after
    account.save()
    sent(account, segments=2, at=IN_NOVEMBER.replace(day=25))
    dry_run(NOVEMBER, olga, AFTER)
    assert [line["quantity"] for line in BillingDraft.objects.get().lines] == [2]


def test_what_was_to_be_invoiced_is_although_who_paid_after_now_pays_before(olga):
    account = customer(plan=priced())
    sent(account, segments=5, at=IN_NOVEMBER)
    after = priced(is_prepaid=True)
    note_plan_change(account, account.plan, after, date(2026, 11, 20))
    account.plan = after
    account.save()
    sent(account, segments=2, at=IN_NOVEMBER.replace(day=25))
    dry_run(NOVEMBER, olga, AFTER)
    assert [line["quantity"] for line in BillingDraft.objects.get().lines] == [5]


def test_a_correction_is_a_new_entry_with_the_difference(olga):
    sells()
    account = customer()
    subscribes(account)
    sent(account, segments=100)
    posted(olga)
    invoice = Invoice.objects.get()
    made = correct(invoice, {0: 1000, 1: 900}, "Agreed discount", AFTER)
    assert (made.number, made.net, made.vat, made.gross) == ("KOR 1/12/2026", -2000, -460, -2460)
    assert nets_now(invoice) == [1000, 900]
    assert balance(account) == -1900
    invoice.refresh_from_db()
    assert invoice.net == 3900
    again = correct(invoice, {0: 1500}, "Not so much", AFTER)
    assert (again.number, again.net, again.lines[0]["before"]) == ("KOR 2/12/2026", 500, 1000)
    for wrong, reason in (({0: 1500}, "x"), ({0: 1}, " "), ({0: -1}, "x")):
        with pytest.raises(CorrectionError):
            correct(invoice, wrong, reason, AFTER)
    mark_paid(invoice, date(2026, 12, 9), AFTER)
    mark_paid(made, date(2026, 12, 9), AFTER)
    mark_paid(again, date(2026, 12, 9), AFTER)
    assert balance(account) == 0


def test_an_invoice_corrected_to_nothing_in_steps_leaves_no_tax(olga):
    sells()
    account = customer()
    sent(account, cost=102)
    posted(olga)
    invoice = Invoice.objects.get()
    steps = [correct(invoice, {0: net}, "Agreed discount", AFTER) for net in (50, 0)]
    assert sum(each.vat for each in (invoice, *steps)) == 0
    assert all(each.gross == each.net + each.vat == sum(line["gross"] for line in each.lines) for each in steps)


def test_accounts_without_company_data_are_invoiced_by_name_and_warned_of(olga):
    sells()
    account = customer(company="", tax_id="", address="")
    sent(account)
    run = posted(olga)
    assert Invoice.objects.get().buyer["name"] == account.name
    assert BillingDraft.objects.get(run=run).warnings == ["no_company", "no_tax_id"]


class StatementsAddUp(TestCase):
    """Whatever moved, a statement's figures are those of the ledger."""

    @settings(max_examples=15)
    @given(st.lists(st.tuples(st.integers(-500, 500).filter(bool), st.integers(0, 100)), max_size=12))
    def test_statements_equal_the_ledger(self, movements):
        account = customer(plan=priced())
        begins = datetime.fromisoformat("2026-09-20T00:00:00+00:00")
        for amount, days in movements:
            book(account, Event.ADJUSTMENT, next_id(), [Leg(0, Book.ADJUSTMENTS, amount)], begins + timedelta(days=days))
        opening = 0
        for month in (date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)):
            found = statement(account, month)
            assert found.opening == opening
            opening = found.closing
        assert opening == standing(account).balance == sum(amount for amount, _days in movements)
