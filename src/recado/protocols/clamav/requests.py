"""What clamd is asked: commands, and a file in pieces that follow INSTREAM, each behind its length."""

PING = b"zPING\0"
VERSION = b"zVERSION\0"
INSTREAM = b"zINSTREAM\0"
CHUNK = 64 * 1024
"""Octets of a piece; clamd takes larger ones, but nobody needs them in memory."""
END = b"\0\0\0\0"
"""A piece of no length: the file is over, and the answer comes."""


def chunk(data: bytes) -> bytes:
    """Return a piece of a file as it is sent; an empty one would be END."""
    return len(data).to_bytes(4, "big") + data
