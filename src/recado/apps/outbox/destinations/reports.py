"""The places delivery reports go to: found or made when named, and the one in force where none is named.

What belongs here: these services. What does not: the places messages are forwarded to (`writing`), calling them (`delivery`).
"""

from urllib.parse import urlsplit

from django.db import transaction

from recado.apps.accounts.models import Account
from recado.apps.outbox.destinations.content import check_url
from recado.apps.outbox.models import Destination


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
