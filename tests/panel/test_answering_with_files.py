"""Answering with files: attached at once, sent as an MMS, kept over refusals; files that are kept for it."""

import io
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from panel.conversations import dialogue, mms_number, received
from recado.apps.accounts.services import create_account
from recado.apps.media.models import MediaFile
from recado.apps.media.services import keep_file
from recado.apps.mms.models import Attachment, SentMms, UnsentFile
from recado.apps.outbox.models import OutboundMessage
from recado.testing.media_files import media_file

PARTIAL = {"HTTP_HX_REQUEST_TYPE": "partial"}


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.RECADO = replace(settings.RECADO, data=tmp_path)


@pytest.fixture
def hanna(account):
    found = dialogue(account, number=mms_number(account))
    received(found, "Have you got a photo?")
    return found


def photo(name="roses.jpg", size=(40, 30)):
    made = io.BytesIO()
    Image.effect_noise(size, 80).save(made, "JPEG", quality=95)
    return SimpleUploadedFile(name, made.getvalue(), "image/jpeg")


def attach(client, hanna, *files, **given):
    return client.post(f"/inbox/{hanna.pk}/attach/", {"attached": files, **given}, **PARTIAL)


def send(client, hanna, **given):
    return client.post(f"/inbox/{hanna.pk}/send/", {"key": "k1", "seen": "0", "anyway": "1", "text": "", **given})


def test_files_are_attached_at_once_with_size_and_price_and_sent_as_an_mms(alice_client, hanna):
    piece = attach(alice_client, hanna, photo(), SimpleUploadedFile("list.pdf", media_file("pdf"))).content.decode()
    assert all(words in piece for words in ("roses.jpg", "list.pdf", "Leaves as an MMS", "0,25"))
    first, second = UnsentFile.objects.order_by("pk")
    assert f'name="unsent" value="{first.pk}"' in alice_client.get(f"/inbox/{hanna.pk}/").content.decode()
    send(alice_client, hanna, text="Here", subject=" For  you ", unsent=[first.pk, second.pk])
    message = OutboundMessage.objects.get()
    assert (message.kind, message.text, SentMms.objects.get().subject) == ("mms", "Here", "For you")
    assert [one.name for one in Attachment.objects.order_by("position")] == ["roses.jpg", "list.pdf"]
    assert not UnsentFile.objects.exists()


def test_the_same_form_sent_twice_is_one_mms(alice_client, hanna):
    attach(alice_client, hanna, photo())
    shown = UnsentFile.objects.get().pk
    assert [send(alice_client, hanna, unsent=[shown]).status_code for _each in range(2)] == [302, 302]
    assert OutboundMessage.objects.count() == 1


def test_without_scripts_files_come_with_the_answer(alice_client, hanna):
    send(alice_client, hanna, text="Look", attached=[photo()])
    assert (OutboundMessage.objects.get().kind, Attachment.objects.get().name) == ("mms", "roses.jpg")
    assert not UnsentFile.objects.exists()


def test_a_photo_larger_than_the_carrier_takes_is_made_smaller(alice_client, hanna):
    piece = attach(alice_client, hanna, photo(size=(600, 500))).content.decode()
    assert "pictures are made smaller" in piece
    send(alice_client, hanna, unsent=[UnsentFile.objects.get().pk])
    assert Attachment.objects.get().size < 50_000


def test_what_is_refused_says_why_and_loses_nothing(alice_client, hanna):
    refused = attach(alice_client, hanna, photo(), SimpleUploadedFile("prog.exe", b"MZ\x90\0" + bytes(99)))
    assert refused.status_code == 422
    assert "prog.exe is of a kind that phones do not show" in refused.content.decode()
    film = SimpleUploadedFile("film.mp4", media_file("mp4") + bytes(60_000))
    assert "too large: the carrier takes at most 48 kB" in attach(alice_client, hanna, film).content.decode()
    shown = [one.pk for one in UnsentFile.objects.order_by("pk")]
    page = send(alice_client, hanna, text="Look", subject="Roses", unsent=shown)
    assert page.status_code == 422
    assert all(words in page.content.decode() for words in ("Look</textarea>", 'value="Roses"', "roses.jpg", "film.mp4"))
    assert not OutboundMessage.objects.exists()
    alice_client.post(f"/inbox/{hanna.pk}/attach/", {"off": shown[1]})
    send(alice_client, hanna, text="Look", unsent=shown[:1])
    assert OutboundMessage.objects.count() == 1


def test_a_file_that_went_meanwhile_is_not_left_out_silently(alice_client, hanna):
    page = send(alice_client, hanna, text="Look", unsent=[12345])
    assert page.status_code == 422
    assert "not there any more" in page.content.decode()
    assert not OutboundMessage.objects.exists()


def test_numbers_without_mms_offer_no_files(alice_client, account):
    assert "data-attach-input" not in alice_client.get(f"/inbox/{dialogue(account).pk}/").content.decode()


def test_kept_files_are_listed_found_attached_and_let_go(alice_client, account, hanna):
    assert "No files are kept yet" in alice_client.get("/settings/files/").content.decode()
    posted = {"files": [photo("map.jpg"), SimpleUploadedFile("prog.exe", b"MZ\x90\0" + bytes(99))]}
    page = alice_client.post("/settings/files/", posted)
    assert page.status_code == 422
    assert all(words in page.content.decode() for words in ("map.jpg", "1 file is kept.", "prog.exe is of a kind"))
    keep_file(account, "menu.pdf", media_file("pdf"))
    found = alice_client.get("/settings/files/?q=MAP").content.decode()
    assert "map.jpg" in found
    assert "menu.pdf" not in found
    kept = MediaFile.objects.get(name="map.jpg")
    assert "menu.pdf" in alice_client.get(f"/inbox/{hanna.pk}/files/").content.decode()
    alice_client.post(f"/inbox/{hanna.pk}/attach/", {"kept": kept.public_id})
    assert UnsentFile.objects.get().sha256 == kept.sha256
    alice_client.post(f"/settings/files/{kept.public_id}/remove/")
    assert not MediaFile.objects.filter(name="map.jpg").exists()


def test_files_of_another_account_cannot_be_attached(alice_client, hanna):
    theirs = keep_file(create_account("Obcy"), "secret.pdf", media_file("pdf"))
    assert attach(alice_client, hanna, kept=theirs.public_id).status_code == 404
    assert not UnsentFile.objects.exists()
