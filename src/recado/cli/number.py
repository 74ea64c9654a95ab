"""`recado number`: access numbers and whose they are."""

import click
from rich.console import Console
from rich.table import Table

from recado.cli.django import start
from recado.cli.errors import RefusedError
from recado.core.number import CAPABILITIES, NumberKind

KINDS = {CAPABILITIES[kind].abbreviation.replace(" ", "-"): kind for kind in NumberKind}
KIND_HELP = "ND and SC are shared; NDI, NDI-MMS and SCI belong to one account; ECO is a pool number."
SHORT = {NumberKind.SHARED_SHORT, NumberKind.INDIVIDUAL_SHORT}
"""Kinds whose digits stand as they are; carriers send all others with country code, so that is how they are kept."""


@click.group()
def number() -> None:
    """Access numbers."""
    start()


@number.command("add")
@click.argument("digits")
@click.option(
    "--kind",
    required=True,
    type=click.Choice(list(KINDS), case_sensitive=False),
    help="ND and SC are shared; NDI, NDI-MMS and SCI belong to one account; ECO is a pool number.",
)
@click.option("--account", "account_id", type=int, help="The owner of an individual number; without one it goes into stock.")
@click.option("--link", "link_name", help="The carrier link its replies leave through.")
@click.option("--label", default="", help="A name for people.")
def add(digits: str, kind: str, account_id: int | None, link_name: str | None, label: str) -> None:
    """Take a number into service. DIGITS with country code for long numbers (48503340503), as they are for short ones (4301)."""
    from django.db import transaction  # noqa: PLC0415  # after django.setup
    from django.utils import timezone  # noqa: PLC0415

    from recado.apps.billing.subscriptions import follow_number  # noqa: PLC0415
    from recado.apps.contacts.phone import parse_msisdn  # noqa: PLC0415
    from recado.apps.numbers import services  # noqa: PLC0415
    from recado.cli.lookup import account_by_id, link_by_name  # noqa: PLC0415

    try:
        with transaction.atomic():
            made = services.add_number(
                digits if KINDS[kind.upper()] in SHORT else parse_msisdn(digits) or digits,
                KINDS[kind.upper()],
                account=account_by_id(account_id) if account_id else None,
                connection=link_by_name(link_name) if link_name else None,
                label=label,
            )
            follow_number(made, None, timezone.now())
    except services.NumberError as error:
        raise RefusedError(f"{error}") from None
    place = "in stock" if made.state == "in_stock" else "in service"
    click.echo(f"{made.digits} is {place}." + ("" if link_name else " Replies need a link: recado number assign DIGITS --link NAME"))


@number.command("list")
def list_numbers() -> None:
    """List the numbers."""
    from recado.apps.numbers.models import Number  # noqa: PLC0415  # after django.setup

    table = Table("number", "kind", "state", "account", "link", "label")
    for each in Number.objects.select_related("account", "connection").order_by("digits"):
        owner = f"{each.account_id} {each.account}" if each.account else "shared"
        table.add_row(each.digits, each.capabilities.abbreviation, each.state, owner, str(each.connection or "none"), each.label)
    Console().print(table)


@number.command("assign")
@click.argument("digits")
@click.option("--account", "account_id", type=int, help="The new owner of an individual number.")
@click.option("--link", "link_name", help="The carrier link its replies leave through.")
def assign(digits: str, account_id: int | None, link_name: str | None) -> None:
    """Give a number to an account, or let its replies leave through a link."""
    from django.db import transaction  # noqa: PLC0415  # after django.setup
    from django.utils import timezone  # noqa: PLC0415

    from recado.apps.billing.subscriptions import follow_number  # noqa: PLC0415
    from recado.apps.numbers import services  # noqa: PLC0415
    from recado.cli.lookup import account_by_id, link_by_name, number_by_digits  # noqa: PLC0415

    if account_id is None and link_name is None:
        raise click.UsageError("say what to assign: --account ID, --link NAME or both")
    chosen = number_by_digits(digits)
    owner_before = chosen.account_id
    try:
        with transaction.atomic():
            services.assign_number(
                chosen,
                account=account_by_id(account_id) if account_id else None,
                connection=link_by_name(link_name) if link_name else None,
            )
            follow_number(chosen, owner_before, timezone.now())
    except services.NumberError as error:
        raise RefusedError(f"{error}") from None
    click.echo(f"{chosen.digits} is assigned.")
