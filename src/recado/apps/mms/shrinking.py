"""Making a picture small enough for a carrier, in a process of its own that can neither take long nor much memory.

What belongs here: running that process and keeping what it made. What does not: what it does (`shrinking_child`), how small a picture must
be (`composing`).
"""

import subprocess
import sys
from dataclasses import dataclass
from typing import Final

from recado.blobs.base import Blobs, keep, read

LONGEST_SECONDS: Final = 20.0
_CHILD = "recado.apps.mms.shrinking_child"


class ShrinkError(ValueError):
    """The picture cannot be made that small, or is none."""


@dataclass(frozen=True, slots=True)
class Shrunk:
    """A picture that was made; its bytes are durable."""

    sha256: str
    size: int
    content_type: str


def shrink(blobs: Blobs, sha256: str, most_bytes: int) -> Shrunk:
    """Make a picture of at most so many bytes; raise ShrinkError."""
    try:
        done = subprocess.run(  # noqa: S603  # our own module, its only argument is a number
            [sys.executable, "-m", _CHILD, str(most_bytes)],
            input=read(blobs, sha256),
            capture_output=True,
            timeout=LONGEST_SECONDS,
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        raise ShrinkError(str(error)) from error
    content_type, _, content = done.stdout.partition(b"\n")
    if done.returncode or not content or len(content) > most_bytes:
        raise ShrinkError(done.stderr[-200:].decode("utf-8", "replace") or "it cannot be made that small")
    return Shrunk(keep(blobs, content), len(content), content_type.decode("ascii"))
