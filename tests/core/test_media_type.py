"""What kind of file some bytes are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.media_type import media_type

KINDS = [
    (b"\xff\xd8\xff\xe0JFIF", "image/jpeg"),
    (b"GIF89a\x01\x00", "image/gif"),
    (b"\x89PNG\r\n\x1a\n\x00", "image/png"),
    (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image/webp"),
    (b"RIFF\x10\x00\x00\x00WAVEfmt ", "audio/wav"),
    (b"RIFF\x10\x00\x00\x00AVI LIST", None),
    (b"#!AMR\nxx", "audio/amr"),
    (b"#!AMR-WB\nxx", "audio/amr-wb"),
    (b"ID3\x03", "audio/mpeg"),
    (b"MThd\x00", "audio/midi"),
    (b"\x00\x00\x00\x18ftyp3gp5", "video/3gpp"),
    (b"\x00\x00\x00\x18ftypisom", "video/mp4"),
    (b"\x00\x00\x00\x18ftypM4A ", "audio/mp4"),
    (b"BEGIN:VCARD\r\nVERSION:3.0", "text/x-vcard"),
    ("Zażółć gęślą jaźń".encode(), "text/plain"),
    (b"<html><script>alert(1)</script>", None),
    (b"  <svg xmlns='http://www.w3.org/2000/svg'/>", None),
    (b"MZ\x90\x00", None),
    (b"\x7fELF", None),
    (b"PK\x03\x04", None),
    (b"a\x00b", None),
    (b"", None),
    (b"  \n", None),
]


@pytest.mark.parametrize(("content", "kind"), KINDS)
def test_a_file_is_what_its_bytes_say(content, kind):
    assert media_type(content) == kind


@given(st.binary(max_size=64))
def test_any_bytes_have_a_kind_or_none(content):
    assert media_type(content) is None or "/" in media_type(content)
