"""An operator in a customer's account: for a reason, for half an hour, looking only unless asked for more, and never in secret."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from panel import doors_sign_in
from panel.conversations import dialogue, received
from panel.doors import Door
from panel.test_doors import CUSTOMERS, DOORS
from recado.apps.accounts.models import Account, OperatorRole, User, Visit
from recado.apps.accounts.queries import running_visit
from recado.apps.accounts.visits import end_visits_of
from recado.apps.audit.models import AuditEntry
from recado.apps.contacts.models import Group
from recado.apps.outbox.models import OutboundMessage
from recado.panel import fragments

OWN_LOGIN = doors_sign_in.DOORS.keys()
"""Addresses about the operator's own login, which no visit changes."""


@pytest.fixture
def operator(settings, db) -> User:
    settings.OPERATORS_NEED_SECOND_FACTOR = False
    return User.objects.create_user("olga@example.com", "a long password", name="Olga", operator_role=OperatorRole.SUPPORT, language="en")


@pytest.fixture
def olga(operator: User) -> Client:
    client = Client()
    client.force_login(operator)
    return client


def visit(client: Client, account: Account, **fields):
    return client.post(f"/operator/accounts/{account.pk}/visit/", {"reason": "They asked about a reply", **fields})


def run_out(visit: Visit) -> None:
    Visit.objects.filter(pk=visit.pk).update(expires_at=timezone.now() - timedelta(seconds=1))


def test_a_visit_needs_a_reason(olga, account):
    assert visit(olga, account, reason=" ").status_code == 422
    assert not Visit.objects.exists()


def test_a_visitor_sees_the_customers_pages_under_a_banner(olga, account):
    received(dialogue(account), "Dzień dobry")
    assert visit(olga, account)["Location"] == reverse("start")
    page = olga.get("/inbox/").content.decode()
    assert "You are looking at Kwiaciarnia Róża as operator until" in page
    assert "Read-only." in page
    assert "Dzień dobry" in page


def test_members_see_no_banner(alice_client):
    assert "as operator until" not in alice_client.get("/inbox/").content.decode()


@pytest.mark.parametrize("name", [name for name in CUSTOMERS if name not in OWN_LOGIN])
def test_nothing_is_changed_at_any_address_during_a_visit_that_looks(name, olga, account, alice):
    door = DOORS[name]
    assert isinstance(door, Door)
    arguments = door.objects(account, alice)
    visit(olga, account)
    response = olga.post(reverse(name, kwargs=arguments), door.data)
    assert response.status_code == 403 if door.method == "post" else response.status_code in {403, 405}


def test_a_visit_that_may_change_things_changes_them_and_says_who_it_was(olga, account):
    visit(olga, account, may_change="on")
    assert "You can change things." in olga.get("/groups/").content.decode()
    olga.post("/settings/company/", {"name": "Róża", "language": "pl", "time_zone": "Europe/Warsaw"})
    olga.post("/groups/", {"name": "Ogród"})
    assert Group.objects.filter(account=account, name="Ogród").exists()
    assert AuditEntry.objects.get(action="company.changed").is_operator


@pytest.mark.parametrize("name", ["developers-key-new", "developers-key-token", "developers-key-password"])
def test_a_visitor_is_given_no_key_that_would_outlast_the_visit(name, olga, account, alice):
    arguments = DOORS[name].objects(account, alice)
    visit(olga, account, may_change="on")
    assert olga.post(reverse(name, kwargs=arguments), {"name": "Mine", "rights": "everything"}).status_code == 403
    assert reverse(name, kwargs=arguments) not in olga.get("/developers/").content.decode()


def test_an_auditor_looks_and_cannot_ask_for_more(olga, operator, account):
    User.objects.filter(pk=operator.pk).update(operator_role=OperatorRole.AUDITOR)
    assert "may_change" not in olga.get(f"/operator/accounts/{account.pk}/visit/").content.decode()
    visit(olga, account, may_change="on")
    assert not Visit.objects.get().may_change


def test_beginning_and_leaving_are_in_the_customers_log(olga, account, alice_client):
    visit(olga, account)
    assert olga.post("/operator/visit/leave/")["Location"] == f"/operator/accounts/{account.pk}/"
    assert olga.get("/inbox/").status_code == 404
    log = AuditEntry.objects.filter(account=account).order_by("pk")
    assert [(one.action, one.object_name, one.is_operator) for one in log] == [
        ("visit.started", "They asked about a reply", True),
        ("visit.ended", "They asked about a reply", True),
    ]
    assert "An operator opened the account: They asked about a reply" in alice_client.get("/settings/activity/").content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_visit_whose_time_is_up_leads_back_to_the_console_and_does_nothing(method, olga, account):
    visit(olga, account, may_change="on")
    run_out(Visit.objects.get())
    response = getattr(olga, method)("/groups/", {"name": "Ogród"}, follow=True)
    assert response.request["PATH_INFO"] == f"/operator/accounts/{account.pk}/"
    assert "The visit is over." in response.content.decode()
    assert not Group.objects.exists()
    assert AuditEntry.objects.filter(action="visit.ended").count() == 1


def test_a_second_visit_ends_the_first(olga, account, charlie):
    visit(olga, account)
    visit(olga, charlie.memberships.get().account)
    assert [one.ended_at is None for one in Visit.objects.order_by("pk")] == [False, True]
    assert AuditEntry.objects.get(action="visit.ended").account == account


def test_what_changes_live_is_shown_as_long_as_the_visit_lasts(olga, operator, account):
    conversation = dialogue(account)
    received(conversation, "Dzień dobry")
    assert fragments.render("message", account.pk, conversation.pk, operator, "en") == ""
    visit(olga, account)
    assert "Dzień dobry" in fragments.render("message", account.pk, conversation.pk, operator, "en")
    end_visits_of(operator, timezone.now())
    assert fragments.render("message", account.pk, conversation.pk, operator, "en") == ""


def test_a_visit_belongs_to_whoever_began_it(olga, operator, account, alice):
    visit(olga, account)
    begun = Visit.objects.get()
    assert running_visit(operator, begun.pk) == begun
    assert running_visit(alice, begun.pk) is None


def test_a_suspended_account_can_be_visited(olga, operator, account):
    Account.objects.filter(pk=account.pk).update(is_suspended=True)
    visit(olga, account)
    assert olga.get("/inbox/").status_code == 200
    conversation = dialogue(account)
    received(conversation, "Dzień dobry")
    assert "Dzień dobry" in fragments.render("message", account.pk, conversation.pk, operator, "en")


def test_a_visitor_cannot_answer(olga, account):
    conversation = dialogue(account)
    visit(olga, account)
    assert olga.post(f"/inbox/{conversation.pk}/send/", {"text": "Hi"}).status_code == 403
    assert not OutboundMessage.objects.exists()
