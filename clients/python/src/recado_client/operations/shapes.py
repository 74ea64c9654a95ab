"""What goes into the API and comes out of it.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict


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


class AlertsIn(TypedDict):
    """At which amounts people of the account are told."""

    amounts: list[int]


class AlertsOut(TypedDict):
    """Amounts at which people of the account are told, the greatest first."""

    amounts: list[int]


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


Book = Literal["customer", "messages", "forwards", "fees", "bank", "adjustments"]


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
    group_ids: NotRequired[list[int]]
    excluded_group_ids: NotRequired[list[int]]


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


class CampaignOptOutOut(TypedDict):
    """An opt-out that came as an answer."""

    id: int
    phone: str
    scope: Scope
    text: str
    created_at: str
    lifted_at: str | None


class CampaignOut(TypedDict):
    """A group send."""

    id: int
    name: str
    state: State
    text: str
    sender: str | None
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
    left_out: LeftOut
    segment_count: int
    cost: int
    trouble: str | None


class ChangeOut(TypedDict):
    """What one thing the account has would cost for the rest of the month."""

    kind: NumberKind
    package: str
    number: str | None
    now: int
    then: int
    monthly_now: int
    monthly_then: int | None


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


class DayIn(TypedDict):
    """A day on which the company is closed."""

    day: str


class DaysOffOut(TypedDict):
    """The company's own days off, and public holidays of this year and the next."""

    own: list[str]
    public: list[HolidayOut]


class DeliveryReports(TypedDict):
    """Where a program of the company hears how its messages ended."""

    url: str
    method: NotRequired[Method]


class EstimateOut(TypedDict):
    """A draft in figures, as if it were sent now."""

    recipient_count: int
    cost: int
    segment_count: int
    fewest_segments: int
    most_segments: int
    left_out: LeftOut
    unicode_count: int
    empty_count: int
    unknown_placeholders: list[str]
    missing_credit: int
    quiet: QuietOut | None
    problems: list[str]
    previews: list[PreviewOut]


Event = Literal["message", "refund", "top_up", "payment", "fee", "correction", "adjustment"]


class FieldError(TypedDict):
    """What is wrong with one field."""

    field: str
    message: str


class GroupIn(TypedDict):
    """What a group is called."""

    name: str


class GroupOut(TypedDict):
    """A group."""

    id: int
    name: str
    contact_count: int


class HolidayOut(TypedDict):
    """A public holiday."""

    day: str
    name: str


class HoursIn(TypedDict):
    """When the company is open, on its own clocks."""

    days: dict[str, Span]
    keeps_public_holidays: bool


class HoursOut(TypedDict):
    """When the company is open, and whether it is now."""

    days: dict[str, Span]
    keeps_public_holidays: bool
    closes_at: str | None
    opens_at: str | None


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
    kind: Kind
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
    kind: Kind
    issued_on: str
    due_on: str
    paid_on: str | None
    net: int
    vat: int
    gross: int
    corrects_id: int | None


Kind = Literal["invoice", "correction"]


class LeftOut(TypedDict):
    """People who do not get it, each counted once."""

    duplicate: int
    opted_out: int
    blocked: int
    excluded: int
    invalid: int


class LimitOut(TypedDict):
    """How many keywords may be held on numbers of a kind."""

    kind: NumberKind
    held: int
    most: int | None


class MemberOut(TypedDict):
    """Somebody of the team."""

    id: int
    name: str
    email: str
    role: Role
    has_second_factor: bool
    joined_at: str


Method = Literal["GET", "POST"]


class MonthOut(TypedDict):
    """What a month costs so far."""

    month: str
    texts: list[TextsOut]
    fees: int
    total: int


class MovementOut(TypedDict):
    """What moved on a day for one reason; above nothing the account got it."""

    day: str
    event: Event
    book: Book
    count: int
    amount: int
    note: str


NumberKind = Literal["shared_long", "shared_short", "individual_long", "individual_long_mms", "individual_short", "eco"]


Origin = Literal["rule", "agent", "api", "campaign", "forward"]


OutboundState = Literal["queued", "sent", "uncertain", "delivered", "undelivered", "unsent"]


class PeopleAdded(TypedDict):
    """What became of people who were to be added."""

    added: int
    bad_count: int
    bad: list[str]
    unknown_contact_count: int


class PeopleIn(TypedDict):
    """People to add: phones, contacts and rows with values, at most 10,000 of each in a call."""

    phones: NotRequired[list[str]]
    contact_ids: NotRequired[list[int]]
    rows: NotRequired[list[RowIn]]


class PersonOut(TypedDict):
    """One person a draft goes to."""

    id: int
    phone: str
    contact_id: int | None
    text: str
    unique_id: str
    values: dict[str, str]


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


class PreviewOut(TypedDict):
    """What one recipient gets."""

    phone: str
    name: str
    text: str
    segment_count: int


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

    state: State
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


class QuietHours(TypedDict):
    """Between which times people are left alone, on the clock of whoever is written to; null for both: never."""

    quiet_from: str | None
    quiet_until: str | None


class QuietOut(TypedDict):
    """People in their quiet hours when it begins; theirs goes afterwards."""

    recipient_count: int
    until: str


class ReasonCount(TypedDict):
    """Messages that ended in a state for a reason."""

    state: OutboundState
    reason: str
    count: int


class ReplyOut(TypedDict):
    """A message somebody answered with."""

    id: int
    phone: str
    text: str
    received_at: str
    dialogue_id: int | None
    answers_id: int | None


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


Scope = Literal["group", "keyword", "number", "account"]


class SendIn(TypedDict):
    """What the estimate said: it is sent only if that still holds."""

    recipient_count: int
    cost: int


SendKind = Literal["full", "eco"]


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


Service = Literal["full", "eco", "forward", "mms"]


class Span(TypedDict):
    """When a day begins and ends; 00:00 as the end is midnight."""

    opens: str
    closes: str


State = Literal["draft", "scheduled", "preparing", "sending", "sent", "stopped"]


class StatementOut(TypedDict):
    """A month of the account, in minor units net."""

    month: str
    opening: int
    movements: list[MovementOut]
    closing: int


class TextsOut(TypedDict):
    """Texts of this month that are paid for, by who caused them."""

    origin: Origin
    count: int
    cost: int


class TriedOut(TypedDict):
    """The message that was sent to try."""

    message_id: int
    segment_count: int
    cost: int


class TryIn(TypedDict):
    """Where the text goes first."""

    phone: str


Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
