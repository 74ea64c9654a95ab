"""The actions templates/*, with what the provider's own test suites assert."""

import pytest

from recado.apps.accounts.services import create_user
from recado.apps.dialogues.canned_replies import Use, add_canned_reply
from recado.apps.dialogues.models import CannedReply


def names(answer):
    return [row["name"] for row in answer["items"]]


def test_a_template_is_added_listed_changed_and_deleted(call, account):
    assert call("templates/index") == {"paging": {"page": 1, "count": 1}, "items": []}
    added = call("templates/add", name="New template", text="Message from template")
    assert added == {"success": True, "id": added["id"]}
    assert call("templates/index")["items"] == [{"id": added["id"], "name": "New template", "text": "Message from template"}]
    edited = call("templates/edit", id=str(added["id"]), name="New template", text="Editing message from template")
    assert edited == {"success": True, "id": added["id"]}
    assert call("templates/index")["items"][0]["text"] == "Editing message from template"
    assert call("templates/delete", id=str(added["id"])) == {"success": True}
    assert call("templates/index")["items"] == []


def test_templates_are_the_texts_everybody_shares_and_nobodys_own(call, account):
    shared = add_canned_reply(account, "Shared", "Hello", None)
    own = add_canned_reply(account, "Own", "Hello", create_user("anna@example.com", None))
    assert names(call("templates/index")) == ["Shared"]
    assert call("templates/edit", id=own.pk, text="x")["error"]["code"] == 1004
    assert call("templates/delete", id=own.pk)["error"]["code"] == 1004
    assert call("templates/edit", id=shared.pk, name="Renamed")["success"] is True
    shared.refresh_from_db()
    assert (shared.name, shared.text, shared.use) == ("Renamed", "Hello", Use.DIALOGUE)


def test_templates_come_by_name_and_in_pages(call, account):
    for name in "bca":
        add_canned_reply(account, name, "Hello", None)
    assert names(call("templates/index", sort="name", order="desc")) == ["c", "b", "a"]
    assert names(call("templates/index", page=1, limit=2)) == ["a", "b"]


@pytest.mark.parametrize(("text", "use"), [("Hello {first_name}", Use.BOTH), ("Your code: {code}", Use.CAMPAIGN)])
def test_a_text_with_places_only_a_file_fills_is_for_group_sends_alone(call, account, text, use):
    call("templates/add", name="Code", text=text)
    assert CannedReply.objects.get().use == use
    plain = add_canned_reply(account, "Plain", "Hello", None, Use.BOTH)
    call("templates/edit", id=plain.pk, text=text)
    plain.refresh_from_db()
    assert plain.use == use


@pytest.mark.parametrize(
    ("action", "params", "code"),
    [
        ("templates/add", {"name": "A"}, 2000),
        ("templates/add", {"text": "Hello"}, 2000),
        ("templates/add", {"name": " ", "text": "Hello"}, 2000),
        ("templates/add", {"name": "x" * 41, "text": "Hello"}, 1006),
        ("templates/add", {"name": "A", "text": "x" * 1531}, 1006),
        ("templates/add", {"name": ["A"], "text": "Hello"}, 1006),
        ("templates/edit", {"id": "kept"}, 2000),
        ("templates/edit", {"id": "kept", "name": "x" * 41}, 1006),
        ("templates/edit", {"name": "A"}, 2000),
        ("templates/edit", {"id": 999_999, "name": "A"}, 1004),
        ("templates/delete", {}, 2000),
        ("templates/delete", {"id": "x"}, 1004),
    ],
)
def test_misuse_is_answered_with_the_code_of_the_table(call, account, action, params, code):
    kept = add_canned_reply(account, "Kept", "Hello", None)
    given = params | ({"id": kept.pk} if params.get("id") == "kept" else {})
    assert call(action, **given)["error"]["code"] == code
    assert list(CannedReply.objects.values_list("name", "text")) == [("Kept", "Hello")]
