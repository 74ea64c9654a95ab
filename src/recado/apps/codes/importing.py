"""Adding codes to a pool: reading a list, saying what of it is new, and writing it.

What belongs here: from texts to rows. What does not: reading files into rows (`apps.contacts.table_files`), making codes up (`generating`).

Rows are written in pieces, each a transaction of its own: on SQLite the gateway waits no longer than for one piece. A code that is there
already is passed over, so that a list can be added again.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from recado.apps.codes.errors import CodeError, Refusal
from recado.apps.codes.models import Code, CodePool
from recado.apps.codes.services import refilled
from recado.apps.sql import lent_connection
from recado.store.insert import BIGINT, TEXT, Insert

MOST_AT_ONCE = 100_000
LONGEST = 80
_PIECE = 5_000
_BETWEEN = re.compile(r"[\r\n,;\t]+")
_HEADINGS = frozenset({"code", "codes", "kod", "kody", "coupon", "kupon", "voucher", "bon", "value", "wartosc", "wartość", "kod rabatowy"})
_CODE = Insert("codes_code", {"pool_id": BIGINT, "value": TEXT}, conflict="ON CONFLICT DO NOTHING")


@dataclass(frozen=True, slots=True)
class Checked:
    """What of a list would come into the pool."""

    new: tuple[str, ...]
    """In the order of the list, which is that of handing out."""
    twice: tuple[str, ...]
    """In the list more than once; each comes in once."""
    known: tuple[str, ...]
    """In the pool already, free or not."""
    bad: tuple[str, ...]
    """Too long for a code."""


def codes_in(text: str) -> list[str]:
    """Return the codes of a pasted list: one a line, or with commas, semicolons or tabs between them."""
    return _without_heading(_BETWEEN.split(text))


def codes_of_table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the codes of a file: its first column, or all of its only row."""
    if len(rows) == 1:
        return _without_heading(rows[0])
    return _without_heading(row[0] for row in rows)


def check(pool: CodePool, codes: Iterable[str]) -> Checked:
    """Say what of a list is new; raise CodeError where there is nothing in it or too much."""
    given = [code for code in codes if code]
    if not given:
        raise CodeError(Refusal.NO_CODES)
    if len(given) > MOST_AT_ONCE:
        raise CodeError(Refusal.TOO_MANY)
    there = set(Code.objects.filter(pool=pool).values_list("value", flat=True))
    new: dict[str, None] = {}
    twice: dict[str, None] = {}
    known: dict[str, None] = {}
    bad: dict[str, None] = {}
    for code in given:
        if len(code) > LONGEST:
            bad[code] = None
        elif code in there:
            known[code] = None
        elif code in new:
            twice[code] = None
        else:
            new[code] = None
    return Checked(tuple(new), tuple(twice), tuple(known), tuple(bad))


def add_codes(pool: CodePool, codes: Sequence[str]) -> int:
    """Add codes in their order; return how many were not there before."""
    added = 0
    for start in range(0, len(codes), _PIECE):
        rows = [(pool.pk, code) for code in codes[start : start + _PIECE]]
        with transaction.atomic():
            added += _CODE.run(lent_connection(), rows)
    if added:
        refilled(pool)
    return added


def _without_heading(cells: Iterable[str]) -> list[str]:
    codes = [cleaned for cell in cells if (cleaned := " ".join(_printable(cell).split()))]
    return codes[1:] if len(codes) > 1 and codes[0].casefold() in _HEADINGS else codes


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)
