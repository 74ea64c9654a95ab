"""Links to contents: signed, expiring, good for one content in one form. Whoever holds one may look; who checked the account makes them.

What belongs here: making and reading links in Django. What does not: tokens (`blobs.links`), answering them (`panel.media`), checking
accounts (`apps.mms.queries`).
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.blobs.links import Linked, LinkError, LinkExpiredError, Links, Variant

HOURS = 24
"""How long a link on a page is good; at least, and at most an hour longer, so that a page that is refreshed shows the same address."""

PERSON_HOURS = 7 * 24
"""The same of a link given to the person whose file it is."""

__all__ = [
    "LinkError",
    "LinkExpiredError",
    "Linked",
    "Variant",
    "absolute_media_link",
    "link_expiry",
    "media_link",
    "person_link",
    "read_link",
]


def media_link(
    sha256: str, content_type: str, *, account: Account, name: str, variant: Variant = Variant.ORIGINAL, hours: int = HOURS
) -> str:
    """Return the address of a content, a path unless files have a host of their own; the caller has checked that the account may see it.

    Empty for a file that was deleted because its time was up.
    """
    if not sha256:
        return ""
    until = int(link_expiry(hours).timestamp())
    path = Links(settings.SECRET_KEY).path(Linked(sha256, content_type, account.pk, variant), name, until)
    return f"{settings.RECADO.media_address}{path}" if settings.RECADO.media_host else path


def link_expiry(hours: int = HOURS) -> datetime:
    """Return until when a link that is made now is good."""
    return timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=hours + 1)


def absolute_media_link(
    sha256: str, content_type: str, *, account: Account, name: str, variant: Variant = Variant.ORIGINAL, hours: int = HOURS
) -> str:
    """Return the same for whoever is elsewhere: programs, mails."""
    link = media_link(sha256, content_type, account=account, name=name, variant=variant, hours=hours)
    return link if settings.RECADO.media_host or not link else f"{settings.RECADO.address}{link}"


def person_link(account: Account) -> Callable[[str, str, str], str]:
    """Return what links files for the people they are about: originals, for a week, told their SHA-256, type and name."""

    def link(sha256: str, content_type: str, name: str) -> str:
        return absolute_media_link(sha256, content_type, account=account, name=name, hours=PERSON_HOURS)

    return link


def read_link(token: str, now: datetime) -> Linked:
    """Read a link; raises LinkError."""
    return Links(settings.SECRET_KEY).read(token, now.timestamp())
