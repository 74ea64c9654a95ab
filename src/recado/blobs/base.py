"""What every place for bytes can do."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType
from typing import BinaryIO, Protocol, Self, TypeAlias

SPARED_FOR = timedelta(hours=1)
"""Bytes written or wanted again a short while ago may be about to get a row."""

Named: TypeAlias = Callable[[Collection[str]], Collection[str]]
"""Returns those of some SHA-256 that rows name."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes that are durable."""

    sha256: str
    size: int


class Writing(Protocol):
    """Bytes on their way in. Leaving the block without `finish` forgets them."""

    def write(self, data: bytes) -> None:
        """Take some more; raises OSError where there is no room."""

    def finish(self) -> Kept:
        """Make them durable under their name; bytes that are there already count as wanted again."""

    def __enter__(self) -> Self:
        """Begin."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Forget what was not finished."""


class Blobs(Protocol):
    """A place for bytes. Usable from any thread."""

    def begin(self) -> Writing:
        """Begin to write bytes whose name is not known before their end."""

    def open(self, sha256: str) -> BinaryIO:
        """Open bytes to read; raises FileNotFoundError where they are gone."""

    def sweep(self, named: Named, now: datetime) -> int:
        """Delete bytes that no row names and that nobody wrote or wanted within SPARED_FOR; return how many."""


def keep(blobs: Blobs, content: bytes) -> str:
    """Write bytes that are in memory; return their SHA-256."""
    with blobs.begin() as writing:
        writing.write(content)
        return writing.finish().sha256


def read(blobs: Blobs, sha256: str) -> bytes:
    """Return small bytes as a whole; raises FileNotFoundError where they are gone."""
    with blobs.open(sha256) as file:
        return file.read()
