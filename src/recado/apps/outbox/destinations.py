"""Destinations of an account: reading and making the places messages are forwarded to.

What belongs here: the list, creation with its checks. What does not: forwarding itself (`delivery`), replies (`services`).
"""

from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import QuerySet

from recado.apps.accounts.models import Account
from recado.apps.numbers.services import bump_routing
from recado.apps.outbox.models import Destination


class DestinationUrlError(ValueError):
    """The address cannot be forwarded to: it is not an http or https address with a host."""


def destinations_of(account: Account) -> QuerySet[Destination]:
    """Return the account's destinations by name."""
    return Destination.objects.filter(account=account).order_by("name", "id")


def check_url(url: str) -> str:
    """Return the address without surrounding space; raise DestinationUrlError where nothing can be sent to it."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or any(character.isspace() for character in url):
        raise DestinationUrlError(url)
    return url


@transaction.atomic
def create_destination(account: Account, url: str, *, name: str = "", method: str = Destination.Method.GET.value) -> Destination:
    """Make a destination; without a name it is called after its host."""
    url = check_url(url)
    destination = Destination.objects.create(
        account=account, name=(name or urlsplit(url).hostname or url)[:80], kind=Destination.Kind.URL, url=url, method=method
    )
    bump_routing()
    return destination
