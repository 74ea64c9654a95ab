"""messages/send_nd and send_ndi: a message as if a phone had sent it, received only where it is the account's own."""

from datetime import timedelta

import pytest
from django.utils import timezone

from recado.apps.inbox import ports
from recado.apps.keywords.models import Keyword
from recado.apps.keywords.services import reserve_keyword
from recado.apps.numbers.models import Number


@pytest.fixture
def parts(monkeypatch):
    """What reaches the gateway."""
    taken = []

    def take(part):
        taken.append(part)
        return len(taken)

    monkeypatch.setattr(ports, "receiver", take)
    return taken


def keyword(account, number, word, **fields):
    reserved = reserve_keyword(account, number, word.upper())
    if fields:
        Keyword.objects.filter(pk=reserved.pk).update(**fields)


@pytest.mark.parametrize("action", ["messages/send_nd", "messages/sendNd"])
def test_a_text_that_begins_with_a_keyword_of_the_account_is_received(call, account, shared_long, parts, action):
    keyword(account, shared_long, "gardener")
    assert call(action, phone="500600700", text="Gardener 2 pcs") == {"success": True}
    (part,) = parts
    assert (part.sender, part.recipient, part.text, part.is_test) == ("48500600700", "48503340503", "Gardener 2 pcs", True)


def test_a_text_without_a_keyword_of_the_account_is_not_received(call, account, stranger, shared_long, short_code, parts):
    keyword(account, shared_long, "gardener")
    keyword(stranger, short_code, "clinic")
    for text in ("Hello", "clinic", "gardeners"):
        assert call("messages/send_nd", phone="500600700", text=text) == {"success": False}
    assert parts == []


def test_a_longer_keyword_of_another_account_wins(call, account, stranger, shared_long, short_code, parts):
    keyword(account, shared_long, "garden")
    keyword(stranger, shared_long, "garden party")
    assert call("messages/send_nd", phone="500600700", text="Garden party tonight") == {"success": False}
    keyword(account, short_code, "garden")
    assert call("messages/send_nd", phone="500600700", text="Garden party tonight") == {"success": True}
    assert [part.recipient for part in parts] == ["4301"]


def test_a_keyword_whose_time_is_over_claims_nothing(call, account, shared_long, parts):
    keyword(account, shared_long, "gardener", ends_at=timezone.now() - timedelta(days=1))
    assert call("messages/send_nd", phone="500600700", text="gardener") == {"success": False}
    assert parts == []


@pytest.mark.parametrize("action", ["messages/send_ndi", "messages/sendNdi"])
def test_any_text_is_received_on_the_accounts_own_number(call, individual, parts, action):
    assert call(action, phone="+48500600700", text="Zażółć", ndi_number="664200300") == {"success": True}
    assert [(part.recipient, part.text) for part in parts] == [("48664200300", "Zażółć")]


def test_nothing_is_received_on_a_number_of_another_account(call, stranger, shared_long, parts):
    Number.objects.create(digits="48664200999", kind="individual_long", account=stranger)
    for number in ("664200999", "503340503", "600100100", "4301"):
        assert call("messages/send_ndi", phone="500600700", text="x", ndi_number=number) == {"success": False}
    assert parts == []


def test_without_a_gateway_the_answer_is_not_available(call, individual):
    assert call("messages/send_ndi", phone="500600700", text="x", ndi_number="664200300")["error"]["code"] == 1010


@pytest.mark.parametrize(
    ("action", "params", "code"),
    [
        ("messages/sendNd", {"text": "x"}, 2000),  # the C# library leaves the phone out
        ("messages/sendNdi", {"text": "x", "ndi_number": "664200300"}, 2000),
        ("messages/send_nd", {"phone": "500600700"}, 2000),
        ("messages/send_ndi", {"phone": "500600700", "text": "x"}, 2000),
        ("messages/send_nd", {"phone": "+1", "text": "x"}, 2001),
        ("messages/send_ndi", {"phone": "500600700", "text": "x", "ndi_number": "?"}, 2001),
    ],
)
def test_misuse_is_answered_with_the_code_of_the_table(call, parts, action, params, code):
    assert call(action, **params)["error"]["code"] == code
    assert parts == []
