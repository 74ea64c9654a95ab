"""`/contacts` and what is known about a person."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from recado.apps.audit.models import AuditEntry
from recado.apps.connections.models import Connection
from recado.apps.contacts.blocking import block
from recado.apps.contacts.models import ConsentRecord, Contact, OptOut
from recado.apps.contacts.opt_outs import opt_out
from recado.apps.contacts.services import add_contact, add_group
from recado.apps.dialogues.models import Dialogue
from recado.apps.inbox.models import Message
from recado.apps.numbers.models import Number

EWA = "48604218377"


def _received(account, text):
    number = Number.objects.create(digits="48664200300", kind="individual_long", account=account)
    dialogue = Dialogue.objects.create(id=70, account=account, number=number, msisdn=EWA, last_message_at=timezone.now())
    given = {"account": account, "number": number, "dialogue_id": dialogue.pk, "sender": EWA, "recipient": number.digits}
    Message.objects.create(id=71, text=text, received_at=timezone.now(), connection=Connection.objects.create(kind="simulator"), **given)


def consents():
    return list(ConsentRecord.objects.order_by("id").values_list("kind", "source"))


def test_adding_a_phone_twice_is_one_contact_that_is_completed(api, account):
    group = add_group(account, "Gardeners")
    first = api("post", "/contacts", {"phone": "604 218 377", "first_name": " Ewa ", "group_ids": [group.pk]})
    again = api("post", "/contacts", {"phone": f"+{EWA}", "first_name": "", "city": "Kraków"})
    assert (first.status_code, first.json()["is_new"], again.status_code, again.json()["is_new"]) == (201, True, 200, False)
    assert again.json()["id"] == first.json()["id"]
    found = api("get", f"/contacts/{first.json()['id']}").json()
    assert (found["phone"], found["first_name"], found["city"], found["source"]) == (f"+{EWA}", "Ewa", "Kraków", "api")
    assert found["groups"] == [{"id": group.pk, "name": "Gardeners"}]
    assert consents() == [("joined", "api")]


def test_who_opted_out_of_a_group_is_kept_out_of_it_and_that_is_said(api, account):
    group = add_group(account, "Gardeners")
    opt_out(account, EWA, OptOut.Scope.GROUP, group.pk, now=timezone.now())
    added = api("post", "/contacts", {"phone": EWA, "group_ids": [group.pk]}).json()
    assert (added["groups"], added["kept_out_of"]) == ([], [group.pk])
    assert [(one["scope"], one["target_id"]) for one in added["opt_outs"]] == [("group", group.pk)]


def test_only_what_is_sent_is_changed(api, account):
    garden, shop = add_group(account, "Gardeners"), add_group(account, "Shop")
    found = add_contact(account, EWA, {"first_name": "Ewa", "city": "Kraków"}, [garden.pk])
    changed = api("patch", f"/contacts/{found.pk}", {"city": "", "group_ids": [shop.pk]}).json()
    assert (changed["first_name"], changed["city"], [one["id"] for one in changed["groups"]]) == ("Ewa", "", [shop.pk])
    assert api("patch", f"/contacts/{found.pk}", {"group_ids": []}).json()["groups"] == []


def test_a_phone_of_another_contact_is_refused(api, account):
    found, other = add_contact(account, EWA), add_contact(account, "48501222333")
    response = api("patch", f"/contacts/{found.pk}", {"phone": f"+{other.msisdn}"})
    assert (response.status_code, response.json()["code"]) == (409, "phone-taken")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "body.phone"),
        ({"phone": "123"}, "body.phone"),
        ({"phone": EWA, "email": "ewa"}, "body.email"),
        ({"phone": EWA, "first_name": "x" * 81}, "body.first_name"),
        ({"phone": EWA, "group_ids": [77]}, "body.group_ids"),
    ],
)
def test_what_cannot_be_is_refused_with_the_field(api, body, field):
    response = api("post", "/contacts", body)
    assert (response.status_code, response.json()["errors"][0]["field"]) == (422, field)
    assert not Contact.objects.exists()


def test_the_list_is_narrowed_and_costs_the_same_however_many(api, account):
    group = add_group(account, "Gardeners")
    for index in range(12):
        add_contact(account, f"485000000{index:02}", {"first_name": f"Person {index}"}, [group.pk] if index < 10 else [])
    block(account, "48500000003")
    api("get", "/contacts")  # notes that the key was used
    with CaptureQueriesContext(connection) as few:
        api("get", "/contacts?limit=2")
    with CaptureQueriesContext(connection) as many:
        page = api("get", f"/contacts?limit=10&group_id={group.pk}&source=manual").json()
    assert len(page["items"]) == 10
    assert len(many) - len(few) == 1  # the group that was named
    assert [one["first_name"] for one in page["items"] if one["is_blocked"]] == ["Person 3"]
    assert [one["first_name"] for one in api("get", "/contacts?search=500000011").json()["items"]] == ["Person 11"]
    assert api("get", "/contacts?group_id=77").json()["errors"][0]["field"] == "query.group_id"
    assert api("get", "/contacts?source=moon").status_code == 422


def test_the_export_is_a_file_of_what_the_list_shows(api, account):
    group = add_group(account, "Gardeners")
    add_contact(account, EWA, {"first_name": "Ewa", "description": "line\none"}, [group.pk])
    add_contact(account, "48501222333")
    response = api("get", f"/contacts/export?group_id={group.pk}")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    (row,) = csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode(), newline=""))
    assert (row["phone"], row["first_name"], row["description"], row["groups"]) == (f"+{EWA}", "Ewa", "line\none", "Gardeners")


def test_several_are_deleted_at_once_and_who_is_not_there_is_said(api, account, stranger):
    mine, theirs = add_contact(account, EWA), add_contact(stranger, EWA)
    answer = api("post", "/contacts/delete", {"contact_ids": [mine.pk, theirs.pk]}).json()
    assert answer == {"deleted": [mine.pk], "not_found": [theirs.pk]}
    assert list(Contact.objects.all()) == [theirs]
    assert [(one.actor, one.action, one.before) for one in AuditEntry.objects.all()] == [("API: shop", "contact.deleted", {"contacts": 1})]


def test_forgetting_a_person_is_noted_and_leaves_the_opt_out(api, account):
    found = add_contact(account, EWA)
    noted = opt_out(account, EWA, OptOut.Scope.ACCOUNT, now=timezone.now(), text="Stop, Ewa")
    assert api("post", f"/contacts/{found.pk}/erase").status_code == 204
    assert not Contact.objects.exists()
    shown = api("get", f"/opt-outs/{noted.pk}").json()
    assert (shown["text"], shown["lifted_at"]) == ("", None)
    assert [one.action for one in AuditEntry.objects.all()] == ["contact.erased"]
    assert [one["kind"] for one in api("get", f"/consents?phone={EWA}").json()["items"]] == ["opted_out"]


def test_everything_known_holds_messages_only_for_keys_that_may_read_them(api, api_with, account):
    found = add_contact(account, EWA, {"first_name": "Ewa"}, [add_group(account, "Gardeners").pk])
    _received(account, "Good morning")
    whole = api("get", f"/contacts/{found.pk}/data").json()
    assert (whole["phone"], whole["first_name"], whole["left_out"]) == (f"+{EWA}", "Ewa", [])
    assert [one["text"] for one in whole["received"]] == ["Good morning"]
    part = api_with("contacts:read")("get", f"/contacts/{found.pk}/data").json()
    assert (part["received"], part["left_out"]) == ([], ["received", "sent", "examples", "survey_answers", "contests", "boards"])
    assert [one["name"] for one in part["groups"]] == ["Gardeners"]


def test_groups_and_consents_of_a_contact_are_listed_with_how_they_came_about(api, account):
    group = add_group(account, "Gardeners")
    found = add_contact(account, EWA, {}, [group.pk])
    (one,) = api("get", f"/contacts/{found.pk}/memberships").json()["items"]
    assert (one["group"], one["source"], one["ends_at"]) == ({"id": group.pk, "name": "Gardeners"}, "manual", None)
    api("delete", f"/groups/{group.pk}/members/{found.pk}")
    kinds = [(one["kind"], one["source"], one["group_id"]) for one in api("get", f"/contacts/{found.pk}/consents").json()["items"]]
    assert kinds == [("left", "api", group.pk), ("joined", "manual", group.pk)]
