"""`recado account`: accounts, their logins and API users."""

import secrets
from zoneinfo import available_timezones

import click
from rich.console import Console
from rich.table import Table

from recado.cli.django import start
from recado.cli.errors import RefusedError


@click.group()
def account() -> None:
    """Accounts, their logins and API tokens."""
    start()


@account.command("add")
@click.argument("name")
@click.option("--email", required=True, help="The owner's address, to sign in with.")
@click.option("--password", help="The owner's password; made up and printed where none is given.")
@click.option("--language", default="pl", show_default=True, type=click.Choice(["en", "pl"]))
@click.option("--time-zone", default="Europe/Warsaw", show_default=True)
def add(name: str, email: str, password: str | None, language: str, time_zone: str) -> None:
    """Create an account with its owner's login."""
    from django.core.exceptions import ValidationError  # noqa: PLC0415  # after django.setup
    from django.core.validators import validate_email  # noqa: PLC0415

    from recado.apps.accounts import services  # noqa: PLC0415
    from recado.apps.accounts.models import User  # noqa: PLC0415

    try:
        validate_email(email)
    except ValidationError:
        raise RefusedError(f"{email!r} is no e-mail address; write one as in owner@shop.example") from None
    if time_zone not in available_timezones():
        raise RefusedError(f"there is no time zone {time_zone!r}; write one as in Europe/Warsaw")
    if User.objects.filter(email=email).exists():
        raise RefusedError(f"{email} signs in to another account already; use another address")
    chosen = password or secrets.token_urlsafe(12)
    created = services.create_account(name, language=language, time_zone=time_zone)
    services.create_owner(created, email, chosen)
    Console(soft_wrap=True).print(
        f"Account {created.pk} “{name}” is ready. Sign in as {email}" + ("" if password else f", password {chosen}")
    )


@account.command("list")
def list_accounts() -> None:
    """List the accounts."""
    from recado.apps.accounts.models import Account  # noqa: PLC0415  # after django.setup

    table = Table("id", "name", "language", "owners and members", "API users")
    for each in Account.objects.prefetch_related("memberships__user", "api_users").order_by("id"):
        people = ", ".join(f"{member.user.email} ({member.role})" for member in each.memberships.all())
        table.add_row(str(each.pk), each.name, each.language, people, ", ".join(user.username for user in each.api_users.all()))
    Console().print(table)


@account.command("token")
@click.argument("account_id", type=int)
@click.option("--user", "username", required=True, help="The API user; made where it does not exist.")
def token(account_id: int, username: str) -> None:
    """Issue an API token; it is shown once, an earlier one of the same user ends."""
    from recado.apps.accounts import services  # noqa: PLC0415  # after django.setup
    from recado.apps.accounts.models import ApiUser  # noqa: PLC0415
    from recado.cli.lookup import account_by_id  # noqa: PLC0415

    owner = account_by_id(account_id)
    api_user = ApiUser.objects.filter(username=username).first()
    if api_user is not None and api_user.account_id != owner.pk:
        raise RefusedError(f"the API user {username} belongs to another account; choose another name")
    if api_user is None:
        password = secrets.token_urlsafe(12)
        api_user = services.create_api_user(owner, username, password)
        click.echo(f"API user {username}, password {password}")
    click.echo(f"Token: {services.issue_token(api_user)}")
