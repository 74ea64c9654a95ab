"""Adds a colleague to an account of a running demo: `python colleague.py ACCOUNT E-MAIL NAME PASSWORD`; the environment names its data."""

import sys

import django


def main(account_name: str, email: str, name: str, password: str) -> None:
    from recado.apps.accounts.models import Account, Role
    from recado.apps.accounts.services import add_member, create_user

    add_member(Account.objects.get(name=account_name), create_user(email, password, name=name), Role.AGENT)


if __name__ == "__main__":
    django.setup()
    main(*sys.argv[1:])
