"""Taking in a file that somebody chose to send: streamed to where bytes lie, refused where it cannot be sent at all.

What belongs here: one file. What does not: where it is noted (`unsent`, `apps.campaigns.multimedia`), whether the whole can be sent
(`composing`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from recado.apps.mms.drafts import DraftFile, MmsProblem, MmsRefusal
from recado.blobs.choosing import blobs_of
from recado.core.media_type import LOOKED_AT, may_be_sent, type_of

MOST_BYTES = 10 * 1024 * 1024
"""Of one file; photos are made smaller, so they may be larger than what a carrier takes."""
_NAME = 120


class FileNotTakenError(ValueError):
    """A file cannot be attached; `problem` says why, nothing was kept."""

    def __init__(self, problem: MmsProblem) -> None:
        super().__init__(problem.reason.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way in, so that it is never in memory as a whole."""

    name: str
    claimed_type: str
    chunks: Iterable[bytes] = field(repr=False)


def take_in(upload: Upload) -> DraftFile:
    """Keep the bytes of an upload; they are durable then. Raises FileNotTakenError, and OSError where there is no room."""
    name = Path(upload.name.replace("\\", "/")).name[:_NAME] or "file"
    head, size = bytearray(), 0
    with blobs_of(settings.RECADO).begin() as writing:
        for chunk in upload.chunks:
            size += len(chunk)
            if size > MOST_BYTES:
                raise FileNotTakenError(MmsProblem(MmsRefusal.FILE_TOO_LARGE, name, MOST_BYTES))
            head += chunk[: LOOKED_AT - len(head)]
            writing.write(chunk)
        kind = type_of(bytes(head), upload.claimed_type, name, size)
        if not may_be_sent(kind):
            raise FileNotTakenError(MmsProblem(MmsRefusal.TYPE, name))
        kept = writing.finish()
    return DraftFile(kept.sha256, kept.size, kind, name)
