"""Who may change whom in a team: a table of every case, and the owner that always stays."""

import pytest

from recado.apps.accounts.models import Membership, Role
from recado.apps.accounts.queries import members_of
from recado.apps.accounts.services import add_member, create_account, create_user
from recado.apps.accounts.team import Refusal, TeamError, change_role, remove_member, roles_given_by

pytestmark = pytest.mark.django_db

BELOW_OWNER = set(Role) - {Role.OWNER}
NO_MANAGERS = set(Role) - {Role.OWNER, Role.ADMIN}


@pytest.fixture
def account():
    return create_account("Kwiaciarnia Róża", language="en")


@pytest.fixture
def member(account):
    def make(role: Role, name: str = "somebody") -> Membership:
        return add_member(account, create_user(f"{name}-{Membership.objects.count()}@example.com", None, name=name), role)

    return make


def test_owners_give_every_role_managers_all_but_owner_others_none():
    assert set(roles_given_by(Role.OWNER)) == set(Role)
    assert set(roles_given_by(Role.ADMIN)) == BELOW_OWNER
    assert all(roles_given_by(role) == () for role in NO_MANAGERS)


@pytest.mark.parametrize("by", Role)
@pytest.mark.parametrize("before", Role)
@pytest.mark.parametrize("after", Role)
def test_every_change_of_a_role(by, before, after, member):
    member(Role.OWNER)  # so that no case is about the last one
    manager, target = member(by), member(before)
    given = {Role.OWNER: set(Role), Role.ADMIN: BELOW_OWNER}.get(by, set())
    if {before, after} <= given:
        change_role(manager, target, after)
    else:
        with pytest.raises(TeamError) as refused:
            change_role(manager, target, after)
        assert refused.value.reason is Refusal.NOT_YOURS_TO_GIVE
    target.refresh_from_db()
    assert target.role == (after if {before, after} <= given else before)


@pytest.mark.parametrize("by", Role)
@pytest.mark.parametrize("who", Role)
def test_every_removal(by, who, member):
    member(Role.OWNER)
    manager, target = member(by), member(who)
    may = by == Role.OWNER or (by == Role.ADMIN and who != Role.OWNER)
    if may:
        remove_member(manager, target)
    else:
        with pytest.raises(TeamError):
            remove_member(manager, target)
    assert Membership.objects.filter(pk=target.pk).exists() is not may


def test_nobody_changes_or_removes_themselves(member):
    member(Role.OWNER)
    alice = member(Role.OWNER)
    for change in (lambda: change_role(alice, alice, Role.VIEWER), lambda: remove_member(alice, alice)):
        with pytest.raises(TeamError) as refused:
            change()
        assert refused.value.reason is Refusal.OWN_ROLE


def test_the_last_owner_stays_whoever_asks(account, member):
    alice = member(Role.OWNER)
    former = Membership(account=account, user=create_user("former@example.com", None), role=Role.OWNER)  # an owner of a moment ago
    for change in (lambda: change_role(former, alice, Role.ADMIN), lambda: remove_member(former, alice)):
        with pytest.raises(TeamError) as refused:
            change()
        assert refused.value.reason is Refusal.LAST_OWNER
    assert change_role(former, alice, Role.OWNER) is None


def test_the_team_is_listed_by_name_with_its_second_factors(account, member):
    from allauth.mfa.models import Authenticator

    zoe, adam = member(Role.AGENT, "Zoe"), member(Role.OWNER, "Adam")
    Authenticator.objects.create(user=adam.user, type=Authenticator.Type.TOTP, data={})
    Authenticator.objects.create(user=zoe.user, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert [(each.user.name, each.has_second_factor) for each in members_of(account)] == [("Adam", True), ("Zoe", False)]


@pytest.mark.parametrize("before", Role)
@pytest.mark.parametrize("after", Role)
def test_a_program_gives_what_a_manager_gives(before, after, member):
    member(Role.OWNER)
    target = member(before)
    if Role.OWNER in {before, after}:
        with pytest.raises(TeamError) as refused:
            change_role(None, target, after)
        assert refused.value.reason is Refusal.NOT_YOURS_TO_GIVE
    else:
        change_role(None, target, after)
    assert Membership.objects.get(pk=target.pk).role == (before if Role.OWNER in {before, after} else after)


def test_a_program_removes_everybody_but_owners(member):
    owner, agent = member(Role.OWNER), member(Role.AGENT)
    member(Role.OWNER)
    remove_member(None, agent)
    with pytest.raises(TeamError):
        remove_member(None, owner)
    assert set(Membership.objects.values_list("role", flat=True)) == {Role.OWNER}
