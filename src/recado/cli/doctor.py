"""`recado doctor`: says what is wrong with the installation and what to do. The checks are in `recado.apps.installation.checkup`."""

import sys
from typing import TYPE_CHECKING

import click
from rich.console import Console

from recado import config
from recado.cli.django import start

if TYPE_CHECKING:
    from recado.apps.installation.checkup import Finding

MARKS = {"GOOD": "[green]ok[/]", "NOTE": "[yellow]note[/]", "BAD": "[red]wrong[/]"}


@click.command()
@click.option("--books", is_flag=True, help="Recount balances, reserved money and counters from the beginning, and nothing else.")
def doctor(books: bool) -> None:
    """Examine this installation; exit with 1 if something is wrong."""
    settings = config.load()
    start()
    from recado.apps.installation.checkup import Severity, examine, recount  # noqa: PLC0415  # after django.setup

    console = Console(highlight=False, soft_wrap=True)
    findings: list[Finding] = []
    for finding in recount() if books else examine(settings):
        findings.append(finding)
        console.print(f"{MARKS[finding.severity.name]:>18}  {finding.what}: {finding.found}")
        if finding.advice:
            console.print(f"            → {finding.advice}")
    wrong = sum(finding.severity is Severity.BAD for finding in findings)
    console.print("Everything is in order." if not wrong else f"{wrong} to mend.")
    sys.exit(1 if wrong else 0)
