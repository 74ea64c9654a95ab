"""`recado doctor`: says what is wrong with the installation and what to do. The checks themselves are in `recado.server.checkup`."""

import sys

import click
from rich.console import Console

from recado import config
from recado.cli.django import start
from recado.server.checkup import Finding, Severity, examine

MARKS = {Severity.GOOD: "[green]ok[/]", Severity.NOTE: "[yellow]note[/]", Severity.BAD: "[red]wrong[/]"}


@click.command()
def doctor() -> None:
    """Examine this installation; exit with 1 if something is wrong."""
    settings = config.load()
    start()
    console = Console(highlight=False, soft_wrap=True)
    findings: list[Finding] = []
    for finding in examine(settings):
        findings.append(finding)
        console.print(f"{MARKS[finding.severity]:>18}  {finding.what}: {finding.found}")
        if finding.advice:
            console.print(f"            → {finding.advice}")
    wrong = sum(finding.severity is Severity.BAD for finding in findings)
    console.print("Everything is in order." if not wrong else f"{wrong} to mend.")
    sys.exit(1 if wrong else 0)
