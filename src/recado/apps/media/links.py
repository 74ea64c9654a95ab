"""Links to contents: signed, expiring, good for one content in one form. Whoever holds one may look; who checked the account makes them.

What belongs here: making and reading links. What does not: answering them (`panel.media`), checking accounts (`apps.mms.queries`).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_valid_filename

from recado.apps.accounts.models import Account

SALT = "media"
HOURS = 24
"""How long a link on a page is good; at least, and at most an hour longer, so that a page that is refreshed shows the same address."""
LONGEST_NAME = 80


class Variant(StrEnum):
    """In which form a content is shown."""

    ORIGINAL = "original"
    PREVIEW = "preview"
    """A small picture."""
    STRIPPED = "stripped"
    """The picture without what it tells about place and phone."""


class LinkError(ValueError):
    """It is no link of ours."""


class LinkExpiredError(LinkError):
    """It was one."""


@dataclass(frozen=True, slots=True)
class Linked:
    """What a link leads to."""

    sha256: str
    content_type: str
    account_id: int
    variant: Variant


def media_link(
    sha256: str, content_type: str, *, account: Account, name: str, variant: Variant = Variant.ORIGINAL, hours: int = HOURS
) -> str:
    """Return the address of a content, a path unless files have a host of their own; the caller has checked that the account may see it."""
    until = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=hours + 1)
    token = signing.dumps([sha256, content_type, account.pk, variant.value, int(until.timestamp())], salt=SALT)
    path = reverse("media", args=[token, get_valid_filename(name[-LONGEST_NAME:] or "file") if name.strip(" .") else "file"])
    return f"{settings.RECADO.media_address}{path}" if settings.RECADO.media_host else path


def absolute_media_link(
    sha256: str, content_type: str, *, account: Account, name: str, variant: Variant = Variant.ORIGINAL, hours: int = HOURS
) -> str:
    """Return the same for whoever is elsewhere: programs, mails."""
    link = media_link(sha256, content_type, account=account, name=name, variant=variant, hours=hours)
    return link if settings.RECADO.media_host else f"{settings.RECADO.address}{link}"


def read_link(token: str, now: datetime) -> Linked:
    """Read a link; raises LinkError."""
    try:
        sha256, content_type, account_id, variant, until = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise LinkError("no link of ours") from error
    if now.timestamp() > until:
        raise LinkExpiredError("expired")
    return Linked(sha256, content_type, account_id, Variant(variant))
