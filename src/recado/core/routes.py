"""Routes: everything that decides about a message besides the message itself, as one immutable snapshot.

The snapshot is compiled from rows by `compiling.compile_routes`, swapped as a whole and never changed; each decision names its
version. Loading the rows belongs to `store.snapshot`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from recado.core.action import (
    Action,
    Activity,
    AddToGroup,
    AnswerSurvey,
    AskBack,
    CloseQuestion,
    EnterContest,
    ForwardToEmail,
    ForwardToPhone,
    ForwardToUrl,
    GiveCode,
    LiftOptOut,
    OptOut,
    PostToBoard,
    RemoveFromGroup,
    SendReply,
    TripBreaker,
)
from recado.core.autoresponder import Autoresponder
from recado.core.condition import ALWAYS, Condition
from recado.core.number import CAPABILITIES, Capabilities, NumberKind, NumberState
from recado.core.phrase import NO_PHRASES, PhraseIndex
from recado.core.profile import Profile
from recado.core.reply import asks_name
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
    condition: Condition = ALWAYS
    length: int = 0
    """Tokens of the spelling it is found by."""
    refusal: SkipReason | None = None
    """Why the rule can never act: switched off, or not allowed on this kind of number."""
    spelling: str = ""
    """The other spelling it is found by; empty for the keyword itself."""
    ceiling: int | None = None
    """What its replies may cost a day, in minor units; None: the standard ceiling."""
    steps: tuple[TrailEntry, ...] = field(init=False, compare=False, repr=False)
    """The trail of every message on which the rule fires and takes all actions, prepared once."""
    group_ids: frozenset[int] = field(init=False, compare=False, repr=False)
    """Groups of which it must be known whether the sender is in them."""
    is_personal: bool = field(init=False, compare=False, repr=False)
    """Whether what it does depends on the moment, or on the sender in other ways than being in one of the groups."""
    needs_filling: bool = field(init=False, compare=False, repr=False)
    """Whether a reply differs from message to message, or would be empty."""
    replies: bool = field(init=False, compare=False, repr=False)
    asks_name: bool = field(init=False, compare=False, repr=False)
    """Whether a reply names the sender, or may: what people take part in has texts of its own."""
    activities: tuple[Activity, ...] = field(init=False, compare=False, repr=False)
    """What people take part in by it."""

    def __post_init__(self) -> None:
        """Prepare what is the same for every message."""
        object.__setattr__(self, "steps", (self._step(), *(taken_step(action) for action in self.actions)))
        touched = frozenset(one.group_id for one in self.actions if isinstance(one, (AddToGroup, RemoveFromGroup)))
        object.__setattr__(self, "group_ids", touched | self.condition.group_ids)
        moody = any(isinstance(one, RemoveFromGroup) or (isinstance(one, AddToGroup) and one.until is not None) for one in self.actions)
        activities = tuple(one for one in self.actions if isinstance(one, Activity))
        object.__setattr__(self, "activities", activities)
        object.__setattr__(self, "is_personal", moody or bool(activities))
        replies = [action.text for action in self.actions if isinstance(action, SendReply)]
        object.__setattr__(self, "needs_filling", any("{" in text or not text.strip() for text in replies))
        object.__setattr__(self, "replies", bool(replies) or bool(activities))
        object.__setattr__(self, "asks_name", any(map(asks_name, replies)) or bool(activities))

    def _step(self) -> TrailEntry:
        if self.keyword_id is None:
            return prepared(TrailStep.DEFAULT_RULE, rule_id=self.id)
        if self.spelling:
            return prepared(TrailStep.MATCHED, keyword=self.word, keyword_id=self.keyword_id, rule_id=self.id, spelling=self.spelling)
        return prepared(TrailStep.MATCHED, keyword=self.word, keyword_id=self.keyword_id, rule_id=self.id)

    @property
    def narrowness(self) -> int:
        """How many conditions restrict it; the narrower rule goes first."""
        return self.condition.narrowness


@dataclass(frozen=True, slots=True)
class Reservation:
    """A keyword of a number in one of its spellings: who owns the word, and for how long."""

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
    asks_back: bool = False
    """Whether its owner wants people asked who mistype it."""
    owned_step: TrailEntry = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Prepare what is the same for every message."""
        object.__setattr__(self, "owned_step", prepared(TrailStep.OWNED, by="keyword", name=self.word))


