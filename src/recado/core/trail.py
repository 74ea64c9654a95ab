"""The trail: why a message had the consequences it had.

Entries are codes with values, not sentences, so that the panel can say them in the reader's language and the API can hand them on.
"""

import json
from dataclasses import dataclass, field
from enum import StrEnum
from json.encoder import encode_basestring


class TrailStep(StrEnum):
    """What can be said about the way of a message. `panel` and `cli` have one sentence for each.

    The values each step carries stand beside it; `reason` is always a word of `SkipReason`, `action` one of `ACTION_NAMES` in `action`.
    """

    RECEIVED = "received"
    """encoding (`gsm7`, `latin1`, `ucs2`, `binary`), parts"""
    JOINED = "joined"
    """parts"""
    INCOMPLETE = "incomplete"
    """received, total"""
    AMENDED = "amended"
    """received, total"""
    FLAGGED = "flagged"
    """flag: what the decoder had to overlook"""
    NUMBER_UNKNOWN = "number_unknown"
    """recipient"""
    NUMBER_NOT_ACTIVE = "number_not_active"
    """number, state"""
    TOKENS = "tokens"
    """tokens: the leading ones that were looked up, joined by spaces"""
    OWNED = "owned"
    """by (`keyword`, `number`), name (the keyword's word or the number's digits)"""
    RULE_SKIPPED = "rule_skipped"
    """keyword (empty for a default rule), rule_id (0 when the keyword as a whole was passed over), reason"""
    MATCHED = "matched"
    """keyword, keyword_id, rule_id, spelling (only where it was one of the keyword's other spellings)"""
    DEFAULT_RULE = "default_rule"
    """rule_id"""
    REPLY_TO_SOLE_WRITER = "reply_to_sole_writer"
    """number"""
    UNMATCHED = "unmatched"
    """number"""
    WORD_RESTS = "word_rests"
    """word: the text is a keyword that somebody gave up lately"""
    ASSIGNED = "assigned"
    """account: its name; given by the operator after nobody's keyword matched"""
    INBOX_ONLY = "inbox_only"
    """no values: the account has the message, and nothing else happens"""
    ACTION_NOT_TAKEN = "action_not_taken"
    """action, reason"""
    ADDED_TO_GROUP = "added_to_group"
    """group, group_id, until (an ISO moment, only where the membership ends by itself)"""
    ALREADY_IN_GROUP = "already_in_group"
    """group, group_id"""
    REMOVED_FROM_GROUP = "removed_from_group"
    """group, group_id"""
    OPTED_OUT = "opted_out"
    """scope (a word of `Scope`), target_id (the group, keyword or number; 0 for the account), name (of the group or keyword)"""
    OPTED_OUT_BEFORE = "opted_out_before"
    """word: there was nothing left to opt out of"""
    OPT_OUT_OF_NOTHING = "opt_out_of_nothing"
    """word: nobody on this number writes to the sender"""
    OPT_OUT_LIFTED = "opt_out_lifted"
    """scope, target_id"""
    OPT_OUT_ASKED = "opt_out_asked"
    """word: the one that may have been meant"""
    OPT_OUT_FLAGGED = "opt_out_flagged"
    """word: it stands in a sentence, so that a person has to read it"""
    ASKED_BACK = "asked_back"
    """keyword, keyword_id: the one keyword a slip away; the sender was asked whether it was meant, and nothing else was done"""
    ANSWERED_QUESTION = "answered_question"
    """keyword, answer (`yes`, `no`): the question whether the keyword was meant is answered"""
    HANDED_OVER = "handed_over"
    """keyword: the sender said later that it was meant, so that nobody's message became its owner's"""
    BLOCKED = "blocked"
    """no values: the account blocked the sender"""
    NOT_IN_GROUP = "not_in_group"
    """group, group_id: there was nothing to take the sender out of"""
    REPLY = "reply"
    """characters: length of the reply"""
    AUTORESPONDER = "autoresponder"
    """name, autoresponder_id: it gives the reply"""
    AUTORESPONDER_SKIPPED = "autoresponder_skipped"
    """name, autoresponder_id, reason"""
    BREAKER_TRIPPED = "breaker_tripped"
    """reason (a word of `TripReason`), until (an ISO moment): automatic answers stop here"""
    FORWARD_URL = "forward_url"
    """destination, destination_id"""
    FORWARD_EMAIL = "forward_email"
    """destination, destination_id"""
    FORWARD_PHONE = "forward_phone"
    """destination, destination_id"""
    SURVEY = "survey"
    """survey, survey_id, deed (`core.survey.SurveyDeed`; none in a trial), question (its place), answer"""
    CONTEST = "contest"
    """contest, contest_id, deed (`core.contest.ContestDeed`; none in a trial), reason (`core.contest.Refusal`), sequence"""
    CODE = "code"
    """pool, pool_id, deed (`core.code_pool.CodeDeed`; none in a trial)"""
    BOARD = "board"
    """board, board_id, deed (`core.board.BoardDeed`; none in a trial), reason"""


