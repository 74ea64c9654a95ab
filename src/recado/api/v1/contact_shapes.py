"""What contacts look like to programs, gathered for a whole list in a few queries.

What belongs here: shapes of contacts and filling them. What does not: routes (`contacts`, `members`, `personal_data`).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Annotated

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Prefetch, prefetch_related_objects
from ninja import Schema
from pydantic import AfterValidator, Field

from recado.api.v1.problems import invalid
from recado.api.v1.shapes import Id, PhoneIn, Text, phone_out
from recado.apps.accounts.models import Account
from recado.apps.contacts.blocking import blocked_among
from recado.apps.contacts.models import Contact, Group, OptOut
from recado.apps.contacts.opt_outs import in_force_among
from recado.apps.contacts.queries import NotFoundError, get_group_for, group_names_of
from recado.apps.contacts.services import DETAIL_FIELDS
from recado.apps.dialogues.queries import last_message_times

AT_ONCE = 200
"""People one call may name; longer lists are imported."""
LONGEST_DESCRIPTION = 10_000


def _email(value: str) -> str:
    """Refuse what the panel refuses."""
    try:
        if value:
            validate_email(value)
    except ValidationError as error:
        raise ValueError("is no e-mail address") from error
    return value


Email = Annotated[Text, AfterValidator(_email), Field(max_length=254)]


class Details(Schema):
    """What is known about somebody besides the phone; what is left out stays as it is."""

    first_name: Annotated[Text | None, Field(max_length=80)] = None
    last_name: Annotated[Text | None, Field(max_length=80)] = None
    company: Annotated[Text | None, Field(max_length=120)] = None
    email: Email | None = None
    tax_id: Annotated[Text | None, Field(max_length=32)] = None
    address: Annotated[Text | None, Field(max_length=200)] = None
    city: Annotated[Text | None, Field(max_length=80)] = None
    description: Annotated[Text | None, Field(max_length=LONGEST_DESCRIPTION)] = None

    def given(self) -> dict[str, str]:
        """Return what was sent, as services take it."""
        return {name: value.strip() for name in DETAIL_FIELDS if (value := getattr(self, name)) is not None}


class ContactIn(Details):
    """Somebody to know."""

    phone: PhoneIn
    group_ids: Annotated[list[Id], Field(max_length=AT_ONCE, description="Groups to be in from now on.", default_factory=list)]


class ContactPatch(Details):
    """What is to change."""

    phone: PhoneIn | None = None
    group_ids: Annotated[list[Id] | None, Field(max_length=AT_ONCE, description="All groups to be in; others are left.")] = None


class ContactsIn(Schema):
    """Several contacts."""

    contact_ids: Annotated[list[Id], Field(min_length=1, max_length=AT_ONCE)]


class GroupRef(Schema):
    """A group somebody is in."""

    id: int
    name: str


class OptOutRef(Schema):
    """An opt-out that is in force; `target_id` is the id of what `scope` names, null for everything."""

    id: int
    scope: OptOut.Scope
    target_id: int | None


class ContactOut(Schema):
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
    source: Contact.Source
    created_at: datetime
    groups: list[GroupRef]
    is_blocked: bool
    opt_outs: list[OptOutRef]
    last_message_at: datetime | None


class AddedContactOut(ContactOut):
    """A contact that was added or completed."""

    is_new: bool = Field(description="Whether nobody had this phone before; else the contact was completed.")
    kept_out_of: list[int] = Field(description="Groups asked for that the person opted out of.")


def contacts_out(account: Account, contacts: Sequence[Contact]) -> list[ContactOut]:
    """Show contacts."""
    prefetch_related_objects(contacts, Prefetch("groups", Group.objects.order_by("name", "pk")))
    phones = [one.msisdn for one in contacts]
    blocked, opted_out = blocked_among(account, phones), in_force_among(account, phones)
    times = last_message_times(account, [one.pk for one in contacts])
    return [
        ContactOut(
            id=one.pk,
            phone=phone_out(one.msisdn),
            **{name: getattr(one, name) for name in DETAIL_FIELDS},
            source=Contact.Source(one.source),
            created_at=one.created_at,
            groups=[GroupRef(id=group.pk, name=group.name) for group in one.groups.all()],
            is_blocked=one.msisdn in blocked,
            opt_outs=[opt_out_ref(wish) for wish in opted_out.get(one.msisdn, [])],
            last_message_at=times.get(one.pk),
        )
        for one in contacts
    ]


def contact_out(account: Account, contact: Contact) -> ContactOut:
    """Show one contact."""
    return contacts_out(account, [contact])[0]


def opt_out_ref(one: OptOut) -> OptOutRef:
    """Show an opt-out in short."""
    return OptOutRef(id=one.pk, scope=OptOut.Scope(one.scope), target_id=one.target_id or None)


def check_groups(account: Account, group_ids: Iterable[int], field: str = "body.group_ids") -> None:
    """Refuse groups the account does not have."""
    asked = set(group_ids)
    missing = asked - set(group_names_of(account).filter(pk__in=asked).values_list("pk", flat=True))
    if missing:
        raise invalid(field, f"has no group {', '.join(map(str, sorted(missing)))}; `GET /groups` lists them")


def asked_group(account: Account, group_id: int | None, field: str = "query.group_id") -> Group | None:
    """Find a group that a request names, if it names one."""
    try:
        return get_group_for(account, group_id) if group_id is not None else None
    except NotFoundError as error:
        raise invalid(field, f"has no group {group_id}; `GET /groups` lists them") from error
