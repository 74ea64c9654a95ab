"""Group sends that are MMS: files attached to the draft, size and price before sending, what everybody gets."""

import io
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from panel.campaigns import draft, people
from panel.conversations import mms_number
from recado.apps.campaigns.models import Campaign
from recado.apps.mms.models import Attachment
from recado.testing.media_files import media_file


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.RECADO = replace(settings.RECADO, data=tmp_path)


@pytest.fixture
def own(account):
    return mms_number(account)


@pytest.fixture
def campaign(account, alice, own):
    return draft(account, alice)


def photo(name="roses.jpg", size=(40, 30)):
    made = io.BytesIO()
    Image.effect_noise(size, 80).save(made, "JPEG", quality=95)
    return SimpleUploadedFile(name, made.getvalue(), "image/jpeg")


def post(client, campaign, **given):
    campaign.refresh_from_db()
    sender = f"mms-{campaign.number_id}" if campaign.kind == "mms" else f"number-{campaign.number_id}"
    return client.post(f"/sends/{campaign.pk}/edit/", {"when": "now", "sender": sender, "text": campaign.text, "subject": "", **given})


def page_of(client, campaign, name="edit"):
    return client.get(f"/sends/{campaign.pk}/{name}/").content.decode()


def test_a_file_makes_it_an_mms_from_a_number_that_has_them(alice_client, account, campaign, own):
    group = people(account, 3, "Roses")
    post(alice_client, campaign, do="attach", attached=[photo(size=(600, 500))], groups=[group])
    post(alice_client, campaign, do="save", subject="Only today", text="Dear {first_name}", groups=[group])
    campaign.refresh_from_db()
    assert (campaign.kind, campaign.number, campaign.subject) == ("mms", own, "Only today")
    page = page_of(alice_client, campaign)
    for words in ("roses.jpg", ", as an MMS", "One MMS each", "made smaller", "0,75"):
        assert words in page
    summary = page_of(alice_client, campaign, "summary")
    for words in ("3 MMS at 0,25", "Only today", "roses.jpg"):
        assert words in summary
    sent = alice_client.post(f"/sends/{campaign.pk}/summary/", {"count": 3, "cost": 75})
    assert sent.status_code == 302
    campaign.refresh_from_db()
    assert campaign.state == Campaign.State.SCHEDULED
    assert Attachment.objects.get(outbound_id=campaign.attachments_id).size < 50_000
    assert "roses.jpg" in alice_client.get(f"/sends/{campaign.pk}/").content.decode()


def test_files_are_taken_off_and_are_not_sent_by_senders_of_texts(alice_client, campaign):
    text_sender = f"number-{campaign.number_id}"
    post(alice_client, campaign, do="attach", attached=[photo("a.jpg"), photo("b.jpg")])
    post(alice_client, campaign, do="off-0")
    assert Attachment.objects.get().name == "b.jpg"
    post(alice_client, campaign, do="save", sender=text_sender)
    campaign.refresh_from_db()
    assert campaign.kind == "full"
    assert "the files stay here" in page_of(alice_client, campaign)


def test_what_does_not_fit_is_said_and_the_rest_is_kept(alice_client, campaign):
    program = SimpleUploadedFile("prog.exe", b"MZ\x90\0" + bytes(99))
    page = post(alice_client, campaign, do="attach", attached=[photo(), program])
    assert page.status_code == 422
    assert "prog.exe is of a kind that phones do not show" in page.content.decode()
    film = SimpleUploadedFile("film.mp4", media_file("mp4") + bytes(60_000))
    post(alice_client, campaign, do="attach", attached=[film])
    assert "the carrier takes at most 48 kB" in page_of(alice_client, campaign)
    assert "the carrier takes at most 48 kB" in page_of(alice_client, campaign, "summary")
    refused = alice_client.post(f"/sends/{campaign.pk}/summary/", {"count": 0, "cost": 0})
    assert refused.status_code == 422
    campaign.refresh_from_db()
    assert campaign.state == Campaign.State.DRAFT


def test_without_a_number_that_has_mms_nothing_is_offered(alice_client, account, alice):
    assert "Photos and files" not in page_of(alice_client, draft(account, alice))
