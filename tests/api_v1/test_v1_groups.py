"""`/groups`."""

import pytest

from recado.apps.audit.models import AuditEntry
from recado.apps.contacts.models import Group


def test_a_group_is_added_renamed_listed_and_deleted(api):
    added = api("post", "/groups", {"name": " Gardeners "}).json()
    assert (added["name"], added["contact_count"]) == ("Gardeners", 0)
    assert api("patch", f"/groups/{added['id']}", {"name": "Florists"}).json()["name"] == "Florists"
    assert [one["name"] for one in api("get", "/groups?search=flor").json()["items"]] == ["Florists"]
    assert api("delete", f"/groups/{added['id']}").status_code == 204
    assert not Group.objects.exists()
    assert [(entry.actor, entry.action) for entry in AuditEntry.objects.all()] == [("API: shop", "group.deleted")]


def test_pages_follow_each_other_until_the_end(api):
    names = [f"Group {index}" for index in range(5)]
    for name in names:
        api("post", "/groups", {"name": name})
    seen, cursor = [], ""
    while True:
        page = api("get", f"/groups?limit=2{cursor and f'&cursor={cursor}'}").json()
        seen += [one["name"] for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == names[::-1]


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "a\0b", None, 7])
def test_a_name_that_cannot_be_is_refused_with_the_field(api, name):
    response = api("post", "/groups", {"name": name})
    assert (response.status_code, response["Content-Type"]) == (422, "application/problem+json")
    assert response.json()["errors"][0]["field"] == "body.name"


@pytest.mark.parametrize("cursor", ["x", "!!", "MA", "LTE", "A" * 150])
def test_a_cursor_that_is_none_is_refused(api, cursor):
    assert api("get", f"/groups?cursor={cursor}").json()["code"] == "bad-cursor"
