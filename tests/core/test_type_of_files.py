"""What files are taken for: by their bytes, with claims and names where bytes leave a choice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.media_names import fitting_name
from recado.core.media_type import LOOKED_AT, may_be_sent, type_of
from recado.testing.media_files import TYPES, media_file


@pytest.mark.parametrize(("ending", "expected"), TYPES.items())
def test_every_kind_is_recognised_with_its_name(ending, expected):
    content = media_file(ending)
    assert type_of(content, "application/octet-stream", f"Plik.{ending.upper()}") == expected
    assert type_of(content, expected, "") == expected


@pytest.mark.parametrize(("ending", "expected"), TYPES.items())
def test_a_claim_that_contradicts_the_bytes_is_not_believed(ending, expected):
    content = media_file(ending)
    if content.startswith((b"\xff\xd8", b"GIF", b"\x89PNG", b"%PDF", b"MThd", b"OggS")):
        assert type_of(content, "text/html", "x.svg") == expected
    assert type_of(content, "image/png", "x.png") != "image/png" or ending == "png"


@pytest.mark.parametrize("kind", sorted({*TYPES.values()}))
def test_every_kind_that_comes_may_be_sent(kind):
    assert may_be_sent(kind)


@pytest.mark.parametrize(
    "content", [b"<html><script>alert(1)</script>", b"<script>", b"MZ\x90\x00", b"\x7fELF\2\1", b"a\x00b", b"", b" \n"]
)
def test_programs_pages_and_nothing_are_not_sent(content):
    assert not may_be_sent(type_of(content, "image/png", "a.png"))


@pytest.mark.parametrize(
    ("content", "claimed", "name", "expected"),
    [
        (b"<svg onload=alert(1)>", "image/jpeg", "a.jpg", "image/svg+xml"),
        (b" \n<html><script>", "text/plain", "a.txt", "text/html"),
        (b"<?xml version='1.0'?><a/>", "text/xml", "a.xml", "application/xml"),
        (b"<3 kocham <3", "", "", "text/plain"),
        (b"Formularz", "", "", "text/plain"),
        (b"FORMA i tylko", "", "", "text/plain"),
        (b"BMX jest super", "", "", "text/plain"),
        (b"MOVI", "image/png", "x.png", "video/x-sgi-movie"),
        ("Żółw".encode("utf-16"), "", "", "text/plain"),
        ("Żółw ąęć i reszta".encode("iso-8859-2"), "", "a.txt", "text/plain"),
        (b"\xff\xf1\x50\x80" + bytes(20), "", "", "audio/aac"),
        (b"", "image/png", "a.png", "application/octet-stream"),
        (b"\x01\x02\x03\x04", "application/x-thing", "a.exe", "application/octet-stream"),
        (b"MZ\x90\0" + bytes(60), "image/jpeg", "a.jpg", "application/octet-stream"),
        (media_file("mp4"), "video/3gp", "", "video/3gpp"),
        (media_file("jpg"), "image/jpg; name=a.jpg", "", "image/jpeg"),
        (media_file("zip"), "application/msword", "a.doc", "application/zip"),
    ],
)
def test_bytes_decide_before_claims(content, claimed, name, expected):
    assert type_of(content, claimed, name) == expected


def test_the_beginning_of_a_large_text_is_enough():
    text = "ż" * LOOKED_AT
    assert type_of(text.encode()[: LOOKED_AT - 1], size=len(text)) == "text/plain"


@given(st.binary(max_size=300), st.text(max_size=20), st.text(max_size=20))
def test_anything_has_a_type_of_one_line(content, claimed, name):
    found = type_of(content, claimed, name)
    assert found.count("/") == 1
    assert found.isprintable()
    assert len(found) <= 80


@given(st.binary(max_size=120), st.sampled_from(["PK\3\4", "\x1f\x8b\x08", "<", "ftyp", "OggS", "RIFF"]))
def test_broken_containers_harm_nothing(content, beginning):
    assert type_of(beginning.encode("latin-1") + content)


@pytest.mark.parametrize(
    ("name", "kind", "fitting"),
    [
        ("beach", "image/jpeg", "beach.jpg"),
        ("beach.jpeg", "image/jpeg", "beach.jpeg"),
        ("beach.bmp", "image/webp", "beach.webp"),
        ("v1.2 of it", "application/pdf", "v1.2 of it.pdf"),
        ("", "audio/mpeg", "file.mp3"),
        (".exe", "image/png", ".exe.png"),
        ("x.tmp", "application/octet-stream", "x.tmp"),
        ("", "application/octet-stream", "file"),
    ],
)
def test_names_get_an_extension_that_tells_what_the_file_is(name, kind, fitting):
    assert fitting_name(name, kind) == fitting
