"""`recado operator`: the logins of the installation's staff."""

import click
from rich.console import Console
from rich.table import Table

from recado import config
from recado.cli.django import start
from recado.cli.errors import RefusedError

ROLES = ["admin", "support", "engineer", "auditor"]
"""Those of `apps.accounts.models.OperatorRole`, which cannot be read before Django is started; a test compares them."""


@click.group()
def operator() -> None:
    """Logins of the people who run the installation."""
    start()


@operator.command("add")
@click.argument("email")
@click.option("--role", default="admin", show_default=True, type=click.Choice(ROLES), help="What they may do in the Operator Console.")
@click.option("--name", default="", help="The name others see.")
@click.option("--password", help="Asked for, and not shown, where none is given.")
@click.option("--invite", "is_invited", is_flag=True, help="Print a link instead, with which they choose name and password themselves.")
def add(email: str, role: str, name: str, password: str | None, *, is_invited: bool) -> None:
    """Let somebody into the Operator Console; a login that exists keeps its password and gets the role."""
    if is_invited:
        invite(email, role)
    else:
        add_login(email, role, name, password)


def add_login(email: str, role: str, name: str, password: str | None) -> None:
    """Make the login, or give the role to the one that is there."""
    from django.contrib.auth.password_validation import validate_password  # noqa: PLC0415  # after django.setup
    from django.core.exceptions import ValidationError  # noqa: PLC0415
    from django.core.validators import validate_email  # noqa: PLC0415

    from recado.apps.accounts.models import OperatorRole, User  # noqa: PLC0415
    from recado.apps.accounts.services import make_operator  # noqa: PLC0415
    from recado.apps.audit.services import record  # noqa: PLC0415

    try:
        validate_email(email)
        exists = User.objects.filter(email__iexact=email).exists()
        chosen = None if exists else password or click.prompt("Password", hide_input=True, confirmation_prompt=True)
        if chosen is not None:
            validate_password(chosen)
    except ValidationError as error:
        raise RefusedError(" ".join(error.messages)) from None
    user = make_operator(email, chosen, OperatorRole(role), name=name)
    record(None, None, "operator.added", user.email, user.pk, after={"role": role}, is_operator=True)
    click.echo(f"{user.email} may use the Operator Console as {role}: /operator/. The first page asks for a second factor.")


def invite(email: str, role: str) -> None:
    """Offer the role and print the link that leads to it."""
    from django.core.exceptions import ValidationError  # noqa: PLC0415  # after django.setup
    from django.core.validators import validate_email  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from recado.apps.accounts import invitations  # noqa: PLC0415
    from recado.apps.accounts.models import OperatorRole  # noqa: PLC0415
    from recado.apps.audit.services import record  # noqa: PLC0415

    try:
        validate_email(email)
        with transaction.atomic():
            _, token = invitations.invite(None, email, OperatorRole(role), None, timezone.now())
            record(None, None, "operator.invited", email, after={"role": role}, is_operator=True)
    except ValidationError as error:
        raise RefusedError(" ".join(error.messages)) from None
    except invitations.AlreadyThereError:
        raise RefusedError(f"{email} may use the Operator Console already; list them: recado operator list") from None
    days = invitations.VALID_FOR.days
    click.echo(
        f"Give {email} this link, good for {days} days and for one person: {config.load().address}{reverse('invitation', args=[token])}"
    )


@operator.command("list")
def list_operators() -> None:
    """List the people of the installation's staff."""
    from allauth.mfa.utils import is_mfa_enabled  # noqa: PLC0415  # after django.setup

    from recado.apps.accounts.staff import operators  # noqa: PLC0415

    table = Table("e-mail", "name", "role", "second factor")
    for each in operators():
        table.add_row(each.email, each.name, each.operator_role, "yes" if is_mfa_enabled(each) else "no")
    Console().print(table)
