"""What members of groups look like to programs.

What belongs here: shapes and filling them. What does not: routes (`members`).
"""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, model_validator

from recado.api.v1.contact_shapes import AT_ONCE
from recado.api.v1.shapes import Id, Moment, PhoneIn, Text, phone_out
from recado.apps.contacts.models import Contact, GroupMembership

_LONGEST_UNDO = 100_000


class MemberOut(Schema):
    """Somebody in a group."""

    contact_id: int
    phone: str
    first_name: str
    last_name: str
    joined_at: datetime
    ends_at: datetime | None = Field(description="When it ends by itself.")
    source: Contact.Source
    keyword_id: int | None
    message_id: int | None = Field(description="The message that brought them here.")


class MemberPatch(Schema):
    """Until when somebody is in a group."""

    ends_at: Moment | None = Field(description="When it ends by itself; null for never.")


class PeopleIn(Schema):
    """People by contact or by phone."""

    contact_ids: Annotated[list[Id], Field(max_length=AT_ONCE, default_factory=list)]
    phones: Annotated[list[PhoneIn], Field(max_length=AT_ONCE, default_factory=list)]

    @model_validator(mode="after")
    def somebody(self) -> "PeopleIn":
        """Refuse nobody."""
        if not self.contact_ids and not self.phones:
            raise ValueError("names nobody; send `contact_ids` or `phones`")
        return self


class JoinedOut(Schema):
    """What became of somebody who was to join."""

    contact_id: int
    phone: str
    is_new_contact: bool
    outcome: Literal["joined", "already-there", "opted-out"]


class JoinsOut(Schema):
    """What became of people who were to join."""

    members: list[JoinedOut]
    not_found: list[int] = Field(description="Ids that are no contacts.")


class LeftOut(Schema):
    """Who left."""

    left: list[int] = Field(description="Ids of their contacts.")
    undo: str | None = Field(description="Send it to `restore_members` within an hour to bring them back with their consent.")


class UndoIn(Schema):
    """What removing members gave."""

    undo: Annotated[Text, Field(min_length=1, max_length=_LONGEST_UNDO)]


class RestoredOut(Schema):
    """How many came back."""

    restored: int


class DayOut(Schema):
    """How many joined on a day."""

    day: date
    joined: int


class GrowthOut(Schema):
    """How a group grew."""

    days: list[DayOut]


def member_out(one: GroupMembership) -> MemberOut:
    """Show a member."""
    return MemberOut(
        contact_id=one.contact_id,
        phone=phone_out(one.contact.msisdn),
        first_name=one.contact.first_name,
        last_name=one.contact.last_name,
        joined_at=one.joined_at,
        ends_at=one.ends_at,
        source=Contact.Source(one.source),
        keyword_id=one.keyword_id,
        message_id=one.message_id,
    )
