"""Plans: single cells of the capability table (`core.number`) that differ for an account, and how many keywords it may hold.

What belongs here: the pure merge of table and plan, and what a plan may change at all. What does not: which plan an account has
(`apps.plans`), prices.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from recado.core.number import CAPABILITIES, Capabilities, NumberKind

Overrides = Mapping[tuple[NumberKind, str], bool]
"""The cells that differ from the table, by kind and name of a field of `Capabilities`."""
NO_OVERRIDES: Overrides = MappingProxyType({})

NATURE = frozenset({"abbreviation", "is_shared", "is_short", "keyword_quota"})
"""What a kind is rather than what it may do: no plan changes it. Quotas are numbers of their own (`quota_of`)."""
SWITCHES: tuple[str, ...] = tuple(field.name for field in fields(Capabilities) if field.name not in NATURE)
"""The columns a plan may change, in the order of the table."""
QUOTA_KINDS: tuple[NumberKind, ...] = tuple(kind for kind in NumberKind if CAPABILITIES[kind].keyword_quota)
STANDARD_QUOTA = 5
"""Keywords an account may hold on the numbers of one shared kind where its plan names no other count."""


class PlanProblem(StrEnum):
    """Why a stored or given plan cannot be used; the value is a sentence for the log."""

    SHAPE = "a plan maps kinds of number to columns and these to yes or no"
    KIND = "there is no such kind of number"
    COLUMN = "there is no such column, or no plan may change it"
    FIXED = "this kind of number can never do that"
    QUOTA = "a quota is a whole number of a shared kind, or none"


class PlanError(ValueError):
    """A plan cannot be used; `problem` says why and `cell` where."""

    def __init__(self, problem: PlanProblem, cell: str = "") -> None:
        super().__init__(f"{problem.value}: {cell}" if cell else problem.value)
        self.problem = problem
        self.cell = cell


def capabilities_of(kind: NumberKind, overrides: Overrides = NO_OVERRIDES) -> Capabilities:
    """Return what a kind of number may do for an account with these overrides."""
    changed: dict[str, Any] = {column: overrides[kind, column] for column in SWITCHES if (kind, column) in overrides}
    changed = {column: wanted for column, wanted in changed.items() if not (wanted and is_fixed(kind, column))}
    return replace(CAPABILITIES[kind], **changed) if changed else CAPABILITIES[kind]


def is_fixed(kind: NumberKind, column: str) -> bool:
    """Say whether a "no" follows from what the kind is, so that no plan can turn it into a "yes".

    On a shared number a message without a keyword is nobody's, and an ECO+ reply belongs to the message it answers.
    """
    if kind is NumberKind.ECO:
        return column in {"exact_keywords", "advanced_keywords", "all_messages"}
    return column == "all_messages" and CAPABILITIES[kind].is_shared


def read_overrides(stored: object) -> Overrides:
    """Read what is stored, `{"shared_long": {"mms": true}}`; raise PlanError. Cells equal to the table are left out."""
    found: dict[tuple[NumberKind, str], bool] = {}
    for kind, column, wanted in _cells(stored):
        if column not in SWITCHES:
            raise PlanError(PlanProblem.COLUMN, f"{kind.value}.{column}")
        if not isinstance(wanted, bool):
            raise PlanError(PlanProblem.SHAPE, f"{kind.value}.{column}")
        if wanted and is_fixed(kind, column):
            raise PlanError(PlanProblem.FIXED, f"{kind.value}.{column}")
        if wanted is not getattr(CAPABILITIES[kind], column):
            found[kind, column] = wanted
    return MappingProxyType(found)


def write_overrides(overrides: Overrides) -> dict[str, dict[str, bool]]:
    """Return overrides as they are stored; the opposite of `read_overrides`."""
    stored: dict[str, dict[str, bool]] = {}
    for (kind, column), wanted in sorted(overrides.items()):
        stored.setdefault(kind.value, {})[column] = wanted
    return stored


def read_quotas(stored: object) -> Mapping[NumberKind, int | None]:
    """Read stored quotas, `{"shared_long": 20, "shared_short": null}` with null for as many as they like; raise PlanError."""
    if not isinstance(stored, Mapping):
        raise PlanError(PlanProblem.SHAPE)
    found: dict[NumberKind, int | None] = {}
    for name, count in stored.items():
        kind = _kind(name)
        is_count = count is None or (isinstance(count, int) and not isinstance(count, bool) and count >= 0)
        if kind not in QUOTA_KINDS or not is_count:
            raise PlanError(PlanProblem.QUOTA, str(name))
        found[kind] = count
    return MappingProxyType(found)


def quota_of(kind: NumberKind, quotas: Mapping[NumberKind, int | None]) -> int | None:
    """Return how many keywords an account may hold on all numbers of the kind; None: as many as it likes."""
    return quotas.get(kind, STANDARD_QUOTA) if CAPABILITIES[kind].keyword_quota else None


def _cells(stored: object) -> Iterator[tuple[NumberKind, str, object]]:
    if not isinstance(stored, Mapping):
        raise PlanError(PlanProblem.SHAPE)
    for name, row in stored.items():
        kind = _kind(name)
        if not isinstance(row, Mapping):
            raise PlanError(PlanProblem.SHAPE, kind.value)
        for column, wanted in row.items():
            yield kind, str(column), wanted


def _kind(name: object) -> NumberKind:
    try:
        return NumberKind(str(name))
    except ValueError as error:
        raise PlanError(PlanProblem.KIND, str(name)) from error
