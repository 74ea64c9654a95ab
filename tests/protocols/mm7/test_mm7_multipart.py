"""Reading MIME bodies: every oddity of real message centres, any cut, any damage."""

import tracemalloc
from base64 import encodebytes
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mm7_bodies import events_of, joined, parts_of

from recado.protocols.mm7.errors import Mm7FormatError
from recado.protocols.mm7.headers import read_media_type, read_part_headers
from recado.protocols.mm7.multipart import Finished, Limits, MultipartReader, PartBegan, PartData, PartEnded

RELATED = 'multipart/related; boundary="b"; start="<s>"'
PLAIN = (
    b'preamble\r\n--b\r\nContent-Type: text/xml; charset="UTF-8"\r\nContent-ID: <s>\r\n\r\n<a/>\r\n--b\r\nContent-Type: image/gif\r\n'
    b"Content-Transfer-Encoding: base64\r\nContent-ID: <1.gif>\r\n\r\nAAEC\r\nAwQ=\r\n--b\r\nContent-Type: text/plain\r\n"
    b"Content-Transfer-Encoding: quoted-printable\r\n\r\nZa=C5=BC=\r\n=C3=B3\xff=zz\r\n--b--\r\nepilogue\r\n--b\r\n\r\nnot this"
)
NESTED = (
    b"--b\r\nContent-Type: text/xml\r\n\r\n<a/>\r\n--b\r\nContent-Type: multipart/related; boundary=bb\r\nContent-ID: <gen>\r\n\r\n"
    b"--bb\r\nContent-Type: application/smil\r\n\r\n<smil/>\r\n--bb\r\nContent-Type: image/jpeg\r\n\r\n\xff\xd8\r\n--not\r\n--bbb\r\n\0\r\n"
    b"--bb--\r\nafter\r\n--b\r\nContent-Type: text/plain\r\n\r\nlast\r\n--b--"
)


def one_part(headers: bytes, data: bytes = b"data", boundary: bytes = b"b") -> bytes:
    return b"--" + boundary + b"\r\n" + headers + b"\r\n\r\n" + data + b"\r\n--" + boundary + b"--\r\n"


def test_parts_are_decoded_and_what_stands_around_them_is_not_theirs() -> None:
    parts, is_complete = parts_of(RELATED, PLAIN)
    assert is_complete
    assert [part.data for part in parts] == [b"<a/>", b"\0\1\2\3\4", "Zażó".encode() + b"\xff=zz"]
    assert [part.problem for part in parts] == ["", "", ""]
    assert [part.headers.is_start for part in parts] == [True, False, False]
    assert (parts[0].headers.charset, parts[1].headers.content_id) == ("utf-8", "1.gif")


def test_multiparts_within_are_followed() -> None:
    parts, is_complete = parts_of("multipart/related; boundary=b", NESTED)
    assert is_complete
    assert [part.data for part in parts] == [b"<a/>", b"<smil/>", b"\xff\xd8\r\n--not\r\n--bbb\r\n\0", b"last"]
    assert [(part.headers.depth, part.headers.within) for part in parts] == [(1, ""), (2, "gen"), (2, "gen"), (1, "")]


@pytest.mark.parametrize(
    "body", [PLAIN, NESTED, PLAIN.replace(b"\r\n", b"\n"), PLAIN[:-40], NESTED[:150], NESTED.replace(b"--bb--", b"--bb-")]
)
@pytest.mark.parametrize("step", [1, 2, 3, 5, 17])
def test_any_cut_gives_the_same(body: bytes, step: int) -> None:
    assert joined(events_of(RELATED, body, step)) == joined(events_of(RELATED, body))


@given(st.data())
def test_any_damage_in_any_cut_gives_the_same_or_one_error(data: st.DataObject) -> None:
    body = bytearray(data.draw(st.sampled_from([PLAIN, NESTED])))
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(body)))
        body[at : at + data.draw(st.integers(0, 9))] = data.draw(
            st.sampled_from([b"", b"--b", b"\r\n", b"--b--", b"\n\n", b"=", b"\xff:", b'"'])
        )

    def outcome(step: int | None) -> object:
        try:
            return joined(events_of(RELATED, bytes(body), step))
        except Mm7FormatError as error:
            return str(error)

    assert outcome(data.draw(st.integers(1, 40))) == outcome(None)


@given(st.binary(max_size=300), st.text(max_size=60))
def test_nonsense_is_an_error_or_nothing_worse(body: bytes, content_type: str) -> None:
    for kind in (content_type, RELATED):
        try:
            events = events_of(kind, b"--b\r\n" + body, 7)
        except Mm7FormatError:
            continue
        assert isinstance(events[-1], Finished)


