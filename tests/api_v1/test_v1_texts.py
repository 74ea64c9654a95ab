"""`/texts` and `/sender-names`: what is particular about them."""

import pytest

from recado.api.v1.forward_shapes import ForwardFormat, ForwardKind, ForwardMethod, ForwardPhoneForm, ForwardSignature
from recado.api.v1.sender_names import FAULTS, REFUSALS, SenderNameState
from recado.api.v1.texts import TextUse
from recado.apps.accounts.services import create_user
from recado.apps.audit.models import AuditEntry
from recado.apps.dialogues.canned_replies import add_canned_reply
from recado.apps.dialogues.models import CannedReply
from recado.apps.outbox.models import Destination
from recado.apps.senders.errors import NameRefusal
from recado.apps.senders.models import SenderName
from recado.core.sender_name import NameFault


def test_texts_are_added_found_by_use_changed_and_deleted(api):
    hours = api("post", "/texts", {"name": " Hours ", "text": "Open, {first_name}."}).json()
    assert (hours["name"], hours["use"]) == ("Hours", "dialogue")
    api("post", "/texts", {"name": "Sale", "text": "{discount} off", "use": "campaign"})
    assert [one["name"] for one in api("get", "/texts?use=dialogue").json()["items"]] == ["Hours"]
    assert api("patch", f"/texts/{hours['id']}", {"use": "both"}).json()["text"] == "Open, {first_name}."
    assert [one["name"] for one in api("get", "/texts?use=campaign").json()["items"]] == ["Sale", "Hours"]
    assert [one["name"] for one in api("get", "/texts?search=sal").json()["items"]] == ["Sale"]
    assert api("delete", f"/texts/{hours['id']}").status_code == 204
    assert CannedReply.objects.get().name == "Sale"


def test_a_place_nothing_is_put_into_is_refused_in_conversations(api):
    refused = api("post", "/texts", {"name": "A", "text": "{discount} off"})
    assert refused.json()["errors"][0]["field"] == "body.text"
    sale = api("post", "/texts", {"name": "A", "text": "{discount} off", "use": "campaign"}).json()
    assert api("patch", f"/texts/{sale['id']}", {"use": "both"}).status_code == 422


@pytest.mark.parametrize("blank", ["", " ", "\x1f", "\u3000"])
def test_a_blank_text_is_refused(blank, api):
    for body in ({"name": blank, "text": "A"}, {"name": "A", "text": blank}):
        assert api("post", "/texts", body).status_code == 422


def test_a_persons_own_texts_are_nobody_elses(api, account):
    own = add_canned_reply(account, "Mine", "Hello.", create_user("alice@example.org", "secret"))
    assert api("get", "/texts").json()["items"] == []
    assert api("delete", f"/texts/{own.pk}").status_code == 404


def test_a_text_is_tried_on_somebody_with_a_name_and_on_somebody_without(api):
    shown = api("post", "/texts/preview", {"text": "Hello {first_name}!"}).json()
    assert [one["text"] for one in shown["previews"]] == ["Hello Hanna!", "Hello!"]
    assert len(api("post", "/texts/preview", {"text": "Hello."}).json()["previews"]) == 1


def test_a_sender_name_is_asked_for_and_given_up(api):
    asked = api("post", "/sender-names", {"name": " Roza ", "note": "roza.example"}).json()
    assert (asked["name"], asked["state"]) == ("Roza", "pending_authorization")
    assert SenderName.objects.get().requested_by is None
    assert api("post", "/sender-names", {"name": "Roza"}).json()["code"] == "there-already"
    path = f"/sender-names/{asked['id']}/switch-off"
    assert api("post", path).json()["state"] == "deactivated"
    assert api("post", path).json()["code"] == "decided"
    assert [entry.action for entry in AuditEntry.objects.order_by("pk")] == ["sender_name.requested", "sender_name.deactivated"]


@pytest.mark.parametrize("name", ["", "  ", "Róża", "TooLongForThat", "12345", "5O3 34O 5O3"])
def test_a_name_that_cannot_be_is_refused_with_the_field(name, api):
    response = api("post", "/sender-names", {"name": name})
    assert (response.status_code, response.json()["errors"][0]["field"]) == (422, "body.name")


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (ForwardKind, Destination.Kind),
        (ForwardMethod, Destination.Method),
        (ForwardPhoneForm, Destination.PhoneForm),
        (ForwardFormat, Destination.Body),
        (ForwardSignature, Destination.Signature),
        (TextUse, CannedReply.Use),
        (SenderNameState, SenderName.State),
    ],
)
def test_choices_that_have_a_name_of_their_own_here_are_those_of_the_app(ours, theirs):
    assert {one.value for one in ours} == set(theirs.values)


def test_every_refusal_has_its_words():
    assert set(FAULTS) == set(NameFault)
    assert set(REFUSALS) == set(NameRefusal) - {NameRefusal.NO_REASON}
