"""Messages put together: which words are the text, what is a file, and that nothing is left out."""

import hashlib

import pytest

from recado.carriers.mm7.assembling import StoredPart, assemble, is_read
from recado.core.mms import PartRole, Slide
from recado.protocols.mm7.charsets import decode_text
from recado.protocols.mm7.headers import PartHeaders

SMIL = (
    b'<smil><body><par dur="5s"><img src="cid:1"/><text src="b.txt"/></par><par><text src="cid:a"/><img src="nobody"/></par></body></smil>'
)


def part(content_type: str, content: bytes = b"x", **headers: str) -> StoredPart:
    said = PartHeaders(content_type, **headers)  # type: ignore[arg-type]
    kept = content if is_read(said) else None
    return StoredPart(said, hashlib.sha256(content).hexdigest(), len(content), content_type or "text/plain", kept)


def test_texts_are_merged_once_in_the_order_of_the_slides() -> None:
    message = assemble(
        [
            part("text/plain", b"second", content_id="a"),
            part("application/smil", SMIL),
            part("image/gif", content_id="1"),
            part("text/plain", b"first\r\n", content_location="b.txt"),
            part("text/plain", b"last, shown nowhere"),
            part("text/plain", b"second", content_id="again"),
        ],
        " Hello ",
    )
    assert (message.subject, message.text) == ("Hello", "first\nsecond\nlast, shown nowhere")
    assert message.slides == (Slide((2, 3), 5000), Slide((0,)))
    roles = [one.role for one in message.parts]
    assert roles == [PartRole.TEXT, PartRole.LAYOUT, PartRole.MEDIA, *([PartRole.TEXT] * 3)]
    assert message.parts[3].name == "b.txt"


def test_without_a_layout_nothing_is_left_out() -> None:
    message = assemble([part("image/gif", b"1"), part("text/plain", b"words"), part("application/pdf", b"2")])
    assert (message.text, message.slides, len(message.parts)) == ("words", (), 3)


@pytest.mark.parametrize(
    "one",
    [
        part("text/plain", b"notes", name="notes.txt", disposition="attachment"),
        part("text/html", b"<b>no</b>"),
        part("text/x-vcard", b"BEGIN:VCARD"),
        part("text/plain", b"a" * 70_000),
    ],
)
def test_files_are_no_text(one: StoredPart) -> None:
    message = assemble([one])
    assert (message.text, message.parts[0].role) == ("", PartRole.MEDIA)


def test_a_text_the_layout_shows_is_text_even_as_an_attachment() -> None:
    assert assemble([part("text/plain", b"x", name="b.txt", disposition="attachment"), part("application/smil", SMIL)]).text == "x"


def test_a_layout_sent_as_something_else_is_known_by_its_name() -> None:
    message = assemble([part("application/octet-stream", SMIL, name="Show.SMIL"), part("image/gif", content_id="1")])
    assert (message.parts[0].role, message.slides) == (PartRole.LAYOUT, (Slide((1,), 5000),))


def test_a_broken_layout_loses_nothing() -> None:
    message = assemble([part("application/smil", b"<smil>"), part("image/gif"), part("text/plain", b"words")])
    assert (message.slides, message.text, len(message.parts)) == ((), "words", 3)


def test_a_part_that_came_twice_is_kept_once_and_namesakes_both() -> None:
    twice = part("image/gif", b"1", content_id="1")
    message = assemble([twice, twice, part("image/gif", b"2", content_id="1"), part("image/gif", b"3"), part("image/gif", b"3")])
    assert len(message.parts) == 4


@pytest.mark.parametrize(
    ("data", "declared"),
    [
        ("Zażółć gęślą jaźń".encode(), ""),
        ("Zażółć gęślą jaźń".encode(), "us-ascii"),
        ("Zażółć gęślą jaźń".encode("utf-8-sig"), "iso-8859-1"),
        ("Zażółć gęślą jaźń".encode("utf-16"), ""),
        ("Zażółć gęślą jaźń".encode("utf-16-le"), ""),
        ("Zażółć gęślą jaźń".encode("utf-16-be"), "utf-16"),
        ("Zażółć gęślą jaźń".encode("cp1250"), ""),
        ("Zażółć gęślą jaźń".encode("iso8859-2"), ""),
        ("Zażółć gęślą jaźń".encode("iso8859-2"), "iso-8859-2"),
        ("Zażółć gęślą jaźń".encode("iso8859-2"), "utf-8"),
        ("Zażółć gęślą jaźń".encode(), "no-such-charset"),
        ("Zażółć gęślą jaźń".encode(), "base64"),
        ("Zażółć gęślą jaźń".encode(), "unicode-escape"),
    ],
)
def test_texts_are_decoded_whatever_they_are_said_to_be(data: bytes, declared: str) -> None:
    assert decode_text(data, declared) == "Zażółć gęślą jaźń"


def test_line_ends_are_plain_and_zeros_go() -> None:
    assert decode_text(b"a\r\nb\rc\0") == "a\nb\nc"


def test_halves_of_letters_go() -> None:
    assert decode_text(b"a+2AA-b", "utf-7") == "a?b"
