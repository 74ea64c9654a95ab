"""What a login may do: each action has its right, and without it nothing is done."""

import pytest
from django.test import Client

from recado.api.compat.actions import ACTIONS
from recado.api.compat.rights import FREE, RIGHTS
from recado.apps.accounts.models import ApiUser
from recado.apps.accounts.scopes import Scope
from recado.apps.connections.models import Connection
from recado.apps.contacts.services import add_contact, add_group
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import OutboundMessage

PHONE = "48500600700"


@pytest.fixture
def having(api_user, call):
    """Call with these rights and no others."""

    def call_with(*scopes: Scope):
        ApiUser.objects.filter(pk=api_user.pk).update(scopes=[scope.value for scope in scopes])
        return call

    return call_with


def test_every_action_has_a_right_or_is_free():
    assert RIGHTS.keys() | FREE == ACTIONS.keys()
    assert not RIGHTS.keys() & FREE


def test_without_its_right_an_action_is_refused(having):
    codes = {action: having(*(set(Scope) - {right}))(action)["error"]["code"] for action, right in RIGHTS.items()}
    assert codes == {action: 4500 if action.startswith("subaccounts/") else 1005 for action in RIGHTS}


def test_what_is_free_needs_no_right(having):
    call = having()
    assert {call(action, phone=PHONE).get("error", {}).get("code") for action in FREE} == {None, 4102, 4313}


def test_names_of_one_action_need_the_same_right():
    by_function: dict[object, set[object]] = {}
    for name, function in ACTIONS.items():
        by_function.setdefault(function, set()).add(RIGHTS.get(name))
    assert [rights for rights in by_function.values() if len(rights) > 1] == []


def test_contacts_are_shown_to_who_may_see_them_only(having, account, shared_long, receive):
    add_contact(account, PHONE, {"first_name": "Ada"}, [])
    receive(shared_long, sender=PHONE)
    shown = having(Scope.MESSAGES_READ, Scope.CONTACTS_READ)("messages/recived", show_contact=True)["items"][0]
    hidden = having(Scope.MESSAGES_READ)("messages/recived", show_contact=True)["items"][0]
    assert shown["contact"]["first_name"] == "Ada"
    assert shown.keys() - hidden.keys() == {"contact"}


def test_details_of_a_send_to_a_group_are_for_who_may_see_contacts(having, account):
    carrier = Connection.objects.create(name="Carrier", kind="smpp")
    Number.objects.create(digits="48660000001", kind="eco", connection=carrier)
    group = add_group(account, "Gardeners")
    add_contact(account, PHONE, {}, [group.pk])
    call = having(Scope.MESSAGES_SEND)
    assert call("messages/send_sms", group_id=group.pk, text="Hi", details=True)["error"]["code"] == 1008
    assert call("messages/send_sms", group_id=group.pk, text="Hi", details=True, test=True)["error"]["code"] == 1008
    assert call("messages/send_sms", group_id=group.pk, text="Hi")["queued"] == 1


def test_what_a_test_key_sends_goes_to_nobody(api_user, call):
    carrier = Connection.objects.create(name="Carrier", kind="smpp")
    Number.objects.create(digits="48660000001", kind="eco", connection=carrier)
    ApiUser.objects.filter(pk=api_user.pk).update(is_test=True)
    answer = call("messages/send_sms", phone=PHONE, text="Hi", details=True)
    assert (answer["queued"], answer["items"][0]["id"]) == (1, "")
    assert not OutboundMessage.objects.exists()


def test_the_older_api_asks_for_the_same_rights(api_user):
    ApiUser.objects.filter(pk=api_user.pk).update(scopes=[Scope.MESSAGES_READ.value])
    answers = [
        Client().post("/zdalnie/", {"login": "demo", "haslo": "demo", "akcja": akcja, "operacja": "lista_grup"}).content.decode()
        for akcja in ("kontakty", "sprawdz_odpowiedzi")
    ]
    assert ['kod="104"' in answer for answer in answers] == [True, False]
