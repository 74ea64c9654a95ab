"""Bytes in a bucket of an S3 server, each named by its SHA-256, for installations on several machines (ADR 0049).

Bytes on their way in lie in a file beside the database until the bucket has them; bytes on their way out are copied to a file without a
name, so that players can jump in them. What belongs here: this, and sweeping. What does not: requests (`s3_requests`).
"""

import hashlib
import os
import tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from recado.blobs.base import SPARED_FOR, Kept, Named
from recado.blobs.s3_requests import S3Requests


class S3Blobs:
    """A bucket (`blobs.base.Blobs`); `spool` is a local folder."""

    def __init__(self, requests: S3Requests, spool: Path) -> None:
        self._requests, self._spool = requests, spool

    def begin(self) -> "S3Writing":
        """Begin to write."""
        return S3Writing(self._requests, self._spool)

    def open(self, sha256: str) -> BinaryIO:
        """Open bytes to read; raises FileNotFoundError where they are gone, OSError where the bucket is."""
        if not sha256:  # of a file that was deleted
            raise FileNotFoundError(sha256)
        self._spool.mkdir(parents=True, exist_ok=True)
        file = tempfile.TemporaryFile(dir=self._spool)  # noqa: SIM115  # the caller closes it
        try:
            self._requests.get(_key(sha256), file)
            _check(file, sha256)
        except BaseException:
            file.close()
            raise
        return file

    def sweep(self, named: Named, now: datetime) -> int:
        """Delete what no row names, and what a crash left in the spool folder."""
        count = self._sweep_spool(now)
        for page in self._requests.pages():
            count += self._sweep_page([one.key for one in page if now - one.changed_at > SPARED_FOR], named, now)
        return count

    def _sweep_page(self, keys: list[str], named: Named, now: datetime) -> int:
        kept = named([_name(key) for key in keys]) if keys else ()
        count = 0
        for key in keys:
            if _name(key) in kept or _key(_name(key)) != key:  # what others keep in the bucket is not ours to delete
                continue
            changed_at = self._requests.changed_at(key)
            if changed_at is not None and now - changed_at > SPARED_FOR:  # somebody may have wanted it since it was listed
                self._requests.delete(key)
                count += 1
        return count

    def _sweep_spool(self, now: datetime) -> int:
        count = 0
        for path in self._spool.glob("*"):
            with suppress(FileNotFoundError):
                if now.timestamp() - path.stat().st_mtime > SPARED_FOR.total_seconds():
                    path.unlink()
                    count += 1
        return count


class S3Writing:
    """A local file that is put into the bucket when it is whole (`blobs.base.Writing`)."""

    def __init__(self, requests: S3Requests, spool: Path) -> None:
        self._requests = requests
        spool.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=spool)
        self._file, self._written = os.fdopen(descriptor, "w+b"), Path(name)
        self._hash, self._size = hashlib.sha256(), 0

    def write(self, data: bytes) -> None:
        """Take some more."""
        self._hash.update(data)
        self._size += len(data)
        self._file.write(data)

    def finish(self) -> Kept:
        """Put it into the bucket, also where it is there already: so it counts as wanted again."""
        kept = Kept(self._hash.hexdigest(), self._size)
        self._file.flush()
        self._requests.put(_key(kept.sha256), self._file, kept.size, kept.sha256)
        return kept

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Forget the local file, finished or not."""
        with suppress(OSError):  # what could not be written cannot be flushed either
            self._file.close()
        self._written.unlink(missing_ok=True)


def _check(file: BinaryIO, sha256: str) -> None:
    """Read the file once and go back to its beginning."""
    file.seek(0)
    if hashlib.file_digest(file, "sha256").hexdigest() != sha256:  # type: ignore[arg-type]  # typeshed asks for readinto, which it has
        raise OSError(f"the bucket holds something else under {sha256}")
    file.seek(0)


def _key(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}"


def _name(key: str) -> str:
    return key.rpartition("/")[2]
