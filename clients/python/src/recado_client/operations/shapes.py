"""What goes into the API and comes out of it.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypeAlias, TypedDict

ActivityKind = Literal["answer_survey", "enter_contest", "give_code", "post_to_board"]


class ActivityOut(TypedDict):
    """One change somebody made."""

    id: int
    at: str
    actor: str
    is_operator: bool
    action: str
    object_name: str
    object_id: int | None
    before: dict[str, Any]
    after: dict[str, Any]


class ActivityShape(TypedDict):
    """A survey, contest, code pool or board that the keyword leads to."""

    kind: ActivityKind
    target_id: int
    option_id: NotRequired[int | None]


class AddAutoresponderChange(TypedDict):
    """A new autoresponder."""

    operation: Literal["add_autoresponder"]
    autoresponder: AutoresponderIn


class AddRuleChange(TypedDict):
    """A new rule."""

    operation: Literal["add_rule"]
    keyword_id: NotRequired[int | None]
    rule: RuleIn


class AddSynonymChange(TypedDict):
    """Another spelling."""

    operation: Literal["add_synonym"]
    keyword_id: int
    word: str


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


class AgainTarget(TypedDict):
    """Where to; with neither, where it was meant to go."""

    url: NotRequired[str | None]
    forward_id: NotRequired[int | None]


class AlertsIn(TypedDict):
    """At which amounts people of the account are told."""

    amounts: list[int]


class AlertsOut(TypedDict):
    """Amounts at which people of the account are told, the greatest first."""

    amounts: list[int]


AnswerKind = Literal["choice", "yes_no", "number", "date", "text", "email", "photo"]


class AnswerPreview(TypedDict):
    """The text as a person would get it."""

    text: str
    segments: int
    cost: int
    unknown: list[str]


class AnswerPreviewIn(TypedDict):
    """A text as it is being written, and what it would answer."""

    text: str
    number_id: NotRequired[int | None]
    keyword_id: NotRequired[int | None]


class AnsweredAgain(TypedDict):
    """How many phones are answered again."""

    phones: int


class AnswersToday(TypedDict):
    """What it did today, on the account's calendar."""

    answers: int
    segments: int
    cost: int


class ArgumentFigure(TypedDict):
    """What people wrote after a base keyword."""

    text: str
    received: int
    share: float


class ArgumentFigures(TypedDict):
    """Most frequent first, at most 50 and one for the rest."""

    items: list[ArgumentFigure]


class AssignIn(TypedDict):
    """Whose a conversation is."""

    member_id: int | None


class AttachmentOut(TypedDict):
    """A part of an MMS."""

    id: int
    name: str
    content_type: str
    size: int
    role: PartRole
    scan_state: ScanState
    url: str | None
    preview_url: str | None
    expires_at: str


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
    ended_surveys: list[EndedSurveyOut]


class AutomaticReply(TypedDict):
    """What was answered by itself."""

    id: int
    state: OutboundState


class AutoresponderCopy(TypedDict):
    """What the copy is called."""

    name: NotRequired[str | None]


class AutoresponderIn(TypedDict):
    """What makes an autoresponder."""

    is_enabled: NotRequired[bool]
    starts_at: NotRequired[str | None]
    ends_at: NotRequired[str | None]
    weekdays: NotRequired[list[int]]
    from_time: NotRequired[str | None]
    until_time: NotRequired[str | None]
    days: NotRequired[Days]
    office_hours: NotRequired[OfficeHours]
    in_group_id: NotRequired[int | None]
    not_in_group_id: NotRequired[int | None]
    occasion: NotRequired[Occasion]
    standing: NotRequired[ConditionStanding]
    sender_prefixes: NotRequired[list[str]]
    daily_ceiling: NotRequired[int | None]
    name: str
    text: str
    number_id: NotRequired[int | None]
    keyword_id: NotRequired[int | None]
    once_minutes: NotRequired[int | None]


class AutoresponderOut(TypedDict):
    """An autoresponder."""

    is_enabled: NotRequired[bool]
    starts_at: NotRequired[str | None]
    ends_at: NotRequired[str | None]
    weekdays: NotRequired[list[int]]
    from_time: NotRequired[str | None]
    until_time: NotRequired[str | None]
    days: NotRequired[Days]
    office_hours: NotRequired[OfficeHours]
    in_group_id: NotRequired[int | None]
    not_in_group_id: NotRequired[int | None]
    occasion: NotRequired[Occasion]
    standing: NotRequired[ConditionStanding]
    sender_prefixes: NotRequired[list[str]]
    daily_ceiling: NotRequired[int | None]
    id: int
    name: str
    text: str
    number_id: int | None
    keyword_id: int | None
    once_minutes: int | None
    place: int
    state: AutoresponderState
    overtaken_by_id: int | None
    paused_phones: int
    today: AnswersToday | None


class AutoresponderPatch(TypedDict):
    """What to change; what is left out stays, a list takes the place of the list before."""

    is_enabled: NotRequired[bool]
    starts_at: NotRequired[str | None]
    ends_at: NotRequired[str | None]
    weekdays: NotRequired[list[int]]
    from_time: NotRequired[str | None]
    until_time: NotRequired[str | None]
    days: NotRequired[Days]
    office_hours: NotRequired[OfficeHours]
    in_group_id: NotRequired[int | None]
    not_in_group_id: NotRequired[int | None]
    occasion: NotRequired[Occasion]
    standing: NotRequired[ConditionStanding]
    sender_prefixes: NotRequired[list[str]]
    daily_ceiling: NotRequired[int | None]
    name: NotRequired[str]
    text: NotRequired[str]
    number_id: NotRequired[int | None]
    keyword_id: NotRequired[int | None]
    once_minutes: NotRequired[int | None]


class AutoresponderPlace(TypedDict):
    """Where it is asked."""

    place: int


class AutoresponderRestore(TypedDict):
    """A deletion to take back."""

    undo: str


AutoresponderState = Literal["on", "off", "not_yet", "ended", "overtaken", "homeless", "spent"]


class AutoresponderUndo(TypedDict):
    """What takes the deletion back."""

    undo: str


class BillingOut(TypedDict):
    """How the account stands; all amounts in minor units, net."""

    plan: PlanOut
    prices: dict[str, int]
    balance: int
    reserved: int
    left: int | None
    owed: int
    credit_limit: int | None
    is_low: bool
    is_used_up: bool
    overdue: list[InvoiceOut]
    limits: list[LimitOut]
    month: MonthOut
    alerts: list[int]
    plan_request: PlanRequestOut | None
    top_up_text: str


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


class BoardIn(TypedDict):
    """A new board."""

    name: str
    title: NotRequired[str]
    call: NotRequired[str]
    moderation: NotRequired[Moderation]
    word_list: NotRequired[str]
    most_per_phone: NotRequired[int]
    within_minutes: NotRequired[int]
    naming: NotRequired[Naming]
    theme: NotRequired[Theme]
    shown_count: NotRequired[int]
    closed_text: NotRequired[str]
    refused_text: NotRequired[str]


class BoardOut(TypedDict):
    """A board."""

    name: str
    title: NotRequired[str]
    call: NotRequired[str]
    moderation: NotRequired[Moderation]
    word_list: NotRequired[str]
    most_per_phone: NotRequired[int]
    within_minutes: NotRequired[int]
    naming: NotRequired[Naming]
    theme: NotRequired[Theme]
    shown_count: NotRequired[int]
    closed_text: NotRequired[str]
    refused_text: NotRequired[str]
    id: int
    is_open: bool
    public_path: str
    waiting_count: int
    shown_total: int
    created_at: str


class BoardPatch(TypedDict):
    """What to change; what is left out stays."""

    name: NotRequired[str]
    title: NotRequired[str]
    call: NotRequired[str]
    moderation: NotRequired[Moderation]
    word_list: NotRequired[str]
    most_per_phone: NotRequired[int]
    within_minutes: NotRequired[int]
    naming: NotRequired[Naming]
    theme: NotRequired[Theme]
    shown_count: NotRequired[int]
    closed_text: NotRequired[str]
    refused_text: NotRequired[str]
    is_open: NotRequired[bool]
    keeps_shown: NotRequired[bool]


Book = Literal["customer", "messages", "forwards", "fees", "bank", "adjustments"]


class CampaignFile(TypedDict):
    """A file of a group send that is an MMS."""

    name: str
    content_type: str
    size: int
    url: str


class CampaignIn(TypedDict):
    """What a draft says. Fields left out stay as they are; a new draft has nothing in them."""

    name: NotRequired[str]
    text: NotRequired[str]
    sender: NotRequired[str | None]
    scheduled_at: NotRequired[str | None]
    validity_minutes: NotRequired[int | None]
    per_minute: NotRequired[int | None]
    is_flash: NotRequired[bool]
    is_test: NotRequired[bool]
    keeps_quiet_hours: NotRequired[bool]
    mms: NotRequired[MmsIn | None]
    group_ids: NotRequired[list[int]]
    excluded_group_ids: NotRequired[list[int]]


