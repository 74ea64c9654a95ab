"""Roles offered by e-mail: whom they let in, and when they end."""

from datetime import timedelta

import pytest
from django.utils import timezone

from recado.apps.accounts.invitations import (
    AlreadyThereError,
    InvitationGoneError,
    WrongPersonError,
    accept,
    find_invitation,
    invite,
    join,
    open_invitations,
    revoke,
)
from recado.apps.accounts.models import Account, Invitation, Membership, OperatorRole, Role, User
from recado.apps.accounts.services import add_member, create_account, create_user

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def account() -> Account:
    return create_account("Kwiaciarnia Róża")


@pytest.fixture
def owner(account: Account) -> User:
    owner = create_user("alice@example.com", "a long password")
    add_member(account, owner, Role.OWNER)
    return owner


def test_the_link_finds_the_invitation_and_the_token_is_not_kept(account: Account, owner: User):
    invitation, token = invite(account, " Dora@Example.com ", Role.AGENT, owner, NOW)
    assert find_invitation(token, NOW) == invitation
    assert invitation.email == "dora@example.com"
    assert token not in str(list(Invitation.objects.values()))
    assert find_invitation("another token", NOW) is None


def test_an_invitation_ends_after_seven_days(account: Account, owner: User):
    _, token = invite(account, "dora@example.com", Role.AGENT, owner, NOW)
    assert find_invitation(token, NOW + timedelta(days=6, hours=23))
    assert find_invitation(token, NOW + timedelta(days=7)) is None


def test_a_second_invitation_replaces_the_first(account: Account, owner: User):
    _, first = invite(account, "dora@example.com", Role.AGENT, owner, NOW)
    again, second = invite(account, "DORA@example.com", Role.EDITOR, owner, NOW)
    assert find_invitation(first, NOW) is None
    assert find_invitation(second, NOW) == again
    assert list(open_invitations(account, NOW)) == [again]


def test_a_withdrawn_invitation_lets_nobody_in(account: Account, owner: User):
    invitation, token = invite(account, "dora@example.com", Role.AGENT, owner, NOW)
    revoke(invitation)
    assert find_invitation(token, NOW) is None
    with pytest.raises(InvitationGoneError):
        join(invitation, "Dora", "a long password", "en")
    assert not User.objects.filter(email="dora@example.com").exists()


def test_who_joins_has_the_role_and_the_link_works_once(account: Account, owner: User):
    invitation, token = invite(account, "dora@example.com", Role.EDITOR, owner, NOW)
    dora = join(invitation, "Dora", "a long password", "pl")
    assert (dora.name, dora.language, dora.check_password("a long password")) == ("Dora", "pl", True)
    assert Membership.objects.get(account=account, user=dora).role == Role.EDITOR
    assert find_invitation(token, NOW) is None
    with pytest.raises(InvitationGoneError):
        accept(invitation, dora)


def test_members_are_not_invited_again(account: Account, owner: User):
    with pytest.raises(AlreadyThereError):
        invite(account, "Alice@example.com", Role.AGENT, owner, NOW)


def test_only_the_invited_address_can_take_it(account: Account, owner: User):
    invitation, token = invite(account, "dora@example.com", Role.AGENT, owner, NOW)
    with pytest.raises(WrongPersonError):
        accept(invitation, create_user("eve@example.com", "a long password"))
    assert find_invitation(token, NOW)


def test_a_role_somebody_got_meanwhile_stays(account: Account, owner: User):
    invitation, _ = invite(account, "dora@example.com", Role.VIEWER, owner, NOW)
    dora = create_user("dora@example.com", "a long password")
    add_member(account, dora, Role.OWNER)
    accept(invitation, dora)
    assert Membership.objects.get(account=account, user=dora).role == Role.OWNER


def test_nobody_joins_under_an_address_that_has_a_login(account: Account, owner: User):
    invitation, _ = invite(account, "dora@example.com", Role.AGENT, owner, NOW)
    create_user("dora@example.com", "a long password")
    with pytest.raises(AlreadyThereError):
        join(invitation, "Dora", "another password", "en")


def test_operators_are_invited_to_no_account(owner: User):
    invitation, _ = invite(None, "olga@example.com", OperatorRole.SUPPORT, owner, NOW)
    olga = join(invitation, "Olga", "a long password", "en")
    assert olga.operator_role == OperatorRole.SUPPORT
    assert not Membership.objects.filter(user=olga).exists()
    with pytest.raises(AlreadyThereError):
        invite(None, "olga@example.com", OperatorRole.ADMIN, owner, NOW)


def test_roles_of_customers_and_of_staff_are_not_mixed_up(account: Account, owner: User):
    with pytest.raises(TypeError):
        invite(account, "dora@example.com", OperatorRole.ADMIN, owner, NOW)
    with pytest.raises(TypeError):
        invite(None, "dora@example.com", Role.OWNER, owner, NOW)
