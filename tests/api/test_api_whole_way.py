"""A message injected through the API, decided on and stored by the production steps, and fetched through the API again."""

import pytest
from django.utils import timezone

from recado.apps.accounts.services import create_account
from recado.apps.inbox.models import Message
from recado.apps.inbox.services import receive
from recado.apps.keywords.models import Keyword, RuleAction
from recado.apps.keywords.services import reserve_keyword
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import OutboundMessage
from recado.testing.receiving import receiving_directly

pytestmark = pytest.mark.usefixtures("orm")


@pytest.fixture
def account(orm):
    return create_account("Kwiaciarnia Róża", language="en")


@pytest.fixture
def call(account, call_as):
    with receiving_directly():
        yield call_as(account)


@pytest.fixture
def group(account, call):
    """The group that the keyword GARDENER fills."""
    number = Number.objects.create(digits="48503340503", kind="shared_long")
    rule = reserve_keyword(account, number, "GARDENER").rules.get()
    group_id = call("groups/add", name="Gardeners")["id"]
    RuleAction.objects.create(rule=rule, kind="add_to_group", group_id=group_id)
    RuleAction.objects.create(rule=rule, kind="send_reply", position=1, text="Welcome")
    return group_id


def test_an_injected_keyword_is_received_answered_and_fetched_once(call, group):
    assert call("messages/send_nd", phone="500600700", text="Gardener") == {"success": True}
    assert [row["group_id"] for row in call("groups/check", phone="+48500600700")["items"]] == [group]
    assert call("groups/view", id=group)["count"] == 1
    message = Message.objects.get()
    (row,) = call("messages/recived", type="nd", phone="500600700", read=True, show_contact=True)["items"]
    assert (row["id"], row["text"], row["phone"], row["contact"]["phone"]) == (message.pk, "Gardener", "+48500600700", "+48500600700")
    assert call("messages/recived")["items"] == []
    reply = OutboundMessage.objects.get()
    assert (reply.text, reply.recipient, reply.is_test, message.is_test) == ("Welcome", "48500600700", True, True)


def test_what_the_installation_answers_to_a_resting_word_is_no_accounts(call, group):
    Keyword.objects.update(state="quarantine", ends_at=timezone.now())
    receive("48500600700", "48503340503", "Gardener")
    assert (OutboundMessage.objects.get().account, Message.objects.get().account) == (None, None)
    assert call("messages/recived")["items"] == []
    assert call("groups/check", phone="500600700") == {"items": []}


def test_a_deleted_group_is_filled_no_more_while_the_reply_goes_on(call, group):
    assert call("groups/delete", id=group)["success"] is True
    assert call("messages/send_nd", phone="500600700", text="Gardener") == {"success": True}
    assert call("groups/check", phone="500600700") == {"items": []}
    assert OutboundMessage.objects.count() == 1


def test_text_after_an_exact_keyword_is_the_accounts_but_without_the_action(call, group):
    assert call("messages/send_nd", phone="500600700", text="Gardener 2 pcs") == {"success": True}
    assert [row["text"] for row in call("messages/received")["items"]] == ["Gardener 2 pcs"]
    assert call("groups/view", id=group)["count"] == 0


def test_a_message_on_an_individual_number_is_the_owners(account, call, call_as):
    Number.objects.create(digits="48664200300", kind="individual_long", account=account)
    assert call("messages/send_ndi", phone="500600700", text="Zażółć 🌷", ndi_number="+48664200300") == {"success": True}
    (row,) = call("messages/recived", type="ndi", ndi="664200300")["items"]
    assert (row["text"], row["to_number"]) == ("Zażółć 🌷", "+48664200300")
    assert call_as(create_account("Klinika Zdrowie"))("messages/recived")["items"] == []
