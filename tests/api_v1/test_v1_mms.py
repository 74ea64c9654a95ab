"""MMS through the API: what came, what is sent, files that are kept; everything that speaks against an MMS is said at once."""

import io
from dataclasses import replace

import pytest
from django.utils import timezone
from PIL import Image

from panel.conversations import dialogue, mms_number, number, received, sent
from recado.apps.ids import next_id
from recado.apps.media.models import Content, MediaFile, ScanState
from recado.apps.media.services import blobs, keep_file
from recado.apps.mms.models import Attachment, ReceivedMms, SentMms
from recado.apps.outbox.models import OutboundMessage
from recado.blobs.base import keep
from recado.testing.media_files import media_file

HANNA = "+48604218377"


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.RECADO = replace(settings.RECADO, data=tmp_path)


@pytest.fixture
def own(account):
    return mms_number(account)


@pytest.fixture
def photo(account):
    made = io.BytesIO()
    Image.effect_noise((600, 500), 80).save(made, "JPEG", quality=95)
    return keep_file(account, "roses.jpg", made.getvalue())


def part_of(message, name, content_type, *, role="media", position=0, **known):
    digest = f"{position}" * 64
    Content.objects.create(sha256=digest, size=9, content_type=content_type, created_at=timezone.now(), **known)
    owner = {"outbound_id" if isinstance(message, OutboundMessage) else "message_id": message.pk}
    facts = {"sha256": digest, "size": 9, "content_type": content_type, "name": name, "role": role, "position": position}
    return Attachment.objects.create(id=next_id(), **facts, **owner)


@pytest.fixture
def came(account, own):
    """An MMS with a picture that has been prepared, words, and a file with a virus; and a text beside it."""
    conversation = dialogue(account, number=own)
    received(conversation, "A text")
    message = received(conversation, "my cat", minutes=5)
    ReceivedMms.objects.create(id=message.pk, subject="Photo")
    part_of(message, "cat.jpg", "image/jpeg", stripped_sha256="a" * 64, preview_sha256="b" * 64, scan_state=ScanState.CLEAN)
    part_of(message, "words.txt", "text/plain", role="text", position=1)
    part_of(message, "list.zip", "application/zip", position=2, scan_state=ScanState.INFECTED)
    return message


def test_what_came_is_told_with_links_that_expire(api, came, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        text, mms = sorted(api("get", "/messages/received").json()["items"], key=lambda one: one["id"])
    assert (text["kind"], text["subject"], text["attachments"]) == ("sms", "", [])
    assert (mms["kind"], mms["subject"], mms["text"]) == ("mms", "Photo", "my cat")
    cat, words, dangerous = mms["attachments"]
    assert (cat["name"], cat["content_type"], cat["role"], cat["scan_state"], cat["size"]) == ("cat.jpg", "image/jpeg", "media", "clean", 9)
    assert all("/media/" in cat[name] for name in ("url", "preview_url"))
    assert (words["role"], words["preview_url"]) == ("text", None)
    assert (dangerous["url"], dangerous["preview_url"], dangerous["scan_state"]) == (None, None, "infected")
    assert api("get", f"/messages/received/{came.pk}").json()["attachments"][0]["id"] == cat["id"]
    there = api("get", f"/conversations/{came.dialogue_id}/messages").json()["items"]
    assert [one["kind"] for one in there] == ["mms", "sms"]


@pytest.mark.parametrize(("kind", "texts"), [("mms", ["my cat"]), ("sms", ["A text"])])
def test_the_log_is_narrowed_to_a_kind(api, came, kind, texts):
    assert [one["text"] for one in api("get", f"/messages/received?kind={kind}").json()["items"]] == texts


def test_the_table_has_kind_subject_and_files(api, came):
    table = b"".join(api("get", "/messages/received.csv").streaming_content).decode()
    assert "mms,Photo,my cat,image/jpeg application/zip" in table
    assert "sms,,A text,," in table


def test_a_part_leads_to_its_bytes_unless_it_is_dangerous(api, came):
    cat, _words, dangerous = Attachment.objects.order_by("position")
    assert api("get", f"/attachments/{cat.pk}").json()["name"] == "cat.jpg"
    assert api("get", f"/attachments/{cat.pk}/content").json()["code"] == "gone"
    Attachment.objects.filter(pk=cat.pk).update(sha256=keep(blobs(), b"bytes"), size=5)
    answer = api("get", f"/attachments/{cat.pk}/content")
    assert (b"".join(answer.streaming_content), answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        b"bytes",
        "image/jpeg",
        "nosniff",
    )
    assert answer["Content-Disposition"].startswith("attachment")
    refused = api("get", f"/attachments/{dangerous.pk}/content")
    assert (refused.status_code, refused.json()["code"]) == (409, "infected")


def test_a_sent_one_says_that_it_was_read(api, account, own):
    message = sent(dialogue(account, number=own), "Here", kind="mms", state="delivered")
    SentMms.objects.create(id=message.pk, subject="For you", is_read=True, read_at=timezone.now())
    part_of(message, "roses.jpg", "image/jpeg")
    shown = api("get", "/messages/sent?kind=mms").json()["items"][0]
    assert (shown["subject"], shown["is_read"], shown["attachments"][0]["name"]) == ("For you", True, "roses.jpg")
    assert api("get", f"/messages/sent/{message.pk}").json()["read_at"]


def test_files_are_kept_listed_and_let_go(api, account):
    kept = api("post", "/media-files", {"file": media_file("pdf")}).json()
    assert (kept["content_type"], kept["size"]) == ("application/pdf", len(media_file("pdf")))
    assert [one["id"] for one in api("get", "/media-files").json()["items"]] == [kept["id"]]
    assert api("get", f"/media-files/{kept['id']}").json()["name"] == "file"
    assert api("delete", f"/media-files/{kept['id']}").status_code == 204
    assert not MediaFile.objects.exists()
    refused = api("post", "/media-files", {"file": b"MZ\x90\0" + bytes(60)})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "file")


