"""Plan and billing as customers and operators meet it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from apps.billing.ledger import AFTER, NOVEMBER, SELLER, customer, priced, sent
from panel.billed import computed, invoiced, offered
from recado.apps.accounts.models import OperatorRole, Role
from recado.apps.accounts.services import add_member, create_user
from recado.apps.audit.models import AuditEntry
from recado.apps.billing.alerts import FIRST_AMOUNT, alerts_of, save_alerts, tell_reached
from recado.apps.billing.corrections import CorrectionRefusal
from recado.apps.billing.drafts import DraftWarning
from recado.apps.billing.models import BillingRun, CreditAlert, Invoice, PlanPeriod, PlanRequest, Seller, Transfer
from recado.apps.billing.queries import standing
from recado.apps.billing.runs import RunRefusal, dry_run, order_post, post_some
from recado.apps.billing.services import adjust, top_up
from recado.apps.notifications.models import Notification
from recado.core.ledger import Event
from recado.panel.billing.movement_words import WORDS
from recado.panel.forms.operator_billing import CORRECTION_REFUSALS, RUN_REFUSALS, WARNINGS
from recado.panel.notification_words import sentence

pytestmark = pytest.mark.django_db


def shown(response) -> str:
    return " ".join(response.content.decode().split())


def test_every_refusal_warning_and_event_has_its_words():
    assert set(RUN_REFUSALS) == set(RunRefusal)
    assert set(CORRECTION_REFUSALS) == set(CorrectionRefusal)
    assert set(WARNINGS) == set(DraftWarning)
    assert {*WORDS, Event.MESSAGE.value} == {event.value for event in Event}


def test_the_billing_page_says_what_the_month_costs(account, alice_client, alice):
    account.plan = priced()
    account.save()
    sent(account, segments=10, at=AFTER, origin="forward")
    invoiced(account, alice)
    page = alice_client.get("/billing/").content.decode()
    for said in ("Plan and billing", "Forwarded to a phone", "FV 1/12/2026", "Data for invoices"):
        assert said in page


def test_who_pays_before_reads_how_to_top_up(account, alice_client):
    offered()
    account.plan = priced(is_prepaid=True)
    account.save()
    top_up(account, 5000, "Transfer", None)
    page = alice_client.get("/billing/").content.decode()
    assert SELLER["top_up_text"] in page
    assert "50,00" in page


def test_billing_is_told_once_until_it_recovers(account, alice, bob):
    account.plan = priced(is_prepaid=True)
    account.save()
    betty = create_user("betty@example.com", "a long password", name="Betty")
    add_member(account, betty, Role.BILLING)
    top_up(account, 5000, "", None)
    tell_reached(AFTER)
    assert alerts_of(account) == [FIRST_AMOUNT]
    assert Notification.objects.count() == 0
    adjust(account, -3500, "Spent", None)
    for _minute in range(3):
        tell_reached(AFTER)
    told = Notification.objects.order_by("user")
    assert {each.user for each in told} == {alice, betty}
    assert "15,00" in sentence(told[0])
    top_up(account, 5000, "", None)
    tell_reached(AFTER)
    adjust(account, -5000, "Spent", None)
    tell_reached(AFTER + timedelta(minutes=1))
    assert Notification.objects.count() == 4


def test_who_pays_afterwards_is_told_what_they_owe(account, alice):
    save_alerts(account, [1000])
    adjust(account, -1000, "Spent", None)
    tell_reached(AFTER)
    assert Notification.objects.count() == 0
    adjust(account, -1, "Spent", None)
    tell_reached(AFTER)
    assert Notification.objects.get().kind == "credit.owed"


def test_amounts_of_alerts_are_saved_and_wrong_ones_explained(account, alice_client):
    assert alice_client.post("/billing/alerts/", {"first": "50", "second": "20,50", "third": ""}).status_code == 302
    assert alerts_of(account) == [5000, 2050]
    answer = alice_client.post("/billing/alerts/", {"first": "a lot"})
    assert answer.status_code == 422
    assert "Write an amount such as" in answer.content.decode()
    alice_client.post("/billing/alerts/", {})
    assert list(CreditAlert.objects.values_list("amount", flat=True)) == [0]


def test_another_plan_is_previewed_and_asked_for(account, alice_client, console):
    plan = offered()
    page = alice_client.get(f"/billing/plan/?to={plan.pk}").content.decode()
    assert "Prices of texts" in page
    alice_client.post(f"/billing/plan/?to={plan.pk}")
    alice_client.post(f"/billing/plan/?to={plan.pk}")
    asked = PlanRequest.objects.get()
    assert (asked.account, asked.plan) == (account, plan)
    support = console(OperatorRole.SUPPORT)
    assert account.name in support.get("/operator/billing/").content.decode()
    support.post(reverse("operator-account-plan", args=[account.pk]), {"plan": plan.pk})
    assert PlanPeriod.objects.filter(account=account).count() == 2
    support.post(reverse("operator-plan-request-settle", args=[asked.pk]))
    assert "Customers who ask" not in support.get("/operator/billing/").content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_statement_is_a_file(account, alice_client, kind):
    top_up(account, 12345, "Transfer", None)
    answer = alice_client.get(f"/billing/statement/export/?kind={kind}")
    assert answer.status_code == 200
    written = b"".join(answer.streaming_content)
    answer.close()
    assert b"123.45" in written or kind == "xlsx"


def test_a_month_that_is_being_posted_says_how_far_it_is_and_asks_again(account, alice, console, monkeypatch):
    computed(account, alice)
    sent(customer("Piekarnia"))
    run = dry_run(NOVEMBER, alice, AFTER)
    order_post(run, alice, AFTER)
    monkeypatch.setattr("recado.apps.billing.runs.AT_ONCE", 1)
    assert post_some(run, AFTER, seconds=0) == 1
    page = console().get("/operator/billing/runs/2026-11/").content.decode()
    assert 'hx-trigger="every 2s"' in page
    assert "1 of 2 invoices are made." in page
    assert '<progress class="c-progress" value="1" max="2"' in page
    post_some(run, AFTER)
    assert "every 2s" not in console().get("/operator/billing/runs/2026-11/").content.decode()


def test_an_operator_computes_looks_and_posts(account, alice, console, monkeypatch):
    olga = console()
    monkeypatch.setattr("recado.panel.operator.billing.runs.timezone.now", lambda: AFTER)
    monkeypatch.setattr("recado.apps.ids._generators", [])  # ids of the future are for this test alone
    run = computed(account, alice)
    page = olga.get("/operator/billing/runs/2026-11/").content.decode()
    assert "Post 1 invoice, 11,07" in page
    answer = olga.post("/operator/billing/runs/2026-11/post/", {"made_at": run.made_at.isoformat()}, follow=True)
    assert "The month is posted and locked." in answer.content.decode()
    run.refresh_from_db()
    assert run.state == BillingRun.State.POSTED
    olga.post("/operator/billing/runs/2026-11/post/", {"made_at": run.made_at.isoformat()})
    assert Invoice.objects.count() == 1
    refused = olga.post("/operator/billing/compute/", {"month": "2026-11"}, follow=True).content.decode()
    assert "posted and locked" in refused
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {"billing.posted"}


def test_an_invoice_is_found_paid_and_corrected(account, alice, console):
    olga, invoice = console(), invoiced(account, alice)
    assert "FV 1/12/2026" in olga.get("/operator/billing/invoices/?q=fv 1/12/2026").content.decode()
    assert "No invoice found" in olga.get("/operator/billing/invoices/?q=FV 2/12/2026").content.decode()
    address = reverse("operator-invoice-correct", args=[invoice.pk])
    assert olga.post(address, {"net_0": "9,00", "reason": "x"}).status_code == 422
    assert olga.post(address, {"net_0": "5,00", "reason": "Discount"}).status_code == 302
    assert olga.post(reverse("operator-invoice-paid", args=[invoice.pk]), {"paid_on": "2020-01-02"}).status_code == 302
    correction = Invoice.objects.get(kind="correction")
    assert correction.gross == -492
    assert "Discount" in olga.get(reverse("operator-invoice", args=[correction.pk])).content.decode()
    assert standing(account).balance == 400


def test_a_payment_takes_an_open_correction_with_it(account, alice, console):
    olga, invoice = console(), invoiced(account, alice)
    olga.post(reverse("operator-invoice-correct", args=[invoice.pk]), {"net_0": "5,00", "reason": "Discount"})
    assert "Paid: 6,15 zł, KOR 1/" in shown(olga.get(reverse("operator-invoice", args=[invoice.pk])))
    olga.post(reverse("operator-invoice-paid", args=[invoice.pk]), {"paid_on": "2020-01-02", "with_corrections": "1"})
    assert not Invoice.objects.filter(paid_on=None).exists()
    assert standing(account).balance == 0


def test_a_correction_downwards_is_given_back_not_due(account, alice, console):
    olga, invoice = console(), invoiced(account, alice)
    olga.post(reverse("operator-invoice-correct", args=[invoice.pk]), {"net_0": "5,00", "reason": "Discount"})
    page = shown(olga.get(reverse("operator-invoice", args=[Invoice.objects.get(kind="correction").pk])))
    assert "To be given back" in page
    assert "Given back: 4,92 zł" in page


def test_a_plan_that_was_asked_for_is_not_asked_for_again(account, alice_client):
    plan = offered()
    address = f"/billing/plan/?to={plan.pk}"
    assert "Ask for the plan Larger" in shown(alice_client.get(address))
    alice_client.post(address)
    assert "Ask for the plan Larger" not in shown(alice_client.get(address))


def test_who_pays_before_and_was_told_reads_on_start_how_little_is_left(account, alice_client):
    account.plan = priced(is_prepaid=True)
    account.save()
    top_up(account, 300, "", None)
    assert "Your credit runs low" not in shown(alice_client.get("/"))
    tell_reached(AFTER)
    for address in ("/", "/billing/"):
        assert "Your credit runs low: 3,00 zł left." in shown(alice_client.get(address))


def test_who_pays_before_and_has_nothing_left_reads_it_once(account, alice_client):
    account.plan = priced(is_prepaid=True)
    account.save()
    top_up(account, 5, "", None)
    tell_reached(AFTER)
    for address in ("/", "/billing/"):
        page = shown(alice_client.get(address))
        assert "No credit is left" in page
        assert "Your credit runs low" not in page


def test_who_should_have_paid_reads_it_on_start_and_on_the_billing_page(account, alice, alice_client):
    invoice = invoiced(account, alice)
    Invoice.objects.filter(pk=invoice.pk).update(due_on=invoice.issued_on - timedelta(days=400))
    assert "1 invoice should have been paid by now." in shown(alice_client.get("/"))
    assert f"{invoice.number} was due on" in shown(alice_client.get("/billing/"))


def test_top_ups_and_adjustments_are_booked_and_noted(account, console):
    olga = console()
    money = reverse("operator-account-money", args=[account.pk])
    assert olga.post(f"{money}top-up/", {"top-amount": "0", "top-note": ""}).status_code == 422
    olga.post(f"{money}top-up/", {"top-amount": "100000,50", "top-note": "Transfer"})
    olga.post(f"{money}adjust/", {"adjust-amount": "0,50", "adjust-note": "Mistake", "adjust-direction": "take"})
    assert standing(account).balance == 10_000_000
    assert set(Transfer.objects.values_list("event", flat=True)) == {"top_up", "adjustment"}
    assert AuditEntry.objects.filter(action="credit.top_up").exists()


@pytest.mark.parametrize(("field", "wrong"), [("tax_id", "5252248482"), ("bank_account", "PL61109010140000071219812875"), ("name", "")])
def test_a_seller_with_wrong_data_is_refused_in_words(console, field, wrong):
    olga = console()
    answer = olga.post("/operator/billing/seller/", SELLER | {field: wrong})
    assert answer.status_code == 422
    assert Seller.objects.count() == 0
    assert olga.post("/operator/billing/seller/", SELLER).status_code == 302
    assert Seller.objects.get().bank_account == SELLER["bank_account"]


def test_a_customer_gets_no_invoice_of_another(alice, alice_client):
    other = customer()
    invoice = invoiced(other, alice)
    assert alice_client.get(reverse("invoice-file", args=[invoice.pk])).status_code == 404
