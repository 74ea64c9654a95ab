"""No action reaches anything of another account: for every action of the table, a stranger's call gives and changes nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from recado.api.compat.actions import ACTIONS
from recado.apps.accounts.services import create_api_user
from recado.apps.accounts.subaccounts import Subaccount, add_subaccount
from recado.apps.billing.models import Invoice, Wallet
from recado.apps.campaigns.models import Campaign
from recado.apps.connections.models import Connection
from recado.apps.contacts.blocking import block
from recado.apps.contacts.models import Contact, Group
from recado.apps.contacts.services import add_contact, add_group
from recado.apps.dialogues.canned_replies import add_canned_reply
from recado.apps.dialogues.models import Dialogue
from recado.apps.ids import first_id_at
from recado.apps.inbox import ports
from recado.apps.inbox.models import Message
from recado.apps.keywords.models import Keyword
from recado.apps.media.models import MediaFile
from recado.apps.outbox.models import Origin, OutboundMessage
from recado.apps.outbox.services import Order, queue_text
from recado.apps.programs.models import ApiCall
from recado.apps.senders.services import request_name
from recado.apps.surveys.content import SurveyContent
from recado.apps.surveys.services import create_survey
from recado.core.outbound_id import to_public

PHONE = "48500600700"
BLOCKED = "48500600711"
FIRST_OF_NOVEMBER = first_id_at(datetime(2026, 11, 1, tzinfo=UTC))
REFUSED = {"error": 1004}
SHOWN = ("success", "items", "exists")
NOTHING: dict[str, object] = {"success": False}
EMPTY: dict[str, object] = {"items": []}
LIMITS = [
    {"type": type_, "chars_limit": chars, "value": value}
    for type_, chars, value in [
        ("eco", "1530/10", "not_available"), ("full", "1530/10", "no_limit"), ("voice", "nd", "not_available"),
        ("mms", "nd", "not_available"), ("lookup", "nd", "not_available"), ("hlr", "nd", "not_available"),
    ]
]  # fmt: skip
"""Of an account whose money never moved; the owner's credit is used up."""
PARAMS = {
    "files/index": ({"type": "mms"}, EMPTY),
    "files/view": ({"id": "file", "type": "mms"}, REFUSED),
    "files/delete": ({"id": "file", "type": "mms"}, REFUSED),
    "messages/recived": ({"read": True, "show_contact": True}, EMPTY),
    "messages/received": ({"read": True, "phone": PHONE}, EMPTY),
    "messages/send_nd": ({"phone": PHONE, "text": "gardener"}, NOTHING),
    "messages/sendNd": ({"phone": PHONE, "text": "gardener"}, NOTHING),
    "messages/send_ndi": ({"phone": PHONE, "text": "x", "ndi_number": "664200300"}, NOTHING),
    "messages/sendNdi": ({"phone": PHONE, "text": "x", "ndi_number": "664200300"}, NOTHING),
    "messages/send_sms": ({"group_id": "group", "text": "x"}, REFUSED),
    "messages/send_voice": ({"phone": PHONE, "text": "x"}, {"error": 3007}),
    "messages/send_mms": ({"phone": PHONE, "title": "x"}, {"error": 3005}),
    "messages/view": ({"id": "sent"}, REFUSED),
    "messages/reports": ({"id": "sent", "show_contact": True}, EMPTY),
    "messages/delete": ({"id": "sent"}, NOTHING),
    "groups/index": ({"search": "Gardeners"}, EMPTY),
    "groups/view": ({"id": "group"}, REFUSED),
    "groups/edit": ({"id": "group", "name": "Mine"}, REFUSED),
    "groups/delete": ({"id": "group", "delete_contacts": True}, REFUSED),
    "groups/check": ({"phone": PHONE}, EMPTY),
    "contacts/index": ({"group_id": "group"}, REFUSED),
    "contacts/view": ({"id": "contact"}, REFUSED),
    "contacts/edit": ({"id": "contact", "first_name": "Eve"}, REFUSED),
    "contacts/delete": ({"id": "contact"}, REFUSED),
    "blacklist/index": ({"phone": BLOCKED}, EMPTY),
    "blacklist/check": ({"phone": BLOCKED}, {"exists": False}),
    "blacklist/delete": ({"phone": BLOCKED}, {"error": 4602}),
    "templates/index": ({}, EMPTY),
    "templates/edit": ({"id": "template", "text": "Mine"}, REFUSED),
    "templates/delete": ({"id": "template"}, REFUSED),
    "senders/index": ({}, EMPTY),
    "account/limits": ({"show_type": True}, {"items": LIMITS}),
    "account/messages": ({}, EMPTY),
    "account/help": ({}, {}),
    "account/add": ({"phone": PHONE, "email": "eve@example.org"}, {"error": 4313}),
    "payments/index": ({}, EMPTY),
    "payments/view": ({"id": "invoice"}, REFUSED),
    "payments/invoice": ({"id": "invoice"}, REFUSED),
    "stats/index": ({"begin": "2026-01-01"}, EMPTY),
    "phones/test": ({"phone": PHONE}, {}),
    "phones/check": ({"phone": PHONE}, {"error": 4102}),
    "premium/index": ({}, EMPTY),
    "premium/send": ({"phone": PHONE, "text": "x", "gate": "71100", "id": 6}, {"error": 4201}),
    "quiz/view": ({"id": "survey"}, REFUSED),
    "subaccounts/add": (
        {"subaccount_username": "mine", "subaccount_password": "long enough", "subaccount_id": "program"},
        {"error": 4503},
    ),
    "subaccounts/index": ({}, EMPTY),
    "subaccounts/view": ({"id": "subaccount"}, REFUSED),
    "subaccounts/limit": ({"id": "subaccount", "type": "eco", "value": 1}, NOTHING),
    "subaccounts/delete": ({"id": "subaccount"}, NOTHING),
}
MAKES_OWN = {"groups/add", "contacts/add", "contacts/import", "blacklist/add", "templates/add", "senders/add"}
MAKES_OWN |= {"messages/send_personalized", "files/add"}


