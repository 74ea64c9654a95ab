"""Which place the configuration names."""

from recado.blobs.base import Blobs
from recado.blobs.local import LocalBlobs
from recado.config import Config


def blobs_of(config: Config) -> Blobs:
    """Return the installation's place for bytes: a folder beside the database."""
    return LocalBlobs(config.data / "media")
