"""MMS where people look for messages: in the conversation, in lists, on the message's own page, on the simulated phone."""

import io
import re
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from panel.conversations import dialogue, number, received, sent
from recado.apps.ids import next_id
from recado.apps.inbox.models import Message
from recado.apps.media.models import Content, PreviewState, ScanState
from recado.apps.media.services import blobs
from recado.apps.mms.models import Attachment, ReceivedMms, SentMms
from recado.apps.outbox.models import SendKind
from recado.blobs.base import keep
from recado.config import Clamd
from recado.core.number import NumberKind
from recado.panel.forms.simulated import PHONES
from recado.panel.inbox.wordless import in_a_word
from recado.panel.media.serving import PLAYED
from recado.testing.media_files import TYPES, media_file
from recado.testing.receiving import receiving_directly

CARD = b"BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Jan Kowal\r\nTEL:+48501500500\r\nEND:VCARD\r\n"


def attach(message, content_type, bytes_=b"bytes", *, position=0, is_sent=False, role="media", name="it", **known):
    sha256 = keep(blobs(), bytes_)
    facts = {"size": len(bytes_), "content_type": content_type}
    Content.objects.get_or_create(sha256=sha256, defaults={**facts, "created_at": timezone.now(), **known})
    owner = {"outbound_id" if is_sent else "message_id": message.pk}
    return Attachment.objects.create(id=next_id(), position=position, role=role, sha256=sha256, name=name, **facts, **owner)


@pytest.fixture
def conversation(account):
    return dialogue(account, number=number(account, "48664200401", NumberKind.INDIVIDUAL_LONG_MMS), message_count=1)


@pytest.fixture
def message(conversation):
    found = received(conversation, "")
    ReceivedMms.objects.create(id=found.pk, subject="", slides="[]")
    return found


def thread_of(client, conversation):
    return client.get(f"/inbox/{conversation.pk}/").content.decode()


@pytest.mark.parametrize(
    ("content_type", "known", "shown"),
    [
        ("image/jpeg", {"preview_state": PreviewState.DONE, "preview_sha256": "a" * 64, "stripped_sha256": "b" * 64}, "<img src="),
        ("image/jpeg", {"preview_state": PreviewState.WAITING}, "is being prepared"),
        ("image/jpeg", {"preview_state": PreviewState.FAILED}, "c-mms__file"),
        ("audio/mpeg", {}, "<audio controls"),
        ("audio/amr", {}, "Browsers cannot play this kind"),
        ("video/mp4", {}, "<video controls"),
        ("application/pdf", {}, "PDF document"),
        ("application/pdf", {"scan_state": ScanState.INFECTED}, "Dangerous: not handed out"),
        ("application/pdf", {"scan_state": ScanState.UNSCANNABLE}, "Could not be checked"),
    ],
)
def test_every_kind_has_its_look(alice_client, conversation, message, content_type, known, shown):
    attach(message, content_type, **known)
    assert shown in thread_of(alice_client, conversation)


@pytest.mark.parametrize("content_type", ["image/jpeg", "audio/mpeg", "video/mp4", "application/pdf"])
@pytest.mark.parametrize(
    ("state", "words", "is_said_without_scanner"),
    [
        (ScanState.RECEIVED, "Being checked for viruses", False),
        (ScanState.CLEAN, "", False),
        (ScanState.UNSCANNABLE, "Could not be checked for viruses", True),
        (ScanState.INFECTED, "Dangerous: not handed out", True),
    ],
)
def test_every_kind_says_what_the_virus_scanner_found(
    alice_client, conversation, message, settings, content_type, state, words, is_said_without_scanner
):
    attach(message, content_type, scan_state=state)
    said = {words} - {""}
    assert said_of_viruses(thread_of(alice_client, conversation)) == (said if is_said_without_scanner else set())
    settings.RECADO = replace(settings.RECADO, clamav=Clamd(path="/run/clamav/clamd.ctl"))
    assert said_of_viruses(thread_of(alice_client, conversation)) == said


def said_of_viruses(page):
    words = "Being checked for viruses", "Could not be checked for viruses", "Dangerous: not handed out"
    return {one for one in words if one in page}


def test_files_of_every_kind_are_shown_and_can_be_saved(alice_client, conversation, message):
    for position, ending in enumerate(sorted(TYPES)):
        attach(message, TYPES[ending], media_file(ending), position=position, name=f"plik.{ending}", preview_state=PreviewState.FAILED)
    page = thread_of(alice_client, conversation)
    for ending in TYPES:
        assert f"plik.{ending}" in page
        link = re.search(rf'(?:href|src)="(/media/[^"]+/plik\.{ending})"', page)
        assert link, ending
        answer = alice_client.get(link[1])
        is_inline = answer["Content-Disposition"].startswith("inline")
        assert not is_inline or TYPES[ending] in PLAYED, ending
        assert b"".join(answer.streaming_content)
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_what_is_dangerous_has_no_link(alice_client, conversation, message):
    attach(message, "image/jpeg", scan_state=ScanState.INFECTED, preview_state=PreviewState.DONE, preview_sha256="a" * 64)
    assert "/media/" not in thread_of(alice_client, conversation)
    assert "/media/" not in alice_client.get(f"/messages/{message.pk}/").content.decode()


