"""Destinations of an account: reading and making the places messages are forwarded to, and those delivery reports go to.

What belongs here: the lists, creation with its checks, the default for reports. What does not: calling them (`delivery`), replies
(`services`).
"""

from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import QuerySet

from recado.apps.accounts.models import Account
from recado.apps.numbers.services import bump_routing
from recado.apps.outbox.models import Destination
from recado.core.forward_ports import wrong_port


class DestinationUrlError(ValueError):
    """The address cannot be forwarded to: it is not an http or https address with a host."""


def destinations_of(account: Account) -> QuerySet[Destination]:
    """Return the places the account forwards messages to, by name."""
    return Destination.objects.filter(account=account, kind=Destination.Kind.URL).order_by("name", "id")


def check_url(url: str) -> str:
    """Return the address without surrounding space; raise DestinationUrlError where nothing can be sent to it."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and wrong_port(parts.port) is None
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


@transaction.atomic
def receipts_destination(account: Account, url: str, *, method: str = Destination.Method.GET.value) -> Destination:
    """Return the place with this address that delivery reports go to, made when first named, switched on when it was off.

    For messages that name their own place; the default stays what it is. Raises DestinationUrlError.
    """
    url = check_url(url)
    known = Destination.objects.filter(account=account, kind=Destination.Kind.RECEIPTS, url=url, method=method)
    found = known.order_by("-is_enabled", "id").first()
    if found is None:
        host = urlsplit(url).hostname or url
        return Destination.objects.create(account=account, name=host[:80], kind=Destination.Kind.RECEIPTS, url=url, method=method)
    if not found.is_enabled:
        found.is_enabled = True
        found.save(update_fields=["is_enabled"])
    return found


def default_receipts_destination(account: Account) -> Destination | None:
    """Return where the reports of messages go that name no other place."""
    return Destination.objects.filter(account=account, kind=Destination.Kind.RECEIPTS, is_default=True, is_enabled=True).first()


@transaction.atomic
def set_default_receipts(account: Account, url: str, *, method: str = Destination.Method.GET.value) -> Destination | None:
    """Let the reports of messages that name no other place go to this address; empty: nowhere. Raises DestinationUrlError.

    What is owed already goes where it was owed to.
    """
    Account.objects.select_for_update().get(pk=account.pk)  # two people at once: one default, not two
    chosen = receipts_destination(account, url, method=method) if url.strip() else None
    Destination.objects.filter(account=account, kind=Destination.Kind.RECEIPTS, is_default=True).update(is_default=False)
    if chosen is not None:
        chosen.is_default = True
        chosen.save(update_fields=["is_default"])
    return chosen