TypoIndex: TypeAlias = Mapping[str, tuple[str, ...]]
"""Keywords of one token, by what is left of their folded spelling without one letter or none (`typo`)."""
NO_TYPOS: TypoIndex = MappingProxyType({})


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
    """What a text can begin with, by folded spelling: whatever matches exactly is found there, too."""
    longest_keyword: int = 0
    """Tokens of the longest of these, so that no more leading tokens are looked up than can match."""
    phrases: PhraseIndex[Reservation] = NO_PHRASES
    """What can stand anywhere in a text."""
    defaults: tuple[Rule, ...] = ()
    """Best first."""
    account_ids: frozenset[int] = frozenset()
    """The accounts that have keywords on it."""
    typos: TypoIndex = field(default_factory=dict, repr=False)
    """Empty unless a keyword of the number asks back."""
    spelled: Mapping[int, tuple[tuple[str, ...], ...]] = field(default_factory=dict, compare=False, repr=False)
    """Keyword to its places in `by_folded`, so that one keyword can be exchanged."""
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
    profiles: Mapping[int, Profile] = field(default_factory=dict)
    """By account id."""
    autoresponders: Mapping[int, tuple[Autoresponder, ...]] = field(default_factory=dict)
    """By account id, those switched on, in the account's order; accounts without any are left out."""


_ACTIVITY_STEPS: Mapping[type[Action], tuple[TrailStep, str]] = MappingProxyType(
    {
        AnswerSurvey: (TrailStep.SURVEY, "survey"),
        EnterContest: (TrailStep.CONTEST, "contest"),
        GiveCode: (TrailStep.CODE, "pool"),
        PostToBoard: (TrailStep.BOARD, "board"),
    }
)
_FORWARD_STEPS: Mapping[type[Action], TrailStep] = MappingProxyType(
    {
        ForwardToUrl: TrailStep.FORWARD_URL,
        ForwardToEmail: TrailStep.FORWARD_EMAIL,
        ForwardToPhone: TrailStep.FORWARD_PHONE,
    }
)


def taken_step(action: Action) -> TrailEntry:
    """Say that `action` is taken."""
    if isinstance(action, AddToGroup):
        if action.until is not None:
            until = action.until.isoformat()
            return prepared(TrailStep.ADDED_TO_GROUP, group=action.group_name, group_id=action.group_id, until=until)
        return prepared(TrailStep.ADDED_TO_GROUP, group=action.group_name, group_id=action.group_id)
    if isinstance(action, RemoveFromGroup):
        return prepared(TrailStep.REMOVED_FROM_GROUP, group=action.group_name, group_id=action.group_id)
    if isinstance(action, SendReply):
        return prepared(TrailStep.REPLY, characters=len(action.text))
    if isinstance(action, (ForwardToUrl, ForwardToEmail, ForwardToPhone)):
        return prepared(_FORWARD_STEPS[type(action)], destination=action.destination_name, destination_id=action.destination_id)
    return _activity_step(action) if isinstance(action, Activity) else _step_without_rule(action)


def _activity_step(action: Activity) -> TrailEntry:
    step, word = _ACTIVITY_STEPS[type(action)]
    values: dict[str, str | int] = {word: action.name, f"{word}_id": action.target_id}
    return prepared(step, **values)


def _step_without_rule(action: OptOut | LiftOptOut | AskBack | CloseQuestion | TripBreaker) -> TrailEntry:
    """Say that an action is taken that no rule names."""
    if isinstance(action, TripBreaker):
        return TrailEntry(TrailStep.BREAKER_TRIPPED, {"reason": action.reason.value, "until": action.until.isoformat()})
    if isinstance(action, AskBack):
        return TrailEntry(TrailStep.ASKED_BACK, {"keyword": action.word, "keyword_id": action.keyword_id})
    if isinstance(action, CloseQuestion):
        return TrailEntry(TrailStep.ANSWERED_QUESTION, {"keyword": action.word, "answer": action.answer})
    where: dict[str, str | int] = {"scope": action.scope.value, "target_id": action.target_id}
    if isinstance(action, LiftOptOut):
        return TrailEntry(TrailStep.OPT_OUT_LIFTED, where)
    return TrailEntry(TrailStep.OPTED_OUT, where | {"name": action.name})
