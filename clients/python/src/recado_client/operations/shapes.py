"""What goes into the API and comes out of it.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypeAlias, TypedDict


class AssignIn(TypedDict):
    """Whose a conversation is."""

    member_id: int | None


class AttentionOut(TypedDict):
    """What somebody should look at."""

    failing_forwards: list[FailingForwardOut]
    ending_keywords: list[EndingKeywordOut]
    suspended_numbers: list[str]
    undelivered_today: int
    may_want_out: int
    unanswered_phones: int
    is_answer_limit_spent: bool
    is_credit_used_up: bool
    low_credit: int | None
    overdue_invoices: int


class AutomaticReply(TypedDict):
    """What was answered by itself."""

    id: int
    state: OutboundState


class ConversationAssignee(TypedDict):
    """Somebody of the team."""

    member_id: int | None
    name: str


class ConversationContact(TypedDict):
    """Who it is, as far as it is known."""

    id: int
    name: str


class ConversationDetail(TypedDict):
    """A conversation with what stands beside it."""

    id: int
    phone: str
    number: ConversationNumber
    contact: ConversationContact | None
    state: State
    snoozed_until: str | None
    assignee: ConversationAssignee | None
    labels: list[LabelOut]
    unread_count: int
    message_count: int
    last_message_at: str
    last_text: str
    last_is_inbound: bool
    last_keyword: str
    may_want_out: bool
    is_test: bool
    groups: list[WriterGroup]
    is_blocked: bool
    is_opted_out: bool
    may_be_opt_out_id: int | None
    answer: HowToAnswer


ConversationItem: TypeAlias = "ReceivedItem | SentItem | NoteItem"


class ConversationNoteIn(TypedDict):
    """A note."""

    text: str


class ConversationNumber(TypedDict):
    """One of our numbers."""

    id: int
    digits: str


class ConversationOut(TypedDict):
    """What one number and one phone exchanged."""

    id: int
    phone: str
    number: ConversationNumber
    contact: ConversationContact | None
    state: State
    snoozed_until: str | None
    assignee: ConversationAssignee | None
    labels: list[LabelOut]
    unread_count: int
    message_count: int
    last_message_at: str
    last_text: str
    last_is_inbound: bool
    last_keyword: str
    may_want_out: bool
    is_test: bool


class EndingKeywordOut(TypedDict):
    """A keyword whose time is soon over."""

    keyword_id: int
    word: str
    ends_at: str | None


class ErasedTests(TypedDict):
    """What was forgotten."""

    messages: int
    conversations: int
    contacts: int


class FailingForwardOut(TypedDict):
    """A forward that does not get through."""

    forward_id: int
    name: str
    waiting: int
    given_up: int
    since: str
    next_try_at: str | None
    error: str


class FieldError(TypedDict):
    """What is wrong with one field."""

    field: str
    message: str


Flag = Literal["", "opt_out", "blocked"]


class FlaggedIn(TypedDict):
    """The message that is an opt-out."""

    message_id: NotRequired[int | None]


class GroupIn(TypedDict):
    """What a group is called."""

    name: str


class GroupOut(TypedDict):
    """A group."""

    id: int
    name: str
    contact_count: int


class HowToAnswer(TypedDict):
    """Whether and how a conversation can be answered now."""

    why_not: Refusal | None
    sender: str
    segment_price: int
    quiet_until: str | None


JobKind = Literal["submit", "forward_url", "forward_email", "forward_phone", "push_receipt"]


JobState = Literal["waiting", "claimed", "handing", "done", "dead"]


class LabelIn(TypedDict):
    """A label, by its name."""

    name: str


class LabelOut(TypedDict):
    """A label."""

    id: int
    name: str


class LoggedOut(TypedDict):
    """A message that arrived, with what became of it."""

    id: int
    conversation_id: int | None
    sender: str
    recipient: str
    number_id: int | None
    text: str
    argument: str
    keyword_id: int | None
    rule_id: int | None
    received_at: str
    parts_received: int
    parts_total: int
    flag: Flag
    answers_id: int | None
    campaign_id: int | None
    is_test: bool
    name: str
    keyword: MatchedKeyword | None
    replies: list[AutomaticReply]
    forwards: list[MessageForward]


class MatchedKeyword(TypedDict):
    """A keyword that matched."""

    id: int
    word: str


class MessageForward(TypedDict):
    """A forward of a message: a delivery."""

    delivery_id: int
    kind: JobKind
    forward_id: int | None
    state: JobState


class MessageOutcome(TypedDict):
    """What became of one phone."""

    phone: str
    id: int | None
    state: Literal["queued", "refused"]
    code: NotSent | None
    detail: str
    segment_count: int
    cost: int


class MessagesIn(TypedDict):
    """A text to a few phones."""

    phones: list[str]
    text: str
    sender: NotRequired[str | None]
    at: NotRequired[str | None]
    flash: NotRequired[bool]
    unique_id: NotRequired[str | None]
    dlr_url: NotRequired[str | None]
    test: NotRequired[bool]


class MessagesOut(TypedDict):
    """What became of an order."""

    queued: int
    refused: int
    cost: int
    items: list[MessageOutcome]


NotSent = Literal[
    "invalid_number",
    "opted_out",
    "blocked",
    "no_pool_number",
    "no_text",
    "text_too_long",
    "bad_unique_id",
    "unique_id_taken",
    "no_credit",
    "limit_used",
]


class NoteItem(TypedDict):
    """What the team, or a program, wrote down; the person never sees it."""

    type: Literal["note"]
    id: int
    text: str
    author: str
    created_at: str


class OrderedReply(TypedDict):
    """An answer that was ordered."""

    conversation_id: int | None
    phone: str
    sender: str
    text: str
    segment_count: int
    kind: SendKind
    state: OutboundState
    reason: str
    origin: Origin
    author: str
    cost: int
    is_test: bool
    is_flash: bool
    unique_id: str | None
    campaign_id: int | None
    answers_id: int | None
    created_at: str
    scheduled_at: str | None
    sent_at: str | None
    finished_at: str | None
    id: int | None


Origin = Literal["rule", "agent", "api", "campaign", "forward"]


OutboundState = Literal["queued", "sent", "uncertain", "delivered", "undelivered", "unsent"]


class ProblemOut(TypedDict):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: NotRequired[list[FieldError]]


class RawOut(TypedDict):
    """A message as the carrier handed it over."""

    id: int
    octets: str
    encoding: str
    connection: str | None
    carrier_message_id: str | None
    received_at: str


class ReceivedDetail(TypedDict):
    """A message that arrived, with its way."""

    id: int
    conversation_id: int | None
    sender: str
    recipient: str
    number_id: int | None
    text: str
    argument: str
    keyword_id: int | None
    rule_id: int | None
    received_at: str
    parts_received: int
    parts_total: int
    flag: Flag
    answers_id: int | None
    campaign_id: int | None
    is_test: bool
    keyword: MatchedKeyword | None
    folded_text: str
    trail: list[TraceStep]
    replies: list[SentOut]
    forwards: list[MessageForward]
    answers: SentOut | None
    earlier_id: int | None
    later_id: int | None


class ReceivedItem(TypedDict):
    """A message of a conversation that arrived."""

    id: int
    conversation_id: int | None
    sender: str
    recipient: str
    number_id: int | None
    text: str
    argument: str
    keyword_id: int | None
    rule_id: int | None
    received_at: str
    parts_received: int
    parts_total: int
    flag: Flag
    answers_id: int | None
    campaign_id: int | None
    is_test: bool
    type: Literal["received"]


class RedeliveredOut(TypedDict):
    """What is delivered again."""

    deliveries: list[MessageForward]


Refusal = Literal[
    "empty",
    "too_long",
    "no_connection",
    "number_gone",
    "no_phone",
    "being_answered",
    "answered",
    "opted_out",
    "blocked",
    "no_pool",
    "time_passed",
    "too_far",
    "no_credit",
]


class ReplyIn(TypedDict):
    """An answer."""

    text: str
    at: NotRequired[str | None]
    even_if_quiet: NotRequired[bool]
    is_service: NotRequired[bool]
    seen_id: NotRequired[int | None]


SendKind = Literal["full", "eco"]


class SentItem(TypedDict):
    """A message of a conversation that was sent, or waits for its time."""

    conversation_id: int | None
    phone: str
    sender: str
    text: str
    segment_count: int
    kind: SendKind
    state: OutboundState
    reason: str
    origin: Origin
    author: str
    cost: int
    is_test: bool
    is_flash: bool
    unique_id: str | None
    campaign_id: int | None
    answers_id: int | None
    created_at: str
    scheduled_at: str | None
    sent_at: str | None
    finished_at: str | None
    id: int
    type: Literal["sent"]


class SentOut(TypedDict):
    """A message that was sent, or waits for its time."""

    conversation_id: int | None
    phone: str
    sender: str
    text: str
    segment_count: int
    kind: SendKind
    state: OutboundState
    reason: str
    origin: Origin
    author: str
    cost: int
    is_test: bool
    is_flash: bool
    unique_id: str | None
    campaign_id: int | None
    answers_id: int | None
    created_at: str
    scheduled_at: str | None
    sent_at: str | None
    finished_at: str | None
    id: int


class SnoozeIn(TypedDict):
    """Until when a conversation is out of sight."""

    until: str


State = Literal["open", "done"]


class TestPhoneOut(TypedDict):
    """What the phone shows."""

    items: list[TestPhoneText]


class TestPhoneText(TypedDict):
    """A text on the phone's screen."""

    id: int
    at: str
    is_from_phone: bool
    number: str
    text: str


