"""MMS in messages/recived and in the older XML API."""

import base64
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from recado.api.compat import multimedia
from recado.apps.ids import next_id
from recado.apps.inbox.models import Message
from recado.apps.media.models import Content
from recado.apps.media.services import blobs
from recado.apps.mms.models import Attachment, ReceivedMms
from recado.apps.numbers.models import Number
from recado.blobs.base import keep

PICTURE = b"\xff\xd8\xff picture"


@pytest.fixture
def mms(account, receive):
    number = Number.objects.create(digits="48664200401", kind="individual_long_mms", account=account)

    def receive_mms(subject="Photo", text="my cat", content=PICTURE, **fields):
        message = receive(number, text, **fields)
        ReceivedMms.objects.create(id=message.pk, subject=subject)
        digest = keep(blobs(), content)
        for position, (role, kind) in enumerate([("layout", "application/smil"), ("media", "image/jpeg")]):
            about = {"role": role, "content_type": kind, "sha256": digest, "size": len(content), "name": "cat.jpg"}
            Attachment.objects.create(id=next_id(), message_id=message.pk, position=position, **about)
        return message

    receive_mms.number = number
    return receive_mms


def test_a_row_has_number_title_and_files_as_base64(call, mms):
    message = mms()
    (row,) = call("messages/recived", type="mms")["items"]
    (file,) = row.pop("attachments")
    assert (row["id"], row["type"], row["to_number"], row["title"], row["text"]) == (message.pk, "mms", "+48664200401", "Photo", "my cat")
    assert (file["name"], file["content_type"], base64.b64decode(file["data"])) == ("cat.jpg", "image/jpeg", PICTURE)


def test_each_type_lists_its_own_messages_of_the_same_number(call, mms, receive):
    picture, text = mms(), receive(mms.number, "Hello")
    rows = {type_: [row["id"] for row in call("messages/recived", type=type_)["items"]] for type_ in ("mms", "ndi", "")}
    assert rows == {"mms": [picture.pk], "ndi": [text.pk], "": [picture.pk, text.pk]}


def test_an_answer_holds_so_many_files_and_the_rest_is_left_unread(call, mms, monkeypatch):
    monkeypatch.setattr(multimedia, "MOST_BYTES", len(PICTURE) * 2)
    messages = [mms() for _ in range(5)]
    fetched = []
    for expected in (2, 2, 1, 0):
        items = call("messages/recived", type="mms", read=True)["items"]
        assert len(items) == expected
        fetched += [row["id"] for row in items]
    assert fetched == [message.pk for message in messages]
    assert not Message.objects.filter(is_read_by_api=False).exists()


def test_what_is_dangerous_or_gone_is_named_without_its_content(call, mms):
    mms(content=b"virus")
    Content.objects.create(
        sha256=keep(blobs(), b"virus"), size=5, content_type="image/jpeg", scan_state="infected", created_at="2026-11-27T12:00Z"
    )
    (row,) = call("messages/recived", type="mms")["items"]
    assert (row["attachments"][0]["name"], row["attachments"][0]["data"]) == ("cat.jpg", "")


def test_a_stranger_sees_nothing_of_it(mms, strangers_call):
    mms()
    assert strangers_call("messages/recived", type="mms")["items"] == []


@pytest.mark.parametrize(("action", "more"), [("pobierz_mms", {}), ("sprawdz_odpowiedzi", {"typ": 5}), ("sprawdz_odpowiedzi", {})])
def test_the_older_api_has_it_as_an_element_of_its_own(api_user, mms, action, more):
    message = mms()
    given = urlencode({"login": "demo", "haslo": "demo", "akcja": action, **more})
    root = ET.fromstring(Client().post("/zdalnie/", given, content_type="application/x-www-form-urlencoded").content)
    found = root.find("MMS")
    assert (found.get("id"), found.get("temat"), found.get("numer")) == (str(message.pk), "Photo", "+48500600700")
    assert base64.b64decode(found.findtext("Zalacznik")) == PICTURE
