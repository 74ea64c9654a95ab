"""The staff: invited, given roles, taken out, never without an administrator; and the whole audit log, searched and exported."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from recado.apps.accounts.models import Invitation, OperatorRole, User, Visit
from recado.apps.accounts.staff import StaffError, StaffRefusal, change_operator_role, remove_operator
from recado.apps.accounts.visits import begin_visit
from recado.apps.audit.models import AuditEntry
from recado.apps.audit.services import record

TEAM, AUDIT = "/operator/team/", "/operator/audit/"


def an_operator(name: str, role: OperatorRole) -> User:
    return User.objects.create_user(f"{name}@example.com", "a long password", name=name.title(), operator_role=role)


@pytest.fixture
def admin(settings, db) -> User:
    settings.OPERATORS_NEED_SECOND_FACTOR = False
    return an_operator("olga", OperatorRole.ADMIN)


@pytest.fixture
def olga(admin: User) -> Client:
    client = Client()
    client.force_login(admin)
    return client


def test_an_operator_is_invited_by_mail(olga):
    olga.post(f"{TEAM}invite/", {"email": "Jan@example.com", "role": "engineer"})
    invitation = Invitation.objects.get()
    assert (invitation.account, invitation.operator_role) == (None, OperatorRole.ENGINEER)
    assert mail.outbox[0].to == ["jan@example.com"]
    assert "jan@example.com" in olga.get(TEAM).content.decode()
    assert AuditEntry.objects.get(action="operator.invited").after == {"operator_role": "engineer"}


def test_who_is_there_is_not_invited(olga):
    response = olga.post(f"{TEAM}invite/", {"email": "olga@example.com", "role": "engineer"})
    assert response.status_code == 422
    assert "is an operator already" in response.content.decode()


def test_an_invitation_is_withdrawn(olga):
    olga.post(f"{TEAM}invite/", {"email": "jan@example.com", "role": "engineer"})
    olga.post(f"{TEAM}invitations/{Invitation.objects.get().pk}/revoke/")
    assert Invitation.objects.get().revoked_at is not None


def test_a_role_is_changed_and_noted(olga):
    eva = an_operator("eva", OperatorRole.SUPPORT)
    olga.post(f"{TEAM}{eva.pk}/", {"role": "auditor"})
    eva.refresh_from_db()
    entry = AuditEntry.objects.get(action="operator.role_changed")
    assert (eva.operator_role, entry.before, entry.after) == ("auditor", {"operator_role": "support"}, {"operator_role": "auditor"})


def test_somebody_removed_finds_no_console_and_their_visit_ends(olga, account, settings):
    eva = an_operator("eva", OperatorRole.SUPPORT)
    begin_visit(eva, account, "A question", timezone.now(), may_change=True)
    client = Client()
    client.force_login(eva)
    olga.post(f"{TEAM}{eva.pk}/remove/")
    assert client.get("/operator/").status_code == 404
    assert Visit.objects.get().ended_at is not None
    assert AuditEntry.objects.get(account=account).action == "visit.ended"


def test_removing_asks_first(olga):
    eva = an_operator("eva", OperatorRole.SUPPORT)
    assert "Remove Eva?" in olga.get(f"{TEAM}{eva.pk}/remove/").content.decode()
    assert User.objects.get(pk=eva.pk).operator_role


def test_nobody_changes_their_own_role(olga, admin):
    assert olga.post(f"{TEAM}{admin.pk}/", {"role": "auditor"}).status_code == 422
    assert User.objects.get(pk=admin.pk).operator_role == OperatorRole.ADMIN


def test_the_last_administrator_stays(admin):
    eva = an_operator("eva", OperatorRole.ADMIN)
    User.objects.filter(pk=admin.pk).update(is_active=False)
    for refused in (lambda: remove_operator(admin, eva), lambda: change_operator_role(admin, eva, OperatorRole.AUDITOR)):
        with pytest.raises(StaffError) as caught:
            refused()
        assert caught.value.reason is StaffRefusal.LAST_ADMIN
    assert User.objects.get(pk=eva.pk).operator_role == OperatorRole.ADMIN


def test_a_customer_is_no_operator_to_change(olga, alice):
    assert olga.post(f"{TEAM}{alice.pk}/", {"role": "admin"}).status_code == 404
    assert User.objects.get(pk=alice.pk).operator_role == ""


@pytest.fixture
def log(account, alice, admin):
    record(account, alice, "keyword.reserve", "OGRODNIK", after={"word": "OGRODNIK"})
    record(None, admin, "link.added", "Łącze", is_operator=True)
    old = record(account, admin, "company.changed", before={"city": "=1+1"}, after={"city": "Kraków"}, is_operator=True)
    AuditEntry.objects.filter(pk=old.pk).update(at=timezone.now() - timedelta(days=9))


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ({}, {"keyword.reserve", "link.added", "company.changed"}),
        ({"person": "alice@"}, {"keyword.reserve"}),
        ({"person": "OLGA"}, {"link.added", "company.changed"}),
        ({"account": "róża"}, {"keyword.reserve", "company.changed"}),
        ({"kind": "link"}, {"link.added"}),
        ({"text": "łącze"}, {"link.added"}),
        ({"until": f"{timezone.localdate() - timedelta(days=5):%Y-%m-%d}"}, {"company.changed"}),
        ({"text": "nothing like it"}, set()),
    ],
)
def test_the_whole_log_is_searched(search, found, olga, log):
    assert {entry.action for entry, _words, _changes in olga.get(AUDIT, search).context["rows"]} == found


def test_the_export_names_the_account_and_holds_no_formula(olga, log):
    text = b"".join(olga.get(f"{AUDIT}export/", {"account": "róża"}).streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))
    assert [row[3] for row in rows[1:]] == ["Kwiaciarnia Róża"] * 2
    assert "'=1+1" in rows[1] + rows[2]


def test_the_log_goes_on_page_by_page(olga, admin):
    for index in range(60):
        record(None, admin, "link.added", f"Link {index}")
    older = olga.get(AUDIT).context["older"]
    assert len(olga.get(AUDIT, {"before": older}).context["rows"]) == 10
