"""The secrets a webhook is signed with: which are in force, and exchanging them with an overlap.

What belongs here: these routes. What does not: making secrets (`apps.outbox.secrets`), signing (`delivery`).
"""

from datetime import datetime, timedelta
from typing import Annotated

from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from ninja import Path, Router, Schema, Status
from pydantic import ConfigDict, Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.problems import not_found
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id
from recado.apps.accounts.scopes import Scope
from recado.apps.outbox.destinations import get_destination_for
from recado.apps.outbox.models import Destination, SigningSecret
from recado.apps.outbox.secrets import public_key, rotate_secret, secrets_in_force
from recado.protocols.webhooks import KeyKind

router = Router(tags=["Forwards"])


class ForwardSecretOut(Schema):
    """A secret that signs now; itself it is never shown again."""

    id: int
    signature: KeyKind
    created_at: datetime
    expires_at: datetime | None = Field(description="When it stops signing; null: it is the one in force.")
    public_key: str | None = Field(description="What verifies signatures of ed25519.")


class NewForwardSecret(ForwardSecretOut):
    """A secret just made."""

    secret: str = Field(description="Keep it now: it is not shown again.")


class ForwardSecretIn(Schema):
    """How to exchange it."""

    model_config = ConfigDict(extra="forbid")
    overlap_hours: Annotated[int, Field(ge=0, le=168)] = Field(24, description="So long the old one signs beside it; Twilio's has no room.")


@router.get(
    "/{forward_id}/secrets",
    auth=key(Scope.FORWARDS_READ),
    response=list[ForwardSecretOut],
    operation_id="list_forward_secrets",
    summary="List the secrets in force",
)
def list_secrets(request: ProgramRequest, forward_id: Path[Id]) -> list[ForwardSecretOut]:
    """Show them, the newest first; two while they are exchanged."""
    return [_shown(one) for one in secrets_in_force(_webhook(request, forward_id), timezone.now())]


@router.post(
    "/{forward_id}/secrets",
    auth=key(Scope.FORWARDS_WRITE),
    response={201: NewForwardSecret},
    operation_id="rotate_forward_secret",
    summary="Exchange the secret",
)
@transaction.atomic
def rotate(request: ProgramRequest, response: HttpResponse, forward_id: Path[Id], body: ForwardSecretIn) -> Status[NewForwardSecret]:
    """Make another secret, which signs at once; the old one signs beside it for the overlap, so that nothing is refused meanwhile."""
    found = _webhook(request, forward_id)
    made = rotate_secret(found, timezone.now(), timedelta(hours=body.overlap_hours))
    note(request, "forward.secret_made", found.name, found.pk)
    response["Cache-Control"] = "no-store"
    return Status(201, NewForwardSecret(**_shown(made).dict(), secret=made.secret))


def _webhook(request: ProgramRequest, forward_id: int) -> Destination:
    found = get_destination_for(request.account, forward_id)
    if found.kind != Destination.Kind.WEBHOOK:
        raise not_found()
    return found


def _shown(one: SigningSecret) -> ForwardSecretOut:
    return ForwardSecretOut(
        id=one.pk,
        signature=KeyKind(one.signature),
        created_at=one.created_at,
        expires_at=one.expires_at,
        public_key=public_key(one) or None,
    )
