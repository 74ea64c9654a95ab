"""Fees of a plan: what setting up and each month cost, by kind of number and package (product.md §1, §10).

What belongs here: reading, writing and checking what a price list says about them, and sums. What does not: prices of messages
(`core.price`), who subscribes to what (`apps.billing`), pro rata sums of a month (`core.billing`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from recado.core.number import CAPABILITIES, Capabilities, NumberKind

LONGEST_NAME = 40
MOST_PACKAGES = 12
"""Packages of one kind: more than anybody compares."""
MOST_KEYWORDS = 100_000
FEE_KINDS: tuple[NumberKind, ...] = tuple(kind for kind in NumberKind if CAPABILITIES[kind].subscription)
"""Kinds that are taken and given back, so that there can be a fee: all but the pool."""


class FeeProblem(StrEnum):
    """Why fees cannot be used; the value is a sentence for the log."""

    SHAPE = "fees are a list of packages with kind, package, keyword_count, installation and monthly"
    KIND = "there is no such kind of number, or nobody takes one of it"
    NAME = "a package of a shared kind has a name of at most 40 characters; an own number has one package without a name"
    TWICE = "two packages of a kind have the same name"
    COUNT = "a number of keywords is a whole number above zero, or none for as many as they like; an own number has no such limit"
    AMOUNT = "a fee is a whole number of minor units, not below zero"
    TOO_MANY = "a kind has at most 12 packages"


class FeeError(ValueError):
    """Stored or given fees cannot be used; `problem` says why and `where` in which package."""

    def __init__(self, problem: FeeProblem, where: str = "") -> None:
        super().__init__(f"{problem.value}: {where}" if where else problem.value)
        self.problem = problem
        self.where = where


@dataclass(frozen=True, slots=True)
class Package:
    """Something that is subscribed to: a number of a kind, or so many keywords on the shared numbers of a kind."""

    kind: NumberKind
    name: str = ""
    """Empty on own numbers, which have one package."""
    keyword_count: int | None = None
    """How many keywords it includes on shared numbers; None: as many as they like."""
    installation: int = 0
    """Minor units, once."""
    monthly: int = 0
    """Minor units a month."""


Fees = tuple[Package, ...]
_KEYS = {"kind", "package", "keyword_count", "installation", "monthly"}


def read_fees(stored: object) -> Fees:
    """Read what is stored, in the order of the table of kinds and then as listed; raise FeeError."""
    if not isinstance(stored, list):
        raise FeeError(FeeProblem.SHAPE)
    return checked(_package(each) for each in stored)


def write_fees(fees: Iterable[Package]) -> list[dict[str, Any]]:
    """Return fees as they are stored; the opposite of `read_fees`."""
    return [
        {
            "kind": each.kind.value,
            "package": each.name,
            "keyword_count": each.keyword_count,
            "installation": each.installation,
            "monthly": each.monthly,
        }
        for each in fees
    ]


def checked(packages: Iterable[Package]) -> Fees:
    """Return packages in order; raise FeeError where one cannot be."""
    found = list(packages)
    for each in found:
        if problem := _problem(each):
            raise FeeError(problem, f"{each.kind.value} {each.name}".strip())
    for kind in FEE_KINDS:
        names = [each.name.casefold() for each in found if each.kind is kind]
        if len(names) > MOST_PACKAGES:
            raise FeeError(FeeProblem.TOO_MANY, kind.value)
        if len(set(names)) < len(names):
            raise FeeError(FeeProblem.TWICE, kind.value)
    return tuple(sorted(found, key=lambda each: FEE_KINDS.index(each.kind)))


def packages_of(fees: Fees, kind: NumberKind) -> Fees:
    """Return the packages of a kind."""
    return tuple(each for each in fees if each.kind is kind)


def package_of(fees: Fees, kind: NumberKind, name: str) -> Package | None:
    """Return a package by its name; None where the list has none of it."""
    return next((each for each in fees if each.kind is kind and each.name == name), None)


def charged(package: Package, can: Capabilities) -> Package:
    """Return a package as a plan charges it: a kind whose row names no such fee has none, whatever the list says."""
    installation = package.installation if can.installation_fee else 0
    monthly = package.monthly if can.subscription else 0
    return Package(package.kind, package.name, package.keyword_count, installation, monthly)


def monthly_sum(fees: Fees, taken: Iterable[tuple[NumberKind, str]]) -> int:
    """Return what these packages cost in a whole month; one the list does not name costs nothing."""
    found = (package_of(fees, kind, name) for kind, name in taken)
    return sum(each.monthly for each in found if each is not None)


def _package(stored: object) -> Package:
    if not isinstance(stored, Mapping) or not set(stored) <= _KEYS or "kind" not in stored:
        raise FeeError(FeeProblem.SHAPE)
    try:
        kind = NumberKind(str(stored["kind"]))
    except ValueError as error:
        raise FeeError(FeeProblem.KIND, str(stored["kind"])) from error
    return Package(kind, stored.get("package", ""), stored.get("keyword_count"), stored.get("installation", 0), stored.get("monthly", 0))


def _problem(package: Package) -> FeeProblem | None:
    """Say what is wrong with a package; its values may be of any type here."""
    is_named = isinstance(package.name, str) and package.name == package.name.strip() and len(package.name) <= LONGEST_NAME
    if package.kind not in FEE_KINDS:
        return FeeProblem.KIND
    if not is_named or bool(package.name) is not CAPABILITIES[package.kind].is_shared:
        return FeeProblem.NAME
    if not all(_is_whole(amount) and amount >= 0 for amount in (package.installation, package.monthly)):
        return FeeProblem.AMOUNT
    count = package.keyword_count
    if count is not None and not (CAPABILITIES[package.kind].keyword_quota and _is_whole(count) and 0 < count <= MOST_KEYWORDS):
        return FeeProblem.COUNT
    return None


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
