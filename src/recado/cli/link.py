"""`recado link`: links to carriers."""

import click
from rich.console import Console
from rich.table import Table

from recado.cli.django import start
from recado.cli.errors import RefusedError


@click.group()
def link() -> None:
    """Links to carriers. A running gateway follows every change within a second."""
    start()


def _settings(pairs: tuple[str, ...]) -> dict[str, object]:
    settings: dict[str, object] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise click.UsageError(f"{pair!r} is no setting; write NAME=VALUE, for example port=2775")
        settings[name.replace("-", "_")] = click.prompt(name, hide_input=True) if value == "-" else value
    return settings


@link.command("add")
@click.argument("name")
@click.argument("settings", nargs=-1, metavar="SETTING=VALUE…")
@click.option("--kind", default="smpp", show_default=True)
def add(name: str, settings: tuple[str, ...], kind: str) -> None:
    """Add a link: recado link add acme host=smsc.example port=2775 system_id=me password=- (asks for it)."""
    from django.db import transaction  # noqa: PLC0415  # after django.setup

    from recado.apps.connections import services  # noqa: PLC0415
    from recado.apps.numbers.services import bump_routing  # noqa: PLC0415
    from recado.carriers.base import SettingsError  # noqa: PLC0415

    try:
        with transaction.atomic():
            services.add_connection(name, kind, _settings(settings))
            bump_routing()
    except SettingsError as error:
        raise RefusedError(f"{error}") from None
    click.echo(f"The link {name} is there. Let numbers use it: recado number assign DIGITS --link {name}")


@link.command("change")
@click.argument("name")
@click.argument("settings", nargs=-1, required=True, metavar="SETTING=VALUE…")
def change(name: str, settings: tuple[str, ...]) -> None:
    """Change settings of a link; the others stay."""
    from django.db import transaction  # noqa: PLC0415  # after django.setup

    from recado.apps.connections import services  # noqa: PLC0415
    from recado.apps.numbers.services import bump_routing  # noqa: PLC0415
    from recado.carriers.base import SettingsError  # noqa: PLC0415
    from recado.cli.lookup import link_by_name  # noqa: PLC0415

    try:
        with transaction.atomic():
            services.change_settings(link_by_name(name), _settings(settings))
            bump_routing()
    except SettingsError as error:
        raise RefusedError(f"{error}") from None
    click.echo(f"The link {name} is changed.")


@link.command("list")
def list_links() -> None:
    """List the links with the numbers that use them."""
    from recado.apps.connections.models import Connection  # noqa: PLC0415  # after django.setup

    table = Table("name", "kind", "enabled", "numbers")
    for each in Connection.objects.prefetch_related("numbers").order_by("name"):
        numbers = ", ".join(number.digits for number in each.numbers.all())
        table.add_row(each.name, each.kind, "yes" if each.is_enabled else "no", numbers)
    Console().print(table)


@link.command("show")
@click.argument("name")
def show(name: str) -> None:
    """Show a link's settings, secrets hidden."""
    from recado.carriers.registry import carrier_kind  # noqa: PLC0415
    from recado.cli.lookup import link_by_name  # noqa: PLC0415  # after django.setup

    found = link_by_name(name)
    kind = carrier_kind(found.kind)
    helps = {field.name: field.help or field.label for field in kind.fields}
    table = Table("setting", "value", "meaning", title=f"{found.name} ({kind.label})")
    for setting, value in kind.redact(found.settings).items():
        shown = ("no", "yes")[value] if isinstance(value, bool) else str(value)
        table.add_row(setting, shown, helps.get(setting, ""))
    Console().print(table)


@link.command("enable")
@click.argument("name")
def enable(name: str) -> None:
    """Open a link."""
    _set_enabled(name, is_enabled=True)


@link.command("disable")
@click.argument("name")
def disable(name: str) -> None:
    """Close a link in order and keep it closed."""
    _set_enabled(name, is_enabled=False)


def _set_enabled(name: str, *, is_enabled: bool) -> None:
    from django.db import transaction  # noqa: PLC0415  # after django.setup

    from recado.apps.connections import services  # noqa: PLC0415
    from recado.apps.numbers.services import bump_routing  # noqa: PLC0415
    from recado.cli.lookup import link_by_name  # noqa: PLC0415

    with transaction.atomic():
        services.enable(link_by_name(name), is_enabled=is_enabled)
        bump_routing()
    click.echo(f"The link {name} is {'enabled' if is_enabled else 'disabled'}.")
