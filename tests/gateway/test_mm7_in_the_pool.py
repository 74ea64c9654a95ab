"""MM7 connections among the others: opened by their settings, tried, and no text ever leaves through one, nor an MMS through SMPP."""

import asyncio
from datetime import UTC, datetime
from random import Random

from recado.blobs.base import keep
from recado.blobs.local import LocalBlobs
from recado.core.mms import MmsPart, OutboundMms, PartRole
from recado.core.submit import OutboundText, SegmentAccepted, SegmentRefused
from recado.gateway.link_pool import LinkPool
from recado.protocols.mm7.messages import SubmitReq
from recado.protocols.mm7.smil import read_smil
from recado.store.connections import ConnectionRow
from recado.testing.links import LinkWorld
from recado.testing.mmsc import Mmsc

TYPES = ("image/gif", "video/3gpp")


def test_each_kind_takes_what_it_can_carry(tmp_path):
    async def main() -> None:
        world, blobs = LinkWorld(), LocalBlobs(tmp_path)
        pool = LinkPool(world.ports(), lambda item: world.intake.put(item, None), lambda: datetime.now(UTC), Random(1), blobs)
        rows = [
            ConnectionRow(1, "SMSC", "smpp", {"host": "127.0.0.1", "port": 9, "system_id": "recado"}),
            ConnectionRow(2, "MMSC", "mm7", {"window_size": 7}),
            ConnectionRow(3, "phones", "simulator", {}),
        ]
        await pool.apply(rows)
        try:
            part = MmsPart(PartRole.MEDIA, keep(blobs, b"GIF89a"), 6, "image/gif")
            text = OutboundText(1, "48664200300", "48604218377", "Hi")
            mms = OutboundText(2, "48664200300", "48604218377", "", mms=OutboundMms("Roses", (part,)))
            assert pool.opening(2).places == 7
            for connection_id, message, word in ((1, mms, "no_mms"), (2, text, "no_sms")):
                (outcome,) = await pool.submit(connection_id, message)
                assert isinstance(outcome, SegmentRefused)
                assert (outcome.error.partition(":")[0], outcome.permanent) == (word, True)
            (without_address,) = await pool.submit(2, mms)
            assert without_address == SegmentRefused("link_down: the connection has no address to send to", permanent=False)
            (shown,) = await pool.submit(3, mms)
            assert isinstance(shown, SegmentAccepted)
            assert await pool.trial(rows[1]) == []
        finally:
            await pool.stop(timeout_seconds=1)

    asyncio.run(main())


def test_a_configured_link_sends_to_its_message_centre(tmp_path):
    async def main() -> None:
        world, blobs = LinkWorld(), LocalBlobs(tmp_path)
        pool = LinkPool(world.ports(), lambda item: world.intake.put(item, None), lambda: datetime.now(UTC), Random(1), blobs)
        files = [b"GIF89a" + bytes(100_000), b"\0\0\0\x18ftyp3gp4"]
        parts = tuple([MmsPart(PartRole.MEDIA, keep(blobs, one), len(one), kind) for one, kind in zip(files, TYPES, strict=True)])
        async with Mmsc() as centre:
            settings = {"submit_url": centre.url, "submit_user": "us", "submit_password": "secret", "dialect": "plmn", "vas_id": "news"}
            await pool.apply([ConnectionRow(2, "MMSC", "mm7", settings)])
            try:
                mms = OutboundText(2, "48664200300", "48604218377", "Hi", mms=OutboundMms("Roses", parts))
                assert await pool.submit(2, mms) == (SegmentAccepted("mmsc-1"),)
                (came,) = centre.submitted
                asked = came.envelope.message
                assert isinstance(asked, SubmitReq)
                assert (came.credentials, asked.vas_id, asked.wants_read_reply) == (("us", "secret"), "news", True)
                assert asked.recipients[0].value == "+48604218377/TYPE=PLMN"
                assert {part.content_type: body for part, body in came.parts if part.content_type in TYPES} == dict(
                    zip(TYPES, files, strict=True)
                )
                (layout,) = [body for part, body in came.parts if part.content_type == "application/smil"]
                assert [[source.is_text for source in slide.sources] for slide in read_smil(layout)] == [[False, True], [False]]
            finally:
                await pool.stop(timeout_seconds=1)

    asyncio.run(main())
