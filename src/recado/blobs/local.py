"""Bytes in a local folder: one file for each content, named by its SHA-256. The default; needs nothing installed."""

import hashlib
import os
import tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from recado.blobs.base import SPARED_FOR, Kept, Named

_PORTION = 500
_INCOMING = "in"
"""Where bytes are written whose names are not known yet; on the same disk."""


class LocalBlobs:
    """A folder (`blobs.base.Blobs`)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def begin(self) -> "LocalWriting":
        """Begin to write."""
        return LocalWriting(self._folder)

    def open(self, sha256: str) -> BinaryIO:
        """Open bytes to read; raises FileNotFoundError where they are gone."""
        if not sha256:  # of a file that was deleted
            raise FileNotFoundError(sha256)
        return _path(self._folder, sha256).open("rb")

    def sweep(self, named: Named, now: datetime) -> int:
        """Delete what no row names, and what a crash left half written."""
        old = [path for path in self._folder.glob("??/*") if now.timestamp() - _touched(path) > SPARED_FOR.total_seconds()]
        count = 0
        for start in range(0, len(old), _PORTION):
            some = old[start : start + _PORTION]
            kept = named([path.name for path in some])
            for path in some:
                if path.name not in kept:
                    with suppress(FileNotFoundError):  # another process sweeps as well
                        path.unlink()
                        count += 1
        return count


class LocalWriting:
    """A file that gets its name when it is whole (`blobs.base.Writing`)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        incoming = folder / _INCOMING
        incoming.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=incoming)
        self._file, self._written = os.fdopen(descriptor, "wb"), Path(name)
        self._hash, self._size = hashlib.sha256(), 0

    def write(self, data: bytes) -> None:
        """Take some more."""
        self._hash.update(data)
        self._size += len(data)
        self._file.write(data)

    def finish(self) -> Kept:
        """Sync and name the file; what is there already is only touched."""
        kept = Kept(self._hash.hexdigest(), self._size)
        path = _path(self._folder, kept.sha256)
        if path.exists():
            os.utime(path)
            self._forget()
            return kept
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        path.parent.mkdir(parents=True, exist_ok=True)
        self._written.replace(path)
        _sync_folder(path.parent)
        return kept

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Forget what was not finished."""
        self._forget()

    def _forget(self) -> None:
        with suppress(OSError):  # what could not be written cannot be flushed either
            self._file.close()
        self._written.unlink(missing_ok=True)


def _path(folder: Path, digest: str) -> Path:
    return folder / digest[:2] / digest


def _touched(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return float("inf")


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
