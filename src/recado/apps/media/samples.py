"""A picture to try places with that MMS are forwarded to.

What belongs here: the picture, and keeping it for a test. What does not: the test (`apps.outbox.redelivery`).
"""

import struct
import zlib

from recado.apps.media.services import blobs
from recado.apps.outbox.redelivery import SampleMms
from recado.blobs.base import keep

WIDTH, HEIGHT = 160, 120
NAME = "test.png"


def sample_mms(subject: str) -> SampleMms:
    """Return an MMS with a picture. No row names its bytes: the sweep takes them after an hour, unless another test wants them again."""
    picture = png()
    return SampleMms(subject, NAME, "image/png", len(picture), keep(blobs(), picture))


def png() -> bytes:
    """Draw a sky that is darker above, in the fewest words PNG has (its specification, sections 5 and 11)."""
    rows = b"".join(b"\0" + bytes((40 + y, 120 + y // 2, 220)) * WIDTH for y in range(HEIGHT))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
