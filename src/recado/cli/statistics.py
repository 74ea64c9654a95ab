"""`recado statistics`: counts made anew from the log. How they are kept is in `recado.apps.statistics`."""

import click

from recado.cli.django import start


@click.group()
def statistics() -> None:
    """Manage the counts behind the statistics."""
    start()


@statistics.command("rebuild")
@click.option("--account", "account_id", type=int, help="Of this account alone; of all of them if none is given.")
def rebuild(account_id: int | None) -> None:
    """Count everything anew from the first message, while receiving and pages go on."""
    from django.utils import timezone  # noqa: PLC0415  # after django.setup

    from recado.apps.accounts.models import Account  # noqa: PLC0415
    from recado.apps.statistics import rolling  # noqa: PLC0415
    from recado.cli.lookup import account_by_id  # noqa: PLC0415

    accounts = [account_by_id(account_id)] if account_id is not None else list(Account.objects.order_by("pk"))
    for account in accounts:
        rolling.rebuild(account, timezone.now())
        click.echo(f"Account {account.pk} “{account.name}”: counted anew.")