class CampaignLeftOut(TypedDict):
    """People who do not get it, each counted once."""

    duplicate: int
    opted_out: int
    blocked: int
    excluded: int
    invalid: int


class CampaignMessageOut(TypedDict):
    """What became of the message to one recipient."""

    id: int
    phone: str
    sender: str
    text: str
    segment_count: int
    cost: int
    state: OutboundState
    reason: str | None
    carrier_error: str | None
    sent_at: str | None
    finished_at: str | None


class CampaignMms(TypedDict):
    """What makes a group send an MMS."""

    subject: str
    files: list[CampaignFile]


class CampaignOptOutOut(TypedDict):
    """An opt-out that came as an answer."""

    id: int
    phone: str
    scope: OptOutScope
    text: str
    created_at: str
    lifted_at: str | None


class CampaignOut(TypedDict):
    """A group send."""

    id: int
    name: str
    state: CampaignState
    text: str
    sender: str | None
    mms: CampaignMms | None
    scheduled_at: str | None
    validity_minutes: int | None
    per_minute: int | None
    is_flash: bool
    is_test: bool
    keeps_quiet_hours: bool
    group_ids: list[int]
    excluded_group_ids: list[int]
    placeholders: list[str]
    author: str | None
    created_at: str
    started_at: str | None
    finished_at: str | None
    recipient_count: int
    delivered_count: int
    left_out: CampaignLeftOut
    segment_count: int
    cost: int
    trouble: str | None


class CampaignPeopleIn(TypedDict):
    """People to add: phones, contacts and rows with values, at most 10,000 of each in a call."""

    phones: NotRequired[list[str]]
    contact_ids: NotRequired[list[int]]
    rows: NotRequired[list[RowIn]]


class CampaignPersonOut(TypedDict):
    """One person a draft goes to."""

    id: int
    phone: str
    contact_id: int | None
    text: str
    unique_id: str
    values: dict[str, str]


CampaignState = Literal["draft", "scheduled", "preparing", "sending", "sent", "stopped"]


class ChangeConsequences(TypedDict):
    """What a change would mean. None of it keeps the change from being made."""

    rivals: list[KeywordRival]
    more_rivals: int
    never_acting: list[NeverActsOut]
    examples: list[TriedOnExample]
    messages_tried: int
    is_cut: bool
    messages_differing: int
    changes: list[TriedOnPast]


class ChangeOut(TypedDict):
    """What one thing the account has would cost for the rest of the month."""

    kind: NumberKind
    package: str
    number: str | None
    now: int
    then: int
    monthly_now: int
    monthly_then: int | None


class CheckOut(TypedDict):
    """What would become of the rows."""

    ok: int
    corrected: int
    known: int
    duplicate: int
    bad: int
    usable: int
    opted_out: int


class ChooseIn(TypedDict):
    """What is noted about a choice."""

    note: NotRequired[str]


class CodeOut(TypedDict):
    """One code."""

    id: int
    code: str
    state: CodeState
    phone: str | None
    message_id: int | None
    handed_at: str | None
    withdrawn_at: str | None


CodeState = Literal["free", "handed", "withdrawn"]


class CodesAdded(TypedDict):
    """What came in."""

    added: int
    twice: list[str]
    known: list[str]


class CodesIn(TypedDict):
    """Codes to add, in the order in which they are to be handed out."""

    codes: list[str]


Column = Literal["", "phone", "first_name", "last_name", "company", "email", "tax_id", "address", "city", "description"]


class ColumnsIn(TypedDict):
    """What the columns of an uploaded table hold."""

    columns: list[Column]
    has_header: NotRequired[bool | None]


class CompanyIn(TypedDict):
    """What is known about the company. Fields left out stay as they are."""

    name: NotRequired[str]
    language: NotRequired[Literal["en", "pl"]]
    time_zone: NotRequired[str]
    company: NotRequired[str]
    tax_id: NotRequired[str]
    address: NotRequired[str]
    postcode: NotRequired[str]
    city: NotRequired[str]


class CompanyOut(TypedDict):
    """What is known about the company."""

    name: str
    language: str
    time_zone: str
    company: str
    tax_id: str
    address: str
    postcode: str
    city: str


ConditionStanding = Literal["any", "in", "opted_out"]


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


class ContestEntryOut(TypedDict):
    """One text that wanted to take part."""

    id: int
    phone: str
    message_id: int
    text: str
    answer: str
    state: EntryState
    reason: ContestRefusal | None
    disqualified_reason: str
    sequence: int | None
    day: str
    is_winner: bool
    is_test: bool
    public_name: str | None
    entered_at: str


class ContestFigures(TypedDict):
    """A contest in figures at this moment; tests are counted in `tests` alone."""

    entries: int
    today: int
    people: int
    refused: int
    pending: int
    disqualified: int
    tests: int
    wins_at_once: int
    reasons: dict[str, int]
    days: list[ContestsDayOut]


class ContestIn(TypedDict):
    """A new contest."""

    opens_at: NotRequired[str | None]
    entry_rule: NotRequired[EntryRule]
    prizes: NotRequired[str]
    rules_text: NotRequired[str]
    organiser: NotRequired[str]
    correct_answers: NotRequired[list[str]]
    every: NotRequired[int | None]
    win_cap: NotRequired[int | None]
    win_cap_per_day: NotRequired[int | None]
    limit_per_day: NotRequired[int | None]
    limit_total: NotRequired[int | None]
    min_age: NotRequired[int | None]
    excludes_earlier_winners: NotRequired[bool]
    excluded_group_id: NotRequired[int | None]
    winner_count: NotRequired[int]
    reserve_count: NotRequired[int]
    entered_text: NotRequired[str]
    win_text: NotRequired[str]
    lose_text: NotRequired[str]
    wrong_text: NotRequired[str]
    already_text: NotRequired[str]
    early_text: NotRequired[str]
    late_text: NotRequired[str]
    age_text: NotRequired[str]
    refused_text: NotRequired[str]
    notify_text: NotRequired[str]
    is_public: NotRequired[bool]
    shows_winners: NotRequired[bool]
    name: str
    closes_at: str


class ContestKeywordIn(TypedDict):
    """The word by which people enter."""

    number_id: int
    word: str


class ContestKeywordOut(TypedDict):
    """A keyword that leads to the contest."""

    id: int
    word: str
    number_id: int


class ContestOut(TypedDict):
    """A contest."""

    id: int
    name: str
    standing: Standing
    opens_at: str
    closes_at: str
    ended_at: str | None
    entry_rule: EntryRule
    prizes: str
    rules_text: str
    organiser: str
    correct_answers: list[str]
    every: int | None
    win_cap: int | None
    win_cap_per_day: int | None
    limit_per_day: int | None
    limit_total: int | None
    min_age: int | None
    excludes_earlier_winners: bool
    excluded_group_id: int | None
    winner_count: int
    reserve_count: int
    entered_text: str
    win_text: str
    lose_text: str
    wrong_text: str
    already_text: str
    early_text: str
    late_text: str
    age_text: str
    refused_text: str
    notify_text: str
    is_public: bool
    shows_winners: bool
    public_path: str
    entry_count: int
    entry_count_today: int
    created_at: str


class ContestPatch(TypedDict):
    """What to change of a contest; what is left out stays."""

    opens_at: NotRequired[str | None]
    entry_rule: NotRequired[EntryRule]
    prizes: NotRequired[str]
    rules_text: NotRequired[str]
    organiser: NotRequired[str]
    correct_answers: NotRequired[list[str]]
    every: NotRequired[int | None]
    win_cap: NotRequired[int | None]
    win_cap_per_day: NotRequired[int | None]
    limit_per_day: NotRequired[int | None]
    limit_total: NotRequired[int | None]
    min_age: NotRequired[int | None]
    excludes_earlier_winners: NotRequired[bool]
    excluded_group_id: NotRequired[int | None]
    winner_count: NotRequired[int]
    reserve_count: NotRequired[int]
    entered_text: NotRequired[str]
    win_text: NotRequired[str]
    lose_text: NotRequired[str]
    wrong_text: NotRequired[str]
    already_text: NotRequired[str]
    early_text: NotRequired[str]
    late_text: NotRequired[str]
    age_text: NotRequired[str]
    refused_text: NotRequired[str]
    notify_text: NotRequired[str]
    is_public: NotRequired[bool]
    shows_winners: NotRequired[bool]
    name: NotRequired[str]
    closes_at: NotRequired[str | None]


