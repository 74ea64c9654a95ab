"""Many numbers at once, from a list an operator pastes: read and checked before anything is written.

What belongs here: reading lines, saying what is wrong with each, adding the good ones. What does not: one number (`services`).
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction

from recado.apps.accounts.models import Account
from recado.apps.connections.models import Connection
from recado.apps.numbers.models import Number
from recado.apps.numbers.services import add_number
from recado.core.number import CAPABILITIES, NumberKind

MOST_LINES = 2000
KINDS: Mapping[str, NumberKind] = {CAPABILITIES[kind].abbreviation.replace(" ", "-"): kind for kind in NumberKind}
SHORTEST, LONGEST = 4, 15


class LineProblem(StrEnum):
    """Why a line cannot be taken."""

    NO_NUMBER = "no_number"
    NO_KIND = "no_kind"
    THERE_ALREADY = "there_already"
    TWICE = "twice"
    NO_ACCOUNT = "no_account"
    NO_CONNECTION = "no_connection"
    SHARED = "shared"


@dataclass(frozen=True, slots=True)
class NumberLine:
    """One line as understood; `problem` is None where it can be taken."""

    line: int
    written: str
    digits: str = ""
    kind: NumberKind | None = None
    account: Account | None = None
    connection: Connection | None = None
    label: str = ""
    problem: LineProblem | None = None


def read_lines(text: str) -> list[NumberLine]:
    """Understand lines of `number, kind, account, link, label` (the last three may be empty), with commas, semicolons or tabs between."""
    first = text.lstrip("\ufeff").splitlines()[:1]
    separator = max(",;\t", key=first[0].count) if first else ","
    rows = list(csv.reader(text.lstrip("\ufeff").splitlines()[:MOST_LINES], delimiter=separator))
    accounts = {account.name.casefold(): account for account in Account.objects.all()}
    connections = {connection.name.casefold(): connection for connection in Connection.objects.all()}
    known = set(Number.objects.values_list("digits", flat=True))
    found, seen = [], set[str]()
    for index, row in enumerate(rows, 1):
        if not any(cell.strip() for cell in row) or (index == 1 and not any(map(str.isdecimal, row[0]))):
            continue
        line = _line(index, [cell.strip() for cell in row], accounts, connections, known | seen, seen)
        seen.add(line.digits)
        found.append(line)
    return found


@transaction.atomic
def add_lines(lines: list[NumberLine]) -> int:
    """Add the numbers of the lines without a problem; return how many."""
    good = [line for line in lines if line.problem is None and line.kind is not None]
    for line in good:
        add_number(line.digits, line.kind or NumberKind.INDIVIDUAL_LONG, account=line.account, connection=line.connection, label=line.label)
    return len(good)


def _line(
    index: int,
    cells: list[str],
    accounts: Mapping[str, Account],
    connections: Mapping[str, Connection],
    taken: set[str],
    seen: set[str],
) -> NumberLine:
    written, kind_name, account_name, link_name, label = (*cells[:5], *[""] * (5 - len(cells[:5])))
    kind = KINDS.get(kind_name.upper().replace(" ", "-"))
    digits = _digits(written, kind)
    account, connection = accounts.get(account_name.casefold()), connections.get(link_name.casefold())
    problems = {
        LineProblem.NO_NUMBER: not SHORTEST <= len(digits) <= LONGEST,
        LineProblem.NO_KIND: kind is None,
        LineProblem.TWICE: digits in seen,
        LineProblem.THERE_ALREADY: digits in taken,
        LineProblem.NO_ACCOUNT: bool(account_name) and account is None,
        LineProblem.NO_CONNECTION: bool(link_name) and connection is None,
        LineProblem.SHARED: kind is not None and CAPABILITIES[kind].is_shared and bool(account_name),
    }
    problem = next((reason for reason, applies in problems.items() if applies), None)
    return NumberLine(index, written, digits, kind, account, connection, label[:80], problem)


def _digits(written: str, kind: NumberKind | None) -> str:
    """Return the digits as carriers send them: nine of a long number are Polish."""
    digits = "".join(filter(str.isdecimal, written))
    is_short = kind in {NumberKind.SHARED_SHORT, NumberKind.INDIVIDUAL_SHORT}
    return f"48{digits}" if len(digits) == 9 and not is_short else digits  # noqa: PLR2004  # digits of a Polish number
