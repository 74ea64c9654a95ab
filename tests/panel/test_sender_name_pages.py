"""Sender names on both sides: the customer asks, the operator decides, the customer reads how it stands."""

import pytest

from recado.apps.accounts.models import OperatorRole
from recado.apps.audit.models import AuditEntry
from recado.apps.senders.errors import NameRefusal
from recado.apps.senders.models import SenderName
from recado.apps.senders.services import authorise_name, request_name
from recado.core.sender_name import NameFault
from recado.panel.sender_words import REFUSALS, STATES

PAGE = "/settings/sender-names/"
OPERATOR = "/operator/sender-names/"


def test_every_refusal_and_state_has_its_words():
    assert set(REFUSALS) == {*NameRefusal, *NameFault}
    assert set(STATES) == set(SenderName.State)


def test_a_name_is_asked_for_approved_and_switched_off(alice_client, console, account):
    assert "No sender names yet" in alice_client.get(PAGE).content.decode()
    page = alice_client.post(PAGE, {"name": "Roza", "note": "roza.example"}, follow=True).content.decode()
    assert "The operator looks at Roza." in page
    assert "Waiting for approval" in page
    olga, name = console(OperatorRole.SUPPORT), SenderName.objects.get()
    listed = olga.get(OPERATOR).content.decode()
    assert "roza.example" in listed
    assert "Kwiaciarnia Róża sends as Roza from now on." in olga.post(f"{OPERATOR}{name.pk}/approve/", follow=True).content.decode()
    assert "Approved" in alice_client.get(PAGE).content.decode()
    assert "Roza is switched off." in alice_client.post(f"{PAGE}{name.pk}/off/", follow=True).content.decode()
    assert set(AuditEntry.objects.filter(account=account).values_list("action", flat=True)) >= {
        "sender_name.requested",
        "sender_name.authorised",
        "sender_name.deactivated",
    }


def test_a_refusal_is_read_by_the_customer(alice_client, alice, account, console):
    name = request_name(account, alice, "Bank")
    olga = console(OperatorRole.SUPPORT)
    assert olga.post(f"{OPERATOR}{name.pk}/refuse/", {"reason": " "}).status_code == 422
    assert "Bank is refused." in olga.post(f"{OPERATOR}{name.pk}/refuse/", {"reason": "You are no bank."}, follow=True).content.decode()
    page = alice_client.get(PAGE).content.decode()
    assert "The operator says: You are no bank." in page
    assert "Ask again" in page


@pytest.mark.parametrize(
    ("name", "fault"), [("Kwiaciarnia Roza", NameFault.TOO_LONG), ("Róża", NameFault.LETTERS), ("4301", NameFault.NO_LETTER)]
)
def test_what_cannot_be_a_sender_is_said_under_the_field(alice_client, name, fault):
    answer = alice_client.post(PAGE, {"name": name})
    assert answer.status_code == 422
    assert str(REFUSALS[fault]) in answer.content.decode()


def test_the_operator_is_warned_of_a_name_somebody_else_sends_under(console, account, alice, charlie):
    authorise_name(request_name(charlie.memberships.get().account, charlie, "ROZA"))
    name = request_name(account, alice, "Roza")
    olga = console(OperatorRole.SUPPORT)
    assert "Somebody else has it" in olga.get(OPERATOR).content.decode()
    assert "Klinika Zdrowie sends as ROZA." in olga.get(f"{OPERATOR}{name.pk}/").content.decode()
    assert "Nothing matches" in olga.get(f"{OPERATOR}?q=zzz").content.decode()


def test_who_only_reads_finds_nothing_to_press(vera_client, account, alice):
    request_name(account, alice, "Roza")
    page = vera_client.get(PAGE).content.decode()
    assert "Waiting for approval" in page
    assert "Withdraw" not in page
    assert vera_client.post(PAGE, {"name": "Tulip"}).status_code == 403
