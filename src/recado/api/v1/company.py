"""`/settings/company` and `/settings/delivery-reports`: what the company is called and where its programs hear of deliveries.

What belongs here: routes and shapes. What does not: hours and days off (`hours`), people (`team`), saving (`apps.accounts.company`).
"""

from typing import Annotated
from zoneinfo import available_timezones

from django.conf import settings
from django.db import transaction
from ninja import Router, Schema
from pydantic import AfterValidator, Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.problems import invalid
from recado.api.v1.recording import note
from recado.api.v1.shapes import Text
from recado.apps.accounts.company import company_data, save_company
from recado.apps.accounts.scopes import Scope
from recado.apps.accounts.tax_number import parse_nip
from recado.apps.numbers.services import bump_routing
from recado.apps.outbox.destinations import DestinationUrlError, default_receipts_destination, set_default_receipts
from recado.apps.outbox.models import Destination

router = Router(tags=["Settings"])
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def _not_blank(value: str) -> str:
    if not value.strip():
        raise ValueError("must not be blank")
    return value


def _language(value: str) -> str:
    if value not in LANGUAGES:
        raise ValueError(f"is none of {', '.join(LANGUAGES)}")
    return value


def _zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError("is no time zone; write it as Europe/Warsaw")
    return value


def _nip(value: str) -> str:
    digits = parse_nip(value) if value else ""
    if digits is None:
        raise ValueError("is no valid NIP: its check digit does not fit")
    return digits


class CompanyIn(Schema):
    """What is known about the company. Fields left out stay as they are."""

    name: Annotated[Text, AfterValidator(_not_blank), Field(min_length=1, max_length=120, pattern=r"\S")] = Field(default_factory=str)
    language: Annotated[str, AfterValidator(_language), Field(json_schema_extra={"enum": LANGUAGES})] = Field(default_factory=str)
    time_zone: Annotated[str, Field(max_length=64), AfterValidator(_zone)] = Field(default_factory=str, examples=["Europe/Warsaw"])
    company: Annotated[Text, Field(max_length=160)] = Field(default_factory=str, description="Its name on invoices.")
    tax_id: Annotated[Text, Field(max_length=20), AfterValidator(_nip)] = Field(default_factory=str, description="NIP.")
    address: Annotated[Text, Field(max_length=200)] = Field(default_factory=str)
    postcode: Annotated[Text, Field(max_length=16)] = Field(default_factory=str)
    city: Annotated[Text, Field(max_length=80)] = Field(default_factory=str)


class CompanyOut(Schema):
    """What is known about the company."""

    name: str
    language: str
    time_zone: str
    company: str
    tax_id: str
    address: str
    postcode: str
    city: str


class DeliveryReports(Schema):
    """Where a program of the company hears how its messages ended."""

    url: Annotated[Text, Field(max_length=2000)] = Field(
        description="May contain #SMSID#, #STAN#, #DATA# and #PRZYCZYNA#; empty: nothing is told.",
        examples=["https://shop.example/dlr?id=#SMSID#"],
    )
    method: Destination.Method = Destination.Method.GET


@router.get("/company", auth=key(Scope.SETTINGS_READ), response=CompanyOut, operation_id="get_company", summary="Show the company's data")
def show_company(request: ProgramRequest) -> CompanyOut:
    """Name, language, time zone, and what stands on invoices."""
    return CompanyOut(**company_data(request.account))


@router.patch(
    "/company", auth=key(Scope.SETTINGS_WRITE), response=CompanyOut, operation_id="edit_company", summary="Change the company's data"
)
@transaction.atomic
def edit_company(request: ProgramRequest, body: CompanyIn) -> CompanyOut:
    """Change what is given; invoices that were issued keep what they say."""
    before = company_data(request.account)
    save_company(request.account, {name: value.strip() for name, value in body.model_dump(exclude_unset=True).items()})
    bump_routing()  # name, language and time zone stand in automatic texts and decide when rules hold
    note(request, "company.changed", request.account.name, before=before, after=company_data(request.account))
    return CompanyOut(**company_data(request.account))


@router.get(
    "/delivery-reports",
    auth=key(Scope.SETTINGS_READ),
    response=DeliveryReports,
    operation_id="get_delivery_reports",
    summary="Show where delivery reports go",
)
def show_delivery_reports(request: ProgramRequest) -> DeliveryReports:
    """Show the address of messages that name no other; it may hold a secret of the company's program."""
    return _reports(default_receipts_destination(request.account))


@router.put(
    "/delivery-reports",
    auth=key(Scope.SETTINGS_WRITE),
    response=DeliveryReports,
    operation_id="set_delivery_reports",
    summary="Say where delivery reports go",
)
@transaction.atomic
def set_delivery_reports(request: ProgramRequest, body: DeliveryReports) -> DeliveryReports:
    """Set the address; an empty one switches reports off. What is owed already goes where it was owed to."""
    before = default_receipts_destination(request.account)
    try:
        after = set_default_receipts(request.account, body.url, method=body.method)
    except DestinationUrlError as error:
        raise invalid("body.url", "begin it with http:// or https://, without spaces") from error
    if after != before:
        told = [{"forwards": place.name} if place else {} for place in (before, after)]
        note(request, "delivery_reports.changed", before=told[0], after=told[1])
    return _reports(after)


def _reports(place: Destination | None) -> DeliveryReports:
    return DeliveryReports(url=place.url if place else "", method=Destination.Method(place.method) if place else Destination.Method.GET)
