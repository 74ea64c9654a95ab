"""`recado migrate`: brings the database to this version."""

import click
from rich.console import Console

from recado.cli.django import start


def pending() -> int:
    """Count the migrations that are not applied yet."""
    from django.db import connection  # noqa: PLC0415  # after django.setup
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def apply(console: Console) -> None:
    """Apply what is pending, with progress."""
    from django.core.management import call_command  # noqa: PLC0415

    count = pending()
    if not count:
        return
    with console.status(f"Preparing the database ({count} steps) …"):
        call_command("migrate", verbosity=0, interactive=False)
    console.print(f"The database is ready ({count} steps applied).")


@click.command()
def migrate() -> None:
    """Bring the database to this version; does nothing if it is there already."""
    start()
    console = Console()
    if pending():
        apply(console)
    else:
        console.print("The database is up to date.")