ContestRefusal = Literal[
    "early", "late", "per_day", "total", "wrong", "under_age", "age_unknown", "excluded", "earlier_winner", "opted_out"
]


class ContestsDayOut(TypedDict):
    """Entries of one day that count."""

    day: str
    entries: int


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


class ConversionFigure(TypedDict):
    """Who texted a keyword, and who of them it brought or found in its group."""

    keyword_id: int | None
    word: str
    people: int
    members: int
    share: float


class ConversionFigures(TypedDict):
    """Keywords that fill a group."""

    items: list[ConversionFigure]


class CopyIn(TypedDict):
    """What the copy is called."""

    name: str


Counting = Literal["first", "last", "every"]


class DayIn(TypedDict):
    """A day on which the company is closed."""

    day: str


class DayOut(TypedDict):
    """How many joined on a day."""

    day: str
    joined: int


Days = Literal["any", "working", "off"]


class DaysOffOut(TypedDict):
    """The company's own days off, and public holidays of this year and the next."""

    own: list[str]
    public: list[HolidayOut]


class Decided(TypedDict):
    """What a decision changed."""

    changed: list[int]


Decision = Literal["show", "reject", "take_down", "wait"]


class DecisionIn(TypedDict):
    """A decision on messages of the board."""

    posts: list[int]
    decision: Decision


class DeleteAutoresponderChange(TypedDict):
    """An autoresponder less."""

    operation: Literal["delete_autoresponder"]
    autoresponder_id: int


class DeleteRuleChange(TypedDict):
    """A rule less."""

    operation: Literal["delete_rule"]
    rule_id: int


class DeletedOut(TypedDict):
    """What became of contacts that were to be deleted."""

    deleted: list[int]
    not_found: list[int]


class DeliverAgainIn(TypedDict):
    """Which deliveries to make once more."""

    url: NotRequired[str | None]
    forward_id: NotRequired[int | None]
    since: str
    until: NotRequired[str | None]
    only_failed: NotRequired[bool]
    after: NotRequired[int | None]
    dry_run: NotRequired[bool]


class DeliveredAgain(TypedDict):
    """How many deliveries are made once more, or would be."""

    deliveries: int
    has_more: bool
    last_id: int | None
    since: str
    until: str


class DeliveryAttempt(TypedDict):
    """One try, with what was sent and what was answered; without passwords and secrets."""

    id: int
    position: int
    started_at: str
    duration_ms: int
    request: str
    response_status: int | None
    response_headers: str
    response_body: str
    error: str
    reply: ReplyFate | None
    curl: str | None
    signed: DeliverySignature | None


class DeliveryOut(TypedDict):
    """A message on its way to a forward, or there."""

    id: int
    forward_id: int
    forward_name: str
    state: DeliveryState
    is_test: bool
    message_id: int | None
    sent_message_id: int | None
    phone: str
    text: str
    url: str | None
    attempts: int
    next_attempt_at: str | None
    created_at: str
    finished_at: str | None
    last_error: str
    sent_as: DeliveryText | None


class DeliveryReports(TypedDict):
    """Where a program of the company hears how its messages ended."""

    url: str
    method: NotRequired[DestinationMethod]


class DeliverySignature(TypedDict):
    """What a signature covers and what it must be, so that a program that refuses it can be put right."""

    content: str
    header: str
    expected: str
    sent: str
    agrees: bool


DeliveryState = Literal["delivered", "waiting", "failed", "held", "given_up"]


class DeliveryText(TypedDict):
    """What became of the text, of a forward to a phone."""

    id: int
    state: OutboundState
    segments: int
    cost: int


class DeliveryWithAttempts(TypedDict):
    """A delivery with every attempt, the first first."""

    id: int
    forward_id: int
    forward_name: str
    state: DeliveryState
    is_test: bool
    message_id: int | None
    sent_message_id: int | None
    phone: str
    text: str
    url: str | None
    attempts: int
    next_attempt_at: str | None
    created_at: str
    finished_at: str | None
    last_error: str
    sent_as: DeliveryText | None
    log: list[DeliveryAttempt]


DestinationMethod = Literal["GET", "POST"]


DialogueState = Literal["open", "done"]


class DrawIn(TypedDict):
    """A value nobody could know before."""

    beacon: NotRequired[str]


class DrawOut(TypedDict):
    """A draw as far as it is."""

    id: int
    day: str
    list_sha256: str
    seed_sha256: str
    beacon: str
    frozen_at: str
    promised_at: str | None
    drawn_at: str | None


class DrawProtocol(TypedDict):
    """The protocol of a draw, as `recado verify-draw` reads it."""

    format: str
    contest: str
    entries: list[str]
    list_sha256: str
    seed_sha256: str
    seed: str
    beacon: str
    winners: int
    reserves: int
    order: list[str]
    redraws: list[dict[str, Any]]


class EditAutoresponderChange(TypedDict):
    """An autoresponder that does something else."""

    operation: Literal["edit_autoresponder"]
    autoresponder_id: int
    autoresponder: AutoresponderPatch


class EditKeywordChange(TypedDict):
    """Another word, kind or period."""

    operation: Literal["edit_keyword"]
    keyword_id: int
    keyword: KeywordPatch


class EditRuleChange(TypedDict):
    """A rule that does something else."""

    operation: Literal["edit_rule"]
    rule_id: int
    rule: RuleIn


class EmailForwardIn(TypedDict):
    """An e-mail address."""

    kind: Literal["email"]
    name: NotRequired[str]
    email: str
    subject: NotRequired[str]
    has_attachments: NotRequired[bool]


class EmailPreviewIn(TypedDict):
    """The subject of a mail as it is being written."""

    kind: Literal["email"]
    subject: str


class EndedSurveyOut(TypedDict):
    """A survey that closed by itself in the last days."""

    survey_id: int
    name: str
    closed_at: str | None


class EndingKeywordOut(TypedDict):
    """A keyword whose time is soon over."""

    keyword_id: int
    word: str
    ends_at: str | None


EntryRule = Literal["every", "correct", "first", "kth", "at_close", "daily", "instant", "jury"]


EntryState = Literal["accepted", "refused", "pending", "disqualified"]


class ErasedTests(TypedDict):
    """What was forgotten."""

    messages: int
    conversations: int
    contacts: int


class EstimateOut(TypedDict):
    """A draft in figures, as if it were sent now."""

    recipient_count: int
    cost: int
    segment_count: int
    fewest_segments: int
    most_segments: int
    left_out: CampaignLeftOut
    unicode_count: int
    cost_without_accents: int | None
    empty_count: int
    unknown_placeholders: list[str]
    missing_credit: int
    quiet: QuietOut | None
    problems: list[str]
    previews: list[PreviewOut]


Event = Literal["message", "refund", "top_up", "payment", "fee", "correction", "adjustment"]


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


class FiguresOut(TypedDict):
    """The figures of a period."""

    received: int
    new_contacts: int
    replies: int
    opt_outs: int
    people: int


class FilledText(TypedDict):
    """A text as somebody would get it."""

    text: str
    segments: int


Flag = Literal["", "opt_out", "blocked"]


class FlaggedIn(TypedDict):
    """The message that is an opt-out."""

    message_id: NotRequired[int | None]


class ForwardCost(TypedDict):
    """What a phone costs, in minor units net of VAT."""

    per_segment: int
    cost: int
    message_count: int
    segment_count: int


ForwardFormat = Literal["json", "xml", "twilio"]


class ForwardHealth(TypedDict):
    """How its deliveries of the last 24 hours went."""

    delivered: int
    given_up: int
    waiting: int
    is_complete: bool
    median_ms: int | None


ForwardKind = Literal["url", "webhook", "email", "phone", "receipts"]


ForwardMethod = Literal["GET", "POST"]


class ForwardOut(TypedDict):
    """A forward; fields that its kind does not have are null."""

    id: int
    kind: ForwardKind
    name: str
    address: str
    standing: ForwardStanding
    is_enabled: bool
    created_at: str
    succeeded_at: str | None
    failing_since: str | None
    failed_attempts: int
    paused_at: str | None
    pause_reason: PauseReason | None
    health: ForwardHealth
    uses: list[ForwardUse]
    url: str | None
    method: ForwardMethod | None
    phone_form: ForwardPhoneForm | None
    takes_replies: bool | None
    format: ForwardFormat | None
    signature: ForwardSignature | None
    header_names: list[str] | None
    batch_limit: int | None
    email: str | None
    subject: str | None
    has_attachments: bool | None
    phone: str | None
    daily_limit: int | None
    confirmed_at: str | None
    cost: ForwardCost | None


