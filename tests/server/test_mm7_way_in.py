"""What message centres bring, over a real socket: what is stored before the answer, who may call, what is refused, what comes again."""

from dataclasses import replace

import pytest
from mm7_world import OURS, PASSWORD, USER, listening

from recado.blobs.base import read
from recado.core.mms import PartRole
from recado.core.receipt import OutboundState, UndeliveredReason
from recado.gateway.intake import NotStoredError
from recado.protocols.mm7.messages import MmStatus
from recado.testing.media_files import TYPES, media_file
from recado.testing.mmsc_client import HttpShape
from recado.testing.mmsc_requests import BodyShape, Request, SamplePart, deliver_xml, delivery_report, read_reply, with_files

pytestmark = pytest.mark.anyio
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 1200
LAYOUT = b'<smil><body><par dur="5s"><img src="cat.png"/><text src="cid:words"/></par></body></smil>'
PARTS = (
    SamplePart("application/smil", LAYOUT, "layout", "layout.smil"),
    SamplePart("image/png", PNG, "cat", "cat.png", encoding="base64"),
    SamplePart("text/plain; charset=utf-8", "mój kot".encode(), "words", "words.txt"),
)
GOOD = with_files(deliver_xml("T-1", subject="Photo"), PARTS)


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.mark.parametrize("shape", [HttpShape(), HttpShape(is_chunked=True, piece=70_000)])
async def test_a_message_is_stored_with_its_files_before_it_is_answered(tmp_path, shape):
    async with listening(tmp_path) as world:
        answered = await world.client().post(GOOD, shape)
        (part,) = world.received
    assert (answered.http_status, answered.status_code, answered.envelope.transaction_id) == (200, 1000, "T-1")
    assert (part.connection_id, part.sender, part.recipient, part.carrier_message_id) == (7, "48501222333", OURS, "T-1")
    assert (part.text, part.mms.subject, world.counted) == ("mój kot", "Photo", 1)
    assert [(one.role, one.content_type, one.name) for one in part.mms.parts] == [
        (PartRole.LAYOUT, "application/smil", "layout.smil"),
        (PartRole.MEDIA, "image/png", "cat.png"),
        (PartRole.TEXT, "text/plain", "words.txt"),
    ]
    assert [read(world.blobs, one.sha256) for one in part.mms.parts] == [LAYOUT, PNG, "mój kot".encode()]
    assert part.mms.slides[0].parts == (1, 2)
    assert b"DeliverReq" in part.raw
    assert PNG[:100] not in part.raw


@pytest.mark.parametrize("half", [0, 1])
async def test_files_of_every_kind_are_told_by_their_bytes(tmp_path, half):
    files = {f"Plik.{ending}": media_file(ending) for ending in sorted(TYPES)[half::2]}
    parts = [SamplePart("application/octet-stream", content, name, name) for name, content in files.items()]
    async with listening(tmp_path) as world:
        answered = await world.client().post(with_files(deliver_xml("T-2"), parts))
        (part,) = world.received
    assert answered.status_code == 1000
    assert {one.name: one.content_type for one in part.mms.parts} == {name: TYPES[name.partition(".")[2]] for name in files}
    assert {one.name: read(world.blobs, one.sha256) for one in part.mms.parts} == files


@pytest.mark.parametrize(
    ("user", "password", "settings", "headers", "status"),
    [
        (USER, "wrong", {}, {}, 401),
        ("", "", {}, {}, 401),
        (USER, PASSWORD, {"networks": "198.51.100.0/24"}, {}, 403),
        (USER, PASSWORD, {"networks": "198.51.100.0/24, 127.0.0.1"}, {}, 200),
        (USER, PASSWORD, {"caller_certificate": "CN=mmsc"}, {}, 403),
        (USER, PASSWORD, {"caller_certificate": "CN=mmsc"}, {"X-Client-Certificate": "CN=mmsc"}, 200),
        ("", "", {"receive_password": "", "networks": "127.0.0.1"}, {}, 200),
    ],
)
async def test_only_who_is_known_may_call(tmp_path, user, password, settings, headers, status):
    async with listening(tmp_path, **settings) as world:
        answered = await world.client(user, password).post(GOOD, HttpShape(headers=headers))
        assert answered.http_status == status
        assert len(world.received) == (status == 200)
        assert world.records == [] if status == 200 else world.records[0][0] == "caller_refused"


@pytest.mark.parametrize(("connection_id", "status"), [(8, 404), (10, 404), (9, 403)])
async def test_connections_of_other_kinds_and_those_that_name_nobody_let_nobody_in(tmp_path, connection_id, status):
    async with listening(tmp_path) as world:
        assert (await world.client(connection_id=connection_id).post(GOOD)).http_status == status


async def test_a_drained_connection_has_it_sent_again(tmp_path):
    async with listening(tmp_path) as world:
        world.is_held = True
        assert (await world.client().post(GOOD)).http_status == 503
        assert world.received == []


