"""What goes with a multimedia message, and what stays because others have it."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.utils import timezone

from panel.conversations import dialogue, received, sent
from recado.apps.accounts.services import create_account
from recado.apps.boards.models import Board, Post
from recado.apps.contacts.erasing import erase_contact
from recado.apps.contacts.knowing import known_about
from recado.apps.contacts.services import add_contact
from recado.apps.dialogues.test_data import erase_test_data
from recado.apps.ids import next_id
from recado.apps.inbox.models import Message
from recado.apps.media import services
from recado.apps.media.models import Content, MediaFile
from recado.apps.mms.models import Attachment, ReceivedMms, SentMms
from recado.blobs.base import keep, read

PHONE = "48604218377"


@pytest.fixture(autouse=True)
def not_swept_yet(monkeypatch):
    monkeypatch.setattr(services, "_swept_at", [])


@pytest.fixture
def talk(db):
    return dialogue(create_account("Kwiaciarnia Róża"), PHONE)


def part(content, **whose):
    digest, preview = keep(services.blobs(), content), keep(services.blobs(), b"small " + content)
    old = timezone.now() - timedelta(days=1)
    Content.objects.get_or_create(
        sha256=digest, defaults={"size": 1, "content_type": "image/png", "created_at": old, "preview_sha256": preview}
    )
    Attachment.objects.create(id=next_id(), position=0, role="media", sha256=digest, size=1, content_type="image/png", **whose)
    return digest, preview


def received_mms(talk, content):
    message = received(talk, "Zdjęcie")
    ReceivedMms.objects.create(id=message.pk, subject="Zdjęcie")
    return part(content, message_id=message.pk)


def sent_mms(talk, content):
    message = sent(talk, "Oto")
    type(message).objects.filter(pk=message.pk).update(kind="mms", recipient=PHONE)
    SentMms.objects.create(id=message.pk, subject="Oto")
    return part(content, outbound_id=message.pk)


def lie(digests):
    """Return which of them lie there after the next sweep."""
    services.sweep_if_due(timezone.now() + timedelta(hours=2))
    there = set()
    for digest in digests:
        try:
            read(services.blobs(), digest)
        except FileNotFoundError:
            continue
        there.add(digest)
    return there


def test_nothing_of_an_erased_person_outlives_the_sweep_but_what_others_have(talk):
    other = dialogue(talk.account, "48600000002")
    theirs = {*received_mms(talk, b"a"), *sent_mms(talk, b"b")}
    shared = set(received_mms(talk, b"c")) | set(received_mms(other, b"c"))
    kept = part(b"d", message_id=received(talk, "x").pk)[0]
    MediaFile.objects.create(account=talk.account, public_id="1", name="d", content_type="image/png", size=1, sha256=kept)
    erase_contact(talk.account, add_contact(talk.account, PHONE, {}))
    assert ReceivedMms.objects.count() == Attachment.objects.count() == 1
    assert not SentMms.objects.exists()
    assert lie([*theirs, *shared, kept]) == {*shared, kept}
    assert Content.objects.count() == 2


def test_what_is_known_of_a_person_names_their_mms_with_links_to_all_but_viruses_and_what_they_wrote_for_boards(talk):
    received_mms(talk, b"theirs")
    sent_mms(talk, b"virus")
    received_mms(dialogue(talk.account, "48600000002"), b"of somebody else")
    Content.objects.filter(sha256=sha256(b"virus").hexdigest()).update(scan_state="infected")
    board = Board.objects.create(account=talk.account, name="Wall")
    post = {"message_id": 1, "msisdn": PHONE, "is_test": False, "text": "Ahoj", "received_at": timezone.now()}
    Post.objects.create(id=next_id(), account=talk.account, board=board, **post)
    contact = add_contact(talk.account, PHONE, {})
    known = known_about(talk.account, contact, lambda digest, *about: "|".join((digest[:6], *about)))
    file = {"name": "", "content_type": "image/png", "size": 1}
    links = ["|".join((sha256(b"theirs").hexdigest()[:6], "image/png", "")), ""]
    for (message,), subject, link in zip((known["received"], known["sent"]), ("Zdjęcie", "Oto"), links, strict=True):
        assert (message["kind"], message["subject"], message["files"]) == ("mms", subject, [{**file, "url": link}])
    assert [(one["board"], one["text"]) for one in known["boards"]] == [("Wall", "Ahoj")]
    erase_contact(talk.account, contact)
    assert Post.objects.get().text == ""


def test_files_of_tests_go_with_them(talk):
    tried = received_mms(talk, b"tried")
    Message.objects.update(is_test=True)
    erase_test_data(talk.account)
    assert not ReceivedMms.objects.exists()
    assert not Attachment.objects.exists()
    assert lie(tried) == set()
    assert not Content.objects.exists()


def test_what_is_known_of_a_content_whose_message_is_on_its_way_stays(db):
    digest = keep(services.blobs(), b"young")
    Content.objects.create(sha256=digest, size=1, content_type="image/png", created_at=timezone.now())
    services.sweep_if_due(timezone.now())
    assert Content.objects.exists()