class ForwardPatch(TypedDict):
    """What to change; what is left out stays. The kind stays, and takes only the fields it is made with."""

    name: NotRequired[str]
    url: NotRequired[str]
    method: NotRequired[ForwardMethod]
    phone_form: NotRequired[ForwardPhoneForm]
    takes_replies: NotRequired[bool]
    format: NotRequired[ForwardFormat]
    signature: NotRequired[ForwardSignature]
    headers: NotRequired[dict[str, str]]
    batch_limit: NotRequired[int]
    email: NotRequired[str]
    subject: NotRequired[str]
    has_attachments: NotRequired[bool]
    phone: NotRequired[str]
    daily_limit: NotRequired[int | None]


ForwardPhoneForm = Literal["digits", "plus", "national"]


class ForwardPreviewOut(TypedDict):
    """What would be sent; what does not belong to the kind is null."""

    method: NotRequired[str | None]
    url: NotRequired[str | None]
    body: NotRequired[str | None]
    subject: NotRequired[str | None]
    unknown: NotRequired[list[str]]
    per_segment: NotRequired[int | None]
    message_count: NotRequired[int | None]
    would_have_cost: NotRequired[int | None]


class ForwardSecretIn(TypedDict):
    """How to exchange it."""

    overlap_hours: NotRequired[int]


class ForwardSecretOut(TypedDict):
    """A secret that signs now; itself it is never shown again."""

    id: int
    signature: KeyKind
    created_at: str
    expires_at: str | None
    public_key: str | None


ForwardSignature = Literal["hmac", "ed25519"]


ForwardStanding = Literal["well", "untried", "failing", "paused", "off", "unconfirmed"]


class ForwardTestIn(TypedDict):
    """A message nobody sent; what is left out is filled in."""

    sender: NotRequired[str | None]
    text: NotRequired[str | None]
    is_mms: NotRequired[bool]


class ForwardUse(TypedDict):
    """A rule that forwards there."""

    rule_id: int
    is_enabled: bool
    number_id: int
    number: str
    keyword_id: int | None
    keyword: str


class ForwardWentOn(TypedDict):
    """How much waited and goes there now."""

    deliveries: int


class ForwardWithSecret(TypedDict):
    """A forward, and the secret it is signed with if one was made just now."""

    id: int
    kind: ForwardKind
    name: str
    address: str
    standing: ForwardStanding
    is_enabled: bool
    created_at: str
    succeeded_at: str | None
    failing_since: str | None
    failed_attempts: int
    paused_at: str | None
    pause_reason: PauseReason | None
    health: ForwardHealth
    uses: list[ForwardUse]
    url: str | None
    method: ForwardMethod | None
    phone_form: ForwardPhoneForm | None
    takes_replies: bool | None
    format: ForwardFormat | None
    signature: ForwardSignature | None
    header_names: list[str] | None
    batch_limit: int | None
    email: str | None
    subject: str | None
    has_attachments: bool | None
    phone: str | None
    daily_limit: int | None
    confirmed_at: str | None
    cost: ForwardCost | None
    secret: str | None
    public_key: str | None


class GroupFigure(TypedDict):
    """What people of one group wrote."""

    group_id: int | None
    name: str
    received: int
    share: float
    joined: int
    left: int


class GroupFigures(TypedDict):
    """Who is in two groups counts in both."""

    items: list[GroupFigure]


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


class HeldFor(TypedDict):
    """What holds; 0: for ever."""

    messages_months: int
    files_days: int


class HolidayOut(TypedDict):
    """A public holiday."""

    day: str
    name: str


class HoursHoursOut(TypedDict):
    """When the company is open, and whether it is now."""

    days: dict[str, Span]
    keeps_public_holidays: bool
    closes_at: str | None
    opens_at: str | None


class HoursIn(TypedDict):
    """When the company is open, on its own clocks."""

    days: dict[str, Span]
    keeps_public_holidays: bool


class HoursOut(TypedDict):
    """When people write."""

    by_weekday: list[list[int]]


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


class InstantEntry(TypedDict):
    """One entry that counted."""

    sequence: int
    day: str
    won: bool


class InstantWinProtocol(TypedDict):
    """The protocol of instant wins, as `recado verify-draw` reads it."""

    format: str
    contest: str
    seed_sha256: str
    seed: str
    odds: int
    cap: int | None
    cap_per_day: int | None
    entries: list[InstantEntry]


class Into(TypedDict):
    """Which group people are put into; none of both for no group."""

    group_id: NotRequired[int | None]
    new_group: NotRequired[str | None]


class InvitationIn(TypedDict):
    """Whom a role is offered."""

    role: Literal["admin", "editor", "agent", "viewer", "billing", "api"]
    email: str


class InvitationOut(TypedDict):
    """A role that is offered and not taken yet."""

    id: int
    email: str
    role: Role
    created_at: str
    expires_at: str


class InvitedOut(TypedDict):
    """A role that was offered just now."""

    id: int
    email: str
    role: Role
    created_at: str
    expires_at: str
    link: str | None


class InvoiceDetailOut(TypedDict):
    """An invoice with what stands on it."""

    id: int
    number: str
    kind: InvoiceKind
    issued_on: str
    due_on: str
    paid_on: str | None
    net: int
    vat: int
    gross: int
    corrects_id: int | None
    sold_on: str
    seller: dict[str, str | None]
    buyer: dict[str, str | None]
    reason: str
    lines: list[InvoiceLineOut]


InvoiceKind = Literal["invoice", "correction"]


class InvoiceLineOut(TypedDict):
    """A line; of a correcting invoice, the difference."""

    text: str
    net: int
    vat_rate: int
    vat: int
    gross: int
    quantity: int | None
    unit: str | None
    unit_net: int | None


class InvoiceOut(TypedDict):
    """An invoice or a correcting one."""

    id: int
    number: str
    kind: InvoiceKind
    issued_on: str
    due_on: str
    paid_on: str | None
    net: int
    vat: int
    gross: int
    corrects_id: int | None


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


KeyKind = Literal["hmac", "ed25519", "twilio"]


class KeywordArgumentCount(TypedDict):
    """What followed a base keyword."""

    argument: str
    received: int


class KeywordAvailability(TypedDict):
    """Whether a word can be reserved."""

    is_free: bool
    code: NotRequired[str | None]
    detail: NotRequired[str | None]
    suggestions: NotRequired[list[str]]
    free_from: NotRequired[str | None]


class KeywordDayCount(TypedDict):
    """Messages of a day, on the calendar of the account."""

    day: str
    received: int


class KeywordFigure(TypedDict):
    """What came by one keyword."""

    keyword_id: int | None
    word: str
    received: int
    share: float
    before: int | None
    people: int
    new_contacts: int
    opt_outs: int


class KeywordFigures(TypedDict):
    """Most frequent first."""

    items: list[KeywordFigure]


class KeywordIn(TypedDict):
    """A word to be reserved, and what it does."""

    word: str
    kind: NotRequired[MatchKind]
    also_when_text_follows: NotRequired[bool]
    asks_back: NotRequired[bool]
    starts_at: NotRequired[str | None]
    ends_at: NotRequired[str | None]
    rule: NotRequired[RuleIn | None]


class KeywordKind(TypedDict):
    """Whether the account can have a kind of keyword on a number."""

    kind: MatchKind
    code: str | None


class KeywordMeeting(TypedDict):
    """A text that two keywords match."""

    text: str
    winner: str
    otherwise: str


class KeywordOut(TypedDict):
    """A keyword. Letter case and accents do not matter when people write it."""

    id: int
    word: str
    number_id: int
    number: str
    kind: MatchKind
    standing: KeywordStanding
    also_when_text_follows: bool
    asks_back: bool
    starts_at: str | None
    ends_at: str | None
    created_at: str
    synonyms: list[SynonymOut]
    rule_count: int


class KeywordPatch(TypedDict):
    """What is to be changed; what is left out stays."""

    word: NotRequired[str]
    kind: NotRequired[MatchKind]
    also_when_text_follows: NotRequired[bool]
    asks_back: NotRequired[bool]
    starts_at: NotRequired[str | None]
    ends_at: NotRequired[str | None]


class KeywordRival(TypedDict):
    """Another keyword of the account that can match the same text."""

    keyword_id: int
    word: str
    examples: list[KeywordMeeting]


class KeywordRivals(TypedDict):
    """Keywords that fight with one."""

    near: list[KeywordRival]
    apart: list[KeywordRival]
    more_near: int
    more_apart: int


KeywordStanding = Literal["active", "paused", "reserved", "ended"]


class KeywordStatistics(TypedDict):
    """What came for a keyword in the last 30 days; tests do not count."""

    days: list[KeywordDayCount]
    arguments: list[KeywordArgumentCount]
    other_arguments: int
    last_message_ids: list[int]


