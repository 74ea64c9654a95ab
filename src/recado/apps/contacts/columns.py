"""What the columns of a list hold, guessed from their names and contents, and what one row says about a person.

What belongs here: guessing and reading rows, without a database. What does not: files (`table_files`), storing (`batches`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from recado.apps.contacts.models import Contact
from recado.apps.contacts.phone import parse_msisdn
from recado.apps.contacts.services import DETAIL_FIELDS
from recado.core.text import folded_form

PHONE = "phone"
FIELDS = (PHONE, *DETAIL_FIELDS)
_NAMES: Mapping[str, str] = {
    PHONE: "phone|phone number|telephone|mobile|cell|number|msisdn|gsm|tel|tel ."
    "|telefon|nr telefonu|numer telefonu|numer|komorka|nr tel|nr tel .",
    "first_name": "first name|firstname|name|imie|given name",
    "last_name": "last name|lastname|surname|nazwisko|family name",
    "company": "company|firma|nazwa firmy|organization|organisation",
    "email": "email|e - mail|mail|email address|e - mail address|adres e - mail|adres email",
    "tax_id": "nip|tax number|tax id|vat",
    "address": "address|adres|ulica|street",
    "city": "city|town|miasto|miejscowosc",
    "description": "description|opis|note|notes|notatka|notatki|uwagi|comment|komentarz",
}
_KNOWN = {name: field for field, names in _NAMES.items() for name in names.split("|")}
_LENGTHS = {name: getattr(Contact._meta.get_field(name), "max_length", None) for name in DETAIL_FIELDS}  # noqa: SLF001  # documented API
_LOOKED_AT = 50
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_EXPORTED = re.compile(r"^'(?=[=+\-@])")
"""The apostrophe our own exports put before what could be a formula."""


class Verdict(StrEnum):
    """What is to be said of a row before it is imported."""

    OK = "ok"
    CORRECTED = "corrected"
    DUPLICATE = "duplicate"
    KNOWN = "known"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Person:
    """What one row says."""

    msisdn: str | None
    details: dict[str, str]
    is_corrected: bool
    """Whether something is not taken as it was written."""


class ColumnFault(StrEnum):
    """Why columns cannot be imported as they are named."""

    NO_PHONE = "no_phone"
    TWICE = "twice"


class ColumnsError(ValueError):
    """The columns cannot be imported as they are named; `fault` says why."""

    def __init__(self, fault: ColumnFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def check_columns(columns: Sequence[str]) -> None:
    """Raise ColumnsError unless exactly one column holds phones and no two hold the same."""
    chosen = [name for name in columns if name]
    if PHONE not in chosen:
        raise ColumnsError(ColumnFault.NO_PHONE)
    if len(chosen) != len(set(chosen)):
        raise ColumnsError(ColumnFault.TWICE)


def has_header(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether the first row names the columns: it has a name we know, or no phone number where the next ones have one."""
    if any(_field_of(cell) for cell in rows[0]):
        return True
    return len(rows) > 1 and not any(map(_is_phone, rows[0])) and any(map(_is_phone, rows[1]))


def guess(rows: Sequence[Sequence[str]], *, header: bool) -> list[str]:
    """Name what each column holds, empty where it is not known; a column full of phone numbers needs no name."""
    columns = [_field_of(cell) if header else "" for cell in rows[0]]
    columns = [name if name and name not in columns[:place] else "" for place, name in enumerate(columns)]
    if PHONE not in columns:
        body = rows[1:] if header else rows
        found = [sum(_is_phone(row[place]) for row in body[:_LOOKED_AT]) for place in range(len(columns))]
        free = [place for place, name in enumerate(columns) if not name and found[place]]
        if free:
            columns[max(free, key=lambda place: found[place])] = PHONE
    return columns


def read_person(row: Sequence[str], columns: Sequence[str]) -> Person:
    """Read a row; details that cannot be kept as they are are cut or left out."""
    given = {name: _EXPORTED.sub("", cell, count=1) for name, cell in zip(columns, row, strict=False) if name and cell}
    written = given.pop(PHONE, "")
    msisdn = parse_msisdn(written)
    details = {name: kept for name, value in given.items() if (kept := _kept(name, value))}
    return Person(msisdn, details, is_corrected=details != given or (msisdn is not None and written.removeprefix("+") != msisdn))


def _kept(name: str, value: str) -> str:
    """Return what of a detail can be stored."""
    if name == "email" and not _EMAIL.fullmatch(value):
        return ""
    return value[: _LENGTHS[name]]


def _field_of(cell: str) -> str:
    return _KNOWN.get(folded_form(cell.replace("_", " ").strip(" :")), "")


def _is_phone(cell: str) -> bool:
    return parse_msisdn(cell) is not None