@pytest.fixture
def owned(account, shared_long, individual, monkeypatch):
    monkeypatch.setattr(ports, "receiver", lambda part: pytest.fail(f"received {part}"))
    group = add_group(account, "Gardeners")
    contact = add_contact(account, PHONE, {"first_name": "Ada"}, [group.pk])
    Keyword.objects.create(account=account, number=shared_long, word="GARDENER", tokens="gardener", folded="gardener")
    now = datetime(2026, 11, 1, tzinfo=UTC)
    Dialogue.objects.create(id=5, account=account, number=shared_long, msisdn=PHONE, last_message_at=now)
    connection = Connection.objects.create(kind="simulator", name="Phone simulator")
    Message.objects.create(
        id=6, account=account, number=shared_long, connection=connection, dialogue_id=5, sender=PHONE, recipient="48503340503",
        text="gardener", received_at=now,
    )  # fmt: skip
    Message.objects.create(id=7, account=None, number=shared_long, sender=PHONE, recipient="48503340503", text="nobody's", received_at=now)
    order = Order(scheduled_at=timezone.now() + timedelta(days=1))
    individual.connection = connection
    sent = queue_text(account, individual, PHONE, "Hello", now=timezone.now(), origin=Origin.API, order=order)
    block(account, BLOCKED)
    request_name(account, None, "Gardeners")
    template = add_canned_reply(account, "Thanks", "Thank you", None)
    Wallet.objects.update_or_create(account=account, defaults={"balance": 0, "floor": 0})
    campaign = Campaign.objects.create(account=account, name="Spring", text="Hi", state="sent", started_at=now)
    OutboundMessage.objects.create(
        id=8, account=account, recipient=PHONE, text="Hi", origin="campaign", campaign_id=campaign.pk, created_at=now
    )
    OutboundMessage.objects.create(id=FIRST_OF_NOVEMBER, account=account, recipient=PHONE, text="Hello", origin="api", created_at=now)
    invoice = Invoice.objects.create(
        account=account,
        series="2026-11",
        sequence=1,
        issued_on=now,
        sold_on=now,
        due_on=now,
        seller={},
        buyer={},
        lines=[],
        net=1,
        vat=0,
        gross=1,
    )
    file = MediaFile.objects.create(account=account, public_id="0d9f3f6dab", name="x.png", content_type="image/png", size=1, sha256="0")
    program = create_api_user(account, "program", "secret")
    survey = create_survey(account, SurveyContent("Visits"))
    subaccount = add_subaccount(program, program.pk, Subaccount(username="subaccount", password="long enough"))
    ids = {"group": group, "contact": contact, "invoice": invoice, "template": template, "program": program, "subaccount": subaccount}
    ids["survey"] = survey
    return {name: one.pk for name, one in ids.items()} | {"file": file.public_id, "sent": to_public(sent.pk)}


