"""What stands in an address or a form where an id belongs: no number is too long for a page."""

import pytest
from django.urls import reverse

from panel import conversations, nobodys
from recado.apps.contacts.batches import keep_table
from recado.apps.contacts.services import add_contact
from recado.panel.ids import id_of

READ = [
    ("contacts", "before"),
    ("contacts", "group"),
    ("contacts-export", "group"),
    ("groups", "page"),
    ("inbox", "before"),
    ("inbox", "label"),
    ("inbox", "number"),
    ("inbox", "canned"),
    ("keywords", "number"),
    ("keywords", "page"),
    ("keyword-availability", "number"),
    ("new-keyword", "number"),
    ("messages", "before"),
    ("messages", "after"),
    ("messages", "keyword"),
    ("messages-export", "number"),
    ("notifications", "before"),
    ("settings-activity", "before"),
    ("settings-activity", "person"),
    ("simulator", "number"),
]
READ_IN_THE_CONSOLE = [
    ("operator-accounts", "page"),
    ("operator-audit", "before"),
    ("operator-jobs", "account"),
    ("operator-jobs", "before"),
    ("operator-jobs", "destination"),
    ("operator-messages", "account"),
    ("operator-messages", "before"),
    ("operator-messages", "q"),
    ("operator-quarantine", "before"),
]
TOO_LONG = ["9" * 19, "9" * 30, "9" * 5000]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("7", 7),
        ("007", 7),
        ("9" * 18, int("9" * 18)),
        ("9" * 19, None),
        ("9" * 5000, None),
        ("", None),
        (None, None),
        ("-7", None),
        ("7.0", None),
        ("٧", None),
        ("²", None),
        ("7\n", None),
    ],
)
def test_an_id_is_a_number_a_database_takes(given, expected):
    assert id_of(given) == expected


@pytest.mark.parametrize("given", TOO_LONG, ids=len)
@pytest.mark.parametrize(("name", "parameter"), READ)
def test_a_page_bears_any_number_in_its_address(name, parameter, given, alice_client):
    assert alice_client.get(reverse(name), {parameter: given}).status_code in {200, 404}


@pytest.mark.parametrize("given", TOO_LONG, ids=len)
@pytest.mark.parametrize(("name", "parameter"), READ_IN_THE_CONSOLE)
def test_a_page_of_the_console_bears_any_number_in_its_address(name, parameter, given, console):
    assert console().get(reverse(name), {parameter: given}).status_code in {200, 404}


@pytest.mark.parametrize("given", TOO_LONG, ids=len)
def test_a_conversation_bears_any_number(given, alice_client, account):
    conversation = conversations.dialogue(account)
    conversations.received(conversation, "Tulipan")
    page = reverse("conversation", args=[conversation.pk])
    for query in ({"part": "messages", "before": given}, {"canned": given}, {"before": given}):
        assert alice_client.get(page, query).status_code in {200, 404}
    posted = [
        ("conversation-send", {"text": "Hello", "seen": given}),
        ("conversation-group", {"add": given}),
        ("conversation-group", {"remove": given}),
        ("conversation-label", {"remove": given}),
        ("conversation-assign", {"assignee": given}),
    ]
    for name, form in posted:
        assert alice_client.post(reverse(name, args=[conversation.pk]), form).status_code in {302, 404, 422}


@pytest.mark.parametrize("given", TOO_LONG, ids=len)
def test_forms_about_contacts_bear_any_number(given, alice_client, alice, account):
    contact = add_contact(account, "48604218377")
    batch = keep_table(account, alice, [["phone"], ["604218377"]])
    alice_client.post(reverse("import-mapping", args=[batch.pk]), {"column0": "phone", "has_header": "on"})
    posted = [
        (reverse("contacts-bulk"), {"contact": [given]}),
        (reverse("contacts-bulk"), {"contact": [contact.pk], "group": given}),
        (reverse("import-check", args=[batch.pk]), {"group": given}),
        (reverse("account-choice"), {"account": given}),
        (reverse("simulator"), {"number": given, "phone": "1", "text": "Hello"}),
        (reverse("new-keyword"), {"number": given, "word": "TULIPAN"}),
    ]
    for path, form in posted:
        assert alice_client.post(path, form).status_code in {200, 302, 404, 422}


@pytest.mark.parametrize("given", TOO_LONG, ids=len)
def test_forms_of_the_console_bear_any_number(given, console):
    message, client = nobodys.unmatched("TULPAN"), console()
    for name, form in (("operator-unmatched-assign", {"account": given}), ("operator-unmatched-keyword", {"keyword": given})):
        assert client.post(reverse(name, args=[message.pk]), form).status_code in {302, 404}
    assert client.post(reverse("operator-jobs-again"), {"account": given, "destination": given}).status_code in {302, 404}


@pytest.mark.parametrize("given", TOO_LONG, ids=len)
def test_an_address_of_a_thing_with_any_number_is_not_found(given, alice_client):
    for path in (f"/contacts/{given}/", f"/inbox/{given}/", f"/keywords/{given}/", f"/messages/{given}/"):
        assert alice_client.get(path).status_code == 404