class KnownBlock(TypedDict):
    """That the account does not want to hear from a person."""

    at: str
    reason: str


class KnownCode(TypedDict):
    """A code the person got from a pool."""

    pool: str
    code: str
    at: str | None


class KnownConsent(TypedDict):
    """What a person agreed to or took back."""

    at: str
    what: ConsentRecordKind
    group: int | None
    source: ContactSource
    message: int | None
    text: str


class KnownContestEntry(TypedDict):
    """What the person entered in a contest."""

    name: str
    at: str
    text: str
    state: EntryState
    reason: str


class KnownExample(TypedDict):
    """A message kept to try rules with."""

    text: str
    note: str


class KnownFile(TypedDict):
    """A file of an MMS."""

    name: str
    content_type: str
    size: int
    url: str


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


class KnownPost(TypedDict):
    """What the person wrote for a board."""

    board: str
    at: str
    text: str
    name: str
    state: str


class KnownReceived(TypedDict):
    """A message from the person."""

    id: int
    at: str
    to: str
    text: str
    kind: Literal["sms", "mms"]
    subject: str
    files: list[KnownFile]


class KnownSent(TypedDict):
    """A message to the person."""

    id: int
    at: str
    sender: str
    text: str
    state: str
    kind: Literal["sms", "mms"]
    subject: str
    files: list[KnownFile]


class KnownSurveyAnswer(TypedDict):
    """What the person answered in a survey."""

    at: str
    survey: str
    question: str
    text: str
    value: str


class LabelIn(TypedDict):
    """A label, by its name."""

    name: str


class LabelOut(TypedDict):
    """A label."""

    id: int
    name: str


Late = Literal["resume", "store"]


class LeadingKeyword(TypedDict):
    """A keyword that leads to it."""

    keyword_id: int
    word: str
    number_id: int
    option_id: int | None


class LeaveOutIn(TypedDict):
    """Why an entry is left out."""

    reason: str


class LeftOut(TypedDict):
    """Who left."""

    left: list[int]
    undo: str | None


class LiftIn(TypedDict):
    """Why somebody may be written to again."""

    reason: str


class LimitOut(TypedDict):
    """How many keywords may be held on numbers of a kind."""

    kind: NumberKind
    held: int
    most: int | None


class LoggedOut(TypedDict):
    """A message that arrived, with what became of it."""

    id: int
    conversation_id: int | None
    sender: str
    recipient: str
    number_id: int | None
    kind: Literal["sms", "mms"]
    subject: str
    text: str
    attachments: list[AttachmentOut]
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


class MadeUp(TypedDict):
    """What came in."""

    added: int


class MadeUpIn(TypedDict):
    """How many codes to make up, and how long."""

    count: int
    length: NotRequired[int]


MatchKind = Literal["exact", "base", "phrase", "removing"]


class MatchedKeyword(TypedDict):
    """A keyword that matched."""

    id: int
    word: str


Measure = Literal["received", "new_contacts", "replies", "opt_outs"]


class MediaFileOut(TypedDict):
    """A file that is kept."""

    id: str
    name: str
    content_type: str
    size: int
    url: str
    expires_at: str
    created_at: str


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
    """A text, or an MMS, to a few phones."""

    phones: list[str]
    text: NotRequired[str]
    mms: NotRequired[MmsIn | None]
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


class MissingOut(TypedDict):
    """What keeps a survey from starting."""

    code: Problem
    place: int
    word: str


class MmsIn(TypedDict):
    """What makes a message an MMS."""

    subject: NotRequired[str]
    files: NotRequired[list[str]]


Moderation = Literal["manual", "automatic"]


class MonthOut(TypedDict):
    """What a month costs so far."""

    month: str
    texts: list[TextsOut]
    fees: int
    total: int


class MoveAutoresponderChange(TypedDict):
    """An autoresponder at another place."""

    operation: Literal["move_autoresponder"]
    autoresponder_id: int
    place: int


class MoveRuleChange(TypedDict):
    """A rule at another place."""

    operation: Literal["move_rule"]
    rule_id: int
    to: RuleDirection


class MovementOut(TypedDict):
    """What moved on a day for one reason; above nothing the account got it."""

    day: str
    event: Event
    book: Book
    count: int
    amount: int
    note: str


Naming = Literal["nothing", "digits", "first_name"]


class NearMissFigure(TypedDict):
    """What people typed instead of a keyword."""

    typed: str
    keyword_id: int | None
    received: int
    share: float


class NearMissFigures(TypedDict):
    """Most frequent first."""

    items: list[NearMissFigure]


class NearMissIn(TypedDict):
    """What was typed instead of a keyword, as the list gives it."""

    spelling: str


class NearMissOut(TypedDict):
    """What was typed instead of a keyword."""

    keyword_id: int
    word: str
    spelling: str
    count: int
    last_at: str


class NearMisses(TypedDict):
    """What nearly matched in the last 30 days: the 200 most frequent, these first."""

    items: list[NearMissOut]


class NeverActsOut(TypedDict):
    """A rule that could never act."""

    rule_id: int | None
    behind_id: int | None


class NewForwardSecret(TypedDict):
    """A secret just made."""

    id: int
    signature: KeyKind
    created_at: str
    expires_at: str | None
    public_key: str | None
    secret: str


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


NumberCondition = Literal["working", "suspended", "setting_up", "simulated", "cut_off", "unknown"]


class NumberDetails(TypedDict):
    """A number and what it may do for the account."""

    id: int
    number: str
    kind: NumberKind
    is_own: bool
    label: str
    condition: NumberCondition
    suspended_reason: str
    expires_at: str | None
    keyword_count: int
    received_today: int
    handles_all_messages: bool
    can_send: bool
    keyword_kinds: list[KeywordKind]
    keyword_quota: int | None
    keywords_held: int


class NumberFigure(TypedDict):
    """What came to one number."""

    number_id: int | None
    number: str
    received: int
    share: float
    before: int | None


class NumberFigures(TypedDict):
    """Most frequent first."""

    items: list[NumberFigure]


NumberKind = Literal["shared_long", "shared_short", "individual_long", "individual_long_mms", "individual_short", "eco"]


class NumberKindIn(TypedDict):
    """A kind of shared number."""

    kind: NumberKind


class NumberKindOut(TypedDict):
    """A kind of number, as the account can have it."""

    kind: NumberKind
    abbreviation: str
    is_shared: bool
    exact_keywords: bool
    advanced_keywords: bool
    handles_all_messages: bool
    surveys_contests_statistics: bool
    mms: bool
    keyword_quota: int | None
    in_stock: int
    code: str | None
    packages: list[NumberPackageOut]


class NumberKindPackages(TypedDict):
    """The packages of a kind of shared number."""

    kind: NumberKind
    is_payable: bool
    taken: NumberPackageTaken | None
    keyword_quota: int | None
    keywords_held: int
    packages: list[NumberPackageOut]


class NumberKinds(TypedDict):
    """All kinds of number."""

    items: list[NumberKindOut]


class NumberOrderIn(TypedDict):
    """A wish for a number."""

    kind: NumberKind
    number_id: NotRequired[int | None]
    note: NotRequired[str]


class NumberOrderOut(TypedDict):
    """An order, and what became of it."""

    id: int
    kind: NumberKind
    number_id: int | None
    number: str | None
    state: NumberOrderState
    note: str
    reason: str
    ordered_at: str
    settled_at: str | None


NumberOrderState = Literal["open", "assigned", "refused", "withdrawn"]


class NumberOut(TypedDict):
    """A number."""

    id: int
    number: str
    kind: NumberKind
    is_own: bool
    label: str
    condition: NumberCondition
    suspended_reason: str
    expires_at: str | None
    keyword_count: int
    received_today: int


class NumberPackageIn(TypedDict):
    """A package."""

    kind: NumberKind
    package: str


class NumberPackageOut(TypedDict):
    """What something costs, in minor units, net of VAT."""

    name: str
    keyword_count: int | None
    installation: int
    monthly: int


class NumberPackageTaken(TypedDict):
    """The package the account has."""

    name: str
    starts_on: str
    last_day: str | None


class NumberPackages(TypedDict):
    """The packages of all kinds of shared number."""

    items: list[NumberKindPackages]


class NumberPatch(TypedDict):
    """What is to be changed."""

    label: str


class NumberStockOut(TypedDict):
    """A number that can be ordered."""

    id: int
    number: str
    kind: NumberKind


Occasion = Literal["any", "first", "again"]


OfficeHours = Literal["any", "open", "closed"]


class OperatorFigure(TypedDict):
    """What came from phones of one carrier."""

    name: str
    received: int
    share: float


class OperatorFigures(TypedDict):
    """Most frequent first."""

    items: list[OperatorFigure]


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


