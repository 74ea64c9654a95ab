"""The list of commands. Each is imported only when it is called, so that `recado --help` is quick."""

from importlib import import_module

import click

import recado

COMMANDS = {
    "serve": "Start everything in one process: carriers, panel, API.",
    "demo": "Load the demo data and print its logins.",
    "migrate": "Bring the database to this version.",
    "account": "Accounts, their logins and API tokens.",
    "operator": "Logins of the people who run the installation.",
    "number": "Access numbers.",
    "link": "Links to carriers.",
    "explain": "Say what a text would do, without doing it.",
    "statistics": "Counts behind the statistics.",
    "verify-draw": "Run a draw again from its protocol, without a database.",
    "doctor": "Say what is wrong with this installation and what to do.",
}


class Lazy(click.Group):
    """A group whose commands live in modules of the same name, with `_` for `-`."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's interface
        """Name the commands in the order a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        command = getattr(import_module(f"recado.cli.{name}"), name)
        assert isinstance(command, click.Command)  # noqa: S101  # a fault of ours, not of the caller
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(recado.__version__, package_name="recado")
def root() -> None:
    """Recado receives, routes and answers SMS and MMS for many businesses.

    Settings come from the environment: RECADO_PORT, RECADO_DATA, RECADO_DATABASE_URL …
    """
