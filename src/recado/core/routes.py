"""Routes: everything that decides about a message besides the message itself, as one immutable snapshot.

The snapshot is compiled from rows by `compile_routes` (see `keyword`), swapped as a whole and never changed; each decision names its version.
Loading the rows belongs to `store.snapshot`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from recado.core.action import Action
from recado.core.number import NumberKind, NumberState


class MatchKind(StrEnum):
    """How a keyword must match (product.md §2)."""

    EXACT = "exact"
    BASE = "base"
    PHRASE = "phrase"
    REMOVING = "removing"


@dataclass(frozen=True, slots=True)
class Rule:
    """A keyword (or a number's default) and what to do when it fires."""

    id: int
    account_id: int
    actions: tuple[Action, ...]
    keyword_id: int | None = None
    word: str = ""
    """The keyword as its owner wrote it; empty for a default rule."""
    kind: MatchKind = MatchKind.EXACT
    also_when_text_follows: bool = False
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    priority: int = 0


@dataclass(frozen=True, slots=True)
class Reservation:
    """A keyword of a number: who owns the word, and for how long."""

    keyword_id: int
    account_id: int
    word: str
    tokens: tuple[str, ...]
    """Exact spelling: NFKC, case-folded, marks kept."""
    folded: tuple[str, ...]
    kind: MatchKind = MatchKind.EXACT
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    rules: tuple[Rule, ...] = ()
    """Best first; a rule that does not fit falls through to the next."""


@dataclass(frozen=True, slots=True)
class NumberRoutes:
    """What is configured on one of our numbers."""

    number_id: int
    digits: str
    kind: NumberKind
    state: NumberState
    account_id: int | None = None
    """The owner of an individual number; None on shared ones."""
    connection_id: int | None = None
    by_tokens: Mapping[tuple[str, ...], tuple[Reservation, ...]] = field(default_factory=dict)
    by_folded: Mapping[tuple[str, ...], tuple[Reservation, ...]] = field(default_factory=dict)
    longest_keyword: int = 0
    """Tokens of the longest keyword, so that no more leading tokens are looked up than can match."""
    defaults: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Routes:
    """The whole configuration that decisions need."""

    version: int
    numbers: Mapping[str, NumberRoutes] = field(default_factory=dict)
    """By digits without `+`: `48503340503`, `4301`."""
