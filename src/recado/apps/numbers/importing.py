"""Many numbers at once, from a list an operator pastes: read and checked before anything is written.

What belongs here: reading lines, saying what is wrong with each, adding the good ones. What does not: one number (`services`).
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction

from recado.apps.accounts.models import Account
from recado.apps.connections.models import Connection
from recado.apps.numbers.models import Number
from recado.apps.numbers.services import bump_routing, create_number
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
    MANY_ACCOUNTS = "many_accounts"
    """Names of accounts are not unique, and nothing is guessed."""
    NO_CONNECTION = "no_connection"
    SHARED = "shared"


class TooManyLinesError(ValueError):
    """A list has more than `MOST_LINES` lines; none of them is read."""


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
    written = text.lstrip("\ufeff").splitlines()
    if len(written) > MOST_LINES:
        raise TooManyLinesError
    separator = max(",;\t", key=written[0].count) if written else ","
    rows = list(csv.reader(written, delimiter=separator))
    accounts: dict[str, list[Account]] = {}
    for account in Account.objects.all():
        accounts.setdefault(account.name.casefold(), []).append(account)
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
        kind = line.kind or NumberKind.INDIVIDUAL_LONG
        create_number(line.digits, kind, account=line.account, connection=line.connection, label=line.label)
    if good:
        bump_routing()
    return len(good)


def _line(
    index: int,
    cells: list[str],
    accounts: Mapping[str, Sequence[Account]],
    connections: Mapping[str, Connection],
    taken: set[str],
    seen: set[str],
) -> NumberLine:
    written, kind_name, account_name, link_name, label = (*cells[:5], *[""] * (5 - len(cells[:5])))
    kind = KINDS.get(kind_name.upper().replace(" ", "-"))
    digits = _digits(written, kind)
    named, connection = accounts.get(account_name.casefold(), ()), connections.get(link_name.casefold())
    problems = {
        LineProblem.NO_NUMBER: not SHORTEST <= len(digits) <= LONGEST,
        LineProblem.NO_KIND: kind is None,
        LineProblem.TWICE: digits in seen,
        LineProblem.THERE_ALREADY: digits in taken,
        LineProblem.NO_ACCOUNT: bool(account_name) and not named,
        LineProblem.MANY_ACCOUNTS: len(named) > 1,
        LineProblem.NO_CONNECTION: bool(link_name) and connection is None,
        LineProblem.SHARED: kind is not None and CAPABILITIES[kind].is_shared and bool(account_name),
    }
    problem = next((reason for reason, applies in problems.items() if applies), None)
    return NumberLine(index, written, digits, kind, named[0] if len(named) == 1 else None, connection, label[:80], problem)


def _digits(written: str, kind: NumberKind | None) -> str:
    """Return the digits as carriers send them: nine of a long number are Polish."""
    digits = "".join(filter(str.isdecimal, written))
    is_short = kind in {NumberKind.SHARED_SHORT, NumberKind.INDIVIDUAL_SHORT}
    return f"48{digits}" if len(digits) == 9 and not is_short else digits  # noqa: PLR2004  # digits of a Polish number
