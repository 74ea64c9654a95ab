"""`/billing`."""

import pytest
from django.utils import timezone

from api_v1.doors_billing import PLAN_ID, a_plan, an_invoice
from apps.billing.ledger import priced, sent, subscribes
from recado.apps.audit.models import AuditEntry
from recado.apps.billing.models import PlanRequest


def test_plan_limits_and_the_month_are_one_answer(api, account):
    account.plan = priced()
    account.save()
    sent(account, at=timezone.now(), cost=9, segments=2)
    found = api("get", "/billing").json()
    assert (found["balance"], found["owed"], found["left"], found["prices"]["full"]) == (-18, 18, None, 9)
    assert found["month"]["texts"] == [{"origin": "agent", "count": 1, "cost": 18}]
    assert {each["kind"] for each in found["limits"]} == {"shared_long", "shared_short"}
    assert found["plan_request"] is None


def test_alerts_are_replaced_and_noted(api):
    assert api("put", "/billing/alerts", {"amounts": [500, 2000, 500]}).json() == {"amounts": [2000, 500]}
    assert AuditEntry.objects.get().after == {"amounts": "20,00 zł, 5,00 zł"}


@pytest.mark.parametrize("amounts", [[1, 2, 3, 4], [-1], [10**12], None, ["x"]])
def test_alerts_that_cannot_be_are_refused(api, amounts):
    assert api("put", "/billing/alerts", {"amounts": amounts}).status_code == 422


def test_an_invoice_shows_lines_and_leaves_as_pdf(api, account):
    invoice_id = an_invoice(account)["invoice_id"]
    assert [one["id"] for one in api("get", "/billing/invoices").json()["items"]] == [invoice_id]
    found = api("get", f"/billing/invoices/{invoice_id}").json()
    assert (found["net"], found["gross"], len(found["lines"])) == (found["lines"][0]["net"], found["lines"][0]["gross"], 1)
    assert found["buyer"]["name"] == account.name
    file = api("get", f"/billing/invoices/{invoice_id}/pdf")
    assert (file["Content-Type"], file.content[:5]) == ("application/pdf", b"%PDF-")


def test_a_statement_adds_up_and_leaves_as_a_file(api, account):
    sent(account, cost=9, segments=2)
    found = api("get", "/billing/statement?month=2026-11").json()
    assert (found["opening"], found["closing"]) == (0, -18)
    assert [(one["event"], one["book"], one["count"], one["amount"]) for one in found["movements"]] == [("message", "messages", 1, -18)]
    lines = b"".join(api("get", "/billing/statement/export?month=2026-11").streaming_content).decode().splitlines()
    assert lines == ["day,event,book,count,note,amount,balance", "2026-11-12,message,messages,1,,-18,-18"]
    assert "2026-11" in api("get", "/billing/statements").json()


@pytest.mark.parametrize("month", ["2026-13", "0000-01", "2026-1", "x", "2026-11-01"])
def test_a_month_that_is_none_is_refused(api, month):
    assert api("get", f"/billing/statement?month={month}").status_code == 422


def test_another_plan_is_looked_at_and_asked_for(api, account):
    account.plan = priced()
    account.save()
    subscribes(account)
    a_plan(account)
    assert "Only here" in [plan["name"] for plan in api("get", "/billing/plans").json()]
    found = api("get", f"/billing/plan-preview?plan_id={PLAN_ID}").json()
    assert [(each["kind"], each["package"], each["monthly_now"], each["monthly_then"]) for each in found["changes"]] == [
        ("shared_long", "20", 3000, None)
    ]
    api("post", "/billing/plan-request", {"plan_id": PLAN_ID})
    assert PlanRequest.objects.get().asked_by is None
    assert api("get", "/billing").json()["plan_request"]["plan"]["name"] == "Only here"
    assert AuditEntry.objects.get().action == "account.plan_asked"
    assert api("post", "/billing/plan-request", {"plan_id": account.plan_id}).status_code == 404
