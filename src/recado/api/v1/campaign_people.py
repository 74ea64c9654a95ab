"""`/campaigns/{id}/people`: single people a draft goes to, besides groups.

What belongs here: routes and shapes. What does not: reading phones and rows into entries (`apps.campaigns.entries`).
"""

from typing import Annotated

from ninja import Path, Router, Schema, Status
from pydantic import AfterValidator, Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.campaign_shapes import Body
from recado.api.v1.campaign_trouble import campaign_problems, refuse_unless_draft
from recado.api.v1.exact import ExactId
from recado.api.v1.paging import Page, PagingQuery, newest_first
from recado.api.v1.problems import ProblemOut, invalid, not_found
from recado.api.v1.shapes import Id, Text, phone_out
from recado.apps.accounts.scopes import Scope
from recado.apps.campaigns.entries import PHONE, TEXT, UNIQUE_ID, Added, add_contacts, add_phones, add_table, remove_entries
from recado.apps.campaigns.models import Campaign, CampaignEntry
from recado.apps.campaigns.queries import entries_of, get_campaign_for
from recado.core.personal import place_name

router = Router(tags=["Campaigns"])
MOST_AT_ONCE, MOST_VALUES, MOST_PLACES = 10_000, 50, 100
RESERVED = frozenset({"", PHONE, TEXT, UNIQUE_ID, "number"})


def _place(name: str) -> str:
    found = place_name(name)
    if found in RESERVED:
        raise ValueError("is no name of a value; take letters, and none of `phone`, `text`, `unique_id`, `number`")
    return found


Written = Annotated[Text, Field(max_length=40)]
Place = Annotated[Text, Field(min_length=1, max_length=40), AfterValidator(_place)]


class RowIn(Schema):
    """One person of a table."""

    phone: Written = Field(examples=["+48500600700"])
    text: Body = Field("", description="Their own text; empty: the campaign's.")
    unique_id: Annotated[str, Field(pattern="^([A-Za-z0-9]{3,50})?$")] = Field("", description="A program's own id for the message.")
    values: dict[Place, Body] = Field(default_factory=dict, max_length=MOST_VALUES, description="Placeholder to what stands in its place.")


class CampaignPeopleIn(Schema):
    """People to add: phones, contacts and rows with values, at most 10,000 of each in a call."""

    phones: list[Written] = Field(default_factory=list, max_length=MOST_AT_ONCE, examples=[["+48500600700", "604 218 377"]])
    contact_ids: list[ExactId] = Field(default_factory=list, max_length=MOST_AT_ONCE)
    rows: list[RowIn] = Field(default_factory=list, max_length=MOST_AT_ONCE)


class PeopleAdded(Schema):
    """What became of people who were to be added."""

    added: int
    bad_count: int = Field(description="How much of what was given is no phone.")
    bad: list[str] = Field(description="The first of it, as it was written.")
    unknown_contact_count: int


class CampaignPersonOut(Schema):
    """One person a draft goes to."""

    id: int
    phone: str
    contact_id: int | None
    text: str
    unique_id: str
    values: dict[str, str]


@router.get(
    "/{campaign_id}/people",
    auth=key(Scope.MESSAGES_READ),
    response=Page[CampaignPersonOut],
    operation_id="list_campaign_people",
    summary="List single people of a group send",
)
def list_people(request: ProgramRequest, campaign_id: Path[Id], paging: PagingQuery) -> Page[CampaignPersonOut]:
    """Whoever it goes to besides groups, added last first."""
    return newest_first(entries_of(get_campaign_for(request.account, campaign_id)), paging, _shown)


@router.post(
    "/{campaign_id}/people",
    auth=key(Scope.MESSAGES_SEND),
    response={200: PeopleAdded, 409: ProblemOut},
    operation_id="add_campaign_people",
    summary="Add people to a draft",
)
def add(request: ProgramRequest, campaign_id: Path[Id], body: CampaignPeopleIn) -> PeopleAdded:
    """Add what can be read; the rest comes back in `bad`. Who is in it twice gets one text. Of drafts only (409 `not-a-draft`)."""
    campaign = get_campaign_for(request.account, campaign_id)
    names = list(dict.fromkeys(name for row in body.rows for name in row.values))
    if len({*campaign.places, *names}) > MOST_PLACES:
        raise invalid("body.rows", f"a campaign has at most {MOST_PLACES} different values; use fewer names")
    refuse_unless_draft(campaign)
    with campaign_problems():
        phones = add_phones(campaign, "\n".join(body.phones))
        contacts = add_contacts(campaign, body.contact_ids)
        rows = _add_rows(campaign, body.rows, names)
    return PeopleAdded(
        added=phones.added + contacts.added + rows.added,
        bad_count=phones.bad_count + rows.bad_count,
        bad=[*phones.bad, *rows.bad],
        unknown_contact_count=len(set(body.contact_ids)) - contacts.added,
    )


@router.delete(
    "/{campaign_id}/people",
    auth=key(Scope.MESSAGES_SEND),
    response={204: None, 409: ProblemOut},
    operation_id="remove_campaign_people",
    summary="Take all single people off a draft",
)
def remove_all(request: ProgramRequest, campaign_id: Path[Id]) -> Status[None]:
    """Its groups stay. Refused once it was sent (409 `not-a-draft`)."""
    with campaign_problems():
        remove_entries(get_campaign_for(request.account, campaign_id))
    return Status(204, None)


@router.delete(
    "/{campaign_id}/people/{person_id}",
    auth=key(Scope.MESSAGES_SEND),
    response={204: None, 409: ProblemOut},
    operation_id="remove_campaign_person",
    summary="Take one person off a draft",
)
def remove(request: ProgramRequest, campaign_id: Path[Id], person_id: Path[Id]) -> Status[None]:
    """They may still be in one of its groups. Refused once it was sent (409 `not-a-draft`)."""
    campaign = get_campaign_for(request.account, campaign_id)
    if not entries_of(campaign).filter(pk=person_id).exists():
        raise not_found()
    with campaign_problems():
        remove_entries(campaign, [person_id])
    return Status(204, None)


def _add_rows(campaign: Campaign, rows: list[RowIn], names: list[str]) -> Added:
    table = [[row.phone, row.text, row.unique_id, *(row.values.get(name, "") for name in names)] for row in rows]
    return add_table(campaign, table, [PHONE, TEXT, UNIQUE_ID, *names], has_header=False)


def _shown(entry: CampaignEntry) -> CampaignPersonOut:
    return CampaignPersonOut(
        id=entry.pk,
        phone=phone_out(entry.msisdn),
        contact_id=entry.contact_id,
        text=entry.text,
        unique_id=entry.unique_id,
        values={name: value for name, value in entry.values.items() if value},
    )
