"""`POST /messages`: one text to a few phones, with an answer for each."""

from datetime import timedelta

import pytest
from django.utils import timezone

from api_v1.rows import own_number, pool_number
from recado.api.v1 import sending
from recado.apps.accounts.models import ApiUser
from recado.apps.connections.models import Connection
from recado.apps.contacts.blocking import block
from recado.apps.outbox.models import Destination, Job, OutboundMessage
from recado.apps.outbox.senders import NoSenderError, SenderRefusal
from recado.apps.outbox.sending import NotSent, Sent
from recado.apps.senders.models import SenderName

HANNA, JAN = "+48604218377", "+48600700800"
TEXT = "Your roses are here."


@pytest.fixture(autouse=True)
def pool(db):
    return pool_number()


def order(**more):
    return {"phones": [HANNA], "text": TEXT} | more


def test_each_phone_is_answered_for(api, account):
    block(account, JAN.removeprefix("+"))
    response = api("post", "/messages", order(phones=["604 218 377", "12", JAN, HANNA], text="Zażółć"))
    message = OutboundMessage.objects.get()
    assert (message.recipient, message.text, message.kind, message.origin) == (HANNA[1:], "Zażółć", "eco", "api")
    answer = response.json()
    assert (response.status_code, answer["queued"], answer["refused"], answer["cost"]) == (201, 1, 2, 7)
    good, wrong, blocked = answer["items"]
    assert good == {"phone": HANNA, "id": message.pk, "state": "queued", "code": None, "detail": "", "segment_count": 1, "cost": 7}
    assert (wrong["phone"], wrong["id"], wrong["state"], wrong["code"]) == ("12", None, "refused", "invalid_number")
    assert (blocked["phone"], blocked["code"], blocked["cost"]) == (JAN, "blocked", 0)
    assert api("get", f"/messages/sent/{message.pk}").json()["state"] == "queued"


def test_nothing_sent_is_a_problem(api, account):
    block(account, JAN.removeprefix("+"))
    response = api("post", "/messages", order(phones=[JAN, "12"]))
    problem = response.json()
    assert (response.status_code, problem["code"], problem["detail"]) == (
        409,
        "blocked",
        "The account blocked this phone. Unblock it first.",
    )
    assert [error["message"].split(":")[0] for error in problem["errors"]] == [JAN[1:], "12"]


@pytest.mark.parametrize("by_key", [True, False])
def test_a_test_sends_keeps_and_costs_nothing(api, program, by_key):
    ApiUser.objects.filter(pk=program.pk).update(is_test=by_key)
    answer = api("post", "/messages", order(test=not by_key, dlr_url="https://shop.example/dlr")).json()
    assert (answer["queued"], answer["cost"], answer["items"][0]["id"]) == (1, 7, None)
    assert [model.objects.count() for model in (OutboundMessage, Job, Destination)] == [0, 0, 0]


def test_it_leaves_from_a_number_or_a_name_of_the_account(api, account):
    own_number(account)
    SenderName.objects.create(account=account, name="Roza", state=SenderName.State.AUTHORIZED)
    assert api("post", "/messages", order(sender="664 200 300")).status_code == 201
    assert api("post", "/messages", order(sender="roza", phones=[JAN])).status_code == 201
    assert [message.sender for message in OutboundMessage.objects.order_by("id")] == ["48664200300", "Roza"]


@pytest.mark.parametrize(("sender", "code"), [("Nobody", "sender-name-not-approved"), ("+48664200399", "sender-not-own-number")])
def test_a_sender_that_is_not_the_accounts_is_refused(api, sender, code):
    response = api("post", "/messages", order(sender=sender))
    assert (response.status_code, response.json()["code"]) == (409, code)


def test_without_a_pool_a_sender_must_be_named(api, pool):
    Connection.objects.all().update(is_enabled=False)
    pool.delete()
    assert api("post", "/messages", order()).json()["code"] == "sender-no-pool"


def test_a_program_has_its_own_id_time_and_place_for_reports(api):
    at = (timezone.now() + timedelta(days=2)).replace(microsecond=0)
    body = order(unique_id="order7", at=at.isoformat(), dlr_url="https://shop.example/dlr", flash=True)
    (item,) = api("post", "/messages", body).json()["items"]
    message = OutboundMessage.objects.get(pk=item["id"])
    assert (message.unique_id, message.scheduled_at, message.is_flash) == ("order7", at, True)
    assert Destination.objects.get(pk=message.receipt_destination_id).url == "https://shop.example/dlr"
    assert api("post", "/messages", order(phones=[JAN], unique_id="order7")).json()["code"] == "unique-id-taken"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"phones": []}, "body.phones"),
        ({"phones": [HANNA] * 501}, "body.phones"),
        ({"phones": ["a\0"]}, "body.phones.0"),
        ({"text": " \n"}, "body.text"),
        ({"text": "\udc00"}, "body.text"),
        ({"unique_id": "x"}, "body.unique_id"),
        ({"unique_id": "order7", "phones": [HANNA, JAN]}, "body.unique_id"),
        ({"dlr_url": "ftp://shop.example"}, "body.dlr_url"),
        ({"dlr_url": "http://[/"}, "body.dlr_url"),
        ({"at": "2020-01-01T00:00:00Z"}, "body.at"),
        ({"at": "2099-01-01T00:00:00Z"}, "body.at"),
        ({"at": "0001-01-01T00:00:00Z"}, "body.at"),
        ({"sender": "   "}, "body.sender"),
    ],
)
def test_what_is_wrong_is_named(api, wrong, field):
    response = api("post", "/messages", order(**wrong))
    assert (response.status_code, response.json()["errors"][0]["field"]) == (422, field)
    assert not OutboundMessage.objects.exists()


@pytest.mark.parametrize("reason", NotSent)
def test_every_reason_has_words(reason):
    assert sending._why(Sent(HANNA, TEXT, 1, reason, missing=5))


@pytest.mark.parametrize("reason", SenderRefusal)
def test_every_refusal_of_a_sender_is_a_conflict(api, monkeypatch, reason):
    def refuse(*_given, **_named):
        raise NoSenderError(reason)

    monkeypatch.setattr(sending, "send_texts", refuse)
    assert api("post", "/messages", order()).json()["code"] == f"sender-{reason.value.replace('_', '-')}"
