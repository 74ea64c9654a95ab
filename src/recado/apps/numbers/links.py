"""Writes about links to carriers as a person of the installation's staff makes them: checked, told to the gateway, and noted.

What belongs here: joining `apps.connections.services`, the routing version and the audit log in one transaction, here because numbers know
connections and not the other way round; and the phone simulator's link, which is made when it is first needed. What does not: checking
settings (the carrier kinds), opening links (the gateway).
"""

from collections.abc import Mapping

from django.db import transaction

from recado.apps.accounts.models import User
from recado.apps.audit.services import record
from recado.apps.connections import services
from recado.apps.connections.models import Connection
from recado.apps.connections.ports import installation
from recado.apps.numbers.services import bump_routing
from recado.carriers.base import HIDDEN, SettingsError
from recado.carriers.registry import carrier_kind
from recado.carriers.simulator.kind import SIMULATOR


@transaction.atomic
def add_link(user: User, name: str, kind: str, settings: Mapping[str, object]) -> Connection:
    """Create an enabled link; raise SettingsError for a kind or a setting that cannot be used."""
    connection = services.add_connection(name, kind, settings)
    bump_routing()
    after = carrier_kind(kind).redact(connection.settings)
    record(None, user, "link.added", name, connection.pk, after={"kind": kind, **after}, is_operator=True)
    return connection


@transaction.atomic
def change_link(user: User, connection: Connection, settings: Mapping[str, object]) -> bool:
    """Change some settings of a link; raise SettingsError. Return whether anything differs: only then it is closed and opened anew."""
    before = _in_force(connection)
    services.change_settings(connection, settings)
    if before == connection.settings:
        return False
    bump_routing()
    old, new = _differences(connection.kind, before, connection.settings)
    record(None, user, "link.changed", connection.name, connection.pk, before=old, after=new, is_operator=True)
    return True


@transaction.atomic
def enable_link(user: User, connection: Connection, *, is_enabled: bool) -> None:
    """Open a link, or close it in order and keep it closed."""
    services.enable(connection, is_enabled=is_enabled)
    bump_routing()
    record(None, user, "link.enabled" if is_enabled else "link.disabled", connection.name, connection.pk, is_operator=True)


def drain_link(user: User, connection: Connection) -> None:
    """Have the gateway finish what is under way on a link and take nothing new; raise GatewayUnavailableError."""
    installation().drain_link(connection.pk)
    record(None, user, "link.drained", connection.name, connection.pk, is_operator=True)


def resume_link(user: User, connection: Connection) -> None:
    """Have the gateway open a drained link again; raise GatewayUnavailableError."""
    installation().resume_link(connection.pk)
    record(None, user, "link.resumed", connection.name, connection.pk, is_operator=True)


def _in_force(connection: Connection) -> dict[str, object]:
    """Return the settings with the defaults of those that are not stored; as they are where they cannot be used."""
    try:
        return dict(carrier_kind(connection.kind).clean(connection.settings))
    except SettingsError:
        return dict(connection.settings)


def _differences(kind: str, before: Mapping[str, object], after: Mapping[str, object]) -> tuple[dict[str, object], dict[str, object]]:
    """Return what changed, without secrets: of them only that they changed."""
    hidden_before, hidden_after = carrier_kind(kind).redact(before), carrier_kind(kind).redact(after)
    for name in hidden_after:
        if hidden_after[name] == HIDDEN and before.get(name) != after.get(name):
            hidden_after[name] = f"{HIDDEN} (new)"
    return hidden_before, hidden_after


def ready_simulator() -> Connection:
    """Return the phone simulator's connection; where it is made only now, gateways are told to open it, or replies would wait."""
    if found := Connection.objects.filter(kind=SIMULATOR.name).order_by("id").first():
        return found
    with transaction.atomic():
        made = services.simulator()
        bump_routing()
    return made