class OptionIn(TypedDict):
    """One of the answers that can be chosen."""

    id: NotRequired[int | None]
    label: NotRequired[str]
    text: NotRequired[str]
    synonyms: NotRequired[list[str]]
    goes_to: NotRequired[int | None]
    ends: NotRequired[bool]


class OptionOut(TypedDict):
    """One of the answers that can be chosen."""

    id: int
    label: str
    text: str
    synonyms: list[str]
    goes_to: int | None
    ends: bool


class OrderedReply(TypedDict):
    """An answer that was ordered."""

    conversation_id: int | None
    phone: str
    sender: str
    kind: SendKind
    subject: str
    text: str
    attachments: list[AttachmentOut]
    is_read: bool | None
    read_at: str | None
    segment_count: int
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


Owner = Literal["yours", "nobody", "other"]


PartRole = Literal["media", "text", "layout"]


PauseReason = Literal["failing", "gone", "mailbox", "by_hand"]


class PausedAnswer(TypedDict):
    """Where automatic answers stopped."""

    id: int
    phone: str
    reason: TripReason
    autoresponder_id: int | None
    rule_id: int | None
    number: str | None
    message_id: int
    stopped_at: str
    until: str
    resumed_at: str | None


class PeopleAdded(TypedDict):
    """What became of people who were to be added."""

    added: int
    bad_count: int
    bad: list[str]
    unknown_contact_count: int


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
    codes: list[KnownCode]
    boards: list[KnownPost]
    examples: list[KnownExample]
    survey_answers: list[KnownSurveyAnswer]
    contests: list[KnownContestEntry]
    left_out: list[str]


class PersonsAnswer(TypedDict):
    """What one person answered to one question."""

    question_id: int
    option_id: int | None
    value: str
    text: str


class PhoneCodeIn(TypedDict):
    """What stood in the text to the phone."""

    code: str


class PhoneCodeSent(TypedDict):
    """A code is on its way."""

    simulated_code: str | None


class PhoneForwardIn(TypedDict):
    """A phone; nothing goes there before it has agreed by a code."""

    kind: Literal["phone"]
    name: NotRequired[str]
    phone: str
    daily_limit: NotRequired[int | None]


class PhonePreviewIn(TypedDict):
    """A phone, whichever."""

    kind: Literal["phone"]


class PlanIn(TypedDict):
    """Which plan is asked for."""

    plan_id: int


class PlanOut(TypedDict):
    """A plan."""

    id: int | None
    name: str
    is_prepaid: bool


class PlanPreviewOut(TypedDict):
    """What another plan would change from today on."""

    plan: PlanOut
    prices: dict[str, int]
    changes: list[ChangeOut]
    difference: int


class PlanRequestOut(TypedDict):
    """Another plan the account asked for; the operator changes it."""

    plan: PlanOut
    asked_at: str


class PointOut(TypedDict):
    """One bar of a chart."""

    start: str
    count: int


class PoolIn(TypedDict):
    """A new pool."""

    name: str
    low_at: NotRequired[int]
    empty_text: NotRequired[str]
    already_text: NotRequired[str]


class PoolOut(TypedDict):
    """A pool with how many codes are where."""

    name: str
    low_at: NotRequired[int]
    empty_text: NotRequired[str]
    already_text: NotRequired[str]
    id: int
    free_count: int
    handed_count: int
    withdrawn_count: int
    handed_today: int
    created_at: str


class PoolPatch(TypedDict):
    """What to change; what is left out stays."""

    name: NotRequired[str]
    low_at: NotRequired[int]
    empty_text: NotRequired[str]
    already_text: NotRequired[str]


class PostOut(TypedDict):
    """A message for a board."""

    id: int
    message_id: int
    phone: str
    text: str
    name: str
    state: PostState
    reason: str
    by_itself: bool
    is_test: bool
    received_at: str
    decided_at: str | None


PostState = Literal["pending", "shown", "hidden", "rejected"]


PosterLanguage = Literal["pl", "en"]


class PreviewOut(TypedDict):
    """What one recipient gets."""

    phone: str
    name: str
    text: str
    segment_count: int


Problem = Literal[
    "no_question",
    "no_text",
    "few_options",
    "option_without_text",
    "option_without_label",
    "option_twice",
    "opt_out_word",
    "bounds",
    "loop",
    "unreachable",
    "photo",
    "no_number",
    "number_gone",
    "not_one_choice",
]


class ProblemOut(TypedDict):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: NotRequired[list[FieldError]]


class ProgressOut(TypedDict):
    """A group send in figures at this moment."""

    state: CampaignState
    recipient_count: int
    waiting: int
    handed_over: int
    by_state: dict[str, int]
    reasons: list[ReasonCount]
    kept_back: int
    kept_back_until: str | None
    reply_count: int
    opt_out_count: int
    segment_count: int
    cost: int
    per_second: float
    finished_by: str | None


class QuestionFigures(TypedDict):
    """What became of one question."""

    question_id: int
    place: int
    text: str
    asked: int
    answered: int
    bars: list[SurveyBar]
    average: float | None
    median_minutes: float | None
    late: int


class QuestionIn(TypedDict):
    """One question."""

    id: NotRequired[int | None]
    kind: AnswerKind
    text: NotRequired[str]
    reask_text: NotRequired[str]
    low: NotRequired[int | None]
    high: NotRequired[int | None]
    options: NotRequired[list[OptionIn]]
    goes_to: NotRequired[int | None]
    ends: NotRequired[bool]


class QuestionOut(TypedDict):
    """One question."""

    id: int
    kind: AnswerKind
    text: str
    reask_text: str
    low: int | None
    high: int | None
    options: list[OptionOut]
    goes_to: int | None
    ends: bool


class QuietHours(TypedDict):
    """Between which times people are left alone, on the clock of whoever is written to; null for both: never."""

    quiet_from: str | None
    quiet_until: str | None


class QuietOut(TypedDict):
    """People in their quiet hours when it begins; theirs goes afterwards."""

    recipient_count: int
    until: str


class RawOut(TypedDict):
    """A message as the carrier handed it over."""

    id: int
    octets: str
    encoding: str
    connection: str | None
    carrier_message_id: str | None
    received_at: str


class ReadyTextIn(TypedDict):
    """A text ready to be sent."""

    name: str
    text: str
    use: NotRequired[TextUse]


class ReadyTextOut(TypedDict):
    """A text ready to be sent."""

    id: int
    name: str
    text: str
    use: TextUse
    created_at: str


class ReadyTextPatch(TypedDict):
    """What to change; what is left out stays."""

    name: NotRequired[str]
    text: NotRequired[str]
    use: NotRequired[TextUse]


class ReasonCount(TypedDict):
    """Messages that ended in a state for a reason."""

    state: OutboundState
    reason: str
    count: int


class ReceivedDetail(TypedDict):
    """A message that arrived, with its way."""

    id: int
    conversation_id: int | None
    sender: str
    recipient: str
    number_id: int | None
    kind: Literal["sms", "mms"]
    subject: str
    text: str
    attachments: list[AttachmentOut]
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
    kind: Literal["sms", "mms"]
    subject: str
    text: str
    attachments: list[AttachmentOut]
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


class RemoveSynonymChange(TypedDict):
    """A spelling less."""

    operation: Literal["remove_synonym"]
    keyword_id: int
    synonym_id: int


class ReplaceIn(TypedDict):
    """Why somebody may not win."""

    reason: str


ReplyFate = Literal[
    "sent",
    "unreadable",
    "too_long",
    "answered",
    "sample",
    "no_number",
    "blocked",
    "opted_out",
    "own_number",
    "no_phone",
    "short_code",
    "breaker",
    "ceiling",
    "no_credit",
]


class ReplyIn(TypedDict):
    """An answer."""

    text: NotRequired[str]
    mms: NotRequired[MmsIn | None]
    at: NotRequired[str | None]
    even_if_quiet: NotRequired[bool]
    is_service: NotRequired[bool]
    seen_id: NotRequired[int | None]


class ReplyOut(TypedDict):
    """A message somebody answered with."""

    id: int
    phone: str
    text: str
    received_at: str
    dialogue_id: int | None
    answers_id: int | None


class ReserveKeywordChange(TypedDict):
    """A new keyword."""

    operation: Literal["reserve_keyword"]
    keyword: KeywordIn


class RestoredOut(TypedDict):
    """How many came back."""

    restored: int


class RetentionIn(TypedDict):
    """How long what is kept; 0: for ever, null: as the installation has it."""

    messages_months: int | None
    files_days: int | None


class RetentionOut(TypedDict):
    """What was chosen, and what holds."""

    messages_months: int | None
    files_days: int | None
    in_force: HeldFor


