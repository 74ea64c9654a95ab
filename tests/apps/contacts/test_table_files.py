"""Lists as people have them: whatever the encoding, the separator and the program, the rows come out."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from recado.apps.contacts import table_files
from recado.apps.contacts.columns import guess, has_header, read_person
from recado.apps.contacts.table_files import Refusal, TableError, read_pasted, read_table

POLISH = "Telefon;Imię;Uwagi\r\n604 218 377;Józef Żółć;stały\r\n"
ROWS = [["Telefon", "Imię", "Uwagi"], ["604 218 377", "Józef Żółć", "stały"]]


def sheet(*rows) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_encoding_and_separator_are_guessed(encoding, separator):
    assert read_table(POLISH.replace(";", separator).encode(encoding)) == ROWS


def test_a_cell_may_hold_line_breaks_quotes_and_separators():
    assert read_table(b'phone,note\n604218377,"one, ""two""\nthree"\n')[1] == ["604218377", 'one, "two"\nthree']


def test_numbers_and_dates_of_a_spreadsheet_are_written_as_people_would():
    rows = read_table(sheet(["phone", "since", "n"], [604218377, date(2026, 11, 2), 1.5], [48604218378.0, None, None]))
    assert rows[1] == ["604218377", "2026-11-02 00:00", "1.5"]
    assert rows[2] == ["48604218378", "", ""]


def test_rows_are_made_equally_long_and_empty_ones_left_out():
    assert read_pasted("604218377\n\n604218378, Hanna\n") == [["604218377", ""], ["604218378", "Hanna"]]


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (table_files.MOST_UNPACKED + 1))
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Refusal.EMPTY),
        (b"\n\n , \n", Refusal.EMPTY),
        (bytes(range(256)), Refusal.NOT_A_TABLE),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", Refusal.NOT_A_TABLE),
        (b"PK\x03\x04 broken", Refusal.NOT_A_TABLE),
        (b"x" * (table_files.MOST_BYTES + 1), Refusal.TOO_LARGE),
        (b"604218377\n" * (table_files.MOST_ROWS + 1), Refusal.TOO_MANY_ROWS),
    ],
)
def test_what_is_no_list_is_refused_with_the_reason(content, reason):
    with pytest.raises(TableError) as caught:
        read_table(content)
    assert caught.value.reason is reason


def test_whoever_reads_it_may_take_more_rows_or_fewer():
    content = b"604218377\n" * 3
    assert len(read_table(content, 3)) == 3
    with pytest.raises(TableError):
        read_table(content, 2)
    assert len(read_table(b"604218377\n" * (table_files.MOST_ROWS + 1), table_files.MOST_ROWS * 2)) == table_files.MOST_ROWS + 1


def test_a_file_that_would_unpack_without_end_is_refused_unread():
    with pytest.raises(TableError) as caught:
        read_table(bomb())
    assert caught.value.reason is Refusal.TOO_LARGE


@pytest.mark.parametrize(
    ("rows", "header", "columns"),
    [
        (
            [["Numer telefonu", "Imię", "NAZWISKO", "e-mail", "Miasto", "Uwagi"]],
            True,
            ["phone", "first_name", "last_name", "email", "city", "description"],
        ),
        ([["Phone number", "First name", "Company", "Shoe size"]], True, ["phone", "first_name", "company", ""]),
        ([["604218377", "Hanna"]], False, ["phone", ""]),
        ([["what", "ever"], ["Hanna", "604218377"]], True, ["", "phone"]),
        ([["phone", "telefon"], ["604218377", "604218378"]], True, ["phone", ""]),
    ],
)
def test_columns_are_guessed(rows, header, columns):
    assert has_header(rows) is header
    assert guess(rows, header=header) == columns


def test_a_row_is_taken_as_far_as_it_can_be():
    person = read_person(["604-218-377", "no address", "x" * 300, "'=1"], ["phone", "email", "first_name", "city"])
    assert person.msisdn == "48604218377"
    assert person.details == {"first_name": "x" * 80, "city": "=1"}
    assert person.is_corrected
    assert not read_person(["+48604218377", "Hanna"], ["phone", "first_name"]).is_corrected
    assert read_person(["4,86E+10"], ["phone"]).msisdn is None
