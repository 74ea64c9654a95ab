"""Bytes in a local folder."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from recado.blobs.base import keep, read
from recado.blobs.local import LocalBlobs

NOW = datetime.now(UTC)
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def blobs(tmp_path):
    return LocalBlobs(tmp_path)


def files(folder):
    return sorted(path.name for path in folder.glob("??/*"))


def test_the_same_bytes_are_kept_once(blobs, tmp_path):
    digests = {keep(blobs, content) for content in (b"one", b"one", b"two")}
    assert files(tmp_path) == sorted(digests)
    assert {read(blobs, digest) for digest in digests} == {b"one", b"two"}


def test_what_no_row_names_is_swept_away_after_a_while(blobs, tmp_path):
    named, forgotten = keep(blobs, b"named"), keep(blobs, b"forgotten")
    assert blobs.sweep(lambda digests: {named} & set(digests), NOW) == 0
    assert blobs.sweep(lambda digests: {named} & set(digests), LATER) == 1
    assert files(tmp_path) == [named]
    with pytest.raises(FileNotFoundError):
        read(blobs, forgotten)


def test_bytes_wanted_again_a_moment_ago_are_spared(blobs, tmp_path):
    digest = keep(blobs, b"again")
    os.utime(tmp_path / digest[:2] / digest, (0, 0))
    keep(blobs, b"again")
    assert blobs.sweep(lambda _digests: set(), NOW) == 0


def test_what_a_crash_left_half_written_is_swept_away(blobs, tmp_path):
    writing = blobs.begin()
    writing.write(b"half")
    assert blobs.sweep(lambda _digests: set(), NOW) == 0
    assert blobs.sweep(lambda _digests: set(), LATER) == 1
    assert files(tmp_path) == []
    writing.__exit__(None, None, None)


def test_what_is_not_finished_leaves_nothing_behind(blobs, tmp_path):
    with blobs.begin() as writing:
        writing.write(b"half")
    assert files(tmp_path) == []


def test_a_full_disk_leaves_nothing_behind(blobs, tmp_path, monkeypatch):
    def full(_descriptor):
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        keep(blobs, b"much")
    assert files(tmp_path) == []
