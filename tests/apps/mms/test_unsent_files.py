"""Files of answers that are not sent yet: kept until they are, bounded, forgotten in the end, each with its writer and conversation."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from recado.apps.accounts.models import Account, User
from recado.apps.accounts.services import create_account
from recado.apps.media.forgetting import forget_contents
from recado.apps.media.models import Content
from recado.apps.media.services import _swept_at as swept_at
from recado.apps.media.services import blobs, keep_file, sweep_if_due
from recado.apps.mms.drafts import MOST_FILES, MmsRefusal
from recado.apps.mms.models import UnsentFile
from recado.apps.mms.unsent import FORGOTTEN_AFTER, Answer, attach, attach_kept, take_off, unsent_files
from recado.apps.mms.uploads import MOST_BYTES, FileNotTakenError, Upload
from recado.blobs.base import read
from recado.testing.media_files import TYPES, media_file

pytestmark = pytest.mark.django_db
JPEG = media_file("jpg")


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.RECADO = replace(settings.RECADO, data=tmp_path)


@pytest.fixture
def account() -> Account:
    return create_account("Kwiaciarnia Róża")


@pytest.fixture
def answer(account) -> Answer:
    return Answer(account, User.objects.create_user("roza@example.com"), 7)


def upload(content: bytes = JPEG, name: str = "C:\\photos\\roses.jpg", claimed: str = "") -> Upload:
    return Upload(name, claimed, [content[:10], content[10:]])


def test_what_is_attached_is_kept_in_its_order_and_goes_when_it_is_taken_off(answer):
    first, second = attach(answer, upload()), attach(answer, upload(media_file("pdf"), "list.pdf"))
    assert [(one.name, one.content_type, one.size) for one in unsent_files(answer)] == [
        ("roses.jpg", "image/jpeg", len(JPEG)),
        ("list.pdf", "application/pdf", len(media_file("pdf"))),
    ]
    assert read(blobs(), first.sha256) == JPEG
    assert Content.objects.get(pk=first.sha256).content_type == "image/jpeg"
    take_off(answer, [first.pk])
    assert list(unsent_files(answer)) == [second]


def test_every_kind_that_is_received_can_be_attached(answer):
    for dialogue_id, ending in enumerate(sorted(TYPES)):
        attached = attach(replace(answer, dialogue_id=dialogue_id), upload(media_file(ending), f"file.{ending}", TYPES[ending]))
        assert attached.content_type == TYPES[ending]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"MZ\x90\x00" + bytes(60), MmsRefusal.TYPE),
        (b"<html><script>alert(1)</script>", MmsRefusal.TYPE),
        (b"", MmsRefusal.TYPE),
        (JPEG + bytes(MOST_BYTES), MmsRefusal.FILE_TOO_LARGE),
    ],
    ids=["program", "page", "empty", "large"],
)
def test_what_no_phone_shows_or_nobody_sends_is_refused_and_leaves_nothing(answer, tmp_path, content, reason):
    with pytest.raises(FileNotTakenError) as refused:
        attach(answer, upload(content))
    assert (refused.value.problem.reason, refused.value.problem.file) == (reason, "roses.jpg")
    assert not UnsentFile.objects.exists()
    assert not [one for one in tmp_path.rglob("*") if one.is_file()]


def test_an_answer_takes_ten_files(account, answer):
    kept = keep_file(account, "map.jpg", JPEG)
    for _each in range(MOST_FILES):
        attach_kept(answer, kept)
    for one_more in (lambda: attach_kept(answer, kept), lambda: attach(answer, upload())):
        with pytest.raises(FileNotTakenError) as refused:
            one_more()
        assert refused.value.problem.reason is MmsRefusal.TOO_MANY_FILES


def test_nobody_sees_or_takes_off_what_others_attached(answer):
    attached = attach(answer, upload())
    stranger = create_account("Obcy")
    for other in (
        replace(answer, account=stranger),
        replace(answer, dialogue_id=8),
        replace(answer, user=User.objects.create_user("x@example.com")),
    ):
        assert not unsent_files(other).exists()
        take_off(other, [attached.pk])
    assert unsent_files(answer).exists()


def test_bytes_stay_as_long_as_an_answer_waits_and_go_a_week_later(answer):
    attached = attach(answer, upload())
    later = timezone.now() + timedelta(days=2)
    swept_at.clear()
    sweep_if_due(later)
    assert read(blobs(), attached.sha256) == JPEG
    assert forget_contents(later) == 0
    swept_at.clear()
    sweep_if_due(timezone.now() + FORGOTTEN_AFTER + timedelta(minutes=1))
    assert not UnsentFile.objects.exists()
    assert not Content.objects.exists()
    with pytest.raises(FileNotFoundError):
        read(blobs(), attached.sha256)
