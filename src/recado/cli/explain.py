"""`recado explain`: tries a text on a number with the production rules; nothing is stored or sent."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from html import unescape

import click
from django.utils.html import strip_tags
from rich.console import Console
from rich.markup import escape

from recado.cli.django import start
from recado.core.action import ACTION_NAMES, Action
from recado.core.decide import Decision

VERSION = 1
"""Of the JSON: raised when a field goes or changes its meaning, not when one is added. `docs/reference/cli.md` describes it."""
_UNTOLD = frozenset({"is_direct", "ceiling", "charge", "is_owed", "result", "survey_id"})
_MOMENTS = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d")


@click.command()
@click.argument("text")
@click.option("--to", "recipient", required=True, metavar="NUMBER", help="The number the text is sent to: 503340503, 4301 …")
@click.option("--from", "sender", default="48600000001", show_default=True, metavar="PHONE", help="The phone it is sent from.")
@click.option("--at", "moment", type=click.DateTime(_MOMENTS), help="When it arrives, in UTC: 2026-11-21T22:00. Now, unless given.")
@click.option("--json", "as_json", is_flag=True, help="Print the decision as JSON.")
def explain(text: str, recipient: str, sender: str, moment: datetime | None, *, as_json: bool) -> None:
    """Say what TEXT would do on a number, and why."""
    start()
    from recado.apps.contacts.phone import parse_msisdn  # noqa: PLC0415  # after django.setup
    from recado.apps.dialogues.queries import sole_writer  # noqa: PLC0415
    from recado.apps.keywords.dry_run import would_happen  # noqa: PLC0415
    from recado.cli.lookup import number_by_digits  # noqa: PLC0415
    from recado.panel.trail_words import steps  # noqa: PLC0415

    number = number_by_digits(recipient)
    phone, now = parse_msisdn(sender) or sender, moment.replace(tzinfo=UTC) if moment else datetime.now(UTC)
    decision = would_happen(number.digits, phone, text, now, sole_writer(number, phone, now))
    if as_json:
        asked = {"text": text, "from": phone, "to": number.digits, "at": now.isoformat()}
        click.echo(json.dumps({"version": VERSION, **asked, **_values(decision)}, ensure_ascii=False, indent=2, default=_plain))
        return
    console = Console(highlight=False, soft_wrap=True)
    marks = {"yes": "[green]✓[/]", "no": "[dim]–[/]", "bad": "[red]![/]"}
    for step in steps(decision.trail):
        console.print(f" {marks[step.tone]} {escape(unescape(strip_tags(step.sentence)))}")
    console.print("[dim]Nothing was stored or sent.[/]")


def _told(action: Action) -> dict[str, object]:
    """Return the fields of an action that are documented."""
    return {name: value for name, value in asdict(action).items() if name not in _UNTOLD}


def _values(decision: Decision) -> dict[str, object]:
    return {
        "account_id": decision.account_id,
        "number_id": decision.number_id,
        "keyword_id": decision.keyword_id,
        "rule_id": decision.rule_id,
        "argument": decision.argument,
        "actions": [{"action": ACTION_NAMES[type(action)], **_told(action)} for action in decision.actions],
        "trail": [{"step": entry.step.value, **entry.values} for entry in decision.trail],
    }


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(value)
