"""What forwards tell of an MMS, in every shape they have."""

import json
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import pytest
from mms_rows import as_mms
from webhook_rows import webhook
from worker_twins import until

from recado.blobs.links import LinkExpiredError, Links, Variant
from recado.delivery import event_bodies, twilio_body
from recado.delivery.forwarded_mms import forwarded, linking
from recado.delivery.macros import Forwarded, build_call
from recado.store.dialect import Connection
from recado.store.mms_told import ToldFile, ToldMms, load_told
from recado.testing.media_files import media_file

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
PICTURE = ToldFile(7, "my cat.jpg", "image/jpeg", 9000, "a" * 64, "b" * 64, "clean")
VIRUS = ToldFile(8, "x.exe", "application/octet-stream", 10, "c" * 64, "", "infected")
MMS = forwarded(ToldMms("Photo", (PICTURE, VIRUS)), 3, linking("https://panel.example", "secret"), NOW)
MESSAGE = Forwarded(41, "48501222333", "48664200401", "my cat", NOW, account_id=3, mms=MMS)


def test_a_picture_is_linked_without_what_it_tells_of_its_place_and_a_virus_not_at_all():
    url = urlsplit(MMS.files[0].url)
    _, root, token, name = url.path.split("/")
    assert (url.netloc, root, name) == ("panel.example", "media", "my_cat.jpg")
    linked = Links("secret").read(token, NOW.timestamp())
    assert (linked.sha256, linked.account_id, linked.variant) == ("a" * 64, 3, Variant.STRIPPED)
    with pytest.raises(LinkExpiredError):
        Links("secret").read(token, NOW.timestamp() + 8 * 86_400)
    assert MMS.files[1].url == ""


def test_json_names_subject_and_files():
    data = json.loads(event_bodies.as_json([MESSAGE], is_list=False)[0])["data"]
    assert (data["kind"], data["subject"], data["text"]) == ("mms", "Photo", "my cat")
    assert [(one["id"], one["name"], one["size"], bool(one["url"])) for one in data["attachments"]] == [
        ("7", "my cat.jpg", 9000, True),
        ("8", "x.exe", 10, False),
    ]


def test_xml_names_them_too():
    root = ET.fromstring(event_bodies.as_xml([MESSAGE], is_list=False)[0])
    assert [one.findtext("name") for one in root.iter("attachment")] == ["my cat.jpg", "x.exe"]


def test_the_form_of_twilio_has_its_media():
    form = twilio_body.form_of(MESSAGE)
    assert (form["NumMedia"], form["MediaContentType0"], form["MediaUrl0"]) == ("1", "image/jpeg", MMS.files[0].url)


def test_templates_of_the_provider_get_the_subject():
    call = build_call("GET", "https://x.example/?id=#ID#&t=#WIADOMOSC#", MESSAGE)
    assert parse_qs(urlsplit(call.url).query) == {"id": ["41"], "t": ["Photo"]}


def test_of_plain_messages_nothing_is_loaded(connection: Connection):
    assert load_told(connection, [1, 2]) == {}


def test_files_are_loaded_in_their_order_without_texts_and_layouts(connection: Connection):
    with connection.transaction():
        connection.execute("INSERT INTO mms_receivedmms (id, subject, slides) VALUES (5, 'Photo', '[]')")
        for position, role in enumerate(("layout", "media", "text", "media")):
            connection.execute(
                "INSERT INTO mms_attachment (id, message_id, position, role, sha256, size, content_type, claimed_type, name, content_id)"
                " VALUES (?, 5, ?, ?, ?, 1, 'image/jpeg', '', '', '')",
                (100 - position, position, role, f"{position}" * 64),
            )
    assert [file.sha256[0] for file in load_told(connection, [5, 5, 6])[5].files] == ["1", "3"]


@pytest.mark.anyio
async def test_a_webhook_waits_until_its_links_lead_to_copies_without_place(outbox, working, receiving, blobs, clock):
    async with receiving() as receiver:
        job = outbox.forward(webhook(outbox, receiver.url))
        as_mms(outbox, blobs, job, (media_file("jpg"), "image/jpeg", "beach.jpg", {"preview_state": "waiting"}))
        async with working(link=linking("https://panel.example", "secret")) as worker:
            await until(lambda: outbox.state(job)[2] > clock())
            assert (outbox.state(job)[:2], receiver.bodies) == (("waiting", 0), [])
            outbox.con.execute("UPDATE media_content SET preview_state = 'done', stripped_sha256 = ?", ("b" * 64,))
            clock.advance(2)
            worker.wake()
            await until(lambda: outbox.state(job)[0] == "done")
    (told,) = json.loads(receiver.bodies[0])["data"]["attachments"]
    assert Links("secret").read(urlsplit(told["url"]).path.split("/")[2], clock().timestamp()).variant == Variant.STRIPPED
    assert outbox.con.rows("SELECT * FROM outbox_heldphone") == []
