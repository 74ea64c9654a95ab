"""Writes about links to carriers and about what waits in quarantine.

What belongs here: creating and changing connections with their settings checked, ending what waits in quarantine. What does not: opening
links and processing (the gateway), and telling the gateway of settings: callers bump the routing version in the same transaction
(`apps.numbers.links` does), because numbers know connections and not the other way round.
"""

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from recado.apps.accounts.models import User
from recado.apps.audit.services import record
from recado.apps.connections.models import Connection, Quarantine
from recado.apps.connections.ports import NotProcessedError, installation
from recado.carriers.base import SettingsError
from recado.carriers.registry import carrier_kind
from recado.carriers.simulator.kind import SIMULATOR
from recado.store.kept_items import UnreadableItemError, loads


def add_connection(name: str, kind: str, settings: Mapping[str, object]) -> Connection:
    """Create an enabled link; raise SettingsError for a kind or a setting that cannot be used."""
    if Connection.objects.filter(name=name).exists():
        raise SettingsError(f"there is a link “{name}” already; choose another name")
    return Connection.objects.create(name=name, kind=kind, settings=carrier_kind(kind).clean(settings))


def change_settings(connection: Connection, settings: Mapping[str, object]) -> None:
    """Change some settings and leave the others as they are; raise SettingsError."""
    connection.settings = carrier_kind(connection.kind).clean({**connection.settings, **settings})
    connection.save(update_fields=["settings"])


def enable(connection: Connection, *, is_enabled: bool) -> None:
    """Open a link, or close it in order and keep it closed."""
    connection.is_enabled = is_enabled
    connection.save(update_fields=["is_enabled"])


def simulator() -> Connection:
    """Return the phone simulator's connection, made where it is missing: test messages come in and go out through it."""
    found = Connection.objects.filter(kind=SIMULATOR.name).order_by("id").first()
    return found or Connection.objects.get_or_create(name=SIMULATOR.label, defaults={"kind": SIMULATOR.name})[0]


RETRY_LEASE = timedelta(seconds=30)
"""So long nobody else has the same thing tried again; longer than the gateway is waited for."""


class BeingRetriedError(RuntimeError):
    """Somebody had it tried again a moment ago, or it is settled already."""


def retry_quarantined(user: User, quarantined: Quarantine) -> int:
    """Have what could not be processed processed once more and settle it; return the message's id, 0 for a receipt.

    Must not be called inside a transaction, which would keep the gateway from writing. Raises NotProcessedError, BeingRetriedError.
    """
    now = timezone.now()
    is_free = Q(retried_at=None) | Q(retried_at__lt=now - RETRY_LEASE)
    if not Quarantine.objects.filter(is_free, pk=quarantined.pk, resolved_at=None).update(retried_at=now):
        raise BeingRetriedError
    try:
        item = loads(quarantined.item)
    except UnreadableItemError as error:
        raise NotProcessedError(str(error)) from error
    message_id = installation().replay(item)
    with transaction.atomic():
        Quarantine.objects.filter(pk=quarantined.pk).update(resolved_at=timezone.now(), message_id=message_id)
        record(None, user, "quarantine.retried", str(quarantined), quarantined.pk, after={"message": message_id}, is_operator=True)
    return message_id


@transaction.atomic
def settle_quarantined(user: User, quarantined: Quarantine) -> None:
    """Take note that nothing more is to be done about what could not be processed; it stays readable."""
    if Quarantine.objects.filter(pk=quarantined.pk, resolved_at=None).update(resolved_at=timezone.now()):
        record(None, user, "quarantine.settled", str(quarantined), quarantined.pk, is_operator=True)