def rows():
    models = [model for model in apps.get_models() if model.__module__.startswith("recado.apps")]
    return {
        model.__name__: sorted(model._default_manager.values_list(*columns(model)), key=repr) for model in models if model is not ApiCall
    }


def columns(model):
    """Whatever is changed by what is called, not by calling."""
    return [one.name for one in model._meta.concrete_fields if one.name != "last_used_at"]


def test_every_action_is_tried():
    assert set(PARAMS) | MAKES_OWN == set(ACTIONS)


@pytest.mark.parametrize("action", PARAMS)
def test_a_stranger_gets_and_changes_nothing(owned, strangers_call, action):
    params, expected = PARAMS[action]
    before = rows()
    answer = strangers_call(
        action, **{name: owned.get(value, value) if isinstance(value, str) else value for name, value in params.items()}
    )
    shown = {"error": answer["error"]["code"]} if "error" in answer else {key: answer[key] for key in SHOWN if key in answer}
    assert shown == expected
    assert rows() == before


def test_a_strangers_list_of_contacts_is_empty(owned, strangers_call):
    assert strangers_call("contacts/index")["items"] == []
    assert strangers_call("contacts/index", group_id="none", search="Ada")["items"] == []


def test_a_stranger_adds_to_the_own_account_only(owned, strangers_call, stranger):
    added = strangers_call("contacts/add", phone=PHONE, first_name="Eve", group_id=owned["group"])
    imported = strangers_call("contacts/import", group_name="Gardeners", contact=[{"phone": PHONE, "first_name": "Eve"}])
    strangers_call("groups/add", name="Gardeners")
    contact = Contact.objects.get(pk=added["id"])
    assert contact.account == stranger
    assert [group.pk for group in contact.groups.all()] == [imported["id"]]
    assert Contact.objects.get(pk=owned["contact"]).first_name == "Ada"
    assert Group.objects.get(pk=owned["group"]).contacts.count() == 1


def test_a_stranger_blocks_keeps_and_asks_for_the_own_account_only(owned, strangers_call):
    before = rows()
    assert strangers_call("blacklist/add", phone=BLOCKED)["success"] is True
    assert strangers_call("templates/add", name="Thanks", text="Mine")["success"] is True
    assert strangers_call("senders/add", name="Gardeners")["success"] is True
    assert strangers_call("senders/index", predefined=True)["items"] == []
    after = rows()
    for model in ("BlockedSender", "CannedReply", "SenderName"):
        assert set(before[model]) < set(after[model])
        assert len(after[model]) == 2


def test_a_stranger_sends_from_nobody_elses_number_and_to_nobody_elses_contact(owned, strangers_call, individual):
    for action, given in (("messages/send_sms", {"phone": PHONE, "text": "x"}), ("messages/send_personalized", {"messages": f"{PHONE}:x"})):
        assert strangers_call(action, sender=individual.digits, **given)["error"]["code"] == 3106
    assert strangers_call("messages/send_sms", contact_id=owned["contact"], text="x")["error"]["code"] == 1004
    assert OutboundMessage.objects.count() == 3
