"""Invoices as PDF: every field the law asks for, readable by programs, in both languages, the same bytes each time."""

from datetime import date

import pypdfium2 as pdfium
import pytest

from recado.apps.billing.bank_account import parse_iban, written
from recado.apps.billing.models import Invoice
from recado.panel.invoices.pdf import invoice_pdf

SELLER = {"name": "Recado Sp. z o.o.", "tax_id": "5252248481", "address": "Długa 7", "postcode": "00-238", "city": "Warszawa"}
SELLER |= {"place": "Łódź", "bank_account": "PL61109010140000071219812874", "bank_name": "Bank Śląski"}
BUYER = {"name": "Kwiaciarnia <Róża> & Żółw", "tax_id": "1234563218", "address": "Polna 3", "postcode": "00-001", "city": "Gdańsk"}
LINE = {"text": "Abonament 11.2026: NDI", "quantity": 1, "unit": "szt.", "unit_net": 123400, "net": 123400, "vat_rate": 23}
LINE |= {"vat": 28382, "gross": 151782, "code": "subscription", "month": "2026-11-01", "reference": 7}


def invoice(**changes: object) -> Invoice:
    fields = {
        "series": "2026-12",
        "sequence": 12,
        "issued_on": date(2026, 12, 2),
        "sold_on": date(2026, 11, 30),
        "due_on": date(2026, 12, 16),
        "seller": SELLER,
        "buyer": BUYER,
        "lines": [LINE],
        "net": 123400,
        "vat": 28382,
        "gross": 151782,
        "language": "pl",
    }
    return Invoice(**(fields | changes))


def read(data: bytes) -> tuple[int, str]:
    document = pdfium.PdfDocument(data)
    texts = [page.get_textpage().get_text_range() for page in document]
    return len(document), " ".join(" ".join(texts).replace("\u00a0", " ").split())


@pytest.mark.parametrize(
    "said",
    [
        *("FV 12/12/2026", "02.12.2026", "30.11.2026", "16.12.2026", "Łódź", "Recado Sp. z o.o.", "NIP: 5252248481", "Długa 7"),
        *("Kwiaciarnia <Róża> & Żółw", "NIP: 1234563218", "Gdańsk", "Abonament 11.2026: NDI", "1234,00", "23%", "283,82", "1517,82"),
        *("tysiąc pięćset siedemnaście złotych 82/100", "PL 61 1090 1014 0000 0712 1981 2874", "Bank Śląski"),
    ],
)
def test_an_invoice_says_what_it_must(said):
    pages, text = read(invoice_pdf(invoice()))
    assert pages == 1
    assert said in text


def test_an_invoice_in_english_and_the_same_bytes_each_time():
    made = invoice(language="en")
    assert invoice_pdf(made) == invoice_pdf(made)
    text = read(invoice_pdf(made))[1]
    assert "Invoice FV 12/12/2026" in text
    assert "one thousand five hundred seventeen zlotys 82/100" in text


def test_many_lines_take_further_pages_under_the_same_head():
    pages, text = read(invoice_pdf(invoice(lines=[LINE] * 90, language="en")))
    assert pages > 1
    assert text.count("Quantity") == pages


def test_a_correction_says_what_it_corrects_and_why():
    lines = [LINE | {"corrects": 0, "before": 123400, "net": -23400, "vat": -5382, "gross": -28782}]
    sums = {"net": -23400, "vat": -5382, "gross": -28782, "lines": lines, "language": "en"}
    made = invoice(kind="correction", sequence=1, corrects=invoice(), reason="Agreed discount", **sums)
    text = read(invoice_pdf(made))[1]
    for said in ("KOR 1/12/2026", "Corrects invoice FV 12/12/2026 of 02.12.2026", "Agreed discount", "1 234,00", "−234,00"):
        assert said in text
    assert "To be given back: 287,82 zł" in text


@pytest.mark.parametrize(
    ("given", "read_as"),
    [
        ("PL61 1090 1014 0000 0712 1981 2874", "PL61109010140000071219812874"),
        ("61109010140000071219812874", "PL61109010140000071219812874"),
        ("61109010140000071219812875", None),
        ("DE89 3704 0044 0532 0130 00", "DE89370400440532013000"),
        ("PL61", None),
        ("", None),
    ],
)
def test_bank_accounts_are_checked(given, read_as):
    assert parse_iban(given) == read_as


def test_bank_accounts_are_written_in_groups():
    assert written("PL61109010140000071219812874") == "PL 61 1090 1014 0000 0712 1981 2874"
