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


class DeletedOut(TypedDict):
    """What became of contacts that were to be deleted."""

    deleted: list[int]
    not_found: list[int]


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


class RestoredOut(TypedDict):
    """How many came back."""

    restored: int


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


class UndoIn(TypedDict):
    """What removing members gave."""

    undo: str
