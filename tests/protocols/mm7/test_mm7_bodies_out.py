"""Bodies we send: their length is known, and any reader finds the same files in them."""

from collections.abc import Iterator
from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mm7_bodies import parts_of

from recado.protocols.mm7.dialect import DIALECTS
from recado.protocols.mm7.multipart_writing import CONTENT_ID, OutgoingPart, write_multipart


@given(
    st.sampled_from(sorted(DIALECTS)),
    st.lists(st.binary(max_size=300), max_size=4),
    st.sampled_from([b"", b"<smil/>"]),
    st.integers(1, 100),
)
def test_files_are_read_as_they_were_and_the_length_is_true(name: str, files: list[bytes], layout: bytes, step: int) -> None:
    dialect = DIALECTS[name]
    parts = [OutgoingPart("image/gif", f"{number}.gif", len(data), f"ż {number}.gif") for number, data in enumerate(files)]
    outgoing = write_multipart(dialect, b"<a/>", parts, boundary="unguessable-7", layout=layout)

    def read(position: int) -> Iterator[bytes]:
        return (files[position][start : start + step] for start in range(0, len(files[position]), step))

    body = b"".join(outgoing.stream(read))
    assert len(body) == outgoing.length
    found, is_complete = parts_of(outgoing.content_type, body, 64)
    assert is_complete
    assert [part.data for part in found] == [b"<a/>", *([layout] if layout else []), *files]
    assert [part.headers.is_start for part in found] == [True, *([False] * (len(found) - 1))]
    assert {part.problem for part in found} == {""}
    message = message_from_bytes(b"Content-Type: " + outgoing.content_type.encode() + b"\r\n" + body, policy=policy.HTTP)
    leaves = [one for one in message.walk() if not one.is_multipart()]
    assert [one["Content-ID"] for one in leaves][-len(files) :] == [f"<{part.content_id}>" for part in parts][-len(files) :] or not files


@pytest.mark.parametrize("name", ["rel-6-mm7-1-4", "flat-base64"])
def test_files_stand_where_the_dialect_wants_them(name: str) -> None:
    outgoing = write_multipart(DIALECTS[name], b"<a/>", [OutgoingPart("image/gif", "1", 1)], boundary="x", layout=b"<smil/>")
    found, _ = parts_of(outgoing.content_type, b"".join(outgoing.stream(lambda _: [b"a"])))
    expected = CONTENT_ID if DIALECTS[name].is_nested else ""
    assert [part.headers.within for part in found] == ["", expected, expected]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("zdjęcie ó 1.jpg", "zdjecie o 1.jpg"),
        ("łódź.gif", "lodz.gif"),
        ('a"b\\c\r\nd?.gif', "a_b_c__d_.gif"),
        ("日本.png", "__.png"),
        ("", ""),
    ],
)
def test_names_are_written_so_that_every_phone_reads_them(name: str, written: str) -> None:
    outgoing = write_multipart(DIALECTS["flat-base64"], b"<a/>", [OutgoingPart("image/gif", "1", 1, name)], boundary="x")
    found, _ = parts_of(outgoing.content_type, b"".join(outgoing.stream(lambda _: [b"a"])))
    assert found[1].headers.name == written
