"""Accounts, members and programs' logins."""

import pytest
from django.db import IntegrityError, transaction

from recado.apps.accounts import queries, services
from recado.apps.accounts.models import ApiUser, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def account():
    return services.create_account("Alice Flowers", language="en")


def test_an_owner_is_a_login_with_a_role_in_the_account(account):
    alice = services.create_owner(account, "alice@EXAMPLE.com", "a long password", name="Alice")
    assert alice.email == "alice@example.com"
    assert alice.check_password("a long password")
    membership = queries.membership_for(alice, account.pk)
    assert membership is not None
    assert membership.role == Role.OWNER
    assert queries.first_membership(alice) == membership
    assert list(queries.accounts_of(alice)) == [account]


def test_a_stranger_has_no_role_and_no_account(account):
    charlie = services.create_user("charlie@example.com", None)
    assert queries.membership_for(charlie, account.pk) is None
    assert queries.first_membership(charlie) is None
    assert not charlie.has_usable_password()
    assert not queries.accounts_of(charlie).exists()


def test_adding_a_member_again_changes_the_role(account):
    bob = services.create_user("bob@example.com", "a long password")
    services.add_member(account, bob, Role.VIEWER)
    services.add_member(account, bob, Role.ADMIN)
    assert [membership.role for membership in bob.memberships.all()] == [Role.ADMIN]


def test_neither_password_nor_token_of_a_program_is_stored(account):
    api_user = services.create_api_user(account, "demo", "a secret")
    token = services.issue_token(api_user)
    assert len(token) == 32
    assert int(token, 16) >= 0
    stored = " ".join(map(str, ApiUser.objects.values_list().get()))
    assert token not in stored
    assert "a secret" not in stored


def test_a_program_is_found_by_its_latest_token_only(account):
    api_user = services.create_api_user(account, "demo", "a secret")
    old, new = services.issue_token(api_user), services.issue_token(api_user)
    assert queries.api_user_by_token(new) == api_user
    assert queries.api_user_by_token(old) is None
    assert queries.api_user_by_token("") is None


def test_user_names_of_programs_are_unique_on_the_installation(account):
    services.create_api_user(account, "demo", "a secret")
    with pytest.raises(IntegrityError), transaction.atomic():
        services.create_api_user(services.create_account("Other"), "demo", "x")
    assert ApiUser.objects.get().account == account
