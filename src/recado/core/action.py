"""Actions: the consequences a message can have.

A new outcome is a new frozen dataclass here and a member of `Action`; carrying it out belongs to `store.write` (rows) and
`delivery` (the outside world).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class AddToGroup:
    """Put the sender into a contact group; nothing happens if they are in it already, and for as long."""

    group_id: int
    group_name: str
    until: datetime | None = None
    """When the membership ends by itself; None: never."""


@dataclass(frozen=True, slots=True)
class RemoveFromGroup:
    """Take the sender out of a contact group; nothing happens if they are not in it."""

    group_id: int
    group_name: str


class Scope(StrEnum):
    """How wide an opt-out is (product.md §4)."""

    GROUP = "group"
    KEYWORD = "keyword"
    NUMBER = "number"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class OptOut:
    """Note that the sender wants no more messages of an account, or some of them not."""

    account_id: int
    scope: Scope
    target_id: int = 0
    """The group, keyword or number; 0 for the account."""
    name: str = ""
    """Of the group or keyword, for the trail."""


@dataclass(frozen=True, slots=True)
class LiftOptOut:
    """End an opt-out of the sender, because they asked for messages again."""

    account_id: int
    scope: Scope
    target_id: int = 0


Source: TypeAlias = tuple[str, int]
"""What answers are counted for: `rule`, `autoresponder` or `survey`, and its id."""


@dataclass(frozen=True, slots=True)
class Charge:
    """What a reply costs, and what it is counted for."""

    segment_count: int
    cost: int
    """Minor units."""
    source: Source | None = None
    """None: nothing is counted."""
    day: str = ""
    """On the account's calendar, as ISO writes it."""
    stopped_ceiling: int | None = None
    """The daily ceiling it would have gone beyond."""


@dataclass(frozen=True, slots=True)
class SendReply:
    """Answer the sender from the number they wrote to."""

    text: str
    is_ours: bool = False
    """Whether it is the installation's own, on nobody's behalf; else it is the owner's of the message."""
    autoresponder_id: int | None = None
    """The autoresponder that gives it; None: a rule, or nobody (`is_direct`)."""
    is_direct: bool = field(default=False, compare=False)
    """Whether it says what became of an opt-out or asks what was meant, so that no rule gives it."""
    ceiling: int | None = field(default=None, compare=False)
    """What answers of the autoresponder may cost a day; None: the standard ceiling."""
    charge: Charge | None = field(default=None, compare=False)
    """None where the breaker was not asked, as for drafts."""
    survey_id: int | None = field(default=None, compare=False)
    """The survey it is a question or an answer of; None: of none."""
    is_owed: bool = field(default=False, compare=False)
    """Whether it says what became of taking part, a code for example, so that no autoresponder goes in its place."""

    def charged(self, charge: Charge) -> "SendReply":
        """Return the reply with what it costs; written out, since every answered message comes through here."""
        return SendReply(self.text, self.is_ours, self.autoresponder_id, self.is_direct, self.ceiling, charge, self.survey_id, self.is_owed)


class TripReason(StrEnum):
    """Why the breaker stopped automatic answers."""

    IDENTICAL = "identical"
    """The same text too often within an hour."""
    TOO_MANY = "too_many"
    """Too many texts within ten minutes."""
    CEILING = "ceiling"
    """They would have cost more than they may on one day."""
    AUTOMATIC = "automatic"
    """The message says that no person wrote it."""
    ECHO = "echo"
    """The message is a text that we sent."""


@dataclass(frozen=True, slots=True)
class TripBreaker:
    """Stop a rule or an autoresponder from answering the sender; of the ceiling, from answering anybody."""

    account_id: int | None
    """None: of the installation's own answers."""
    rule_id: int | None
    autoresponder_id: int | None
    reason: TripReason
    until: datetime
    charge: Charge | None = None
    """Of the ceiling: where it is noted that the day is over for it."""


@dataclass(frozen=True, slots=True)
class ForwardToUrl:
    """Hand the message on to a destination of the account (product.md §7)."""

    destination_id: int
    destination_name: str


@dataclass(frozen=True, slots=True)
class ForwardToEmail:
    """Hand the message on to a mailbox (product.md §7)."""

    destination_id: int
    destination_name: str


@dataclass(frozen=True, slots=True)
class ForwardToPhone:
    """Hand the message on to a phone as a text, which costs money (product.md §7)."""

    destination_id: int
    destination_name: str


@dataclass(frozen=True, slots=True)
class AskBack:
    """Note that the sender is asked whether they meant a keyword, so that they can answer."""

    account_id: int
    keyword_id: int
    word: str
    """The keyword, for the trail."""


@dataclass(frozen=True, slots=True)
class CloseQuestion:
    """Note that the sender answered a question."""

    message_id: int
    """The message the question was about."""
    word: str
    """The keyword asked about, for the trail."""
    answer: str
    """`yes` or `no`."""
    hands_over: bool = False
    """Whether that message, where it is still nobody's, becomes that of the account the answer is for."""


@dataclass(frozen=True, slots=True)
class AnswerSurvey:
    """Take part in a survey: begin it, vote, or answer what it asked (product.md §5)."""

    target_id: int
    name: str
    option_id: int | None = None
    """The answer the keyword stands for, of a vote."""
    result: object | None = field(default=None, compare=False)
    """What `store.surveys` is to write; None until it was decided."""


@dataclass(frozen=True, slots=True)
class EnterContest:
    """Take part in a contest."""

    target_id: int
    name: str
    result: object | None = field(default=None, compare=False)
    """What `store.contests` is to write; None until it was decided."""


@dataclass(frozen=True, slots=True)
class GiveCode:
    """Get a code from a pool."""

    target_id: int
    name: str
    result: object | None = field(default=None, compare=False)
    """What `store.codes` is to write; None until it was decided."""


@dataclass(frozen=True, slots=True)
class PostToBoard:
    """Let the message be shown on a board, at once or once somebody has looked at it."""

    target_id: int
    name: str
    result: object | None = field(default=None, compare=False)
    """What `store.boards` is to write; None until it was decided."""


Forward: TypeAlias = ForwardToUrl | ForwardToEmail | ForwardToPhone
Activity: TypeAlias = AnswerSurvey | EnterContest | GiveCode | PostToBoard
Action: TypeAlias = (
    AddToGroup | RemoveFromGroup | OptOut | LiftOptOut | SendReply | Forward | Activity | AskBack | CloseQuestion | TripBreaker
)

ACTION_NAMES: Mapping[type[Action], str] = {
    AddToGroup: "add_to_group",
    RemoveFromGroup: "remove_from_group",
    OptOut: "opt_out",
    LiftOptOut: "lift_opt_out",
    SendReply: "send_reply",
    ForwardToUrl: "forward_to_url",
    ForwardToEmail: "forward_to_email",
    ForwardToPhone: "forward_to_phone",
    AnswerSurvey: "answer_survey",
    EnterContest: "enter_contest",
    GiveCode: "give_code",
    PostToBoard: "post_to_board",
    AskBack: "ask_back",
    CloseQuestion: "close_question",
    TripBreaker: "trip_breaker",
}
"""Names of the actions in stored rows and trails; they never change their meaning."""

FORWARDS: tuple[type[Forward], ...] = (ForwardToUrl, ForwardToEmail, ForwardToPhone)
"""Actions that only hand the message on. They are taken for every message of a shared number's keyword, also when text follows it."""

ACTIVITIES: tuple[type[Activity], ...] = (AnswerSurvey, EnterContest, GiveCode, PostToBoard)
"""Actions that people take part in."""
