"""`recado serve`: everything in one process."""

import errno
import os
import socket

import click
from rich.console import Console

from recado import config
from recado.cli.django import start


@click.command()
@click.option("--demo", is_flag=True, help="Load demo data first and print its logins.")
def serve(*, demo: bool) -> None:
    """Start carriers, panel and API on RECADO_HOST and RECADO_PORT."""
    if demo:
        os.environ.setdefault("RECADO_ALLOW_PRIVATE_FORWARDS", "yes")  # the demo forwards to itself
    settings = config.load()
    refuse_taken_port(settings.host, settings.port)
    start()
    from recado.cli.migrate import apply  # noqa: PLC0415  # after django.setup
    from recado.server.process import run  # noqa: PLC0415

    console = Console(highlight=False, soft_wrap=True)
    apply(console)
    if demo:
        from recado.cli.demo import load_and_print  # noqa: PLC0415

        load_and_print(console, settings)
    console.print(f"\n[bold]Recado: http://{settings.host}:{settings.port}[/]   (data in {settings.data}, stop with Ctrl+C)\n")
    run(settings, with_demo_receiver=demo)


def refuse_taken_port(host: str, port: int) -> None:
    """Raise OSError(EADDRINUSE) before anything is started if the port is taken."""
    if port == 0:
        return
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise
            raise config.ConfigError(f"RECADO_HOST is {host!r}, which this machine cannot listen on ({error.strerror})") from None