Role = Literal["owner", "admin", "editor", "agent", "viewer", "billing", "api"]


class RoleIn(TypedDict):
    """Which role somebody gets; keys cannot make owners."""

    role: Literal["admin", "editor", "agent", "viewer", "billing", "api"]


class RowIn(TypedDict):
    """One person of a table."""

    phone: str
    text: NotRequired[str]
    unique_id: NotRequired[str]
    values: NotRequired[dict[str, str]]


class RuleDeedOut(TypedDict):
    """One thing that is done."""

    action: str
    target_id: int | None
    name: str
    text: str
    until: str
    scope: str


RuleDirection = Literal["earlier", "later"]


class RuleExampleIn(TypedDict):
    """A text to be kept; what becomes of it now is what is expected from now on."""

    text: str
    sender: NotRequired[str | None]
    who: NotRequired[SupposedSender]
    group_ids: NotRequired[list[int]]
    moment: NotRequired[str | None]
    weekday: NotRequired[int | None]
    at_time: NotRequired[str | None]
    note: NotRequired[str]


class RuleExampleOut(TypedDict):
    """An example."""

    id: int
    number_id: int
    text: str
    sender: str
    who: SupposedSender
    group_ids: list[int]
    moment: str | None
    weekday: int | None
    at_time: str | None
    note: str
    created_at: str
    expected: RuleOutcomeOut
    now: RuleOutcomeOut | None


class RuleIn(TypedDict):
    """A rule, or what is to be changed of one: what is left out stays, in a new rule it restricts nothing and does nothing."""

    is_enabled: NotRequired[bool]
    starts_at: NotRequired[str | None]
    ends_at: NotRequired[str | None]
    weekdays: NotRequired[list[int]]
    from_time: NotRequired[str | None]
    until_time: NotRequired[str | None]
    days: NotRequired[Days]
    office_hours: NotRequired[OfficeHours]
    in_group_id: NotRequired[int | None]
    not_in_group_id: NotRequired[int | None]
    occasion: NotRequired[Occasion]
    standing: NotRequired[ConditionStanding]
    sender_prefixes: NotRequired[list[str]]
    daily_ceiling: NotRequired[int | None]
    join_group_ids: NotRequired[list[int]]
    join_until: NotRequired[str | None]
    leave_group_ids: NotRequired[list[int]]
    reply: NotRequired[str]
    forward_ids: NotRequired[list[int]]
    activities: NotRequired[list[ActivityShape]]


class RuleList(TypedDict):
    """Rules in the order in which they are asked: narrower ones first. The first that fits acts."""

    items: list[RuleOut]


class RuleMove(TypedDict):
    """Where a rule goes."""

    to: RuleDirection


class RuleOut(TypedDict):
    """A rule at its place."""

    is_enabled: NotRequired[bool]
    starts_at: NotRequired[str | None]
    ends_at: NotRequired[str | None]
    weekdays: NotRequired[list[int]]
    from_time: NotRequired[str | None]
    until_time: NotRequired[str | None]
    days: NotRequired[Days]
    office_hours: NotRequired[OfficeHours]
    in_group_id: NotRequired[int | None]
    not_in_group_id: NotRequired[int | None]
    occasion: NotRequired[Occasion]
    standing: NotRequired[ConditionStanding]
    sender_prefixes: NotRequired[list[str]]
    daily_ceiling: NotRequired[int | None]
    join_group_ids: NotRequired[list[int]]
    join_until: NotRequired[str | None]
    leave_group_ids: NotRequired[list[int]]
    reply: NotRequired[str]
    forward_ids: NotRequired[list[int]]
    activities: NotRequired[list[ActivityShape]]
    id: int
    number_id: int
    keyword_id: int | None
    never_acts_behind_id: NotRequired[int | None]


class RuleOutcomeOut(TypedDict):
    """What becomes of a text."""

    owner: Owner
    keyword: str
    keyword_id: int | None
    is_default: bool
    deeds: list[RuleDeedOut]


class RuleRestore(TypedDict):
    """What was deleted."""

    undo: str


class RuleUndo(TypedDict):
    """What takes a deletion back."""

    undo: str


ScanState = Literal["received", "clean", "infected", "unscannable"]


class SendIn(TypedDict):
    """What the estimate said: it is sent only if that still holds."""

    recipient_count: int
    cost: int


SendKind = Literal["full", "eco", "mms"]


class SenderNameIn(TypedDict):
    """A name to ask for."""

    name: str
    note: NotRequired[str]


class SenderNameOut(TypedDict):
    """A sender name."""

    id: int
    name: str
    state: SenderNameState
    note: str
    created_at: str
    decided_at: str | None


SenderNameState = Literal["pending_authorization", "authorized", "rejected", "deactivated"]


class SendingOut(TypedDict):
    """A group send, or a text to one person, with its messages by state."""

    campaign_id: int | None
    message_id: int | None
    name: str
    text: str
    kind: SendKind
    began_at: str
    ended_at: str | None
    by_state: dict[str, int]


class SentItem(TypedDict):
    """A message of a conversation that was sent, or waits for its time."""

    conversation_id: int | None
    phone: str
    sender: str
    kind: SendKind
    subject: str
    text: str
    attachments: list[AttachmentOut]
    is_read: bool | None
    read_at: str | None
    segment_count: int
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
    kind: SendKind
    subject: str
    text: str
    attachments: list[AttachmentOut]
    is_read: bool | None
    read_at: str | None
    segment_count: int
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


class SentReasonFigure(TypedDict):
    """Messages that did not arrive for one reason."""

    reason: UndeliveredReason
    messages: int
    share: float


class SentReasonFigures(TypedDict):
    """Most frequent first."""

    items: list[SentReasonFigure]


class SentStateFigure(TypedDict):
    """Messages sent that are in one state."""

    state: OutboundState
    messages: int
    share: float
    segments: int


class SentStateFigures(TypedDict):
    """What became of messages that were sent."""

    items: list[SentStateFigure]


class SeriesOut(TypedDict):
    """One figure over time."""

    measure: Measure
    points: list[PointOut]


Service = Literal["full", "eco", "forward", "mms"]


SessionState = Literal["open", "done", "expired", "stopped", "given_up"]


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


class Span(TypedDict):
    """When a day begins and ends; 00:00 as the end is midnight."""

    opens: str
    closes: str


Standing = Literal["waiting", "running", "over", "drawn"]


class StatementOut(TypedDict):
    """A month of the account, in minor units net."""

    month: str
    opening: int
    movements: list[MovementOut]
    closing: int


SupposedSender = Literal["phone", "new", "member"]


class SurveyAnswerOut(TypedDict):
    """One answer."""

    id: int
    question_id: int
    option_id: int | None
    phone: str
    value: str
    text: str
    message_id: int
    is_late: bool
    counts: bool
    is_test: bool
    given_at: str


class SurveyBar(TypedDict):
    """How many answered one thing."""

    option_id: int | None
    label: str
    value: str
    count: int


class SurveyBubble(TypedDict):
    """One text on the phone."""

    is_ours: bool
    text: str
    note: str


class SurveyCopy(TypedDict):
    """What the copy is called."""

    name: NotRequired[str | None]


class SurveyFigure(TypedDict):
    """What one survey was answered."""

    survey_id: int
    name: str
    answers: int
    share: float
    people: int


class SurveyFigures(TypedDict):
    """Most answers first."""

    items: list[SurveyFigure]


class SurveyIn(TypedDict):
    """What makes a survey."""

    number_id: NotRequired[int | None]
    counting: NotRequired[Counting]
    late: NotRequired[Late]
    closes_at: NotRequired[str | None]
    idle_minutes: NotRequired[int]
    session_minutes: NotRequired[int]
    reminder_minutes: NotRequired[int | None]
    reask_limit: NotRequired[int]
    intro_text: NotRequired[str]
    end_text: NotRequired[str]
    reminder_text: NotRequired[str]
    already_text: NotRequired[str]
    closed_text: NotRequired[str]
    gave_up_text: NotRequired[str]
    questions: NotRequired[list[QuestionIn]]
    name: str
    kind: NotRequired[SurveyKind]


SurveyKind = Literal["vote", "conversation"]


class SurveyOut(TypedDict):
    """A survey."""

    id: int
    name: str
    kind: SurveyKind
    state: SurveyState
    number_id: int | None
    counting: Counting
    late: Late
    closes_at: str | None
    idle_minutes: int
    session_minutes: int
    reminder_minutes: int | None
    reask_limit: int
    intro_text: str
    end_text: str
    reminder_text: str
    already_text: str
    closed_text: str
    gave_up_text: str
    questions: list[QuestionOut]
    created_at: str
    started_at: str | None
    closed_at: str | None
    people: int
    finished: int
    answers: int
    is_public: bool
    shows_texts: bool
    public_path: str | None
    missing: list[MissingOut]
    keywords: list[LeadingKeyword]
    segments_per_person: int
    cost_per_person: int


