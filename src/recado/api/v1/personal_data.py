"""What is known about one person: groups and since when, consent with its proof, everything as they may ask for it; and forgetting them.

What belongs here: routes. What does not: shapes (`personal_data_shapes`), contacts as such (`contacts`), what goes and what stays
(`apps.contacts.erasing`).
"""

from django.db import transaction
from ninja import Path, Query, Router, Status

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.paging import Page, Paging, PagingQuery, newest_first
from recado.api.v1.personal_data_shapes import ConsentOut, ContactMembershipOut, PersonOut, consent_out, membership_out, person_out
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id, PhoneIn
from recado.apps.accounts.models import Account
from recado.apps.accounts.scopes import Scope, may
from recado.apps.contacts.consents import consent_records
from recado.apps.contacts.erasing import erase_contact
from recado.apps.contacts.knowing import known_about
from recado.apps.contacts.queries import get_contact_for, memberships_of_contact
from recado.apps.media.links import person_link

router = Router(tags=["Contacts"])
consents_router = Router(tags=["Contacts"])


@router.get(
    "/{contact_id}/memberships",
    auth=key(Scope.CONTACTS_READ),
    response=Page[ContactMembershipOut],
    operation_id="list_contact_memberships",
    summary="List the groups of a contact",
)
def memberships(request: ProgramRequest, contact_id: Path[Id], paging: PagingQuery) -> Page[ContactMembershipOut]:
    """Since when, why and until when somebody is in which group, the latest first."""
    return newest_first(memberships_of_contact(get_contact_for(request.account, contact_id)), paging, membership_out)


@router.get(
    "/{contact_id}/consents",
    auth=key(Scope.CONTACTS_READ),
    response=Page[ConsentOut],
    operation_id="list_contact_consents",
    summary="List the consents of a contact",
)
def contact_consents(request: ProgramRequest, contact_id: Path[Id], paging: PagingQuery) -> Page[ConsentOut]:
    """Show what a person agreed to and took back, with the proof, the latest first."""
    return _consents(request.account, get_contact_for(request.account, contact_id).msisdn, paging)


@consents_router.get(
    "", auth=key(Scope.CONTACTS_READ), response=Page[ConsentOut], operation_id="list_consents", summary="List the consents of a phone"
)
def phone_consents(request: ProgramRequest, paging: PagingQuery, phone: Query[PhoneIn]) -> Page[ConsentOut]:
    """Show the same by phone, also of who is no contact any more."""
    return _consents(request.account, phone, paging)


@router.get(
    "/{contact_id}/data",
    auth=key(Scope.CONTACTS_READ),
    response=PersonOut,
    operation_id="get_contact_data",
    summary="Show everything known about a person",
)
def everything(request: ProgramRequest, contact_id: Path[Id]) -> PersonOut:
    """Everything that is stored about one person, as they may ask for it. Messages are in it if the key has `messages:read`, too."""
    known = known_about(request.account, get_contact_for(request.account, contact_id), person_link(request.account))
    return person_out(known, with_texts=may(request.auth, Scope.MESSAGES_READ))


@router.post(
    "/{contact_id}/erase", auth=key(Scope.CONTACTS_WRITE), response={204: None}, operation_id="erase_contact", summary="Forget a person"
)
@transaction.atomic
def erase(request: ProgramRequest, contact_id: Path[Id]) -> Status[None]:
    """Delete the contact and empty all texts exchanged with the phone. Opt-outs stay in force. It cannot be undone."""
    found = get_contact_for(request.account, contact_id)
    note(request, "contact.erased", f"+{found.msisdn}", found.pk)
    erase_contact(request.account, found)
    return Status(204, None)


def _consents(account: Account, msisdn: str, paging: Paging) -> Page[ConsentOut]:
    return newest_first(consent_records(account, msisdn), paging, consent_out)
