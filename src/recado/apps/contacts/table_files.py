"""Files with tables as people have them: CSV in any usual encoding and separator, XLSX, or a list that was pasted.

What belongs here: octets to rows of texts, within limits. What does not: what the columns mean (`columns`), who is imported (`batches`).
"""

import codecs
import csv
import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from typing import Any

from openpyxl import load_workbook

MOST_BYTES = 10_000_000
MOST_UNPACKED = 100_000_000
"""What an XLSX file may hold unpacked; a few kilobytes can pretend to be terabytes."""
MOST_ROWS = 50_000
MOST_COLUMNS = 50
LONGEST_CELL = 2_000
_SEPARATORS = (";", "\t", ",")
_LOOKED_AT = 20
"""Lines from which the separator is guessed."""
_TEXT_CONTROLS = frozenset("\t\r\n")


class Refusal(StrEnum):
    """Why a file cannot be read."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    NOT_A_TABLE = "not_a_table"


class TableError(ValueError):
    """A file holds no table we take; `reason` says why."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


def read_table(content: bytes, most_rows: int = MOST_ROWS) -> list[list[str]]:
    """Return the rows of a file, empty ones left out, all equally long; raise TableError where it is no table or too much of one."""
    if len(content) > MOST_BYTES:
        raise TableError(Refusal.TOO_LARGE)
    is_xlsx = content.startswith(b"PK\x03\x04")
    return _squared(_from_xlsx(content, most_rows) if is_xlsx else _from_text(_decode(content), most_rows))


def read_pasted(text: str) -> list[list[str]]:
    """Return the rows of a list that was pasted, as `read_table` does."""
    if len(text) > MOST_BYTES:
        raise TableError(Refusal.TOO_LARGE)
    return _squared(_from_text(text, MOST_ROWS))


def _decode(content: bytes) -> str:
    """Guess the encoding: what the octets say, else UTF-8, else the one Polish programs used before it."""
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.decode("utf-16")
        if wide := _without_mark(content):
            return content.decode(wide)
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1250")
    except UnicodeDecodeError as error:
        raise TableError(Refusal.NOT_A_TABLE) from error


def _without_mark(content: bytes) -> str | None:
    """Recognise UTF-16 without a byte order mark by every other octet being zero."""
    start = content[:200]
    if len(start) < 4:  # noqa: PLR2004  # less says nothing
        return None
    even, odd = start[::2].count(0), start[1::2].count(0)
    half = len(start) // 4
    return "utf-16-le" if odd > half and not even else "utf-16-be" if even > half and not odd else None


def _from_text(text: str, most_rows: int) -> list[list[str]]:
    if any(character < " " and character not in _TEXT_CONTROLS for character in text[:10_000]):
        raise TableError(Refusal.NOT_A_TABLE)
    try:
        return _taken(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), skipinitialspace=True), most_rows)
    except csv.Error as error:
        raise TableError(Refusal.NOT_A_TABLE) from error


def _separator(text: str) -> str:
    """Choose what cuts the first lines into most columns, alike in every line."""
    best, score = ",", 1
    for separator in _SEPARATORS:
        lines = [len(row) for row in islice(csv.reader(io.StringIO(text, newline=""), delimiter=separator), _LOOKED_AT) if row]
        if lines and min(lines) > score:
            best, score = separator, min(lines)
    return best


def _from_xlsx(content: bytes, most_rows: int) -> list[list[str]]:
    try:
        _check_unpacked_size(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            return _taken(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), most_rows)
        finally:
            book.close()
    except TableError:
        raise
    except Exception as error:  # a broken file breaks its reader in many ways, and none of them is ours
        raise TableError(Refusal.NOT_A_TABLE) from error


def _check_unpacked_size(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
            raise TableError(Refusal.TOO_LARGE)


def _taken(rows: Iterable[Iterable[Any]], most_rows: int) -> list[list[str]]:
    """Take rows with something in them, up to the limits."""
    taken: list[list[str]] = []
    for position, row in enumerate(rows):
        if position > most_rows * 2:
            raise TableError(Refusal.TOO_MANY_ROWS)
        cells = [_text(cell) for cell in islice(row, MOST_COLUMNS)]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            taken.append(cells)
        if len(taken) > most_rows:
            raise TableError(Refusal.TOO_MANY_ROWS)
    return taken


def _text(cell: Any) -> str:
    """Write a cell as a person would: numbers without a fraction that is not there, days as dates."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e16:  # noqa: PLR2004  # beyond that figures are not exact
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).replace("\0", "").strip()[:LONGEST_CELL]


def _squared(rows: list[list[str]]) -> list[list[str]]:
    """Make all rows as long as the longest."""
    if not rows:
        raise TableError(Refusal.EMPTY)
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]
