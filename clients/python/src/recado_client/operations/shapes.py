"""What goes into the API and comes out of it.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypeAlias, TypedDict


class AddedContactOut(TypedDict):
    """A contact that was added or completed."""

    id: int
    phone: str
    first_name: str
    last_name: str
    company: str
    email: str
    tax_id: str
    address: str
    city: str
    description: str
    source: ContactSource
    created_at: str
    groups: list[GroupRef]
    is_blocked: bool
    opt_outs: list[OptOutRef]
    last_message_at: str | None
    is_new: bool
    kept_out_of: list[int]


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


class BlockIn(TypedDict):
    """Whom to block."""

    sender: str
    reason: NotRequired[str]


class BlockOut(TypedDict):
    """A sender that is blocked now."""

    id: int
    sender: str
    reason: str
    created_at: str
    is_new: bool


class BlockedOut(TypedDict):
    """A blocked sender."""

    id: int
    sender: str
    reason: str
    created_at: str


class CheckOut(TypedDict):
    """What would become of the rows."""

    ok: int
    corrected: int
    known: int
    duplicate: int
    bad: int
    usable: int
    opted_out: int


Column = Literal["", "phone", "first_name", "last_name", "company", "email", "tax_id", "address", "city", "description"]


class ColumnsIn(TypedDict):
    """What the columns of an uploaded table hold."""

    columns: list[Column]
    has_header: NotRequired[bool | None]


class ConsentOut(TypedDict):
    """Somebody joined or left a group, or opted out or in; never changed."""

    id: int
    phone: str
    kind: ConsentRecordKind
    group_id: int | None
    number_id: int | None
    keyword_id: int | None
    rule_id: int | None
    message_id: int | None
    text: str
    source: ContactSource
    at: str


ConsentRecordKind = Literal["joined", "left", "ended", "opted_out", "opted_in"]


class ContactIn(TypedDict):
    """Somebody to know."""

    first_name: NotRequired[str | None]
    last_name: NotRequired[str | None]
    company: NotRequired[str | None]
    email: NotRequired[str | None]
    tax_id: NotRequired[str | None]
    address: NotRequired[str | None]
    city: NotRequired[str | None]
    description: NotRequired[str | None]
    phone: str
    group_ids: NotRequired[list[int]]


class ContactMembershipOut(TypedDict):
    """A group somebody is in."""

    group: GroupRef
    joined_at: str
    ends_at: str | None
    source: ContactSource
    keyword_id: int | None
    message_id: int | None


class ContactOut(TypedDict):
    """Somebody the account knows."""

    id: int
    phone: str
    first_name: str
    last_name: str
    company: str
    email: str
    tax_id: str
    address: str
    city: str
    description: str
    source: ContactSource
    created_at: str
    groups: list[GroupRef]
    is_blocked: bool
    opt_outs: list[OptOutRef]
    last_message_at: str | None


class ContactPatch(TypedDict):
    """What is to change."""

    first_name: NotRequired[str | None]
    last_name: NotRequired[str | None]
    company: NotRequired[str | None]
    email: NotRequired[str | None]
    tax_id: NotRequired[str | None]
    address: NotRequired[str | None]
    city: NotRequired[str | None]
    description: NotRequired[str | None]
    phone: NotRequired[str | None]
    group_ids: NotRequired[list[int] | None]


ContactSource = Literal["keyword", "import", "manual", "api"]


class ContactsIn(TypedDict):
    """Several contacts."""

    contact_ids: list[int]


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
    state: DialogueState
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
    state: DialogueState
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


class DayOut(TypedDict):
    """How many joined on a day."""

    day: str
    joined: int


class DeletedOut(TypedDict):
    """What became of contacts that were to be deleted."""

    deleted: list[int]
    not_found: list[int]


DialogueState = Literal["open", "done"]


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


class GroupRef(TypedDict):
    """A group somebody is in."""

    id: int
    name: str


class GrowthOut(TypedDict):
    """How a group grew."""

    days: list[DayOut]


class HowToAnswer(TypedDict):
    """Whether and how a conversation can be answered now."""

    why_not: Refusal | None
    sender: str
    segment_price: int
    quiet_until: str | None


ImportBatchState = Literal["uploaded", "running", "done", "undoing", "undone"]


class ImportIn(TypedDict):
    """A list of people."""

    group_id: NotRequired[int | None]
    new_group: NotRequired[str | None]
    run: NotRequired[bool]
    rows: list[ImportRowIn]
    name: NotRequired[str]


class ImportOut(TypedDict):
    """An import and how far it is."""

    id: int
    name: str
    state: ImportBatchState
    columns: list[str]
    has_header: bool
    row_count: int
    done_count: int
    group: GroupRef | None
    created_count: int
    changed_count: int
    joined_count: int
    opted_out_count: int
    kept_count: int
    created_at: str
    finished_at: str | None


class ImportRowIn(TypedDict):
    """Somebody of a list; a phone that is none is no error here but said by the check."""

    phone: str
    first_name: NotRequired[str]
    last_name: NotRequired[str]
    company: NotRequired[str]
    email: NotRequired[str]
    tax_id: NotRequired[str]
    address: NotRequired[str]
    city: NotRequired[str]
    description: NotRequired[str]


class Into(TypedDict):
    """Which group people are put into; none of both for no group."""

    group_id: NotRequired[int | None]
    new_group: NotRequired[str | None]


JobKind = Literal["submit", "forward_url", "forward_email", "forward_phone", "push_receipt"]


JobState = Literal["waiting", "claimed", "handing", "done", "dead"]


class JoinedOut(TypedDict):
    """What became of somebody who was to join."""

    contact_id: int
    phone: str
    is_new_contact: bool
    outcome: Literal["joined", "already-there", "opted-out"]


class JoinsOut(TypedDict):
    """What became of people who were to join."""

    members: list[JoinedOut]
    not_found: list[int]


class KnownBlock(TypedDict):
    """That the account does not want to hear from a person."""

    at: str
    reason: str


class KnownConsent(TypedDict):
    """What a person agreed to or took back."""

    at: str
    what: ConsentRecordKind
    group: int | None
    source: ContactSource
    message: int | None
    text: str


class KnownExample(TypedDict):
    """A message kept to try rules with."""

    text: str
    note: str


class KnownGroup(TypedDict):
    """A group in everything known about a person."""

    name: str
    joined_at: str
    ends_at: str | None
    source: ContactSource
    message: int | None


class KnownOptOut(TypedDict):
    """What a person wants no messages of."""

    at: str
    scope: OptOutScope
    target: int | None
    text: str
    lifted_at: str | None


class KnownReceived(TypedDict):
    """A message from the person."""

    id: int
    at: str
    to: str
    text: str


class KnownSent(TypedDict):
    """A message to the person."""

    id: int
    at: str
    sender: str
    text: str
    state: str


class LabelIn(TypedDict):
    """A label, by its name."""

    name: str


class LabelOut(TypedDict):
    """A label."""

    id: int
    name: str


class LeftOut(TypedDict):
    """Who left."""

    left: list[int]
    undo: str | None


class LiftIn(TypedDict):
    """Why somebody may be written to again."""

    reason: str


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


class MemberOut(TypedDict):
    """Somebody in a group."""

    contact_id: int
    phone: str
    first_name: str
    last_name: str
    joined_at: str
    ends_at: str | None
    source: ContactSource
    keyword_id: int | None
    message_id: int | None


class MemberPatch(TypedDict):
    """Until when somebody is in a group."""

    ends_at: str | None


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


class NotedOptOutOut(TypedDict):
    """An opt-out that is in force now."""

    id: int
    phone: str
    scope: OptOutScope
    target_id: int | None
    number_id: int | None
    message_id: int | None
    text: str
    created_at: str
    lifted_at: str | None
    lift_reason: str
    is_new: bool


class OptOutIn(TypedDict):
    """Somebody who does not want messages and said so elsewhere."""

    phone: str
    scope: NotRequired[OptOutScope]
    target_id: NotRequired[int | None]
    text: NotRequired[str]


class OptOutOut(TypedDict):
    """An opt-out."""

    id: int
    phone: str
    scope: OptOutScope
    target_id: int | None
    number_id: int | None
    message_id: int | None
    text: str
    created_at: str
    lifted_at: str | None
    lift_reason: str


class OptOutRef(TypedDict):
    """An opt-out that is in force; `target_id` is the id of what `scope` names, null for everything."""

    id: int
    scope: OptOutScope
    target_id: int | None


OptOutScope = Literal["group", "keyword", "number", "account"]


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


class PeopleIn(TypedDict):
    """People by contact or by phone."""

    contact_ids: NotRequired[list[int]]
    phones: NotRequired[list[str]]


class PersonOut(TypedDict):
    """Everything that is stored about a person."""

    phone: str
    first_name: str
    last_name: str
    company: str
    email: str
    tax_id: str
    address: str
    city: str
    description: str
    known_since: str
    source: ContactSource
    groups: list[KnownGroup]
    consents: list[KnownConsent]
    opt_outs: list[KnownOptOut]
    blocked: list[KnownBlock]
    received: list[KnownReceived]
    sent: list[KnownSent]
    examples: list[KnownExample]
    left_out: list[str]


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


class RestoredOut(TypedDict):
    """How many came back."""

    restored: int


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


class ShownImportOut(TypedDict):
    """An import with the first rows of what was uploaded."""

    id: int
    name: str
    state: ImportBatchState
    columns: list[str]
    has_header: bool
    row_count: int
    done_count: int
    group: GroupRef | None
    created_count: int
    changed_count: int
    joined_count: int
    opted_out_count: int
    kept_count: int
    created_at: str
    finished_at: str | None
    preview: list[list[str]]


class SnoozeIn(TypedDict):
    """Until when a conversation is out of sight."""

    until: str


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


class UndoIn(TypedDict):
    """What removing members gave."""

    undo: str


class WriterGroup(TypedDict):
    """A group the person is in."""

    id: int
    name: str


class WriterOptedOut(TypedDict):
    """An opt-out that is noted."""

    opt_out_id: int
