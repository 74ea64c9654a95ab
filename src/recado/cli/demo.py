"""`recado demo`: loads the demo data once and prints how to get in."""

import os

import click
from rich.console import Console

from recado import config
from recado.cli.django import start


@click.command()
def demo() -> None:
    """Load three demo accounts with numbers, keywords, contacts, history and money; does nothing if they are there."""
    os.environ.setdefault("RECADO_ALLOW_PRIVATE_FORWARDS", "yes")
    settings = config.load()
    start()
    from recado.cli.migrate import apply  # noqa: PLC0415  # after django.setup

    console = Console(highlight=False, soft_wrap=True)
    apply(console)
    load_and_print(console, settings)


def load_and_print(console: Console, settings: config.Config) -> None:
    """Load what is missing and print logins and the API token."""
    from recado.server.demo import load  # noqa: PLC0415  # after django.setup

    with console.status("Loading the demo data …"):
        access = load(settings)
    console.print("\n[bold]Demo data[/] (all of it is invented)")
    for login in access.logins:
        console.print(f"  {login.account:<18} {login.email:<26} password: {login.password}")
    console.print(f"  {'API':<18} user: demo, password: demo, token: {access.token}")
    if settings.operators_need_second_factor:
        console.print(
            "  The Operator Console wants a second factor. To look around without: RECADO_OPERATORS_NEED_SECOND_FACTOR=no make run"
        )
    console.print("  Try it: sign in, open the phone simulator and text [bold]Gardener[/] to 503 340 503.")
