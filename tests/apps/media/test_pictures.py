"""Previews and stripped copies: what pictures tell about place and phone is gone, and what is no picture, or a trap, costs little."""

import io
import struct
import zlib

import pytest
from django.utils import timezone
from PIL import Image

from recado.apps.media.models import Content, PreviewState, ScanState
from recado.apps.media.pictures import prepare_waiting
from recado.apps.media.services import blobs
from recado.blobs.base import keep, read

pytestmark = pytest.mark.django_db
GPS, MAKE, ORIENTATION = 0x8825, 0x010F, 0x0112


def kept(content: bytes, content_type: str, **more) -> Content:
    sha256 = keep(blobs(), content)
    return Content.objects.create(sha256=sha256, size=len(content), content_type=content_type, created_at=timezone.now(), **more)


def photo(size=(1000, 600)) -> bytes:
    exif = Image.Exif()
    exif[MAKE], exif[ORIENTATION] = "Secret phone", 6
    exif.get_ifd(GPS)[2] = (52.0, 13.0, 48.0)
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, "JPEG", exif=exif, comment=b"Secret comment")
    return out.getvalue()


def bomb() -> bytes:
    """Return a PNG of a few kB that claims 60,000 × 60,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1_000_000))) + chunk(b"IEND", b"")


def test_a_photo_gets_a_small_picture_and_a_copy_without_place_and_phone():
    content = kept(photo(), "image/jpeg")
    assert prepare_waiting(blobs()) == 1
    content.refresh_from_db()
    assert (content.preview_state, content.width, content.height) == (PreviewState.DONE, 600, 1000)
    small, stripped = (read(blobs(), sha256) for sha256 in (content.preview_sha256, content.stripped_sha256))
    assert Image.open(io.BytesIO(small)).size == (288, 480)
    assert Image.open(io.BytesIO(stripped)).size == (600, 1000)
    for made in (small, stripped):
        assert not Image.open(io.BytesIO(made)).getexif()
        assert b"Secret" not in made


@pytest.mark.parametrize(
    ("content", "content_type"), [(bomb(), "image/png"), (photo()[:400], "image/jpeg"), (b"GIF89a", "image/gif"), (b"", "image/webp")]
)
def test_a_trap_or_a_broken_picture_has_no_preview_and_is_not_tried_again(content, content_type):
    found = kept(content, content_type)
    prepare_waiting(blobs())
    found.refresh_from_db()
    assert (found.preview_state, found.preview_sha256) == (PreviewState.FAILED, "")
    assert prepare_waiting(blobs()) == 0


@pytest.mark.parametrize("content_type", ["application/zip", "application/pdf", "image/svg+xml", "text/xml", "video/mp4"])
def test_nothing_but_pictures_is_ever_opened(content_type, monkeypatch):
    monkeypatch.setattr("subprocess.run", lambda *_a, **_k: pytest.fail("it was opened"))
    found = kept(b"anything", content_type)
    prepare_waiting(blobs())
    found.refresh_from_db()
    assert found.preview_state == PreviewState.NONE


def test_what_is_dangerous_is_not_opened():
    kept(photo(), "image/jpeg", scan_state=ScanState.INFECTED)
    assert prepare_waiting(blobs()) == 0