class SurveyPatch(TypedDict):
    """What to change; what is left out stays, and `questions` takes the place of all questions. Once it has started, wording alone."""

    number_id: NotRequired[int | None]
    counting: NotRequired[Counting]
    late: NotRequired[Late]
    closes_at: NotRequired[str | None]
    idle_minutes: NotRequired[int]
    session_minutes: NotRequired[int]
    reminder_minutes: NotRequired[int | None]
    reask_limit: NotRequired[int]
    intro_text: NotRequired[str]
    end_text: NotRequired[str]
    reminder_text: NotRequired[str]
    already_text: NotRequired[str]
    closed_text: NotRequired[str]
    gave_up_text: NotRequired[str]
    questions: NotRequired[list[QuestionIn]]
    name: NotRequired[str]


class SurveyPersonOut(TypedDict):
    """One person in a survey."""

    phone: str
    name: str
    state: SessionState
    started_at: str
    finished_at: str | None
    answers: list[PersonsAnswer]


class SurveyPlayed(TypedDict):
    """The conversation."""

    bubbles: list[SurveyBubble]


class SurveyPreviewIn(TypedDict):
    """What somebody would answer, one text after the other."""

    texts: NotRequired[list[str]]


class SurveyPublic(TypedDict):
    """Who sees the results."""

    is_public: bool
    shows_texts: NotRequired[bool]


class SurveyResultsSurveyFigures(TypedDict):
    """What became of a survey."""

    people: int
    finished: int
    answers: int
    late: int
    states: dict[str, int]
    questions: list[QuestionFigures]


class SurveySend(TypedDict):
    """The group send that asks the first question."""

    campaign_id: int


SurveyState = Literal["draft", "collecting", "closed"]


class SurveyWord(TypedDict):
    """A word that shall begin it, or stand for an answer of a vote."""

    number_id: int
    word: str
    option_id: NotRequired[int | None]


class SurveyWords(TypedDict):
    """Keywords that shall lead to it; they are reserved with it."""

    keywords: NotRequired[list[SurveyWord]]


class SwitchAutoresponderChange(TypedDict):
    """An autoresponder that answers, or rests."""

    operation: Literal["switch_autoresponder_on", "switch_autoresponder_off"]
    autoresponder_id: int


class SwitchKeywordChange(TypedDict):
    """Pausing, resuming or giving up."""

    operation: Literal["pause_keyword", "resume_keyword", "end_keyword"]
    keyword_id: int


class SynonymIn(TypedDict):
    """Another way to write a keyword."""

    word: str


class SynonymOut(TypedDict):
    """Another way to write a keyword."""

    id: int
    word: str


class TeamMemberOut(TypedDict):
    """Somebody of the team."""

    id: int
    name: str
    email: str
    role: Role
    has_second_factor: bool
    joined_at: str


class TellingIn(TypedDict):
    """What the preview said: it is sent only if that still holds."""

    text: NotRequired[str]
    sender: NotRequired[str | None]
    count: int
    cost: int


class TellingOut(TypedDict):
    """All winners who were not told before."""

    count: int
    cost: int
    winners: list[ToldOut]


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


class TextPreview(TypedDict):
    """A text as somebody with a name would get it, and then, where that differs, as somebody without."""

    previews: list[FilledText]
    unknown: list[str]


class TextPreviewIn(TypedDict):
    """A text as it is being written."""

    text: str


TextUse = Literal["dialogue", "campaign", "both"]


class TextsOut(TypedDict):
    """Texts of this month that are paid for, by who caused them."""

    origin: Origin
    count: int
    cost: int


Theme = Literal["night", "day", "green", "contrast"]


class TodayOut(TypedDict):
    """The day so far, by the account's clock. Counting stops at 1000, of unread conversations at 100."""

    received: int
    new_contacts: int
    unanswered: int
    unread: int
    attention: AttentionOut


class ToldOut(TypedDict):
    """One winner and the text for them."""

    win_id: int
    phone: str
    text: str
    segment_count: int
    cost: int
    code: NotSent | None
    message_id: int | None


class TotalsOut(TypedDict):
    """The figures of a period, and of the days of the same number before it."""

    first: str
    last: str
    figures: FiguresOut
    before: FiguresOut


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
    "survey",
    "contest",
    "code",
    "board",
]


class TrialAction(TypedDict):
    """One thing that would be done."""

    action: str
    target_id: NotRequired[int | None]
    name: NotRequired[str]
    text: NotRequired[str]
    until: NotRequired[str | None]
    segments: NotRequired[int]
    cost: NotRequired[int]


class TrialOut(TypedDict):
    """What would become of a text."""

    owner: Owner
    keyword_id: NotRequired[int | None]
    rule_id: NotRequired[int | None]
    argument: NotRequired[str]
    flag: NotRequired[Flag]
    actions: NotRequired[list[TrialAction]]
    trace: NotRequired[list[TrialStep]]
    cost: NotRequired[int]


class TrialStep(TypedDict):
    """One step of the trace; docs/reference/actions.md says which values each has."""

    step: TrailStep
    values: dict[str, str | int]


class TriedChangeIn(TypedDict):
    """A change as it would be made."""

    change: (
        ReserveKeywordChange
        | EditKeywordChange
        | SwitchKeywordChange
        | AddSynonymChange
        | RemoveSynonymChange
        | AddRuleChange
        | EditRuleChange
        | DeleteRuleChange
        | MoveRuleChange
        | AddAutoresponderChange
        | EditAutoresponderChange
        | DeleteAutoresponderChange
        | MoveAutoresponderChange
        | SwitchAutoresponderChange
    )


class TriedOnExample(TypedDict):
    """An example that would come out otherwise."""

    example_id: int
    text: str
    before: RuleOutcomeOut
    after: RuleOutcomeOut


class TriedOnPast(TypedDict):
    """Messages that would have come out otherwise in the same way."""

    before: RuleOutcomeOut
    after: RuleOutcomeOut
    count: int
    message_ids: list[int]


class TriedOut(TypedDict):
    """The message that was sent to try."""

    message_id: int
    segment_count: int
    cost: int


TripReason = Literal["identical", "too_many", "ceiling", "automatic", "echo"]


class TryIn(TypedDict):
    """Where the text goes first."""

    phone: str


UndeliveredReason = Literal[
    "message_expired",
    "unsupported_number",
    "message_rejected",
    "missed_call",
    "wrong_number",
    "limit_exhausted",
    "lock_send",
    "wrong_message",
    "operator_error",
    "wrong_sender_name",
    "number_is_blacklisted",
    "sending_to_foreign_networks_is_locked",
    "no_permission_to_send_messages",
    "other_error",
]


class UndoIn(TypedDict):
    """What removing members gave."""

    undo: str


class UrlForwardIn(TypedDict):
    """A web address with placeholders, in the provider's style."""

    kind: Literal["url"]
    name: NotRequired[str]
    url: str
    method: NotRequired[ForwardMethod]
    phone_form: NotRequired[ForwardPhoneForm]
    takes_replies: NotRequired[bool]


class UrlPreviewIn(TypedDict):
    """A web address as it is being written."""

    kind: Literal["url"]
    url: str
    method: NotRequired[ForwardMethod]
    phone_form: NotRequired[ForwardPhoneForm]


Wait = Literal["under_5_min", "under_15_min", "under_1_h", "under_4_h", "under_24_h", "longer", "never"]


class WaitFigure(TypedDict):
    """How often somebody waited so long for the first answer written by a person."""

    wait: Wait
    times: int
    share: float


class WaitFigures(TypedDict):
    """How long people waited, one row for each step."""

    median_seconds: int | None
    items: list[WaitFigure]


class WebhookForwardIn(TypedDict):
    """A signed webhook."""

    kind: Literal["webhook"]
    name: NotRequired[str]
    url: str
    format: NotRequired[ForwardFormat]
    signature: NotRequired[ForwardSignature]
    headers: NotRequired[dict[str, str]]
    batch_limit: NotRequired[int]
    takes_replies: NotRequired[bool]


Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class WinOut(TypedDict):
    """Somebody who was drawn, chosen, or won at once."""

    id: int
    draw_id: int | None
    entry_id: int
    phone: str
    place: int
    round: int
    is_reserve: bool
    is_void: bool
    note: str
    notified_at: str | None
    won_at: str


class WriterGroup(TypedDict):
    """A group the person is in."""

    id: int
    name: str


class WriterOptedOut(TypedDict):
    """An opt-out that is noted."""

    opt_out_id: int