@pytest.mark.parametrize(
    ("content_type", "boundary"),
    [
        ('multipart/related; boundary="a b\'c:=?"', b"a b'c:=?"),
        ("multipart/related; boundary=----=_Part_1.2(3)", b"----=_Part_1.2(3)"),
        ("Multipart/Related; BOUNDARY=[a-z]+.*", b"[a-z]+.*"),
        ('multipart/related;\r\n\tboundary="x" ; type=text/xml', b"x"),
        ('multipart/related; boundary="x   "', b"x"),
    ],
)
def test_boundaries_are_taken_as_they_are(content_type: str, boundary: bytes) -> None:
    parts, is_complete = parts_of(content_type, one_part(b"Content-Type: image/gif", boundary=boundary))
    assert (is_complete, [part.data for part in parts]) == (True, [b"data"])


@pytest.mark.parametrize(
    ("headers", "data", "expected"),
    [
        (b"content-TYPE : image/gif\r\nX: y", b"a", b"a"),
        (b"Content-Type: image/gif;\r\n name=x", b"\r\n\r\n", b"\r\n\r\n"),
        (b"Content-Transfer-Encoding: BASE64", b"QQ", b"A"),
        (b"Content-Transfer-Encoding: base64", b"Q\r\nU\nJ   D", b"ABC"),
        (b"Content-Transfer-Encoding: base64", b"QQ==\r\nQg==\r\nQ0Q=", b"ABCD"),
        (b"Content-Transfer-Encoding: 8bit", b"\x80\xff\0", b"\x80\xff\0"),
        (b"Content-Transfer-Encoding: quoted-printable", b"a=  \r\nb=3d=3D", b"ab=="),
        (b"Content-Transfer-Encoding: quoted-printable", b"a=", b"a"),
        (b"nonsense without a colon", b"a", b"a"),
    ],
)
def test_parts_are_decoded_as_they_say(headers: bytes, data: bytes, expected: bytes) -> None:
    for step in (None, 1):
        (part,), is_complete = parts_of(RELATED, one_part(headers, data), step)
        assert (part.data, part.problem, is_complete) == (expected, "", True)


@pytest.mark.parametrize(
    ("headers", "data", "expected", "problem"),
    [
        (b"Content-Transfer-Encoding: base64", b"QUJD*!\xff", b"ABC", "junk"),
        (b"Content-Transfer-Encoding: base64", b"QUJDR", b"ABC", "broken_base64"),
        (b"Content-Transfer-Encoding: x-uuencode", b"as it is", b"as it is", "unknown_encoding"),
    ],
)
def test_a_bad_part_is_told_and_the_next_one_comes(headers: bytes, data: bytes, expected: bytes, problem: str) -> None:
    body = b"--b\r\n" + headers + b"\r\n\r\n" + data + b"\r\n" + one_part(b"Content-Type: image/gif")
    bad, good = parts_of(RELATED, body)[0]
    assert (bad.data, bad.problem, good.data, good.problem) == (expected, problem, b"data", "")


def test_without_the_last_boundary_the_body_may_be_cut() -> None:
    parts, is_complete = parts_of(RELATED, b"--b\r\n\r\nfirst\r\n--b\r\nContent-Type: image/gif\r\n\r\nsecond\r\n")
    assert not is_complete
    assert [(part.data, part.problem) for part in parts] == [(b"first", ""), (b"second\r\n", "cut")]


def test_boundaries_may_be_followed_by_blanks_and_part_bodies_may_be_empty() -> None:
    parts, is_complete = parts_of(RELATED, b"\n\n--b \t \r\n\r\n\r\n--b\t\nContent-Type: image/gif\n\n--b\n\nx\n--b-- \n")
    assert is_complete
    assert [part.data for part in parts] == [b"", b"", b"x"]


