"""What is known about one person, as programs see it.

What belongs here: shapes and filling them. What does not: routes (`personal_data`), what is known (`apps.contacts.erasing`).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from recado.api.v1.contact_shapes import GroupRef
from recado.api.v1.shapes import phone_out
from recado.apps.contacts.models import ConsentRecord, Contact, GroupMembership, OptOut
from recado.core.contest import EntryState

_TEXTS = ("received", "sent", "examples", "survey_answers", "contests", "boards")
"""What a key without `messages:read` may not see."""


class ContactMembershipOut(Schema):
    """A group somebody is in."""

    group: GroupRef
    joined_at: datetime
    ends_at: datetime | None
    source: Contact.Source
    keyword_id: int | None
    message_id: int | None


class ConsentOut(Schema):
    """Somebody joined or left a group, or opted out or in; never changed."""

    id: int
    phone: str
    kind: ConsentRecord.Kind
    group_id: int | None
    number_id: int | None
    keyword_id: int | None
    rule_id: int | None
    message_id: int | None
    text: str = Field(description="As received: the proof.")
    source: Contact.Source
    at: datetime


class KnownGroup(Schema):
    """A group in everything known about a person."""

    name: str
    joined_at: datetime
    ends_at: datetime | None
    source: Contact.Source
    message: int | None


class KnownConsent(Schema):
    """What a person agreed to or took back."""

    at: datetime
    what: ConsentRecord.Kind
    group: int | None
    source: Contact.Source
    message: int | None
    text: str


class KnownOptOut(Schema):
    """What a person wants no messages of."""

    at: datetime
    scope: OptOut.Scope
    target: int | None
    text: str
    lifted_at: datetime | None


class KnownBlock(Schema):
    """That the account does not want to hear from a person."""

    at: datetime
    reason: str


class KnownFile(Schema):
    """A file of an MMS."""

    name: str
    content_type: str
    size: int = Field(description="Octets.")
    url: str = Field(description="Good for seven days. Empty where a virus was found in it.")


class KnownReceived(Schema):
    """A message from the person."""

    id: int
    at: datetime
    to: str
    text: str
    kind: Literal["sms", "mms"]
    subject: str
    files: list[KnownFile]


class KnownExample(Schema):
    """A message kept to try rules with."""

    text: str
    note: str


class KnownCode(Schema):
    """A code the person got from a pool."""

    pool: str
    code: str
    at: datetime | None


class KnownSurveyAnswer(Schema):
    """What the person answered in a survey."""

    at: datetime
    survey: str
    question: str
    text: str
    value: str


class KnownPost(Schema):
    """What the person wrote for a board."""

    board: str
    at: datetime
    text: str
    name: str = Field(description="What the page says of who wrote.")
    state: str


class KnownContestEntry(Schema):
    """What the person entered in a contest."""

    name: str
    at: datetime
    text: str
    state: EntryState
    reason: str


class KnownSent(Schema):
    """A message to the person."""

    id: int
    at: datetime
    sender: str
    text: str
    state: str
    kind: Literal["sms", "mms"]
    subject: str
    files: list[KnownFile]


class PersonOut(Schema):
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
    known_since: datetime
    source: Contact.Source
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
    left_out: list[str] = Field(description="Parts the key may not see: it lacks `messages:read`. Empty when the answer is complete.")


def membership_out(one: GroupMembership) -> ContactMembershipOut:
    """Show a membership of a contact."""
    return ContactMembershipOut(
        group=GroupRef(id=one.group_id, name=one.group.name),
        joined_at=one.joined_at,
        ends_at=one.ends_at,
        source=Contact.Source(one.source),
        keyword_id=one.keyword_id,
        message_id=one.message_id,
    )


def consent_out(one: ConsentRecord) -> ConsentOut:
    """Show a consent record."""
    return ConsentOut(
        id=one.pk,
        phone=phone_out(one.msisdn),
        kind=ConsentRecord.Kind(one.kind),
        group_id=one.group_id,
        number_id=one.number_id,
        keyword_id=one.keyword_id,
        rule_id=one.rule_id,
        message_id=one.message_id,
        text=one.text,
        source=Contact.Source(one.source),
        at=one.at,
    )


def person_out(known: Mapping[str, Any], *, with_texts: bool) -> PersonOut:
    """Show everything known about a person."""
    left_out = [] if with_texts else list(_TEXTS)
    shown = {
        **known,
        "phone": phone_out(known["phone"]),
        "received": [{**one, "to": phone_out(one["to"])} for one in known["received"]],
        "sent": [{**one, "sender": phone_out(one["from"])} for one in known["sent"]],
    }
    return PersonOut.model_validate({**shown, **{name: [] for name in left_out}, "left_out": left_out})
