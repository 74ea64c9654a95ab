"""MM7 as a way out against a message centre of real sockets: taken, refused, busy, silent, cut off; nothing is sent twice on a guess."""

import asyncio
import ssl
import subprocess
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from recado.blobs.base import keep
from recado.blobs.local import LocalBlobs
from recado.core.mms import MmsPart, OutboundMms, PartRole
from recado.core.submit import OutboundText, SegmentAccepted, SegmentRefused
from recado.gateway.link_status import LinkState
from recado.gateway.mm7_connection import Mm7Connection
from recado.gateway.mm7_submit import SendSettings
from recado.protocols.mm7.dialect import DIALECTS
from recado.protocols.mm7.envelope import read_envelope
from recado.protocols.mm7.messages import Spoken, SubmitReq
from recado.protocols.mm7.multipart import MultipartReader, PartBegan, PartData
from recado.protocols.mm7.status import Status
from recado.protocols.mm7.writing import fault, submit_rsp
from recado.testing.links import LinkWorld, until
from recado.testing.media_files import TYPES, media_file

PHOTO = b"\xff\xd8\xff" + bytes(range(256)) * 600
Answer = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Centre:
    """A message centre that keeps what came and answers as told."""

    def __init__(self) -> None:
        self.came: list[tuple[dict[str, str], bytes]] = []
        self.answer: Answer = self.takes()
        self.url = ""

    async def serve(self, tls: ssl.SSLContext | None = None) -> asyncio.Server:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=tls)
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.sockets[0].getsockname()[1]}/mm7"
        return server

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self.answer(reader, writer)
        finally:
            writer.close()

    async def read(self, reader: asyncio.StreamReader) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head.split("\r\n")[1:] if line)}
        self.came.append((headers, await reader.readexactly(int(headers.get("content-length", "0")))))

    def says(self, status: int, body: bytes) -> Answer:
        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await self.read(reader)
            writer.write(b"HTTP/1.1 %d X\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % (status, len(body)) + body)
            await writer.drain()

        return answer

    def takes(self, code: int = 1000, message_id: str = "mid-1", http: int = 200) -> Answer:
        return self.says(http, submit_rsp(Spoken(), "t", Status(code, "Said"), message_id))

    async def cuts_early(self, reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")

    async def cuts_late(self, reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await self.read(reader)

    async def is_silent(self, reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await self.read(reader)
        await asyncio.sleep(30)


def parts_of(came: tuple[dict[str, str], bytes]) -> list[tuple[str, bytes]]:
    reader = MultipartReader(came[0]["content-type"])
    found: list[tuple[str, bytes]] = []
    for event in [*reader.feed(came[1]), *reader.close()]:
        if isinstance(event, PartBegan):
            found.append((event.headers.content_type, b""))
        elif isinstance(event, PartData):
            found[-1] = (found[-1][0], found[-1][1] + event.data)
    return found


def run(
    tmp_path,
    test: Callable[[Centre, Mm7Connection, OutboundText], Awaitable[None]],
    tls: ssl.SSLContext | None = None,
    **settings: object,
) -> None:
    async def main() -> None:
        blobs, centre, world = LocalBlobs(tmp_path), Centre(), LinkWorld()
        part = MmsPart(PartRole.MEDIA, keep(blobs, PHOTO), len(PHOTO), "image/jpeg", name="róże.jpg")
        message = OutboundText(7, "48664200300", "48604218377", "Świeże róże", mms=OutboundMms("Róże", (part,)))
        async with await centre.serve(tls):
            given = replace(SendSettings(url=centre.url, user="us", password="secret"), **settings)  # of a test
            connection = Mm7Connection(3, "MMSC", given, world.ports(), blobs, answer_seconds=0.4)
            connection.start()
            try:
                await test(centre, connection, message)
            finally:
                await connection.stop(timeout_seconds=0.1)

    asyncio.run(main())


def test_files_of_every_kind_leave_as_they_are(tmp_path):
    files = {ending: media_file(ending) for ending in sorted(TYPES)}

    async def test(centre: Centre, connection: Mm7Connection, message: OutboundText) -> None:
        blobs = LocalBlobs(tmp_path)
        parts = [
            MmsPart(PartRole.MEDIA, keep(blobs, content), len(content), TYPES[ending], name=f"plik.{ending}")
            for ending, content in files.items()
        ]
        assert await connection.submit(replace(message, mms=OutboundMms("", tuple(parts)))) == (SegmentAccepted("mid-1"),)
        came = parts_of(centre.came[0])
        for ending, content in files.items():
            assert (TYPES[ending], content) in came

    run(tmp_path, test)


@pytest.mark.parametrize("dialect", ["rel-6-mm7-1-4", "flat-base64"])
def test_an_mms_goes_whole_with_its_text_and_layout(tmp_path, dialect):
    async def test(centre: Centre, connection: Mm7Connection, message: OutboundText) -> None:
        assert await connection.submit(message) == (SegmentAccepted("mid-1"),)
        headers, _body = centre.came[0]
        assert headers["authorization"].startswith("Basic ")
        found = parts_of(centre.came[0])
        asked = read_envelope(found[0][1]).message
        assert isinstance(asked, SubmitReq)
        assert (asked.subject, asked.vasp_id, asked.recipients[0].digits) == ("Róże", "shop", "48604218377")
        assert asked.sender is not None
        assert asked.sender.value == "48664200300"
        by_type = dict(found[1:])
        assert by_type["image/jpeg"] == PHOTO
        assert by_type["text/plain"].decode() == "Świeże róże"
        assert b"cid:file1" in by_type["application/smil"]
        assert connection.statuses[0].submitted_count == 1

    run(tmp_path, test, dialect=DIALECTS[dialect], vasp_id="shop")


@pytest.mark.parametrize(
    ("answer", "permanent", "uncertain", "word"),
    [
        (lambda centre: centre.takes(2002), True, False, "mm7_2002"),
        (lambda centre: centre.takes(2004, http=400), True, False, "mm7_2004"),
        (lambda centre: centre.takes(4007), True, False, "mm7_4007"),
        (lambda centre: centre.takes(3000), False, False, "mm7_3000"),
        (lambda centre: centre.says(500, fault(Spoken(), "t", Status(4001, "Who?"))), True, False, "mm7_4001"),
        (lambda centre: centre.says(503, b"busy"), False, False, "http_503"),
        (lambda centre: centre.says(401, b""), False, False, "http_401"),
        (lambda centre: centre.says(413, b""), True, False, "http_413"),
        (lambda centre: centre.says(500, b"<html>"), False, True, "http_500"),
        (lambda centre: centre.says(200, b"<html>"), False, True, "unreadable_answer"),
        (lambda centre: centre.cuts_late, False, True, "link_lost"),
        (lambda centre: centre.is_silent, False, True, "timeout"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_answer_or_none_says_whether_it_may_be_sent_again(tmp_path, answer, permanent, uncertain, word):
    async def test(centre: Centre, connection: Mm7Connection, message: OutboundText) -> None:
        centre.answer = answer(centre)
        (outcome,) = await connection.submit(message)
        assert isinstance(outcome, SegmentRefused)
        assert (outcome.permanent, outcome.uncertain) == (permanent, uncertain)
        assert outcome.error.startswith(word)

    run(tmp_path, test)


def test_what_was_cut_off_before_it_was_whole_is_sent_again(tmp_path):
    """Large enough that the network cannot swallow it before the other side is gone."""

    async def test(centre: Centre, connection: Mm7Connection, message: OutboundText) -> None:
        blobs, size = LocalBlobs(tmp_path), 20_000_000
        large = MmsPart(PartRole.MEDIA, keep(blobs, bytes(size)), size, "video/mp4")
        centre.answer = centre.cuts_early
        (outcome,) = await connection.submit(replace(message, mms=OutboundMms("", (large,))))
        assert isinstance(outcome, SegmentRefused)
        assert (outcome.error[:9], outcome.permanent, outcome.uncertain) == ("link_lost", False, False)
        assert connection.statuses[0].state is LinkState.WAITING
        centre.answer = centre.takes()
        assert await connection.submit(message) == (SegmentAccepted("mid-1"),)
        assert connection.statuses[0].state is LinkState.BOUND

    run(tmp_path, test)


def test_a_text_and_a_message_without_its_file_are_refused_for_good(tmp_path):
    async def test(centre: Centre, connection: Mm7Connection, message: OutboundText) -> None:
        for given in (replace(message, mms=None), replace(message, mms=OutboundMms("", (MmsPart(PartRole.MEDIA, "ab" * 32, 1, "x/y"),)))):
            (outcome,) = await connection.submit(given)
            assert isinstance(outcome, SegmentRefused)
            assert outcome.permanent
        assert centre.came == []

    run(tmp_path, test)


def test_draining_waits_for_what_is_under_way_and_takes_nothing_new(tmp_path):
    async def test(centre: Centre, connection: Mm7Connection, message: OutboundText) -> None:
        asked, goes_on, takes = asyncio.Event(), asyncio.Event(), centre.answer

        async def waits(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            asked.set()
            await goes_on.wait()
            await takes(reader, writer)

        centre.answer = waits
        under_way = asyncio.create_task(connection.submit(message))
        await asked.wait()
        draining = asyncio.create_task(connection.drain())
        await asyncio.sleep(0)
        assert connection.opening().places == 0
        assert await connection.submit(message) == (SegmentRefused("link_drained", permanent=False),)
        goes_on.set()
        assert await under_way == (SegmentAccepted("mid-1"),)
        await draining
        assert connection.statuses[0].state is LinkState.DRAINED
        await connection.resume()
        assert connection.opening().places == 4

    run(tmp_path, test)


def test_stopped_over_an_answer_it_is_uncertain(tmp_path):
    async def test(centre: Centre, connection: Mm7Connection, message: OutboundText) -> None:
        centre.answer = centre.is_silent
        under_way = asyncio.create_task(connection.submit(message))
        await until(lambda: centre.came)
        under_way.cancel()
        assert await under_way == (SegmentRefused("stopped", permanent=False, uncertain=True),)

    run(tmp_path, test)


@pytest.mark.parametrize(("status", "is_well"), [(405, True), (401, False)])
def test_trying_it_sends_nothing(tmp_path, status, is_well):
    async def test(centre: Centre, connection: Mm7Connection, _message: OutboundText) -> None:
        centre.answer = centre.says(status, b"")
        (step,) = await connection.trial()
        assert (step.name, not step.error) == ("connect", is_well)
        assert centre.came[0][1] == b""

    run(tmp_path, test)


def test_nobody_there_is_a_link_that_is_down(tmp_path):
    async def test(_centre: Centre, connection: Mm7Connection, message: OutboundText) -> None:
        (outcome,) = await connection.submit(message)
        assert isinstance(outcome, SegmentRefused)
        assert (outcome.error[:9], outcome.permanent, outcome.uncertain) == ("link_down", False, False)
        assert connection.statuses[0].last_error_at is not None
        assert datetime.now(UTC) >= connection.statuses[0].last_error_at

    run(tmp_path, test, url="http://127.0.0.1:9/")


def certificate(folder, name: str, *more: str) -> str:
    """Make a certificate that vouches for itself; return the file with it and its key."""
    file = folder / f"{name}.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    subprocess.run([*command, "-subj", f"/CN={name}", "-keyout", file, "-out", folder / "cert", *more], check=True, capture_output=True)
    file.write_text(file.read_text() + (folder / "cert").read_text())
    return str(file)


def test_a_centre_that_asks_for_a_certificate_gets_ours(tmp_path, monkeypatch):
    theirs = certificate(tmp_path, "centre", "-addext", "subjectAltName=IP:127.0.0.1")
    ours, other = certificate(tmp_path, "ours"), certificate(tmp_path, "other")
    monkeypatch.setenv("SSL_CERT_FILE", theirs)
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=ours)
    tls.load_cert_chain(theirs)
    tls.verify_mode = ssl.CERT_REQUIRED

    async def taken(_centre: Centre, connection: Mm7Connection, message: OutboundText) -> None:
        assert await connection.submit(message) == (SegmentAccepted("mid-1"),)

    async def turned_away(centre: Centre, connection: Mm7Connection, message: OutboundText) -> None:
        (outcome,) = await connection.submit(message)
        assert isinstance(outcome, SegmentRefused)
        assert not outcome.permanent
        assert not centre.came

    run(tmp_path, taken, tls, client_certificate=ours)
    for shown in (other, ""):
        run(tmp_path, turned_away, tls, client_certificate=shown)
