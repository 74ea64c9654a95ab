"""The requests an S3 bucket is asked: put, get, head, delete, list. Every failure is an OSError.

What belongs here: HTTP, signing, trying once more. What does not: what the bytes are for (`s3`).
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import BinaryIO, Final
from urllib.parse import quote
from xml.etree import ElementTree as ET

import httpx2

from recado.blobs.signing_s3 import NO_CONTENT, quoted_query, signed_headers
from recado.config import Bucket

TRIES: Final = 2
_MISSING: Final = 404
_PAGE: Final = 500


@dataclass(frozen=True, slots=True)
class Listed:
    """An object of the bucket."""

    key: str
    changed_at: datetime


class S3Requests:
    """One bucket. Usable from any thread."""

    def __init__(self, bucket: Bucket, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._bucket, self._clock = bucket, clock
        self._client = httpx2.Client(timeout=httpx2.Timeout(30, connect=5), trust_env=False)

    def put(self, key: str, file: BinaryIO, size: int, sha256: str) -> None:
        """Write an object; the server compares what it got with the SHA-256."""
        for left in reversed(range(TRIES)):
            file.seek(0)
            try:
                with self._sent("PUT", key, content=file, size=size, sha256=sha256):
                    return
            except OSError:
                if not left:
                    raise

    def get(self, key: str, to: BinaryIO) -> None:
        """Copy an object into a file; raises FileNotFoundError where there is none."""
        for left in reversed(range(TRIES)):
            to.seek(0)
            to.truncate()
            try:
                with self._sent("GET", key) as answer:
                    to.writelines(answer.iter_bytes())
                    return
            except FileNotFoundError:
                raise
            except OSError:
                if not left:
                    raise

    def changed_at(self, key: str) -> datetime | None:
        """Return when an object was written last; None where there is none."""
        try:
            with self._sent("HEAD", key) as answer:
                return parsedate_to_datetime(answer.headers["last-modified"])
        except FileNotFoundError:
            return None

    def delete(self, key: str) -> None:
        """Delete an object, or nothing."""
        with self._sent("DELETE", key):
            return

    def pages(self) -> Iterator[list[Listed]]:
        """List the bucket."""
        query = {"list-type": "2", "max-keys": str(_PAGE)}
        while True:
            with self._sent("GET", "", query) as answer:
                page = ET.fromstring(answer.read())  # noqa: S314  # from the server that holds all our bytes
            yield [Listed(_text(one, "Key"), datetime.fromisoformat(_text(one, "LastModified"))) for one in page.iterfind("{*}Contents")]
            query["continuation-token"] = page.findtext("{*}NextContinuationToken") or ""
            if not query["continuation-token"]:
                return

    @contextmanager
    def _sent(
        self,
        method: str,
        key: str,
        query: Mapping[str, str] | None = None,
        *,
        content: BinaryIO | None = None,
        size: int = 0,
        sha256: str = NO_CONTENT,
    ) -> Iterator[httpx2.Response]:
        bucket, asked = self._bucket, query or {}
        path = f"/{quote(bucket.name, safe='')}/{quote(key)}" if key else f"/{quote(bucket.name, safe='')}"
        headers = signed_headers(
            method, bucket.host, path, asked,
            key=bucket.key, secret=bucket.secret, region=bucket.region, at=self._clock(), content_sha256=sha256,
        )  # fmt: skip
        headers |= {"accept-encoding": "identity"} | ({"content-length": str(size)} if content else {})
        url = f"{bucket.address}{path}" + (f"?{quoted_query(asked)}" if asked else "")
        try:
            with self._client.stream(method, url, headers=headers, content=content) as answer:
                _look_at(answer, bucket.name, key)
                yield answer
        except httpx2.HTTPError as error:
            raise OSError(f"the bucket {bucket.name} cannot be reached: {error!r}") from error


def _look_at(answer: httpx2.Response, bucket: str, key: str) -> None:
    if answer.is_success:
        return
    if answer.status_code == _MISSING and key and answer.request.method != "PUT":
        raise FileNotFoundError(f"{key} is not in the bucket {bucket}")
    said = " ".join(answer.read().decode("utf-8", "replace").split())[:300]
    raise OSError(f"the bucket {bucket} answered {answer.status_code}: {said}")


def _text(element: ET.Element, name: str) -> str:
    return element.findtext(f"{{*}}{name}") or ""
