"""The actions senders/*, with what the provider's own test suites assert."""

import pytest

from recado.apps.connections.models import Connection
from recado.apps.numbers.models import Number
from recado.apps.senders.models import SenderName
from recado.apps.senders.services import MOST_WAITING, authorise_name, deactivate_name, reject_name, request_name


def names(answer):
    return [row["name"] for row in answer["items"]]


@pytest.fixture
def numbers(account):
    """Numbers that can send, and some that cannot."""
    link = Connection.objects.create(kind="smpp", name="Carrier")
    for digits, kind, fields in (
        ("48664200302", "individual_long_mms", {}),
        ("48664200300", "individual_long", {}),
        ("7301", "individual_short", {}),
        ("48664200303", "individual_long", {"can_send": False}),
        ("48664200304", "individual_long", {"state": "suspended"}),
    ):
        Number.objects.create(digits=digits, kind=kind, account=account, connection=link, **fields)


def test_a_name_that_is_asked_for_waits_for_the_operator(call, account):
    assert call("senders/index", personalized=True)["items"] == []
    assert call("senders/add", name=" NewSender ") == {"success": True}
    asked = {"name": "NewSender", "agreement": "not_required", "status": "pending_authorization"}
    assert call("senders/index", personalized=True) == {"paging": {"page": 1, "count": 1}, "items": [asked]}
    assert SenderName.objects.get().requested_by is None


def test_the_list_says_how_each_name_stands_and_why_one_was_refused(call, account):
    given = {name: request_name(account, None, name) for name in ("Gardener", "Roza", "Bank", "Old")}
    authorise_name(given["Roza"])
    reject_name(given["Bank"], "You are no bank.")
    deactivate_name(given["Old"])
    assert {row["name"]: (row["status"], row.get("note")) for row in call("senders/index")["items"]} == {
        "Bank": ("rejected", "You are no bank."),
        "Gardener": ("pending_authorization", None),
        "Old": ("deactivated", None),
        "Roza": ("authorized", None),
    }
    assert names(call("senders/index", predefined=False, sort="name", order="desc")) == ["Roza", "Old", "Gardener", "Bank"]


def test_own_numbers_that_can_send_are_the_senders_nobody_approves(call, numbers):
    assert call("senders/index", predefined=True, type="mms")["items"] == [
        {"name": "+48664200302", "agreement": "not_required", "status": "authorized"}
    ]
    everything = ["+48664200300", "+48664200302", "7301"]
    assert names(call("senders/index", predefined="1")) == names(call("senders/index", type="ndi")) == everything
    assert names(call("senders/index", type="ndi", order="desc")) == everything[::-1]
    assert names(call("senders/index", type="other")) == names(call("senders/index")) == []


def test_a_name_that_was_refused_can_be_asked_for_again(call, account):
    reject_name(request_name(account, None, "Bank"), "You are no bank.")
    assert call("senders/add", name="Bank") == {"success": True}
    assert call("senders/index")["items"][0]["status"] == "pending_authorization"


def test_no_more_names_wait_than_an_operator_may_be_asked_about(call, account):
    for number in range(MOST_WAITING):
        request_name(account, None, f"Shop {number}")
    assert call("senders/add", name="Another") == {"success": False}
    assert len(call("senders/index")["items"]) == MOST_WAITING


@pytest.mark.parametrize(
    ("name", "code"),
    [
        (None, 2000),
        (" ", 2000),
        ("Taken", 4400),
        ("500600700", 4401),
        ("5O3 34O 5O3", 4401),
        ("Kwiaciarnia Roza", 4402),
        ("Róża", 4402),
        (["A"], 1006),
    ],
)
def test_misuse_is_answered_with_the_code_of_the_table(call, account, name, code):
    request_name(account, None, "Taken")
    assert call("senders/add", name=name)["error"]["code"] == code
    assert SenderName.objects.count() == 1