def test_a_card_leads_to_the_contact_form_filled_in(alice_client, conversation, message):
    attach(message, "text/x-vcard", CARD)
    page = thread_of(alice_client, conversation)
    assert "Add to contacts" in page
    link = page.split('href="/contacts/new/?', 1)[1].split('"', 1)[0].replace("&amp;", "&")
    form = alice_client.get(f"/contacts/new/?{link}").content.decode()
    assert "Kowal" in form
    assert "501500500" in form.replace(" ", "")


def test_words_of_a_file_are_shown_without_running_anything(alice_client, conversation, message):
    attach(message, "text/plain", b"<script>alert(1)</script>")
    assert "&lt;script&gt;alert(1)" in thread_of(alice_client, conversation)


def test_slides_are_shown_in_order_and_the_rest_afterwards(alice_client, conversation, message):
    for position, kind in enumerate(("image/png", "image/gif", "application/pdf")):
        attach(message, kind, kind.encode(), position=position, name=f"file{position}")
    ReceivedMms.objects.filter(pk=message.pk).update(slides="[[[1], 0], [[0], 0]]")
    page = thread_of(alice_client, conversation)
    places = [page.index(words) for words in ("Slide 1 of 2", "file1", "Slide 2 of 2", "file0", "file2")]
    assert places == sorted(places)


def test_an_mms_we_sent_looks_the_same_and_says_that_it_was_read(alice_client, conversation):
    found = sent(conversation, "Here you are", kind=SendKind.MMS, state="delivered")
    SentMms.objects.create(id=found.pk, subject="For you", is_read=True)
    attach(found, "audio/mpeg", is_sent=True)
    page = thread_of(alice_client, conversation)
    assert all(words in page for words in ("For you", "Here you are", "<audio controls", "#eye", "Read"))


@pytest.mark.parametrize(
    ("types", "words"),
    [
        (["image/png"], "Photo"),
        (["image/png"] * 2, "2 photos"),
        (["audio/amr"], "Voice message"),
        (["video/mp4"], "Video"),
        (["text/x-vcard"], "Contact card"),
        (["application/pdf"], "File"),
        (["application/pdf", "image/png", "audio/amr"], "3 files"),
    ],
)
def test_without_words_it_is_said_what_came(types, words):
    said = in_a_word([Attachment(role="media", content_type=one) for one in types])
    assert said is not None
    assert said.words == words


def test_lists_say_what_came_where_there_are_no_words(alice_client, conversation, message):
    attach(message, "image/png", b"1")
    attach(message, "image/png", b"2", position=1)
    for address in ("/inbox/", "/messages/"):
        assert "2 photos" in alice_client.get(address).content.decode()


def test_an_erased_conversation_says_that_there_is_no_text(alice_client, conversation):
    assert "(no text)" in alice_client.get("/inbox/").content.decode()


def test_the_page_of_a_message_lists_its_parts(alice_client, message):
    found = attach(message, "image/png", name="cat.png")
    Attachment.objects.filter(pk=found.pk).update(claimed_type="image/jpg")
    page = alice_client.get(f"/messages/{message.pk}/").content.decode()
    assert all(words in page for words in ("cat.png", "It is image/png; the phone called it image/jpg.", found.sha256, "/media/"))
    data = alice_client.get(f"/messages/{message.pk}/raw/").json()
    assert data["mms"]["parts"][0]["sha256"] == found.sha256


def picture():
    drawn = io.BytesIO()
    Image.new("RGB", (4, 4)).save(drawn, "PNG")
    return SimpleUploadedFile("cat.png", drawn.getvalue(), "image/png")


def post(client, where, **given):
    return client.post("/simulator/", {"phone": PHONES[0], "number": where.pk, "text": "", **given})


def test_a_simulated_phone_sends_pictures_with_a_subject(alice_client, conversation):
    with receiving_directly():
        answer = post(alice_client, conversation.number, attached=[picture(), picture()], subject="Look")
    message = Message.objects.get()
    assert ReceivedMms.objects.get().pk == message.pk
    assert [one.content_type for one in Attachment.objects.all()] == ["image/png"] * 2
    page = alice_client.get(answer.url).content.decode()
    assert "Look" in page
    assert "is being prepared" in page


def test_numbers_without_mms_say_so_and_nothing_is_kept(alice_client, account):
    with receiving_directly():
        answer = post(alice_client, number(account), attached=[picture()])
    assert answer.status_code == 422
    assert "takes no MMS" in answer.content.decode()
    assert not Message.objects.exists()


def test_more_than_ten_files_are_refused(alice_client, conversation):
    with receiving_directly():
        answer = post(alice_client, conversation.number, attached=[picture() for _ in range(11)])
    assert "at most 10 files" in answer.content.decode()
