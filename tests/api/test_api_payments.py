"""The actions payments/*: an account's invoices, as rows and as PDF."""

from datetime import date

import pytest
from django.test import Client

from recado.apps.billing import ports
from recado.apps.billing.models import Invoice

SIDE = {"name": "Róża", "tax_id": "1234563218", "address": "Polna 3", "postcode": "00-001", "city": "Łódź"}
SELLER = SIDE | {"place": "Łódź", "bank_account": "PL61109010140000071219812874", "bank_name": ""}
LINE = {"text": "NDI", "quantity": 1, "unit": "szt.", "unit_net": 100, "net": 100, "vat_rate": 23, "vat": 23, "gross": 123}


@pytest.fixture
def invoice(account) -> Invoice:
    return issued(account)


def issued(account, **changes: object) -> Invoice:
    fields = {
        "series": "2026-11", "sequence": 12, "issued_on": date(2026, 12, 2), "sold_on": date(2026, 11, 30), "due_on": date(2026, 12, 16),
        "seller": SELLER, "buyer": SIDE, "lines": [LINE], "net": 100, "vat": 23, "gross": 123,
    }  # fmt: skip
    return Invoice.objects.create(account=account, **(fields | changes))


def test_an_invoice_is_listed_and_viewed_with_money_in_zloty(call, invoice, settings):
    row = {
        "id": invoice.pk, "number": "FV 12/11/2026", "state": "not_paid", "paid": 0.0, "total": 1.23, "payment_to": "2026-12-16",
        "url": f"{settings.RECADO.address}/billing/invoices/{invoice.pk}/pdf/",
    }  # fmt: skip
    assert call("payments/index") == {"paging": {"page": 1, "count": 1}, "items": [row]}
    assert call("payments/view", id=f"{invoice.pk}") == row


def test_a_paid_invoice_and_a_correction_come_newest_first(call, account, invoice):
    Invoice.objects.update(paid_on=date(2026, 12, 5))
    issued(account, kind="correction", sequence=1, issued_on=date(2026, 12, 6), corrects=invoice, net=-10, vat=-2, gross=-12)
    rows = call("payments/index")["items"]
    assert [(row["number"], row["state"], row["paid"], row["total"]) for row in rows] == [
        ("KOR 1/11/2026", "not_paid", 0.0, -0.12),
        ("FV 12/11/2026", "paid", 1.23, 1.23),
    ]
    assert len(call("payments/index", limit=1)["items"]) == 1


@pytest.mark.parametrize("form", ["json", "xml"])
def test_an_invoice_is_given_as_the_bytes_of_a_pdf(token, invoice, form):
    client = Client(headers={"Authorization": f"Bearer {token}"})
    response = client.post(f"/api2/payments/invoice.{form}", {"id": invoice.pk})
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response.content.startswith(b"%PDF-")


def test_an_invoice_nobody_draws_is_not_available_at_the_moment(call, invoice, monkeypatch):
    monkeypatch.setattr(ports, "_writer", ports.no_writer)
    assert call("payments/invoice", id=invoice.pk)["error"]["code"] == 1010


@pytest.mark.parametrize("action", ["payments/view", "payments/invoice"])
@pytest.mark.parametrize(("params", "code"), [({}, 2000), ({"id": 99}, 1004), ({"id": "abc"}, 1004)])
def test_misuse_is_answered_with_the_code_of_the_table(call, action, params, code):
    assert call(action, **params)["error"]["code"] == code
