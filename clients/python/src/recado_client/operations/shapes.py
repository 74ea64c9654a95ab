"""What goes into the API and comes out of it.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict


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
    standing: NotRequired[Standing]
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
    standing: NotRequired[Standing]
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
    standing: NotRequired[Standing]
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


class DayOut(TypedDict):
    """How many joined on a day."""

    day: str
    joined: int


Days = Literal["any", "working", "off"]


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


class FieldError(TypedDict):
    """What is wrong with one field."""

    field: str
    message: str


class FilledText(TypedDict):
    """A text as somebody would get it."""

    text: str
    segments: int


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


class LeftOut(TypedDict):
    """Who left."""

    left: list[int]
    undo: str | None


class LiftIn(TypedDict):
    """Why somebody may be written to again."""

    reason: str


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


class NewForwardSecret(TypedDict):
    """A secret just made."""

    id: int
    signature: KeyKind
    created_at: str
    expires_at: str | None
    public_key: str | None
    secret: str


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


Occasion = Literal["any", "first", "again"]


OfficeHours = Literal["any", "open", "closed"]


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


OutboundState = Literal["queued", "sent", "uncertain", "delivered", "undelivered", "unsent"]


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


class ProblemOut(TypedDict):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: NotRequired[list[FieldError]]


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


class RestoredOut(TypedDict):
    """How many came back."""

    restored: int


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


Standing = Literal["any", "in", "opted_out"]


class TextPreview(TypedDict):
    """A text as somebody with a name would get it, and then, where that differs, as somebody without."""

    previews: list[FilledText]
    unknown: list[str]


class TextPreviewIn(TypedDict):
    """A text as it is being written."""

    text: str


TextUse = Literal["dialogue", "campaign", "both"]


TripReason = Literal["identical", "too_many", "ceiling", "automatic", "echo"]


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
