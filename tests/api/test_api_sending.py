"""messages/send_sms and send_personalized: one text or many to phones, contacts and groups, with an answer for each phone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from recado.api.compat import sending
from recado.apps.connections.models import Connection
from recado.apps.contacts.blocking import block
from recado.apps.contacts.opt_outs import Scope, opt_out
from recado.apps.contacts.services import add_contact, add_group
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import Destination, Job, OutboundMessage, PoolUse
from recado.apps.outbox.sending import PORTION, NotSent
from recado.apps.senders.models import SenderName
from recado.core.outbound_id import from_public

HANNA, JAN = "+48604218377", "+48600700800"
LATER = "2099-01-02 03:04:05"
SMS, MANY = "messages/send_sms", "messages/send_personalized"


@pytest.fixture(autouse=True)
def pool(db) -> list[Number]:
    carrier = Connection.objects.create(name="Carrier", kind="smpp")
    return [Number.objects.create(digits=f"4866000000{place}", kind="eco", connection=carrier) for place in range(2)]


@pytest.fixture
def own_number(individual, pool) -> Number:
    individual.connection = pool[0].connection
    individual.save()
    return individual


def sent() -> list[tuple[str, str]]:
    return list(OutboundMessage.objects.order_by("id").values_list("recipient", "text"))


@pytest.mark.parametrize("phone", ["500600700", ["+48500600700"], "500600700,0048 500 600 700", ["500600700", 48500600700]])
def test_each_phone_gets_the_text_once(call, phone):
    assert call(SMS, phone=phone, text="Hello") == {"success": True, "queued": 1, "unsent": 0}
    message = OutboundMessage.objects.get()
    assert (message.recipient, message.text, message.kind, message.origin, message.cost) == ("48500600700", "Hello", "eco", "api", 7)
    assert Job.objects.get().outbound_message_id == message.pk


def test_details_name_each_phone(call, account):
    block(account, JAN.removeprefix("+"))
    answer = call(SMS, phone=[HANNA, "12", JAN], text="Zażółć", details=True)
    assert {key: answer[key] for key in ("success", "queued", "unsent")} == {"success": True, "queued": 1, "unsent": 2}
    good, wrong, blocked = answer["items"]
    message = OutboundMessage.objects.get()
    assert from_public(good.pop("id")) == message.pk
    assert good.pop("queued")
    assert good == {"phone": HANNA, "status": "queued", "parts": 1, "text": "Zażółć"}
    assert (wrong["id"], wrong["phone"], wrong["status"], wrong["error_code"]) == ("", "12", "unsent", 3103)
    assert (blocked["phone"], blocked["error_code"], blocked["error_message"]) == (JAN, 3100, "Sending is blocked")
    assert all(isinstance(row[key], str) for row in (wrong, blocked) for key in ("id", "phone", "status"))


def test_where_nothing_is_sent_the_answer_is_no_success(call):
    assert call(SMS, phone="12", text="Hello")["error"]["code"] == 3103
    answer = call(SMS, phone="12", text="Hello", details=True)
    assert (answer["success"], answer["queued"], answer["unsent"], len(answer["items"])) == (False, 0, 1, 1)


def test_groups_and_contacts_get_it_together_with_phones(call, account):
    group = add_group(account, "Gardeners")
    for phone in (HANNA, JAN):
        add_contact(account, phone.removeprefix("+"), {}, [group.pk])
    other = add_contact(account, "48500600700", {}, [])
    assert call(SMS, group_id=group.pk, contact_id=[other.pk], phone=HANNA, text="Hello")["queued"] == 3
    assert call(SMS, group_id=group.pk + 1, text="Hello")["error"]["code"] == 1004
    assert call(SMS, contact_id=other.pk + 1, text="Hello")["error"]["code"] == 1004


def test_nobody_who_opted_out_is_written_to(call, account, pool):
    opt_out(account, HANNA.removeprefix("+"), Scope.ACCOUNT, now=timezone.now())
    for number in pool:
        opt_out(account, JAN.removeprefix("+"), Scope.NUMBER, number.pk, now=timezone.now())
    answer = call(SMS, phone=[HANNA, JAN, "500600700", "500600701"], text="Hello", details=True)
    assert [row.get("error_code") for row in answer["items"]] == [3100, 3100, None, None]
    assert PoolUse.objects.count() == 2


def test_an_order_of_many_portions_is_written_whole(call):
    phones = [f"+4850060{place:04}" for place in range(PORTION * 2 + 5)]
    answer = call(SMS, phone=phones, text="Hello", details=True, unique_id=[f"id{place}" for place in range(len(phones))])
    assert [row["phone"] for row in answer["items"]] == phones
    assert len({row["id"] for row in answer["items"]}) == answer["queued"] == Job.objects.count() == len(phones)
    assert OutboundMessage.objects.get(unique_id="id300").recipient == "48500600300"


def test_names_and_numbers_of_the_account_are_senders(call, account, own_number):
    SenderName.objects.create(account=account, name="Roza", state=SenderName.State.AUTHORIZED)
    SenderName.objects.create(account=account, name="Waiting")
    for sender in ("Roza", "roza", "664200300", "+48664200300"):
        assert call(SMS, phone=HANNA, text="Hello", sender=sender)["queued"] == 1
    assert list(OutboundMessage.objects.order_by("id").values_list("sender", "kind")) == [
        ("Roza", "full"), ("Roza", "full"), ("48664200300", "full"), ("48664200300", "full"),
    ]  # fmt: skip
    for sender in ("Waiting", "Nobody", "664200301", "4301"):
        assert call(SMS, phone=HANNA, text="Hello", sender=sender)["error"]["code"] == 3106
    assert call(SMS, phone=HANNA, text="Hello", sender="2waySMS")["queued"] == 1
    assert OutboundMessage.objects.latest("id").kind == "eco"


def test_without_a_pool_there_is_no_eco(call, pool):
    Number.objects.all().delete()
    assert call(SMS, phone=HANNA, text="Hello")["error"]["code"] == 3001


def test_a_test_answers_the_same_and_sends_nothing(call):
    given = {"phone": [HANNA, "12"], "text": "Hello", "dlr_url": "https://shop.example/report?id=#SMSID#"}
    assert call(SMS, **given, test=True) == {"success": True, "queued": 1, "unsent": 1}
    assert not OutboundMessage.objects.exists()
    assert not Destination.objects.exists()
    assert call(SMS, **given) == {"success": True, "queued": 1, "unsent": 1}
    assert OutboundMessage.objects.get().receipt_destination_id == Destination.objects.get().pk


def test_a_date_to_come_is_waited_for(call):
    answer = call(SMS, phone=HANNA, text="Hello", date=LATER, flash="1", details=1)
    message = OutboundMessage.objects.get()
    assert answer["items"][0]["queued"] == LATER
    assert message.is_flash
    assert Job.objects.get().next_attempt_at == message.scheduled_at > timezone.now() + timedelta(days=1)


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"text": "Hello"}, 3104),
        ({"phone": HANNA}, 3101),
        ({"phone": HANNA, "text": "  "}, 3101),
        ({"phone": HANNA, "text": "x" * 153 * 256}, 3102),
        ({"phone": HANNA, "text": "x", "date": "tomorrow"}, 3108),
        ({"phone": HANNA, "text": "x", "date": "2020-01-01"}, 3108),
        ({"phone": HANNA, "text": "x", "vcard": True}, 3105),
        ({"phone": HANNA, "text": "x", "wap_push": "https://shop.example"}, 3105),
        ({"phone": HANNA, "text": "x", "unique_id": "7"}, 3200),
        ({"phone": [HANNA, JAN], "text": "x", "unique_id": "one1,one1"}, 3201),
        ({"phone": [HANNA, JAN], "text": "x", "uniqe_id": "one1"}, 3202),
        ({"phone": HANNA, "text": "x", "dlr_url": "ftp://x"}, 1006),
        ({"phone": HANNA, "text": "x", "group_id": "x"}, 1004),
    ],
)
def test_misuse_is_answered_with_the_code_of_the_table(call, params, code):
    assert call(SMS, **params)["error"]["code"] == code
    assert sent() == []


def test_more_than_the_table_says_is_refused(call, monkeypatch):
    monkeypatch.setattr(sending, "MOST_NUMBERS", 1)
    monkeypatch.setattr(sending, "MOST_PERSONAL", 1)
    assert call(SMS, phone=[HANNA, JAN], text="x")["error"]["code"] == 3110
    assert call(MANY, messages=f"{HANNA}:x]|[{JAN}:y")["error"]["code"] == 3110


def test_a_unique_id_is_sent_once_whoever_calls_again(call):
    assert call(SMS, phone=HANNA, text="Hello", unique_id="Order1")["queued"] == 1
    assert call(SMS, phone=HANNA, text="Hello", unique_id="Order1")["error"]["code"] == 3201
    assert len(sent()) == 1


def test_every_reason_has_a_code():
    assert set(sending._CODES) | {NotSent.NO_CREDIT, NotSent.LIMIT_USED} == set(NotSent)


@pytest.mark.parametrize(
    "messages",
    ["604218377:First: one]|[600700800:Second", [{"phone": HANNA, "text": "First: one"}, {"phone": "600700800", "text": "Second"}]],
)
def test_each_phone_gets_its_own_text(call, messages):
    assert call(MANY, messages=messages) == {"success": True, "queued": 2, "unsent": 0}
    assert sent() == [("48604218377", "First: one"), ("48600700800", "Second")]


def test_a_phone_gets_all_texts_meant_for_it_but_none_twice(call):
    answer = call(MANY, messages=f"{HANNA}:One]|[{JAN}:One]|[{HANNA}:Two]|[{HANNA}:One]|[{JAN}: ", details=True)
    assert (answer["queued"], answer["unsent"]) == (3, 1)
    assert [text for phone, text in sent() if phone == HANNA.removeprefix("+")] == ["One", "Two"]
    assert answer["items"][-1]["error_code"] == 3101


def test_personalised_with_one_text_for_a_group_is_an_ordinary_order(call, account):
    group = add_group(account, "Gardeners")
    add_contact(account, HANNA.removeprefix("+"), {}, [group.pk])
    assert call(MANY, messages=None, group_id=group.pk, text="Hello")["queued"] == 1
    assert sent() == [(HANNA.removeprefix("+"), "Hello")]


def test_personalised_misuse(call):
    assert call(MANY, messages="604218377:x", voice=True)["error"]["code"] == 3007
    assert call(MANY)["error"]["code"] == 3104
    assert call(MANY, messages="604218377:x", unique_id=["one1", "two2"])["error"]["code"] == 3202


def test_voice_and_mms_cannot_be_sent(call):
    assert call("messages/send_voice", phone=HANNA, text="x")["error"]["code"] == 3007
    assert call("messages/send_mms", phone=HANNA, title="x")["error"]["code"] == 3005
