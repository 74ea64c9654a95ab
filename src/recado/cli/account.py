"""`recado account`: accounts, their logins and API users."""

import secrets
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

import click
from rich.console import Console
from rich.table import Table

from recado.cli.django import start
from recado.cli.errors import RefusedError

if TYPE_CHECKING:
    from recado.apps.accounts.models import ApiUser


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
@click.option("--name", default="", help="What a new API user is for; its user name where none is given.")
@click.option("--scope", "scopes", multiple=True, help="A right of a new API user, several times for several; everything if none is given.")
def token(account_id: int, username: str, name: str, scopes: tuple[str, ...]) -> None:
    """Issue an API token; it is shown once, an earlier one of the same user ends."""
    from recado.apps.accounts import api_users  # noqa: PLC0415  # after django.setup
    from recado.apps.accounts.models import ApiUser  # noqa: PLC0415
    from recado.apps.accounts.scopes import Scope  # noqa: PLC0415
    from recado.cli.lookup import account_by_id  # noqa: PLC0415

    owner = account_by_id(account_id)
    found = ApiUser.objects.filter(username=username).first()
    if found is not None:
        _check_existing(found, owner.pk, has_content=bool(name or scopes))
        click.echo(f"Token: {api_users.new_token(found)}")
        return
    if unknown := [scope for scope in scopes if scope not in Scope]:
        raise RefusedError(f"there is no right {unknown[0]!r}; choose from {', '.join(Scope.values)}")
    content = api_users.KeyContent(name=name or username, scopes=api_users.scopes_of(scopes) if scopes else None)
    try:
        _made, made = api_users.make_key(owner, content, username=username)
    except api_users.ApiUserError:
        raise RefusedError(f"{username!r} is no user name; write 3 to 64 letters without accents, digits, dots, hyphens") from None
    click.echo(f"API user {username}, password {made.password}")
    click.echo(f"Token: {made.token}")


def _check_existing(found: "ApiUser", account_id: int, *, has_content: bool) -> None:
    from django.utils import timezone  # noqa: PLC0415  # after django.setup

    if found.account_id != account_id:
        raise RefusedError(f"the API user {found.username} belongs to another account; choose another name")
    if has_content:
        raise RefusedError(f"the API user {found.username} is there already; change its name and rights in the panel under API")
    if found.token_expires_at is not None and found.token_expires_at <= timezone.now():
        raise RefusedError(f"the API user {found.username} has expired; give it a later last day in the panel under API")
