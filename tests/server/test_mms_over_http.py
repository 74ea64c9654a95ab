"""MMS from aggregators over HTTP: who may call, what is stored before the answer, what is refused and how."""

import asyncio
import base64
from contextlib import asynccontextmanager
from types import SimpleNamespace

import httpx2
import pytest
from starlette.applications import Starlette

from recado.blobs.base import read
from recado.blobs.local import LocalBlobs
from recado.core.mms import PartRole
from recado.gateway.intake import NotStoredError
from recado.server.mms_in.over_http import OverHttp
from recado.store.connections import ConnectionRow

pytestmark = pytest.mark.anyio
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
GOOD = {
    "id": "a-1",
    "from": "+48501222333",
    "to": "0048503340503/TYPE=PLMN",
    "subject": " Photo ",
    "text": "my cat",
    "attachments": [{"name": "../cat.png", "content_type": "image/png", "data": base64.b64encode(PNG).decode()}],
}
TOKEN = {"Authorization": "Bearer secret"}


@pytest.fixture
def anyio_backend():
    return "asyncio"


@asynccontextmanager
async def calling(tmp_path, receive=lambda _part: 5, **settings):
    rows = [ConnectionRow(7, "Aggregator", "mms_http", {"token": "secret", **settings}), ConnectionRow(8, "Other", "smpp", {})]
    blobs = LocalBlobs(tmp_path)
    app = Starlette(routes=OverHttp(lambda: rows, receive, blobs).routes())
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app, client=("192.0.2.7", 1)), base_url="http://test") as client:
        yield SimpleNamespace(post=lambda **more: client.post("/mms/7", **{"headers": TOKEN, **more}), client=client, blobs=blobs)


async def test_a_message_is_stored_with_its_files_before_the_answer(tmp_path):
    taken = []
    async with calling(tmp_path, lambda part: taken.append(part) or 41) as caller:
        answer = await caller.post(json=GOOD)
        assert (answer.status_code, answer.json()) == (200, {"id": 41})
        (part,) = taken
        (file,) = part.mms.parts
        assert (part.sender, part.recipient, part.text, part.carrier_message_id) == ("48501222333", "48503340503", "my cat", "a-1")
        assert (part.mms.subject, file.role, file.content_type, file.size) == ("Photo", PartRole.MEDIA, "image/png", len(PNG))
        assert read(caller.blobs, file.sha256) == PNG
        assert b"iVBOR" not in part.raw


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ([], "the body must be a JSON object"),
        ({**GOOD, "from": ""}, "from must be a text"),
        ({**GOOD, "id": "x" * 81}, "id is longer than 80 characters"),
        ({**GOOD, "attachments": [{"data": 5}]}, "attachments[0].data must be the content as base64"),
        ({**GOOD, "attachments": [{"data": "a"}]}, "attachments[0].data is no base64"),
        ({**GOOD, "attachments": [{"data": ""}] * 51}, "attachments must be a list of at most 50"),
    ],
)
async def test_a_document_that_cannot_be_used_is_refused_with_the_field(tmp_path, document, said):
    async with calling(tmp_path) as caller:
        answer = await caller.post(json=document)
        assert (answer.status_code, answer.json()) == (400, {"error": said})


@pytest.mark.parametrize(
    ("more", "settings", "status"),
    [
        ({"headers": {"Authorization": "Bearer wrong"}}, {}, 401),
        ({"headers": {}}, {}, 401),
        ({}, {"networks": "198.51.100.0/24"}, 403),
        ({}, {"networks": "198.51.100.0/24 192.0.2.0/24"}, 200),
    ],
)
async def test_only_who_has_the_token_and_calls_from_an_allowed_address_is_heard(tmp_path, more, settings, status):
    async with calling(tmp_path, **settings) as caller:
        assert (await caller.post(json=GOOD, **more)).status_code == status


async def test_connections_of_other_kinds_and_unknown_ones_take_nothing(tmp_path):
    async with calling(tmp_path) as caller:
        for key in (8, 9):
            assert (await caller.client.post(f"/mms/{key}", json=GOOD, headers=TOKEN)).status_code == 404


async def test_what_is_too_large_is_refused_whether_it_says_so_or_not(tmp_path):
    async def endless():
        for _ in range(40):
            yield bytes(50_000)
            await asyncio.sleep(0)

    async with calling(tmp_path, max_megabytes=1) as caller:
        assert (await caller.post(content=bytes(2_000_000))).status_code == 413
        assert (await caller.post(content=endless())).status_code == 413


@pytest.mark.parametrize("error", [NotStoredError("the intake is full"), OSError(28, "No space left on device")])
async def test_what_could_not_be_stored_is_to_be_sent_again(tmp_path, error):
    def fail(_part):
        raise error

    async with calling(tmp_path, fail) as caller:
        assert (await caller.post(json=GOOD)).status_code == 503