@pytest.mark.parametrize(
    ("request_", "code", "event"),
    [
        (Request("text/html", b"<p>hello</p>"), 2007, "not_understood"),
        (Request("text/xml", b"<a/>"), 2007, "not_understood"),
        (Request("multipart/related", b""), 2007, "not_understood"),
        (Request("text/xml", b"<a>" + bytes(300_000)), 2007, "not_understood"),
        (with_files(b"<not-closed", PARTS), 2007, "not_understood"),
        (with_files(deliver_xml("T-1"), PARTS, BodyShape(has_end=False)), 3000, "cut_off"),
        (Request(GOOD.content_type, bytes(1_200_000)), 2004, "too_large"),
    ],
)
async def test_what_is_no_message_is_refused_and_leaves_nothing(tmp_path, request_, code, event):
    async with listening(tmp_path, max_receive_megabytes=1) as world:
        answered = await world.client().post(request_)
        assert (answered.http_status, answered.status_code) == (500, code)
        assert (world.received, world.files, world.records[0][0]) == ([], [], event)


async def test_a_message_without_recipient_goes_to_the_number_of_the_connection_or_is_refused(tmp_path):
    nobody = with_files(deliver_xml("T-1", sender="", recipient=""), PARTS)
    async with listening(tmp_path) as world:
        assert (await world.client().post(nobody)).status_code == 2002
    async with listening(tmp_path, default_recipient=f"+{OURS}") as world:
        assert (await world.client().post(nobody)).status_code == 1000
        assert (world.received[0].sender, world.received[0].recipient) == ("", OURS)


async def test_one_bad_part_is_flagged_and_the_rest_is_delivered(tmp_path):
    bad = replace(PARTS[1], data=b"iVBOR*w0KG!", is_encoded=True)
    async with listening(tmp_path) as world:
        assert (await world.client().post(with_files(deliver_xml("T-1"), (bad, PARTS[2])))).status_code == 1000
        (part,) = world.received
        assert (part.text, len(part.mms.parts), part.flags) == ("mój kot", 2, ("mms_part_junk",))


@pytest.mark.parametrize(
    ("cut_after", "content_length"),
    [(100_000, None), (0, None), (len(GOOD.body) - 1, None), (None, len(GOOD.body) + 10)],
)
async def test_a_body_that_is_cut_off_leaves_nothing(tmp_path, cut_after, content_length):
    async with listening(tmp_path, seconds=0.3) as world:
        await world.client().post(GOOD, HttpShape(cut_after=cut_after, content_length=content_length))
        await world.noted()
        assert world.records[0][0] in {"cut_off", "too_slow"}
        assert (world.received, world.files) == ([], [])


async def test_a_length_that_is_too_short_has_it_sent_again(tmp_path):
    async with listening(tmp_path) as world:
        answered = await world.client().post(GOOD, HttpShape(content_length=len(GOOD.body) - 5000))
        assert (answered.status_code, world.received, world.files) == (3000, [], [])


@pytest.mark.parametrize("error", [NotStoredError("the intake is full"), NotStoredError("database is locked")])
@pytest.mark.parametrize("request_", [GOOD, delivery_report("R-1", "m-1")])
async def test_what_could_not_be_stored_is_sent_again(tmp_path, error, request_):
    async with listening(tmp_path) as world:
        world.error = error
        answered = await world.client().post(request_)
        assert (answered.http_status, answered.status_code) == (200, 3000)


class Full:
    """A disk without room."""

    def begin(self):
        raise OSError(28, "No space left on device")


async def test_a_full_disk_has_it_sent_again(tmp_path):
    async with listening(tmp_path, blobs=Full()) as world:
        answered = await world.client().post(GOOD)
        assert (answered.http_status, answered.status_code) == (500, 3000)
        assert world.records == [("not_stored", "could not be stored, send it again: No space left on device")]


@pytest.mark.parametrize(
    ("status", "state", "reason"),
    [
        (MmStatus.RETRIEVED, OutboundState.DELIVERED, None),
        (MmStatus.EXPIRED, OutboundState.UNDELIVERED, UndeliveredReason.MESSAGE_EXPIRED),
        (MmStatus.REJECTED, OutboundState.UNDELIVERED, UndeliveredReason.MESSAGE_REJECTED),
        (MmStatus.UNRECOGNISED, OutboundState.UNDELIVERED, UndeliveredReason.UNSUPPORTED_NUMBER),
        (MmStatus.DEFERRED, None, None),
        (MmStatus.INDETERMINATE, None, None),
        (MmStatus.FORWARDED, None, None),
        ("Lost at sea", None, None),
    ],
)
async def test_reports_become_receipts_of_the_connection(tmp_path, status, state, reason):
    async with listening(tmp_path) as world:
        assert (await world.client().post(delivery_report("R-1", "m-1", status))).status_code == 1000
        (receipt,) = world.received
        assert (receipt.connection_id, receipt.carrier_message_id, receipt.carrier_state) == (7, "m-1", status)
        assert (receipt.state, receipt.reason, receipt.recipient) == (state, reason, "48501222333")


@pytest.mark.parametrize(
    ("message_id", "status", "code", "is_read"),
    [("known", MmStatus.READ, 1000, True), ("known", MmStatus.DELETED, 1000, False), ("other", MmStatus.READ, 2005, True)],
)
async def test_what_readers_did_is_noted_or_said_to_be_about_nothing(tmp_path, message_id, status, code, is_read):
    async with listening(tmp_path) as world:
        assert (await world.client().post(read_reply("R-1", message_id, status))).status_code == code
        assert [(one.carrier_message_id, one.is_read) for one in world.replies] == [(message_id, is_read)]
