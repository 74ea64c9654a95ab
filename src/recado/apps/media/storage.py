"""The bytes of files: one file on disk for each content, named by its SHA-256.

What belongs here: keeping, reading, and sweeping away what no row names. What does not: rows (`services`). Bytes are on disk, fsynced,
before the row that names them is committed, so that no row is ever without them.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

SPARED_FOR = timedelta(hours=1)
"""Bytes written or wanted again a short while ago may be about to get a row."""
_PORTION = 500


def keep(folder: Path, content: bytes) -> str:
    """Write bytes so that they outlive a crash; return their SHA-256. What is there already is only touched."""
    digest = hashlib.sha256(content).hexdigest()
    path = _path(folder, digest)
    if path.exists():
        os.utime(path)
        return digest
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, written = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(written).replace(path)
    except BaseException:
        Path(written).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    return digest


def read(folder: Path, digest: str) -> bytes:
    """Return the bytes; raises FileNotFoundError where they are gone."""
    return _path(folder, digest).read_bytes()


def sweep(folder: Path, named: Callable[[Collection[str]], Collection[str]], now: datetime) -> int:
    """Delete bytes that no row names and that nobody wrote or wanted a short while ago; return how many files.

    `named` returns those of some digests that rows name.
    """
    old = [path for path in folder.glob("??/*") if now.timestamp() - _touched(path) > SPARED_FOR.total_seconds()]
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
