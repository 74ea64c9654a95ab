"""messages/send_mms: from a number with MMS, with kept files or one that is given, and what is refused."""

import base64

import pytest

from recado.apps.connections.models import Connection
from recado.apps.media.services import keep_file
from recado.apps.mms.models import Attachment, SentMms
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import OutboundMessage

PHONE = "+48604218377"
GIF = b"GIF89a" + bytes(200)


@pytest.fixture
def number(account):
    link, _ = Connection.objects.get_or_create(kind="simulator", defaults={"name": "Phones"})
    return Number.objects.create(digits="48664200401", kind="individual_long_mms", account=account, connection=link)


def test_an_mms_with_a_kept_file_is_queued(call, account, number):
    kept = keep_file(account, "cat.gif", GIF)
    answer = call("messages/send_mms", phone=PHONE, title="Photo", text="my cat", file_id=kept.public_id, unique_id="mine000001", details=1)
    assert (answer["success"], answer["queued"], answer["items"][0]["status"]) == (True, 1, "queued")
    message = OutboundMessage.objects.get()
    assert (message.kind, message.sender, message.recipient, message.text) == ("mms", number.digits, "48604218377", "my cat")
    assert SentMms.objects.get(pk=message.pk).subject == "Photo"
    assert [part.name for part in Attachment.objects.exclude(outbound_id=None)] == ["cat.gif"]


def test_a_file_may_be_given_as_base64_and_many_phones_share_it(call, number):
    answer = call("messages/send_mms", phone=[PHONE, "+48604218378"], title="Photo", file=base64.b64encode(GIF).decode(), name="a.gif")
    assert answer == {"success": True, "queued": 2, "unsent": 0}
    assert Attachment.objects.count() == 1


def test_a_test_queues_nothing(call, number):
    assert call("messages/send_mms", phone=PHONE, title="x", text="y", test=True)["queued"] == 1
    assert not OutboundMessage.objects.exists()


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"title": "x"}, 3101),
        ({"title": "x" * 41, "text": "y"}, 3102),
        ({"title": "x", "file_id": "0123456789"}, 3109),
        ({"title": "x", "file": "no base64!"}, 3109),
        ({"title": "x", "text": "y", "sender": "664200999"}, 3106),
        ({"title": "x", "text": "y", "phone": ""}, 3104),
        ({"title": "x", "text": "y", "date": "2001-01-01 00:00:00"}, 3108),
    ],
)
def test_what_cannot_be_sent_is_refused_with_the_providers_number(call, number, given, code):
    assert call("messages/send_mms", **{"phone": PHONE, **given})["error"]["code"] == code


def test_without_a_number_for_it_nobody_has_the_permission(call):
    assert call("messages/send_mms", phone=PHONE, title="x", text="y")["error"]["code"] == 3005


def test_a_strangers_file_cannot_be_sent(call, number, stranger):
    theirs = keep_file(stranger, "cat.gif", GIF)
    assert call("messages/send_mms", phone=PHONE, title="x", file_id=theirs.public_id)["error"]["code"] == 3109
