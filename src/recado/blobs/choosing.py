"""Which place the configuration names."""

from functools import lru_cache
from pathlib import Path

from recado.blobs.base import Blobs
from recado.blobs.local import LocalBlobs
from recado.blobs.s3 import S3Blobs
from recado.blobs.s3_requests import S3Requests
from recado.config import Bucket, Config


def blobs_of(config: Config) -> Blobs:
    """Return the installation's place for bytes: the bucket it names, else a folder beside the database."""
    return _bucket(config.media_url, config.data / "spool") if config.media_url else LocalBlobs(config.data / "media")


@lru_cache(maxsize=4)
def _bucket(bucket: Bucket, spool: Path) -> Blobs:
    """Return the same one each time: it keeps connections open."""
    return S3Blobs(S3Requests(bucket), spool)
