"""`/forwards`: the places messages go on to.

What belongs here: routes of one forward and of their list. What does not: what is done with one (`forward_actions`, `forward_phones`,
`forward_secrets`), its deliveries (`deliveries`), checks and writes; those are asked of `apps.outbox`.
"""

from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from ninja import Path, Router, Status

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.forward_content import changed_by, content_from, cost_of, refused, shown
from recado.api.v1.forward_preview import ForwardPreviewIn, ForwardPreviewOut, preview_of
from recado.api.v1.forward_shapes import ForwardIn, ForwardOut, ForwardPatch, ForwardWithSecret
from recado.api.v1.paging import Page, PagingQuery, page_of, position
from recado.api.v1.problems import ProblemOut, conflict, not_found
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id, Search
from recado.apps.accounts.scopes import Scope
from recado.apps.outbox.deliveries import health_among, health_of
from recado.apps.outbox.destinations import (
    DestinationError,
    DestinationInUseError,
    change,
    content_of,
    create,
    destinations_of,
    estimate_phone,
    get_destination_for,
    remove,
    used_by,
)
from recado.apps.outbox.destinations.facts import facts
from recado.apps.outbox.destinations.uses import uses_of
from recado.apps.outbox.models import Destination, SigningSecret
from recado.apps.outbox.secrets import make_secret, public_key, signed_alike

router = Router(tags=["Forwards"])


@router.get("", auth=key(Scope.FORWARDS_READ), response=Page[ForwardOut], operation_id="list_forwards", summary="List forwards")
def list_forwards(request: ProgramRequest, paging: PagingQuery, search: Search = "") -> Page[ForwardOut]:
    """Newest first, each with how it fares and which rules use it; `search` finds part of a name."""
    before = position(paging)
    rows = destinations_of(request.account).order_by("-pk")
    if search.strip():
        rows = rows.filter(name__icontains=search.strip())
    some = list((rows.filter(pk__lt=before) if before else rows)[: paging.limit + 1])
    fares, uses = health_among(some), uses_of(some)
    return page_of(some, paging, lambda one: shown(request, one, fares[one.pk], uses.get(one.pk, [])))


@router.post("", auth=key(Scope.FORWARDS_WRITE), response={201: ForwardWithSecret}, operation_id="add_forward", summary="Add a forward")
@transaction.atomic
def add(request: ProgramRequest, response: HttpResponse, body: ForwardIn) -> Status[ForwardWithSecret]:
    """Let rules name it from now on; a phone must agree by a code first. A webhook's secret is in this answer, and never again."""
    try:
        made = create(request.account, content_from(body))
    except DestinationError as error:
        raise refused(error) from error
    note(request, "forward.added", made.name, made.pk, after=facts(made))
    secret = make_secret(made, timezone.now()) if made.kind == Destination.Kind.WEBHOOK else None
    return Status(201, _with_secret(request, response, made, secret))


@router.post(
    "/preview",
    auth=key(Scope.FORWARDS_WRITE),
    response=ForwardPreviewOut,
    operation_id="preview_forward",
    summary="Show what would be sent",
)
def preview(request: ProgramRequest, body: ForwardPreviewIn) -> ForwardPreviewOut:
    """Fill a sample message into the call of a web address or the subject of a mail, or say what a phone would cost. Nothing is sent."""
    return preview_of(request.account, body)


@router.get("/{forward_id}", auth=key(Scope.FORWARDS_READ), response=ForwardOut, operation_id="get_forward", summary="Show a forward")
def show(request: ProgramRequest, forward_id: Path[Id]) -> ForwardOut:
    """How it fares, which rules use it, and for a phone what it costs. Places of delivery reports can be shown, too."""
    return full(request, get_destination_for(request.account, forward_id))


@router.patch(
    "/{forward_id}", auth=key(Scope.FORWARDS_WRITE), response=ForwardWithSecret, operation_id="edit_forward", summary="Change a forward"
)
@transaction.atomic
def edit(request: ProgramRequest, response: HttpResponse, forward_id: Path[Id], body: ForwardPatch) -> ForwardWithSecret:
    """Let what waits go to the new place. A webhook that is signed in another way gets a new secret, which is in this answer."""
    found = forward_for(request, forward_id)
    content, before = content_of(found), facts(found)
    changed = changed_by(content, body)
    try:
        change(found, changed)
    except DestinationError as error:
        raise refused(error) from error
    if (after := facts(found)) != before:
        note(request, "forward.changed", found.name, found.pk, before=before, after=after)
    secret = None if signed_alike(content, changed) else make_secret(found, timezone.now())
    return _with_secret(request, response, found, secret)


@router.delete(
    "/{forward_id}",
    auth=key(Scope.FORWARDS_WRITE),
    response={204: None, 409: ProblemOut},
    operation_id="delete_forward",
    summary="Remove a forward",
)
@transaction.atomic
def delete(request: ProgramRequest, forward_id: Path[Id]) -> Status[None]:
    """Give up what waits for it; what was delivered can still be read. Refused (409 `in-use`) while a rule forwards there."""
    found = forward_for(request, forward_id)
    note(request, "forward.removed", found.name, found.pk, before=facts(found))
    try:
        remove(found)
    except DestinationInUseError as error:
        rules = ", ".join(str(one.rule_id) for one in error.uses[:10])
        raise conflict("in-use", f"Rules forward there: {rules}. Change them first.") from error
    return Status(204, None)


def forward_for(request: ProgramRequest, forward_id: int) -> Destination:
    """Find a place messages are forwarded to; places of delivery reports are changed in the settings."""
    found = get_destination_for(request.account, forward_id)
    if found.kind == Destination.Kind.RECEIPTS:
        raise not_found()
    return found


def full(request: ProgramRequest, found: Destination) -> ForwardOut:
    """Write one forward with all that is known."""
    written = shown(request, found, health_of(found), used_by(found))
    if found.kind == Destination.Kind.PHONE:
        written.cost = cost_of(estimate_phone(request.account, found, now=timezone.now()))
    return written


def _with_secret(request: ProgramRequest, response: HttpResponse, found: Destination, secret: SigningSecret | None) -> ForwardWithSecret:
    response["Cache-Control"] = "no-store"
    public = public_key(secret) or None if secret else None
    return ForwardWithSecret(**full(request, found).dict(), secret=secret.secret if secret else None, public_key=public)
