"""Routes: everything that decides about a message besides the message itself, as one immutable snapshot.

The snapshot is compiled from rows by `compiling.compile_routes`, swapped as a whole and never changed; each decision names its
version. Loading the rows belongs to `store.snapshot`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from enum import StrEnum

from recado.core.action import Action, AddToGroup, SendReply
from recado.core.number import CAPABILITIES, Capabilities, NumberKind, NumberState
from recado.core.trail import SkipReason, TrailEntry, TrailStep, prepared


class MatchKind(StrEnum):
    """How a keyword must match (product.md §2)."""

    EXACT = "exact"
    BASE = "base"
    PHRASE = "phrase"
    REMOVING = "removing"


class KeywordState(StrEnum):
    """Where a reservation is in its life."""

    HELD = "held"
    """Set aside, not live yet: as if it were not there."""
    LIVE = "live"
    PAUSED = "paused"
    """The word stays its owner's, and nothing is done."""
    QUARANTINE = "quarantine"
    """Given back lately: nobody's, and nobody gets its messages in its stead."""


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
    narrowness: int = 0
    """How many conditions restrict the audience; the narrower rule goes first."""
    length: int = 0
    """Tokens of the keyword."""
    refusal: SkipReason | None = None
    """Why the rule can never act: switched off, or not allowed on this kind of number."""
    steps: tuple[TrailEntry, ...] = field(init=False, compare=False, repr=False)
    """The trail of every message on which the rule fires and takes all actions, prepared once."""
    group_ids: frozenset[int] = field(init=False, compare=False, repr=False)
    needs_filling: bool = field(init=False, compare=False, repr=False)
    """Whether a reply differs from message to message, or would be empty."""

    def __post_init__(self) -> None:
        """Prepare what is the same for every message."""
        object.__setattr__(self, "steps", (self._step(), *(taken_step(action) for action in self.actions)))
        object.__setattr__(self, "group_ids", frozenset(one.group_id for one in self.actions if isinstance(one, AddToGroup)))
        replies = [action.text for action in self.actions if isinstance(action, SendReply)]
        object.__setattr__(self, "needs_filling", any("{" in text or not text.strip() for text in replies))

    def _step(self) -> TrailEntry:
        if self.keyword_id is None:
            return prepared(TrailStep.DEFAULT_RULE, rule_id=self.id)
        return prepared(TrailStep.MATCHED, keyword=self.word, keyword_id=self.keyword_id, rule_id=self.id)


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
    also_when_text_follows: bool = False
    state: KeywordState = KeywordState.LIVE
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    rules: tuple[Rule, ...] = ()
    """Best first; a rule that does not fit falls through to the next."""
    owned_step: TrailEntry = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Prepare what is the same for every message."""
        object.__setattr__(self, "owned_step", prepared(TrailStep.OWNED, by="keyword", name=self.word))


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
    by_folded: Mapping[tuple[str, ...], tuple[Reservation, ...]] = field(default_factory=dict)
    """Reservations by folded spelling: whatever matches exactly is found there, too."""
    longest_keyword: int = 0
    """Tokens of the longest keyword, so that no more leading tokens are looked up than can match."""
    defaults: tuple[Rule, ...] = ()
    """Best first."""
    is_shared: bool = field(init=False, compare=False)
    owned_step: TrailEntry = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Prepare what is the same for every message."""
        object.__setattr__(self, "is_shared", CAPABILITIES[self.kind].is_shared)
        object.__setattr__(self, "owned_step", prepared(TrailStep.OWNED, by="number", name=self.digits))

    @property
    def capabilities(self) -> Capabilities:
        """What this kind of number may do."""
        return CAPABILITIES[self.kind]


@dataclass(frozen=True, slots=True)
class Routes:
    """The whole configuration that decisions need."""

    version: int
    numbers: Mapping[str, NumberRoutes] = field(default_factory=dict)
    """By digits without `+`: `48503340503`, `4301`."""
    zones: Mapping[int, tzinfo] = field(default_factory=dict)
    """By account id, the zone in which it reads the clock; UTC where there is none."""


def taken_step(action: Action) -> TrailEntry:
    """Say that `action` is taken."""
    if isinstance(action, AddToGroup):
        return prepared(TrailStep.ADDED_TO_GROUP, group=action.group_name, group_id=action.group_id)
    if isinstance(action, SendReply):
        return prepared(TrailStep.REPLY, characters=len(action.text))
    return prepared(TrailStep.FORWARD_URL, destination=action.destination_name, destination_id=action.destination_id)
