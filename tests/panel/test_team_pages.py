"""Pages of the team: who sees them, changing roles, removing people, the table of roles that cannot lie."""

import pytest
from django.test import Client
from django.urls import reverse

from panel.conversations import dialogue
from recado.apps.accounts.models import Membership, Role, User
from recado.apps.accounts.services import add_member, create_user
from recado.apps.audit.models import AuditEntry
from recado.panel.role_words import EXPLANATIONS, NAMES
from recado.panel.settings.roles import abilities


def of(user: User) -> Membership:
    return user.memberships.get()


def test_every_role_has_a_name_and_an_explanation():
    assert NAMES.keys() == EXPLANATIONS.keys() == set(Role)


def test_a_role_is_changed_and_the_change_is_logged(alice_client, bob):
    alice_client.post(reverse("settings-member", args=[of(bob).pk]), {"role": "editor"})
    assert of(bob).role == Role.EDITOR
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.object_name, entry.before, entry.after) == (
        "member.role_changed",
        "Bob",
        {"role": "agent"},
        {"role": "editor"},
    )


def test_removing_somebody_frees_their_conversations_and_shuts_them_out(account, alice_client, bob, client):
    thread = dialogue(account)
    thread.assignee = bob
    thread.save()
    page = reverse("settings-member-remove", args=[of(bob).pk])
    assert "Remove Bob from the team?" in alice_client.get(page).content.decode()
    alice_client.post(page)
    thread.refresh_from_db()
    assert thread.assignee is None
    client.force_login(bob)
    assert client.get("/inbox/").status_code == 404
    assert AuditEntry.objects.get().action == "member.removed"


def test_an_owner_is_told_why_nobody_changes_themselves(alice, alice_client):
    page = reverse("settings-member", args=[of(alice).pk])
    assert "Nobody changes their own role." in alice_client.get(page).content.decode()
    response = alice_client.post(page, {"role": "viewer"})
    assert response.status_code == 422
    assert of(alice).role == Role.OWNER
    assert not AuditEntry.objects.exists()


def test_a_manager_makes_and_removes_no_owner(account, alice, bob, client):
    add_member(account, bob, Role.ADMIN)
    client.force_login(bob)
    vera = add_member(account, create_user("new@example.com", None), Role.VIEWER)
    assert client.post(reverse("settings-member", args=[vera.pk]), {"role": "owner"}).status_code == 422
    client.post(reverse("settings-member-remove", args=[of(alice).pk]))
    assert of(alice).role == Role.OWNER


def test_who_manages_nothing_sees_the_team_without_sign_ins(vera_client, alice):
    page = vera_client.get(reverse("settings-team")).content.decode()
    assert "alice@example.com" in page
    assert "Last sign-in" not in page
    assert reverse("settings-member", args=[of(alice).pk]) not in page


REACH = [
    ("get", "/inbox/", {}),
    ("post", "/inbox/{dialogue}/state/", {"state": "done"}),
    ("post", "/settings/hours/days-off/", {"day": "2027-05-04"}),
    ("get", "/sends/new/", {}),
    ("get", "/settings/company/", {}),
    ("get", "/settings/team/{member}/", {}),
]
"""For each ability, in their order, something it opens; making owners has a test of its own."""


@pytest.mark.parametrize("role", Role)
def test_the_table_of_roles_says_what_the_pages_do(role, account, alice, client: Client):
    somebody = add_member(account, create_user("somebody@example.com", None), role)
    client.force_login(somebody.user)
    places = {"dialogue": dialogue(account).pk, "member": of(alice).pk}
    opened = [getattr(client, method)(path.format(**places), data).status_code != 403 for method, path, data in REACH]
    assert opened == [marks[list(Role).index(role)] for _label, marks in list(abilities())[: len(REACH)]]


def test_the_team_costs_few_queries_however_large(account, alice_client, django_assert_max_num_queries):
    for number in range(30):
        add_member(account, create_user(f"agent{number}@example.com", None), Role.AGENT)
    with django_assert_max_num_queries(10):
        assert alice_client.get(reverse("settings-team")).status_code == 200
