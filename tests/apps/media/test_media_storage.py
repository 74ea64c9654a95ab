"""The bytes of files on disk."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from recado.apps.media import storage

NOW = datetime.now(UTC)
LATER = NOW + timedelta(hours=2)


def files(folder):
    return sorted(path.name for path in folder.glob("??/*"))


def test_the_same_bytes_are_kept_once(tmp_path):
    digests = {storage.keep(tmp_path, content) for content in (b"one", b"one", b"two")}
    assert files(tmp_path) == sorted(digests)
    assert {storage.read(tmp_path, digest) for digest in digests} == {b"one", b"two"}


def test_what_no_row_names_is_swept_away_after_a_while(tmp_path):
    named, forgotten = storage.keep(tmp_path, b"named"), storage.keep(tmp_path, b"forgotten")
    assert storage.sweep(tmp_path, lambda digests: {named} & set(digests), NOW) == 0
    assert storage.sweep(tmp_path, lambda digests: {named} & set(digests), LATER) == 1
    assert files(tmp_path) == [named]
    with pytest.raises(FileNotFoundError):
        storage.read(tmp_path, forgotten)


def test_bytes_wanted_again_a_moment_ago_are_spared(tmp_path):
    digest = storage.keep(tmp_path, b"again")
    os.utime(tmp_path / digest[:2] / digest, (0, 0))
    storage.keep(tmp_path, b"again")
    assert storage.sweep(tmp_path, lambda _digests: set(), NOW) == 0


def test_what_a_crash_left_half_written_is_swept_away(tmp_path):
    (tmp_path / "ab").mkdir()
    (tmp_path / "ab" / ".new-x").write_bytes(b"half")
    assert storage.sweep(tmp_path, lambda _digests: set(), LATER) == 1


def test_a_full_disk_leaves_nothing_behind(tmp_path, monkeypatch):
    def full(_descriptor):
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        storage.keep(tmp_path, b"much")
    assert files(tmp_path) == []
