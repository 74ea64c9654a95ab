"""Signing secrets of destinations: made, exchanged with an overlap, and read.

What belongs here: rows of SigningSecret. What does not: how keys are written and sign (`protocols.webhooks`), sending (`delivery`).
"""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from recado.apps.outbox.destinations import DestinationContent
from recado.apps.outbox.models import Destination, SigningSecret
from recado.protocols import webhooks
from recado.protocols.webhooks import KeyKind

OVERLAP = timedelta(hours=24)
"""So long an old secret signs beside the new one."""


def signs_with(destination: Destination) -> KeyKind:
    """Say what kind of secret a destination needs: bodies as Twilio sends them are signed as Twilio does."""
    return _kind_of(destination)


def signed_alike(before: DestinationContent, after: DestinationContent) -> bool:
    """Say whether a webhook needs no other secret after a change."""
    return after.kind != Destination.Kind.WEBHOOK or _kind_of(before) is _kind_of(after)


def make_secret(destination: Destination, now: datetime) -> SigningSecret:
    """Give a destination a secret of the kind it needs, beside those it has."""
    kind = signs_with(destination)
    key = webhooks.new_key(kind, secrets.token_bytes)
    return SigningSecret.objects.create(destination=destination, signature=kind.value, secret=key, created_at=now)


@transaction.atomic
def rotate_secret(destination: Destination, now: datetime, overlap: timedelta = OVERLAP) -> SigningSecret:
    """Exchange the secret: the new one signs at once, those before it for the overlap still.

    A request as Twilio sends it has room for one signature, so there the new token is in force alone.
    """
    Destination.objects.select_for_update().get(pk=destination.pk)  # two people at once: one after the other
    end = now if signs_with(destination) is KeyKind.TWILIO else now + overlap
    in_force = SigningSecret.objects.filter(destination=destination)
    in_force.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=end)).update(expires_at=end)
    return make_secret(destination, now)


def secrets_in_force(destination: Destination, now: datetime) -> list[SigningSecret]:
    """Return the secrets that sign what a destination gets now, the newest first."""
    found = SigningSecret.objects.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now), destination=destination)
    return list(found.filter(signature=signs_with(destination).value).order_by("-created_at", "-pk"))


def public_key(secret: SigningSecret) -> str:
    """Return what verifies the signatures of an ed25519 secret, `whpk_…`; empty for secrets that both sides share."""
    return webhooks.public_key(secret.secret) if secret.signature == KeyKind.ED25519 else ""


def _kind_of(found: Destination | DestinationContent) -> KeyKind:
    return KeyKind.TWILIO if found.body == Destination.Body.TWILIO else KeyKind(found.signature)
