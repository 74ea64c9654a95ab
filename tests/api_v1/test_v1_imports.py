"""`/imports`."""

import csv
import io

import pytest

from recado.apps.audit.models import AuditEntry
from recado.apps.contacts import batches
from recado.apps.contacts.models import Contact, Group, GroupMembership, ImportBatch
from recado.apps.contacts.services import add_contact, add_group

LIST = "Telefon;Imię\n604 218 377;Ewa\nnone;Nobody\n501222333;Jan\n".encode()


def test_a_list_is_taken_in_by_one_call(api):
    rows = [{"phone": "604218377", "first_name": "Ewa"}, {"phone": "x"}, {"phone": "501222333"}]
    done = api("post", "/imports", {"rows": rows, "new_group": "Fair", "name": "Fair 2026", "run": True})
    assert done.status_code == 201
    taken = done.json()
    assert (taken["state"], taken["created_count"], taken["joined_count"], taken["row_count"]) == ("done", 2, 2, 3)
    assert taken["group"] == {"id": Group.objects.get().pk, "name": "Fair"}
    assert Contact.objects.get(msisdn="48604218377").first_name == "Ewa"
    assert [(one.actor, one.action, one.object_name) for one in AuditEntry.objects.all()] == [
        ("API: shop", "contact.imported", "Fair 2026")
    ]


def test_a_file_is_looked_at_corrected_run_and_undone(api, account):
    group = add_group(account, "Gardeners")
    sent = api("post", "/imports/file", {"file": LIST}).json()
    place = f"/imports/{sent['id']}"
    assert (sent["state"], sent["columns"], sent["has_header"], sent["preview"][0]) == (
        "uploaded",
        ["phone", "first_name"],
        True,
        ["Telefon", "Imię"],
    )
    assert api("patch", place, {"columns": ["phone", "last_name"]}).json()["columns"] == ["phone", "last_name"]
    checked = api("get", f"{place}/check").json()
    assert (checked["ok"] + checked["corrected"], checked["bad"], checked["usable"]) == (2, 1, 2)
    bad = csv.reader(io.StringIO(b"".join(api("get", f"{place}/bad-rows").streaming_content).decode()))
    assert list(bad) == [["row", "Telefon", "Imię"], ["3", "none", "Nobody"]]
    assert api("post", f"{place}/run", {"group_id": group.pk}).json()["state"] == "done"
    assert api("post", f"{place}/run", {"group_id": group.pk}).json()["joined_count"] == 2
    assert set(Contact.objects.values_list("last_name", flat=True)) == {"Ewa", "Jan"}
    assert api("get", f"{place}/check").json()["code"] == "already-begun"
    assert api("post", f"{place}/undo").json()["state"] == "undone"
    assert not Contact.objects.exists()
    assert api("post", f"{place}/undo").json()["state"] == "undone"
    assert [one["state"] for one in api("get", "/imports").json()["items"]] == ["undone"]


def test_a_long_list_goes_on_with_the_next_call_both_ways(api, monkeypatch):
    monkeypatch.setattr(batches, "CHUNK", 2)
    monkeypatch.setattr(batches.import_some, "__defaults__", (1,))
    monkeypatch.setattr(batches.undo_some, "__defaults__", (1,))
    rows = [{"phone": f"50000000{index}"} for index in range(3)]
    begun = api("post", "/imports", {"rows": rows, "run": True}).json()
    assert (begun["state"], begun["done_count"]) == ("running", 2)
    place = f"/imports/{begun['id']}"
    assert api("post", f"{place}/undo").json()["code"] == "nothing-to-undo"
    assert api("post", f"{place}/run", {}).json()["state"] == "done"
    assert api("post", f"{place}/undo").json()["state"] == "undoing"
    assert api("post", f"{place}/run", {}).json()["code"] == "being-undone"
    assert Contact.objects.count() == 1
    while api("post", f"{place}/undo").json()["state"] != "undone":
        pass
    assert not Contact.objects.exists()


def test_undoing_leaves_who_was_there_before(api, account):
    add_contact(account, "48604218377", {"first_name": "Ewa"})
    done = api("post", "/imports", {"rows": [{"phone": "604218377", "first_name": "Eva"}], "run": True}).json()
    assert (done["created_count"], done["changed_count"]) == (0, 1)
    api("post", f"/imports/{done['id']}/undo")
    assert Contact.objects.get().first_name == "Ewa"


@pytest.mark.parametrize(
    ("columns", "said"),
    [(["phone"], "all 2 columns"), (["", ""], "contain `phone`"), (["phone", "phone"], "same twice"), (["phone", "moon"], "Input")],
)
def test_columns_that_cannot_be_are_refused(api, columns, said):
    sent = api("post", "/imports/file", {"file": LIST}).json()
    response = api("patch", f"/imports/{sent['id']}", {"columns": columns})
    assert response.status_code == 422
    assert said in response.json()["errors"][0]["message"]


@pytest.mark.parametrize(("content", "said"), [(b"\n", "empty"), (b"PK\x03\x04x", "no table"), (b"\x00\x01\x02\x03\x04\x05", "no table")])
def test_a_file_that_is_no_table_is_refused(api, content, said):
    response = api("post", "/imports/file", {"file": content})
    assert (response.status_code, response.json()["errors"][0]["field"]) == (422, "file")
    assert said in response.json()["errors"][0]["message"]


def test_a_list_whose_phones_cannot_be_found_is_kept_to_be_corrected_but_not_run(api):
    unclear = {"file": b"a;b\nEwa;Jan\n"}
    assert api("post", "/imports/file", {**unclear, "run": "true"}).json()["code"] == "columns-unclear"
    assert not ImportBatch.objects.exists()
    sent = api("post", "/imports/file", unclear).json()
    assert api("post", f"/imports/{sent['id']}/run", {}).json()["code"] == "columns-unclear"
    assert api("get", f"/imports/{sent['id']}/check").json()["code"] == "columns-unclear"


@pytest.mark.parametrize("into", [{"group_id": 77}, {"group_id": 1, "new_group": "Fair"}, {"new_group": " "}])
def test_a_group_that_cannot_be_is_refused_and_nothing_is_imported(api, into):
    assert api("post", "/imports", {"rows": [{"phone": "604218377"}], "run": True, **into}).status_code == 422
    assert not ImportBatch.objects.exists()


def test_lists_of_several_programs_wait_beside_each_other_but_not_without_end(api, account, monkeypatch):
    monkeypatch.setattr(batches, "MOST_PENDING", 2)
    ids = [api("post", "/imports", {"rows": [{"phone": "604218377"}]}).json()["id"] for _turn in range(3)]
    assert [one["id"] for one in api("get", "/imports").json()["items"]] == ids[:0:-1]
    assert not GroupMembership.objects.exists()
