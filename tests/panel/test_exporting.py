"""Files people take away: nothing in them is a formula, and their length costs no memory."""

import csv
import io
import tracemalloc
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from recado.panel.exporting import csv_response, export_response, xlsx_response

pytestmark = pytest.mark.django_db  # a response that is closed lets the database go

FORMULAS = ["=1+1", "+48123", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1"]
HARMLESS = ["48604218377", 'Róża, "piękna"\ni świeża', "a=b", "", " =1"]
AT = datetime(2026, 11, 22, 17, 42, 5, 99, UTC)


def content(response) -> bytes:
    received = b"".join(response.streaming_content)
    response.close()
    return received


def read_csv(response) -> list[list[str]]:
    text = content(response).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def read_xlsx(response):
    return [list(row) for row in load_workbook(io.BytesIO(content(response))).active.iter_rows(values_only=True)]


@pytest.mark.parametrize("formula", FORMULAS)
def test_what_a_spreadsheet_would_calculate_becomes_text(formula):
    assert read_csv(csv_response("a.csv", ["x"], [[formula]]))[1] == [f"'{formula}"]
    cell = load_workbook(io.BytesIO(content(xlsx_response("a.xlsx", ["x"], [[formula]])))).active["A2"]
    assert cell.data_type == "s"
    assert cell.value.startswith("'")


@pytest.mark.parametrize("text", HARMLESS)
def test_other_texts_stay_as_they_are(text):
    assert read_csv(csv_response("a.csv", ["x"], [[text, "end"]]))[1] == [text, "end"]
    assert read_xlsx(xlsx_response("a.xlsx", ["x"], [[text, "end"]]))[1] == [text or None, "end"]


def test_headers_are_harmless_too():
    assert read_csv(csv_response("a.csv", ["=x"], []))[0] == ["'=x"]


def test_times_are_those_on_the_readers_wall_even_when_the_view_is_long_over():
    with timezone.override(ZoneInfo("Europe/Warsaw")):
        as_csv, as_xlsx = csv_response("a.csv", ["at"], [[AT]]), xlsx_response("a.xlsx", ["at"], [[AT]])
    assert read_csv(as_csv)[1] == ["2026-11-22 18:42:05"]
    assert read_xlsx(as_xlsx)[1] == [datetime(2026, 11, 22, 18, 42, 5)]  # noqa: DTZ001  # cells have no zone


def test_numbers_stay_numbers_and_nothing_stays_empty():
    assert read_csv(csv_response("a.csv", ["a", "b"], [[7, None]]))[1] == ["7", ""]
    assert read_xlsx(xlsx_response("a.xlsx", ["a", "b"], [[7, None]]))[1] == [7, None]


def test_the_file_is_named_and_not_kept_by_anybody():
    response = export_response("xlsx", "kontakty", ["a"], [])
    assert response["Content-Disposition"] == 'attachment; filename="kontakty.xlsx"'
    assert response["Cache-Control"] == "no-store"
    response.close()
    assert export_response("whatever", "kontakty", ["a"], [])["Content-Type"].startswith("text/csv")


@pytest.mark.parametrize("make", [csv_response, xlsx_response])
def test_a_hundred_thousand_rows_take_little_memory(make):
    rows = ((f"48{500_000_000 + count}", count) for count in range(100_000))
    tracemalloc.start()
    response = make("a", ["phone", "n"], rows)
    size = sum(len(piece) for piece in response.streaming_content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    response.close()
    assert size > 1_000_000
    assert peak < 6_000_000
