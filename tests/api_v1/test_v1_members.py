"""`/groups/{group_id}/members`."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from recado.apps.audit.models import AuditEntry
from recado.apps.contacts import memberships
from recado.apps.contacts.models import GroupMembership, OptOut
from recado.apps.contacts.opt_outs import opt_out
from recado.apps.contacts.services import add_contact, add_group

EWA, JAN, OLA = "48604218377", "48501222333", "48500000001"


@pytest.fixture
def group(account):
    return add_group(account, "Gardeners")


def test_people_join_by_contact_or_phone_and_what_became_of_each_is_said(api, account, group):
    jan, ola = add_contact(account, JAN, {}, [group.pk]), add_contact(account, OLA)
    opt_out(account, OLA, OptOut.Scope.ACCOUNT, now=timezone.now())
    body = {"contact_ids": [jan.pk, ola.pk, 1], "phones": [f"+{EWA}", "604 218 377"]}
    answer = api("post", f"/groups/{group.pk}/members", body).json()
    assert [(one["phone"], one["is_new_contact"], one["outcome"]) for one in answer["members"]] == [
        (f"+{OLA}", False, "opted-out"),
        (f"+{JAN}", False, "already-there"),
        (f"+{EWA}", True, "joined"),
    ]
    assert answer["not_found"] == [1]
    again = api("post", f"/groups/{group.pk}/members", {"phones": [EWA]}).json()["members"][0]
    assert (again["is_new_contact"], again["outcome"]) == (False, "already-there")
    entries = [(one.action, one.object_name, one.after) for one in AuditEntry.objects.all()]
    assert entries == [("group.joined", "Gardeners", {"contacts": 1})]
    assert GroupMembership.objects.get(contact__msisdn=EWA).source == "api"


def test_a_list_of_members_costs_the_same_however_many(api, account, group):
    for index in range(6):
        add_contact(account, f"4850000000{index}", {}, [group.pk])
    api("get", f"/groups/{group.pk}/members")  # notes that the key was used
    with CaptureQueriesContext(connection) as few:
        api("get", f"/groups/{group.pk}/members?limit=2")
    with CaptureQueriesContext(connection) as many:
        page = api("get", f"/groups/{group.pk}/members").json()
    assert (len(page["items"]), page["next"], len(many)) == (6, None, len(few))


def test_who_was_taken_out_comes_back_with_the_consent_they_gave(api, account, group):
    other = add_group(account, "Shop")
    jan = add_contact(account, JAN, {}, [group.pk])
    joined = GroupMembership.objects.get().joined_at
    left = api("post", f"/groups/{group.pk}/members/remove", {"phones": [JAN, EWA], "contact_ids": [1]}).json()
    assert left["left"] == [jan.pk]
    assert not GroupMembership.objects.exists()
    assert api("post", f"/groups/{other.pk}/members/restore", {"undo": left["undo"]}).json() == {"restored": 0}
    assert api("post", f"/groups/{group.pk}/members/restore", {"undo": left["undo"]}).json() == {"restored": 1}
    assert GroupMembership.objects.get().joined_at == joined
    assert [one.action for one in AuditEntry.objects.order_by("id")] == ["group.left", "group.joined"]


def test_it_is_too_late_to_undo_after_an_hour(api, account, group, monkeypatch):
    add_contact(account, JAN, {}, [group.pk])
    left = api("post", f"/groups/{group.pk}/members/remove", {"phones": [JAN]}).json()
    monkeypatch.setattr(memberships, "UNDO_SECONDS", -1)
    for undo in (left["undo"], "made up"):
        response = api("post", f"/groups/{group.pk}/members/restore", {"undo": undo})
        assert (response.status_code, response.json()["code"]) == (409, "too-late")


def test_a_membership_gets_an_end_that_is_noted_by_its_last_day(api, account, group):
    jan = add_contact(account, JAN, {"first_name": "Jan"}, [group.pk])
    place = f"/groups/{group.pk}/members/{jan.pk}"
    assert api("patch", place, {"ends_at": "2099-06-30T22:00:00Z"}).json()["ends_at"] == "2099-06-30T22:00:00Z"
    assert AuditEntry.objects.get().after == {"group": "Gardeners", "until": "30.06.2099"}
    assert api("patch", place, {"ends_at": None}).json()["ends_at"] is None
    past = (timezone.now() - timedelta(minutes=1)).isoformat()
    assert api("patch", place, {"ends_at": past}).json()["errors"][0]["field"] == "body.ends_at"
    assert api("patch", place, {"ends_at": "2099-06-30T22:00:00"}).status_code == 422


def test_a_member_of_another_group_is_no_member_of_this(api, account, group):
    jan = add_contact(account, JAN, {}, [add_group(account, "Shop").pk])
    for method, body in (("get", None), ("patch", {"ends_at": None}), ("delete", None)):
        assert api(method, f"/groups/{group.pk}/members/{jan.pk}", body).status_code == 404


def test_a_group_tells_how_it_grew(api, account, group):
    add_contact(account, JAN, {}, [group.pk])
    days = api("get", f"/groups/{group.pk}/growth?days=3").json()["days"]
    assert [one["joined"] for one in days] == [0, 0, 1]
    assert api("get", f"/groups/{group.pk}/growth?days=0").status_code == 422


@pytest.mark.parametrize("body", [{}, {"phones": []}, {"phones": ["x"]}, {"contact_ids": [0]}, {"contact_ids": list(range(1, 202))}])
def test_nobody_and_too_many_are_refused(api, group, body):
    assert api("post", f"/groups/{group.pk}/members", body).status_code == 422
