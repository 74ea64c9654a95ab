"""Mails about MMS carry their files: pictures without their place, nothing dangerous, and links where they are too large."""

import io
import json
from datetime import timedelta
from email.message import EmailMessage

import pytest
from mail_server import mail_server
from mms_rows import as_mms
from outbox_rows import NOW
from PIL import Image
from worker_twins import until

from recado.blobs.base import keep
from recado.delivery import mail_files
from recado.delivery.forwarded_mms import PATIENCE, linking
from recado.testing.media_files import media_file

pytestmark = pytest.mark.anyio

PHOTO = media_file("jpg")
LINK = linking("https://sms.example.org", "secret")


def bare(photo: bytes) -> bytes:
    """Return a picture with nothing but pixels."""
    picture, to = Image.open(io.BytesIO(photo)), io.BytesIO()
    picture.save(to, "JPEG")
    return to.getvalue()


@pytest.fixture
def mms(mails, blobs):
    """Make a mail about an MMS of the files given."""

    def make(*files, **more):
        return as_mms(mails.outbox, blobs, mails.mail(**more), *files)

    return make


def stripped(blobs) -> dict[str, str]:
    return {"preview_state": "done", "stripped_sha256": keep(blobs, bare(PHOTO))}


def files_of(mail: EmailMessage) -> dict[str, tuple[str, bytes]]:
    return {part.get_filename(): (part.get_content_type(), part.get_payload(decode=True)) for part in mail.iter_attachments()}


def words_of(mail: EmailMessage) -> str:
    return mail.get_body().get_content().replace("\r\n", "\n")


async def test_a_mail_carries_the_files_without_their_place_and_tells_of_a_virus_and_of_what_is_gone(mails, mailing, mms, blobs):
    mms(
        (PHOTO, "image/jpeg", "beach", stripped(blobs)),
        (b"MZ virus", "application/octet-stream", "game.exe", {"scan_state": "infected"}),
        (b"", "audio/amr", "hello.amr", {}),
        (b"BEGIN:VCARD", "text/x-vcard", "me.vcf", {}),
        text="",
    )
    async with mail_server(tls="none") as (post, server), mailing(server, link=LINK):
        await until(lambda: post.mails)
    (mail,) = post.mails
    found = files_of(mail)
    assert {name: kind for name, (kind, _) in found.items()} == {"beach.jpg": "image/jpeg", "me.vcf": "text/x-vcard"}
    assert Image.open(io.BytesIO(PHOTO)).getexif().get_ifd(0x8825)
    assert not Image.open(io.BytesIO(found["beach.jpg"][1])).getexif()
    assert mail["Subject"] == "MMS od +48 501 222 333"
    words = words_of(mail)
    assert words.startswith("Temat: Holidays\nOd: +48 501 222 333\n")
    assert "\n\nPominięto, bo znaleziono w nim wirusa: game.exe\nTego pliku już nie ma: hello.amr\n\n" in words


async def test_files_beyond_the_bound_and_those_that_are_not_wanted_become_links(mails, mailing, mms, monkeypatch):
    monkeypatch.setattr(mail_files, "MOST_OCTETS", 3000)
    files = ((b"a" * 2500, "video/mp4", "film.mp4", {}), (b"b" * 2000, "video/mp4", "", {}), (b"c" * 500, "text/csv", "c.csv", {}))
    mms(*files, text="Look")
    async with mail_server(tls="none") as (post, server), mailing(server, link=LINK):
        await until(lambda: post.mails)
        mails.outbox.con.execute("UPDATE outbox_destination SET has_attachments = ?", (False,))
        mms((b"d" * 1500, "video/mp4", "other.mp4", {}), sender="48500000000")
        await until(lambda: len(post.mails) == 2)
    some, none = post.mails
    assert list(files_of(some)) == ["film.mp4", "c.csv"]
    assert words_of(some).startswith("Look\n\nTemat: Holidays\n")
    assert "linki działają przez 7 dni:\nfile.mp4 (1 kB): https://sms.example.org/media/" in words_of(some)
    assert not none.is_multipart()
    assert "other.mp4 (1 kB): https://sms.example.org/media/" in words_of(none)


async def test_a_mail_waits_until_the_place_is_taken_from_its_pictures_and_what_is_behind_it_waits_too(mails, mailing, mms, blobs, clock):
    first = mms((PHOTO, "image/jpeg", "beach.jpg", {"preview_state": "waiting"}), due=NOW - timedelta(seconds=2))
    second, other = mails.mail(text="Second"), mails.mail(text="Other", sender="48500000000")
    con = mails.outbox.con
    async with mail_server(tls="none") as (post, server), mailing(server) as worker:
        await until(lambda: mails.outbox.state(other)[0] == "done", "other phones do not wait")
        await until(lambda: mails.outbox.state(first)[2] > clock() and mails.outbox.state(second)[2] > clock())
        assert [mails.outbox.state(job)[:2] for job in (first, second)] == [("waiting", 0)] * 2
        con.execute("UPDATE media_content SET preview_state = 'done', stripped_sha256 = ?", (keep(blobs, bare(PHOTO)),))
        clock.advance(2)
        worker.wake()
        await until(lambda: mails.outbox.state(second)[0] == "done")
    assert list(files_of(post.mails[1])) == ["beach.jpg"]
    assert not Image.open(io.BytesIO(files_of(post.mails[1])["beach.jpg"][1])).getexif()
    assert con.rows("SELECT * FROM outbox_heldphone") == []


async def test_a_picture_that_nobody_can_prepare_holds_its_mail_up_for_minutes_only(mailing, mms, clock):
    mms((PHOTO, "image/jpeg", "beach.jpg", {"preview_state": "waiting"}))
    clock.advance(PATIENCE.total_seconds())
    async with mail_server(tls="none") as (post, server), mailing(server):
        await until(lambda: post.mails)
    assert files_of(post.mails[0])["beach.jpg"] == ("image/jpeg", PHOTO)


async def test_a_test_carries_its_picture(mails, mailing, blobs):
    picture = media_file("png")
    mms = {"subject": "Test", "name": "test.png", "content_type": "image/png", "size": len(picture), "sha256": keep(blobs, picture)}
    mails.mail(sample=json.dumps({"sender": "48500000000", "recipient": "48503340503", "text": "A try", "mms": mms}))
    async with mail_server(tls="none") as (post, server), mailing(server):
        await until(lambda: post.mails)
    (mail,) = post.mails
    assert mail["Subject"] == "[Test] MMS od +48 500 000 000"
    assert files_of(mail) == {"test.png": ("image/png", picture)}