@pytest.mark.parametrize(
    ("start", "ids", "expected"),
    [
        ("", [("text/xml", "x"), ("image/gif", "y")], 0),
        ("nobody", [("image/gif", "x"), ("application/xml", "y")], 1),
        ("<y>", [("text/xml", "x"), ("text/plain", "y")], 1),
        ("cid:y", [("text/xml", "x"), ("text/xml", "<y>")], 1),
        ("", [("application/smil", "x"), ("text/xml", "y")], 1),
        ("", [("", "x"), ("image/gif", "y")], 0),
    ],
)
def test_the_envelope_is_what_start_names_else_the_first_xml(start: str, ids: list[tuple[str, str]], expected: int) -> None:
    body = b"".join(
        b"--b\r\n" + (f"Content-Type: {kind}\r\n" if kind else "").encode() + f"Content-ID: {id_}\r\n\r\nx\r\n".encode()
        for kind, id_ in ids
    )
    parts, _ = parts_of(f'multipart/related; boundary=b; start="{start}"', body + b"--b--")
    assert [index for index, part in enumerate(parts) if part.headers.is_start][-1] == expected


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (b'Content-Type: image/gif; name="a.gif"', "a.gif"),
        (b'Content-Disposition: attachment; filename="C:\\temp\\x y.gif"', "x y.gif"),
        (b"Content-Disposition: attachment; filename*=UTF-8''%C5%BC%20b.gif", "ż b.gif"),
        (b"Content-Disposition: attachment; filename*0*=UTF-8''%C5%BC; filename*1=b.gif", "żb.gif"),
        (b"Content-Type: image/gif; name==?UTF-8?Q?=C5=BC=2Egif?=", "ż.gif"),
        ('Content-Type: image/gif; name="żółw.gif"'.encode(), "żółw.gif"),
        (b'Content-Type: image/gif; name="../../etc/passwd"', "passwd"),
        (b'Content-Type: image/gif; name=".."', ""),
        (b'Content-Disposition: x; filename="' + b"a" * 300 + b'.gif"', "a" * 196 + ".gif"),
    ],
)
def test_names_are_read_without_paths(header: bytes, name: str) -> None:
    (part,), _ = parts_of(RELATED, one_part(header))
    assert part.headers.name == name


WORDS = ["name", "filename", "boundary", "start", "utf-7", "+2AA-", "=?", "?q?", "?b?", "0", "\xff", "\udcff"]
PIECES = st.sampled_from([*WORDS, *"*'=;\"% \\/"])


@given(st.lists(PIECES, max_size=30).map("".join))
def test_no_header_breaks_the_reader(value: str) -> None:
    media_type = read_media_type("image/gif;" + value)
    lines = {"content-disposition": "x;" + value, "content-id": value, "content-location": value}
    headers = read_part_headers(lines, media_type, depth=1)
    assert "/" not in headers.name.encode().decode()


def test_a_body_that_is_no_multipart_is_the_envelope() -> None:
    events = events_of('text/xml; charset="utf-8"', b"<a/>", 2)
    assert isinstance(events[0], PartBegan)
    assert (events[0].headers.is_start, events[0].headers.charset) == (True, "utf-8")
    assert joined(events)[1:] == [PartData(b"<a/>"), PartEnded(), Finished(is_complete=True)]


@pytest.mark.parametrize(
    ("body", "limits"),
    [
        (one_part(b"X: " + b"y" * 100), Limits(header_bytes=50)),
        (b"--b\r\nX: " + b"y" * 100, Limits(header_bytes=50)),
        (b"--b\r\n\r\nx\r\n" * 4, Limits(parts=3)),
        (b"--b\r\n" * 5, Limits(parts=3)),
        (NESTED, Limits(nesting=1)),
    ],
)
def test_more_than_is_taken_is_an_error(body: bytes, limits: Limits) -> None:
    for step in (1, None):
        with pytest.raises(Mm7FormatError):
            events_of(RELATED, body, step, limits)


def test_a_multipart_without_boundary_is_an_error() -> None:
    with pytest.raises(Mm7FormatError):
        MultipartReader("multipart/related; type=text/xml")


@given(st.lists(st.tuples(st.sampled_from(["base64", "quoted-printable"]), st.binary(max_size=400)), min_size=1, max_size=5))
def test_it_reads_what_the_standard_library_writes_and_reads(files: list[tuple[str, bytes]]) -> None:
    message = EmailMessage(policy=policy.SMTP)
    message.make_mixed()
    for number, (encoding, data) in enumerate(files):
        part = EmailMessage(policy=policy.SMTP)
        part.set_content(data, "image", "gif", cte=encoding, filename=f"{number}ż.gif", cid=f"<{number}@x>")
        message.attach(part)
    written = message.as_bytes()
    parts, is_complete = parts_of(str(message["Content-Type"]), written.partition(b"\r\n\r\n")[2], 50)
    oracle = list(message_from_bytes(written, policy=policy.SMTP).iter_parts())
    assert is_complete
    assert [part.data for part in parts] == [one.get_content() for one in oracle]
    assert [part.headers.name for part in parts] == [one.get_filename() for one in oracle]


def test_ten_megabytes_take_memory_for_a_piece_only() -> None:
    data = encodebytes(bytes(range(256)) * 40)
    pieces = [b"--b\r\nContent-Transfer-Encoding: base64\r\n\r\n", *([data] * 700), b"\r\n--b--\r\n"]
    reader = MultipartReader(RELATED)
    size = 0
    tracemalloc.start()
    for piece in pieces:
        size += sum(len(event.data) for event in reader.feed(piece) if isinstance(event, PartData))
    assert tracemalloc.get_traced_memory()[1] < 10 * len(data)
    tracemalloc.stop()
    assert size == 256 * 40 * 700
    assert reader.close() == [Finished(is_complete=True)]
