"""Making, changing and removing the places messages are forwarded to; each bumps the routing version.

What belongs here: the rows, with the checks that only the database can make. What does not: checks of what people wrote (`content`),
secrets of webhooks (`apps.outbox.secrets`: make one after `create`), pauses (`apps.outbox.pausing`), the activity log (the panel notes).
"""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.changes import Change, announce
from recado.apps.numbers.services import bump_routing
from recado.apps.outbox.destinations.content import LONGEST_NAME, DestinationContent, DestinationError, check, check_url, normalised
from recado.apps.outbox.destinations.reading import DestinationUse, used_by
from recado.apps.outbox.models import Destination

_BY_KIND: dict[Destination.Kind, tuple[str, ...]] = {
    Destination.Kind.URL: ("url", "method", "phone_form", "takes_replies"),
    Destination.Kind.WEBHOOK: ("url", "body", "signature", "headers", "batch_limit", "takes_replies"),
    Destination.Kind.EMAIL: ("email", "subject", "has_attachments"),
    Destination.Kind.PHONE: ("msisdn", "daily_limit"),
}
"""Which fields of the content each kind keeps; the others stay as they are in the table."""


class DestinationInUseError(ValueError):
    """A destination cannot be removed: rules forward to it; `uses` names them."""

    def __init__(self, uses: list[DestinationUse]) -> None:
        super().__init__(f"{len(uses)} rules forward there")
        self.uses = uses


@transaction.atomic
def create(account: Account, content: DestinationContent) -> Destination:
    """Make a destination; raise DestinationError. A webhook has no secret yet."""
    destination = Destination(account=account, kind=content.kind)
    _write(destination, content)
    return destination


@transaction.atomic
def change(destination: Destination, content: DestinationContent) -> None:
    """Say what a destination is, in place of what it was; what waits goes to the new place. Raise DestinationError."""
    _write(destination, content, destination)


def enable(destination: Destination) -> None:
    """Let messages be forwarded there again."""
    _switch(destination, is_enabled=True)


def disable(destination: Destination) -> None:
    """Forward nothing there until it is enabled; rules go on naming it."""
    _switch(destination, is_enabled=False)


@transaction.atomic
def remove(destination: Destination) -> None:
    """Take a destination away that no rule forwards to; raise DestinationInUseError.

    What waits for it is given up; what was delivered there can still be read.
    """
    Destination.objects.select_for_update().get(pk=destination.pk)  # a rule that is saved meanwhile waits, and finds it gone
    if uses := used_by(destination):
        raise DestinationInUseError(uses)
    destination.removed_at, destination.is_enabled, destination.paused_at = timezone.now(), False, None
    destination.save(update_fields=["removed_at", "is_enabled", "paused_at"])
    destination.secrets.all().delete()
    bump_routing()
    announce(Change("jobs", destination.account_id))


@transaction.atomic
def create_destination(account: Account, url: str, *, name: str = "", method: str = Destination.Method.GET.value) -> Destination:
    """Make a URL in the provider's style; without a name it is called after its host. Raise DestinationUrlError."""
    url = check_url(url)
    destination = Destination.objects.create(
        account=account, name=(name or urlsplit(url).hostname or url)[:LONGEST_NAME], kind=Destination.Kind.URL, url=url, method=method
    )
    bump_routing()
    return destination


def _write(destination: Destination, content: DestinationContent, before: Destination | None = None) -> None:
    if problems := check(destination.account, content, before):
        raise DestinationError(problems)
    stored = normalised(destination.account, content)
    if stored.kind == Destination.Kind.PHONE and (destination.pk is None or destination.msisdn != stored.msisdn):
        destination.confirmed_at = _confirmed_at(destination.account, stored.msisdn)
    destination.name = stored.name
    for name in _BY_KIND[stored.kind]:
        value: Any = getattr(stored, name)
        setattr(destination, name, dict(value) if name == "headers" else value)
    destination.save()
    bump_routing()
    announce(Change("jobs", destination.account_id))


def _confirmed_at(account: Account, msisdn: str) -> datetime | None:
    """Say when a phone agreed to forwards of the account, if another destination has it; it is not asked twice."""
    same = Destination.objects.filter(account=account, kind=Destination.Kind.PHONE, msisdn=msisdn, removed_at=None)
    first: datetime | None = same.aggregate(first=Min("confirmed_at"))["first"]
    return first


@transaction.atomic
def _switch(destination: Destination, *, is_enabled: bool) -> None:
    destination.is_enabled = is_enabled
    destination.save(update_fields=["is_enabled"])
    announce(Change("jobs", destination.account_id))
