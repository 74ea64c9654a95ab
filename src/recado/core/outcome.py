"""What became of a text in short, so that two configurations can be compared by it, and kept as an example's expectation.

Decided by `find_owner` and `decide` like every message. Of what is another account's, nothing is said but that it is. The sentence people
read belongs to `panel`.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from recado.core.action import ACTION_NAMES, Action, SendReply
from recado.core.answer import Answers
from recado.core.decide import decide
from recado.core.decision import Decision
from recado.core.message import InboundMessage
from recado.core.ownership import Match, find_owner
from recado.core.profile import Profile
from recado.core.routes import Routes
from recado.core.sender import SenderState

_TARGETS = ("group_id", "destination_id", "target_id")
_NAMES = ("group_name", "destination_name", "name")
"""Fields of actions that say about what they are."""


class Owner(StrEnum):
    """Whose a text is."""

    YOURS = "yours"
    NOBODY = "nobody"
    OTHER = "other"
    """Another account's."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that is done."""

    action: str
    """A word of `ACTION_NAMES`."""
    target_id: int | None = None
    """The group or the destination; what is opted out of."""
    text: str = ""
    """A reply before anything is filled in, so that tomorrow's date makes no difference."""
    until: str = ""
    scope: str = ""
    """How wide an opt-out is."""
    name: str = field(default="", compare=False)
    """What the target is called."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a text: whose it is, which keyword acts, and what is done. Equal where people would notice no difference."""

    owner: Owner
    keyword_id: int | None = None
    is_default: bool = False
    """Whether the number's default rule acted."""
    deeds: tuple[Deed, ...] = ()
    keyword: str = field(default="", compare=False)
    rule_id: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Trial:
    """A message to be tried, and what is known beside it."""

    message: InboundMessage
    sender: SenderState
    account_id: int
    """Who asks."""
    profile: Profile
    """Theirs."""
    is_reply: bool = False
    """Whether it is theirs as an answer to what they wrote, where no keyword makes it somebody's."""
    concerned: Mapping[int, SenderState] = field(default_factory=dict)
    """Where a text is about consent and nobody's by its words: the accounts that write to the sender, with how each sees them."""


def outcome_of(routes: Routes, trial: Trial) -> Outcome:
    """Decide on a message, at its own time, and say what becomes of it."""
    message, now = trial.message, trial.message.received_at
    match = find_owner(routes, message.sender, message.recipient, message.text, now)
    if match.account_id not in {None, trial.account_id}:
        return Outcome(Owner.OTHER)
    writer = trial.account_id if trial.is_reply else None
    concerned = trial.concerned if match.awaits_concerned else {}
    profiles, answers = {trial.account_id: trial.profile}, Answers(routes.autoresponders)
    decision = decide(message, match, trial.sender, now, writer, profiles, concerned, answers=answers)
    if decision.account_id not in {None, trial.account_id}:
        return Outcome(Owner.OTHER)
    if decision.account_id is None:
        return Outcome(Owner.NOBODY)
    keyword_id = decision.keyword_id
    return Outcome(
        Owner.YOURS,
        keyword_id,
        decision.rule_id is not None and keyword_id is None,
        tuple(_deed(_as_written(action, routes, match, decision)) for action in decision.actions),
        _word(match, keyword_id),
        decision.rule_id,
    )


def to_values(outcome: Outcome) -> dict[str, Any]:
    """Write an outcome as plain values to be stored."""
    return asdict(outcome)


def from_values(stored: Mapping[str, Any]) -> Outcome:
    """Read a stored outcome back."""
    deeds = tuple(Deed(**deed) for deed in stored["deeds"])
    return Outcome(**{**stored, "owner": Owner(stored["owner"]), "deeds": deeds})


def _as_written(action: Action, routes: Routes, match: Match, decision: Decision) -> Action:
    """Return a reply before anything is filled in."""
    if not isinstance(action, SendReply):
        return action
    if action.autoresponder_id is not None:
        mine = routes.autoresponders.get(decision.account_id or 0, ())
        return replace(action, text=next((one.text for one in mine if one.id == action.autoresponder_id), action.text))
    rule = next((rule for rule in match.rules if rule.id == decision.rule_id), None)
    written = next((one for one in rule.actions if isinstance(one, SendReply)), action) if rule else action
    return replace(action, text=written.text)


def _deed(action: Action) -> Deed:
    values = asdict(action)
    until = values.get("until")
    return Deed(
        ACTION_NAMES[type(action)],
        next((values[key] for key in _TARGETS if key in values), None),
        values.get("text", ""),
        until.isoformat() if until else "",
        values.get("scope", ""),
        next((values[key] for key in _NAMES if key in values), ""),
    )


def _word(match: Match, keyword_id: int | None) -> str:
    if keyword_id is None:
        return ""
    if match.keyword is not None and match.keyword.keyword_id == keyword_id:
        return match.keyword.word
    return next((rule.word for rule in match.rules if rule.keyword_id == keyword_id), "")