class TestTextIn(TypedDict):
    """A text from a phone."""

    phone: str
    text: str
    number_id: NotRequired[int | None]


class TestTextOut(TypedDict):
    """A text that was received."""

    message_id: int
    is_ours: bool


class TodayOut(TypedDict):
    """The day so far, by the account's clock. Counting stops at 1000, of unread conversations at 100."""

    received: int
    new_contacts: int
    unanswered: int
    unread: int
    attention: AttentionOut


class TraceStep(TypedDict):
    """One step on the way of a message, as a code with values."""

    step: TrailStep
    values: dict[str, str | int]


TrailStep = Literal[
    "received",
    "joined",
    "incomplete",
    "amended",
    "flagged",
    "number_unknown",
    "number_not_active",
    "tokens",
    "owned",
    "rule_skipped",
    "matched",
    "default_rule",
    "reply_to_sole_writer",
    "unmatched",
    "word_rests",
    "assigned",
    "inbox_only",
    "action_not_taken",
    "added_to_group",
    "already_in_group",
    "removed_from_group",
    "opted_out",
    "opted_out_before",
    "opt_out_of_nothing",
    "opt_out_lifted",
    "opt_out_asked",
    "opt_out_flagged",
    "asked_back",
    "answered_question",
    "handed_over",
    "blocked",
    "not_in_group",
    "reply",
    "autoresponder",
    "autoresponder_skipped",
    "breaker_tripped",
    "forward_url",
    "forward_email",
    "forward_phone",
]


class WriterGroup(TypedDict):
    """A group the person is in."""

    id: int
    name: str


class WriterOptedOut(TypedDict):
    """An opt-out that is noted."""

    opt_out_id: int