def test_an_answer_with_files_is_an_mms(api, account, own, photo):
    conversation = dialogue(account, number=own)
    received(conversation, "Have you got a photo?")
    answer = api("post", f"/conversations/{conversation.pk}/messages", {"mms": {"subject": "For you", "files": [photo.public_id]}})
    shown = answer.json()
    assert (answer.status_code, shown["kind"], shown["subject"], shown["text"], shown["cost"]) == (201, "mms", "For you", "", 25)
    assert shown["attachments"][0]["size"] < 50_000


def test_an_mms_goes_to_a_few_phones(api, own, photo):
    order = {"phones": [HANNA, "+48600700800", "12"], "text": "Fresh", "sender": "+48664200401", "mms": {"files": [photo.public_id]}}
    tried = api("post", "/messages", order | {"test": True}).json()
    assert (tried["queued"], tried["cost"], OutboundMessage.objects.count()) == (2, 50, 0)
    done = api("post", "/messages", order).json()
    assert (done["queued"], done["refused"], done["cost"]) == (2, 1, 50)
    assert set(OutboundMessage.objects.values_list("kind", "text")) == {("mms", "Fresh")}
    assert Attachment.objects.count() == 1


def test_everything_that_speaks_against_it_is_said_and_nothing_is_sent(api, account, own, photo):
    conversation = dialogue(account, number=own)
    film = keep_file(account, "film.mp4", media_file("mp4") + bytes(60_000))
    Content.objects.filter(pk=photo.sha256).update(scan_state=ScanState.INFECTED)
    files = [photo.public_id, film.public_id]
    problem = api("post", f"/conversations/{conversation.pk}/messages", {"mms": {"files": files}}).json()
    assert [one["message"] for one in problem["errors"]] == [
        "a virus was found in roses.jpg",
        "the carrier takes at most 50000 bytes, with pictures made smaller",
    ]
    for sender, code in ((None, "sender-no-mms"), ("+48664200300", "sender-no-mms")):
        number(account)
        order = {"phones": [HANNA], "sender": sender, "mms": {"files": [film.public_id]}}
        assert api("post", "/messages", order).json()["code"] == code
    unknown = api("post", "/messages", {"phones": [HANNA], "sender": "+48664200401", "mms": {"files": ["0123456789"]}}).json()
    assert unknown["errors"][0]["field"] == "body.mms.files.0"
    assert api("post", "/messages", {"phones": [HANNA], "text": " "}).status_code == 422
    assert not OutboundMessage.objects.exists()


def test_a_group_send_is_an_mms_as_long_as_it_says_so(api, own, photo):
    mms = {"subject": "Only today", "files": [photo.public_id]}
    made = api("post", "/campaigns", {"text": "Fresh", "sender": "+48664200401", "mms": mms}).json()
    assert (made["mms"]["subject"], made["mms"]["files"][0]["name"]) == ("Only today", "roses.jpg")
    place = f"/campaigns/{made['id']}"
    api("post", f"{place}/people", {"phones": [HANNA]})
    estimate = api("get", f"{place}/estimate").json()
    assert (estimate["recipient_count"], estimate["cost"], estimate["problems"]) == (1, 25, [])
    assert api("patch", place, {"name": "Roses"}).json()["mms"]["subject"] == "Only today"
    assert api("patch", place, {"sender": None}).json()["errors"][0]["field"] == "body.sender"
    assert api("patch", place, {"mms": None}).json()["mms"] is None
    api("patch", place, {"mms": mms})
    large = api("post", "/media-files", {"file": media_file("mp4") + bytes(60_000)}).json()["id"]
    api("patch", place, {"mms": {"files": [large]}})
    assert api("get", f"{place}/estimate").json()["problems"] == ["mms-too-large"]
    refused = api("post", f"{place}/send", {"recipient_count": 1, "cost": 25})
    assert (refused.status_code, refused.json()["code"]) == (409, "mms-too-large")
    api("patch", place, {"mms": mms})
    assert api("post", f"{place}/send", {"recipient_count": 1, "cost": 25}).json()["state"] == "scheduled"
