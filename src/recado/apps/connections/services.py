"""Writes about links to carriers.

What belongs here: creating and changing connections with their settings checked. What does not: opening links (the gateway), and telling
the gateway: callers bump the routing version in the same transaction (`apps.numbers.services.bump_routing`), because numbers know
connections and not the other way round.
"""

from collections.abc import Mapping

from recado.apps.connections.models import Connection
from recado.carriers.base import SettingsError
from recado.carriers.registry import carrier_kind
from recado.carriers.simulator.kind import SIMULATOR


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
