"""`recado explain`: tries a text on a number with the production engine; nothing is stored or sent."""

import json
import sys

import click
from rich.console import Console
from rich.markup import escape

from recado.cli.django import start


@click.command()
@click.argument("text")
@click.option("--to", "recipient", required=True, metavar="NUMBER", help="The number the text is sent to: 503340503, 4301 …")
@click.option("--from", "sender", default="+48600000001", show_default=True, metavar="PHONE", help="The phone it is sent from.")
@click.option("--json", "as_json", is_flag=True, help="Print the decision as JSON.")
def explain(text: str, recipient: str, sender: str, *, as_json: bool) -> None:
    """Say what TEXT would do on a number, and why."""
    start()
    from recado.apps.inbox.dry_run import dry_run  # noqa: PLC0415  # after django.setup

    result = dry_run(text, recipient=recipient, sender=sender)
    if as_json:
        click.echo(json.dumps(result.as_json(), ensure_ascii=False, indent=2))
    else:
        console = Console(highlight=False)
        for position, sentence in enumerate(result.sentences(), 1):
            console.print(f"{position:>2}. {escape(sentence)}")
        console.print("[dim]Nothing was stored or sent.[/]")
    sys.exit(0)