class SkipReason(StrEnum):
    """Why a keyword, a rule or an action was passed over."""

    NOT_YET = "not_yet"
    OVER = "over"
    DISABLED = "disabled"
    PAUSED = "paused"
    HELD = "held"
    QUARANTINE = "quarantine"
    TEXT_FOLLOWS = "text_follows"
    NUMBER_KIND = "number_kind"
    """The number's row of the capability table forbids it."""
    PLAN = "plan"
    """The account's plan forbids it."""
    NO_TEXT = "no_text"
    """A reply that would be empty."""
    OPTED_OUT = "opted_out"
    """The sender wants no messages."""
    ANSWERED_LATELY = "answered_lately"
    """The phone got the same answer a short while ago."""
    OUTSIDE_HOURS = "outside_hours"
    OPEN = "open"
    """The company is open, and it holds at other times."""
    CLOSED = "closed"
    """The company is closed."""
    OTHER_DAY = "other_day"
    """Another weekday."""
    DAY_OFF = "day_off"
    WORKING_DAY = "working_day"
    IN_GROUP = "in_group"
    NOT_IN_GROUP = "not_in_group"
    NOT_FIRST = "not_first"
    NOT_AGAIN = "not_again"
    OTHER_PREFIX = "other_prefix"
    NOT_OPTED_OUT = "not_opted_out"
    """It is for people who opted out."""
    ASKED_BACK = "asked_back"
    """The sender was asked what they meant; the answer decides."""
    ONCE = "once"
    """The sender got it already, and gets it once in its period."""
    ANSWERED = "answered"
    """The text answers a question the sender was asked."""
    OTHER_ANSWER = "other_answer"
    """An autoresponder of the keyword answers instead."""
    OWN_NUMBER = "own_number"
    """The sender is a number of this installation."""
    NO_PHONE = "no_phone"
    """The sender is a name, or not known."""
    SHORT_CODE = "short_code"
    """The sender is a short code."""
    BREAKER = "breaker"
    """The loop breaker stopped, or has stopped, automatic answers to this phone."""
    CEILING = "ceiling"
    """What its answers may cost today is used up."""
    NO_CREDIT = "no_credit"
    """The account's credit does not reach for it."""


@dataclass(frozen=True, slots=True)
class TrailEntry:
    """One step of the trail with the values its sentence needs."""

    step: TrailStep
    values: dict[str, str | int] = field(default_factory=dict)
    encoded: str = field(default="", compare=False, repr=False)
    """The entry as stored, where it was prepared beforehand; filled by `prepared`."""


def prepared(step: TrailStep, **values: str | int) -> TrailEntry:
    """Make an entry that many messages share, so that it is encoded once instead of once a message."""
    return TrailEntry(step, values, _encode(step, values))


def to_json(trail: tuple[TrailEntry, ...]) -> str:
    """Write a trail as stored: `[["matched", {"keyword": "GARDENER"}], …]`."""
    return f"[{','.join([entry.encoded or _encode(entry.step, entry.values) for entry in trail])}]"


def from_json(stored: str) -> tuple[TrailEntry, ...]:
    """Read a stored trail back."""
    return tuple(TrailEntry(TrailStep(step), values) for step, values in json.loads(stored or "[]"))


def _encode(step: TrailStep, values: dict[str, str | int]) -> str:
    # By hand, because values are flat and `json.dumps` would be the most expensive thing done to a message.
    pairs = [
        f"{encode_basestring(key)}:{encode_basestring(value) if isinstance(value, str) else int(value)}" for key, value in values.items()
    ]
    return f'["{step.value}",{{{",".join(pairs)}}}]'
