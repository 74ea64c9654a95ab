"""The multimedia message centre for tests: what it posts arrives as it should or as badly as told, what it takes it keeps."""

import asyncio
import json
import sys

import pytest

from recado.protocols.mm7.dialect import DEFAULT_DIALECT
from recado.protocols.mm7.envelope import read_envelope
from recado.protocols.mm7.messages import Address, SubmitReq
from recado.protocols.mm7.multipart_writing import OutgoingPart, write_multipart
from recado.protocols.mm7.smil import SmilSlide, Source, write_smil
from recado.protocols.mm7.status import StatusCode, status_of
from recado.protocols.mm7.writing import submit_req
from recado.testing.mmsc import Answer, Mmsc
from recado.testing.mmsc_client import Answered, HttpShape, MmscClient
from recado.testing.mmsc_requests import BodyShape, Request, SamplePart, deliver_xml, with_files

PICTURE = b"GIF89a\r\n--x\xff" * 50


def submission() -> Request:
    layout = write_smil([SmilSlide((Source("1.gif"),), 3000)])
    xml = submit_req(DEFAULT_DIALECT, "t1", SubmitReq((Address("48501222333"),), subject="Żółw", content_href="content"))
    outgoing = write_multipart(DEFAULT_DIALECT, xml, [OutgoingPart("image/gif", "1.gif", len(PICTURE))], boundary="u7", layout=layout)
    return Request(outgoing.content_type, b"".join(outgoing.stream(lambda _: [PICTURE])))


@pytest.mark.parametrize("shape", [HttpShape(), HttpShape(is_chunked=True, piece=100)], ids=["whole", "chunked"])
def test_what_is_submitted_is_kept_and_answered(shape: HttpShape) -> None:
    async def exchange() -> None:
        async with Mmsc() as mmsc:
            answered = await MmscClient(mmsc.url, "me", "secret").post(submission(), shape)
            assert (answered.http_status, answered.status_code) == (200, 1000)
            (submitted,) = await mmsc.wait_for(1)
            assert submitted.credentials == ("me", "secret")
            assert [data for headers, data in submitted.parts if headers.content_type == "image/gif"] == [PICTURE]

    asyncio.run(exchange())


@pytest.mark.parametrize(
    ("answer", "http_status", "code"),
    [
        (Answer(status_of(StatusCode.ADDRESS_ERROR)), 200, 2002),
        (Answer(status_of(StatusCode.SERVICE_UNAVAILABLE), http_status=503, is_fault=True), 503, 4006),
        (Answer(is_cut=True), 0, 0),
    ],
)
def test_it_answers_as_told(answer: Answer, http_status: int, code: int) -> None:
    async def exchange() -> Answered:
        async with Mmsc(lambda _submitted, _count: answer) as mmsc:
            return await MmscClient(mmsc.url).post(submission())

    answered = asyncio.run(exchange())
    assert answered.http_status == http_status
    message = answered.envelope.message if answered.envelope else None
    assert getattr(getattr(message, "status", None), "code", 0) == code


def test_it_can_stay_silent() -> None:
    async def exchange() -> None:
        async with Mmsc(lambda _submitted, _count: Answer(is_silent=True)) as mmsc:
            with pytest.raises(TimeoutError):
                await MmscClient(mmsc.url, timeout=0.05).post(submission())

    asyncio.run(exchange())


@pytest.mark.parametrize(
    ("http", "is_whole"),
    [(HttpShape(cut_after=200), False), (HttpShape(content_length=5), False), (HttpShape(piece=300, pause=0.001), True)],
    ids=["cut", "lying", "slow"],
)
def test_it_can_post_badly(http: HttpShape, is_whole: bool) -> None:
    came: asyncio.Queue[bytes] = asyncio.Queue()
    request = with_files(deliver_xml("t"), [SamplePart("image/gif", PICTURE)], BodyShape(is_nested=True, line_end=b"\n"))

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
        came.put_nowait(await reader.read(length) if http.content_length else await _until(reader, length))
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n")
        writer.close()

    async def _until(reader: asyncio.StreamReader, length: int) -> bytes:
        try:
            return await reader.readexactly(length)
        except asyncio.IncompleteReadError as error:
            return error.partial

    async def exchange() -> tuple[Answered, bytes]:
        async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            answered = await MmscClient(f"http://127.0.0.1:{port}/").post(request, http)
            return answered, await asyncio.wait_for(came.get(), 5)

    answered, body = asyncio.run(exchange())
    assert (body == request.body) is is_whole
    assert request.body.startswith(body)
    assert answered.body == b"ok" or not is_whole


def test_as_a_program_it_says_what_was_submitted() -> None:
    async def exchange() -> dict[str, object]:
        program = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "recado.testing.mmsc_main", "--port", "0", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
        )
        assert program.stdin is not None
        assert program.stdout is not None
        url = json.loads(await program.stdout.readline())["url"]
        answered = await MmscClient(url).post(submission())
        assert read_envelope(answered.body).transaction_id == "t1"
        said: dict[str, object] = json.loads(await program.stdout.readline())
        program.stdin.close()
        await program.wait()
        return said

    said = asyncio.run(exchange())
    assert (said["event"], said["to"], said["subject"]) == ("submitted", ["48501222333"], "Żółw")
