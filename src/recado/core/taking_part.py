"""Taking part: how surveys, contests, code pools and boards say what becomes of a message (product.md §5).

What belongs here: the shape of their answer, and how `decide` puts it together with a rule's other actions. What does not: any of the four;
each has modules of its own, which know nothing of rules.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntEnum
from typing import Protocol, TypeAlias

from recado.core.action import Action, Activity, GiveCode, SendReply
from recado.core.condition import Clock
from recado.core.message import InboundMessage
from recado.core.sender import SenderState
from recado.core.trail import TrailEntry


@dataclass(frozen=True, slots=True)
class Entrant:
    """Who takes part, with what, when."""

    message: InboundMessage
    sender: SenderState
    account_id: int
    number_id: int
    now: datetime
    clock: Clock
    keyword_id: int | None = None
    word: str = ""
    """The keyword, as its owner wrote it."""
    argument: str = ""
    """What followed it, as typed; without a keyword, and where that may stand anywhere, the whole text."""
    is_opted_out: bool = False
    """Whether the person wants no messages of the account or from the number."""
    may_have_code: bool = True
    """Whether a code may be given: not where a contest of the same rule said no."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What becomes of it."""

    action: Action | None
    """With what is to be written; None: nothing is."""
    steps: tuple[TrailEntry, ...] = ()
    reply: str | None = None
    """A text in place of the rule's reply; None: that one goes; empty: no reply at all."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What is put in place of names in the reply: `{code}`."""
    survey_id: int | None = None
    """The survey that the reply is a part of, so that it is counted for it."""
    gives_code: bool = True
    """Whether a code of the same rule may be given because of it."""
    must_name: str = ""
    """What the reply must name, `code`: it is written behind a reply that does not."""


class Seen(Protocol):
    """One survey, contest, pool or board, as it is when the message comes."""

    def take(self, action: Activity, entrant: Entrant) -> Taken:
        """Say what becomes of a message whose rule names it."""
        ...


class Fit(IntEnum):
    """How well a text answers a question."""

    NOT = 0
    LOOSE = 1
    """It is asked for any text, and this is one."""
    NEAR = 2
    """It is one slip of the finger from an answer."""
    EXACT = 3
    CHOSEN = 4
    """The sender was asked a moment ago which question they meant, and this says it."""


class Asked(Protocol):
    """Something the sender was asked and has not answered."""

    @property
    def asked_at(self) -> datetime:
        """When."""
        ...

    @property
    def name(self) -> str:
        """What it is about, as people know it: the survey, the contest."""
        ...

    def fit(self, text: str, entrant: Entrant) -> Fit:
        """Say how well a text answers it."""
        ...

    def take(self, text: str, entrant: Entrant) -> Taken:
        """Take a text as the answer; one that does not fit is asked for again, or nothing more is done (then `action` is None)."""
        ...


Place: TypeAlias = tuple[type[Action], int]


@dataclass(frozen=True, slots=True)
class Play:
    """What there is to take part in for one message; empty for nearly all."""

    seen: Mapping[Place, Seen] = field(default_factory=dict)
    """By action and target, of those that rules in play name."""
    asked: tuple[Asked, ...] = ()
    """The latest first."""


NO_PLAY = Play()


@dataclass(frozen=True, slots=True)
class Part:
    """What all activities of a rule come to."""

    actions: Mapping[Action, Action | None] = field(default_factory=dict)
    """Each as it was given, to what is done in its place; None: nothing."""
    steps: Mapping[Action, tuple[TrailEntry, ...]] = field(default_factory=dict)
    reply: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    survey_id: int | None = None
    is_owed: bool = False
    """Whether the reply says what nobody but this rule knows: `SendReply.is_owed`."""


NO_PART = Part()


def take_part(actions: Sequence[Action], play: Play, entrant: Entrant) -> Part:
    """Let every activity that the actions name say what becomes of the message; the first that gives a reply is heard.

    Codes come last, since a contest of the same rule says who gets one. What is not known here, as in a trial without a database, stays as
    the rule has it.
    """
    done: dict[Action, Action | None] = {}
    steps: dict[Action, tuple[TrailEntry, ...]] = {}
    values: dict[str, str] = {}
    heard, owed = Taken(None), ""
    for action in sorted(actions, key=lambda one: isinstance(one, GiveCode)):
        seen = play.seen.get((type(action), action.target_id)) if isinstance(action, Activity) else None
        if seen is None or not isinstance(action, Activity):
            continue
        taken = seen.take(action, entrant)
        entrant = entrant if taken.gives_code else replace(entrant, may_have_code=False)
        done[action], steps[action] = taken.action, taken.steps
        values |= taken.values
        if taken.reply is not None and (heard.reply is None or (isinstance(action, GiveCode) and _lacks_code(heard.reply, values))):
            heard = taken
        elif taken.must_name:
            owed = f"{{{taken.must_name}}}"
    reply = heard.reply
    text = reply if reply is not None else next((one.text for one in actions if isinstance(one, SendReply)), "")
    if owed and owed not in text:
        reply = f"{text} {owed}".strip()
    return Part(done, steps, reply, values, heard.survey_id, reply is not None or bool(owed))


def _lacks_code(reply: str, values: Mapping[str, str]) -> bool:
    """Say whether a reply promises a code that nobody has, so that it must not go."""
    return "{code}" in reply and "code" not in values
