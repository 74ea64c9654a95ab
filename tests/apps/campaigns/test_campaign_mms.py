"""Group sends as MMS: files noted once for all messages, one price a phone, texts of one's own, copies, what is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.accounts.services import create_account
from recado.apps.campaigns import multimedia
from recado.apps.campaigns.entries import add_phones
from recado.apps.campaigns.estimating import estimate
from recado.apps.campaigns.models import Campaign
from recado.apps.campaigns.multimedia import files_of, mms_problems, set_files
from recado.apps.campaigns.preparing import prepare
from recado.apps.campaigns.services import copy, create_draft, delete_draft, send, send_to_myself
from recado.apps.connections.models import Connection
from recado.apps.media.models import MediaFile
from recado.apps.media.services import keep_file
from recado.apps.mms.drafts import DraftFile, MmsRefusal, MmsRefusedError
from recado.apps.mms.models import Attachment, SentMms
from recado.apps.mms.sending import share_files
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import OutboundMessage, SendKind
from recado.apps.outbox.senders import SenderRefusal
from recado.apps.sql import lent_connection
from recado.core.mms import MmsContent, MmsPart, PartRole
from recado.store.mms import load_sent

pytestmark = pytest.mark.django_db
HANNA, JAN = "48604218377", "48600700800"


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    """Keep bytes where nobody else does."""
    settings.RECADO = replace(settings.RECADO, data=tmp_path)


@pytest.fixture
def shop() -> Account:
    return create_account("Kwiaciarnia Róża")


@pytest.fixture
def number(shop) -> Number:
    link = Connection.objects.create(name="MMSC", kind="mm7", settings={"max_send_bytes": 100_000})
    return Number.objects.create(digits="48664200300", kind="individual_long_mms", account=shop, mms_connection=link)


@pytest.fixture
def photo(shop) -> MediaFile:
    return keep_file(shop, "roses.gif", b"GIF89a" + bytes(500))


@pytest.fixture
def campaign(shop, number, photo) -> Campaign:
    draft = create_draft(shop, subject="Roses", text="Hi {first_name}", kind=SendKind.MMS, number=number)
    set_files(draft, [DraftFile.of(photo)])
    add_phones(draft, f"{HANNA}, {JAN}")
    return draft


def test_all_messages_share_the_files_and_cost_one_mms_each(campaign, number, photo):
    now = timezone.now()
    found = estimate(campaign, now)
    assert (found.segment_count, found.cost, found.most_segments) == (2, 50, 1)
    assert send(campaign, now=now, expected_cost=50)
    assert prepare(campaign.pk, now)
    messages = OutboundMessage.objects.order_by("recipient")
    assert [(one.kind, one.cost, one.segment_count, one.connection_id) for one in messages] == [
        ("mms", 25, 1, number.mms_connection_id)
    ] * 2
    assert Attachment.objects.count() == 1
    loaded = load_sent(lent_connection(), [one.pk for one in messages])
    assert [(mms.subject, mms.parts[0].sha256) for mms in loaded.values()] == [("Roses", photo.sha256)] * 2


def test_pictures_alone_are_enough_and_nothing_at_all_is_not(campaign):
    campaign.text = ""
    campaign.save()
    assert estimate(campaign, timezone.now()).empty_count == 0
    set_files(campaign, [])
    assert [one.reason for one in mms_problems(campaign)] == [MmsRefusal.EMPTY]
    assert estimate(campaign, timezone.now()).empty_count == 2


def test_a_copy_has_files_of_its_own(campaign, photo):
    copied = copy(campaign)
    assert (copied.subject, [one.sha256 for one in files_of(copied)]) == ("Roses", [photo.sha256])
    delete_draft(campaign)
    assert [one.sha256 for one in files_of(copied)] == [photo.sha256]
    assert Attachment.objects.count() == 1


def test_what_does_not_fit_is_refused_when_it_is_sent(campaign, shop):
    film = keep_file(shop, "film.mp4", b"\0\0\0\x18ftypisom" + bytes(150_000))
    set_files(campaign, [DraftFile.of(film)])
    with pytest.raises(MmsRefusedError):
        send(campaign, now=timezone.now())
    campaign.refresh_from_db()
    assert campaign.state == Campaign.State.DRAFT


def test_a_number_without_mms_sends_none(campaign, number):
    Number.objects.filter(pk=number.pk).update(kind="individual_long")
    campaign = Campaign.objects.get(pk=campaign.pk)
    assert [one.sender for one in mms_problems(campaign)] == [SenderRefusal.NO_MMS]


def test_it_can_be_tried_on_ones_own_phone(campaign, photo):
    message = send_to_myself(campaign, HANNA, now=timezone.now())
    assert (message.kind, message.text, message.cost) == ("mms", "Hi", 25)
    assert SentMms.objects.get().attachments_id == campaign.attachments_id


def test_files_nobody_names_any_more_are_forgotten_after_a_day(campaign, photo, monkeypatch):
    monkeypatch.setattr(multimedia, "_looked_at", [])
    now = timezone.now()
    share_files(MmsContent("", (MmsPart(PartRole.MEDIA, photo.sha256, photo.size, photo.content_type),)), now)
    multimedia.forget_unused(now)
    assert Attachment.objects.count() == 2
    multimedia.forget_unused(now + timedelta(days=2))
    assert [one.outbound_id for one in Attachment.objects.all()] == [campaign.attachments_id]
