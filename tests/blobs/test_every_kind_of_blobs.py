"""What holds for every place for bytes: a folder, and a bucket of a real S3 server on loopback."""

import hashlib
import io
import os
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from moto.server import ThreadedMotoServer

from recado.blobs.base import keep, read
from recado.blobs.local import LocalBlobs
from recado.blobs.s3 import S3Blobs
from recado.blobs.s3_requests import S3Requests
from recado.config import Bucket

NOW = datetime.now(UTC)
LATER = NOW + timedelta(hours=2)


@pytest.fixture(scope="module")
def s3_server():
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    yield "{}:{}".format(*server.get_host_and_port())
    server.stop()


@pytest.fixture
def bucket(s3_server):
    httpx2.post(f"http://{s3_server}/moto-api/reset")
    assert httpx2.put(f"http://{s3_server}/files").is_success
    return Bucket(s3_server, "files", "key", "secret", tls=False)


@pytest.fixture(params=["folder", "bucket"])
def blobs(request, tmp_path):
    if request.param == "folder":
        return LocalBlobs(tmp_path)
    return S3Blobs(S3Requests(request.getfixturevalue("bucket")), tmp_path / "spool")


def put(bucket, key, content):
    S3Requests(bucket).put(key, io.BytesIO(content), len(content), hashlib.sha256(content).hexdigest())


def nothing(_digests):
    return set()


def test_bytes_come_back_as_they_went_in(blobs):
    for content in (b"", b"one", os.urandom(200_000)):
        assert read(blobs, keep(blobs, content)) == content


def test_players_may_jump(blobs):
    with blobs.open(keep(blobs, b"0123456789")) as file:
        assert file.seek(0, 2) == 10
        file.seek(4)
        assert file.read(2) == b"45"


def test_what_is_not_finished_is_not_there(blobs, tmp_path):
    with blobs.begin() as writing:
        writing.write(b"half")
    assert blobs.sweep(nothing, LATER) == 0
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_what_no_row_names_is_swept_away_after_an_hour(blobs):
    named, forgotten = keep(blobs, b"named"), keep(blobs, b"forgotten")
    assert blobs.sweep(nothing, NOW) == 0
    assert blobs.sweep(lambda digests: {named} & set(digests), LATER) == 1
    assert read(blobs, named) == b"named"
    with pytest.raises(FileNotFoundError):
        blobs.open(forgotten)


def test_what_a_crash_left_behind_is_swept_away(blobs, tmp_path):
    writing = blobs.begin()
    writing.write(b"half")
    assert blobs.sweep(nothing, LATER) == 1
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    writing.__exit__(None, None, None)


def test_a_bucket_of_many_pages_is_swept_whole(bucket, tmp_path, monkeypatch):
    monkeypatch.setattr("recado.blobs.s3_requests._PAGE", 2)
    blobs = S3Blobs(S3Requests(bucket), tmp_path)
    for content in (b"1", b"2", b"3", b"4", b"5"):
        keep(blobs, content)
    put(bucket, "somebody/elses.txt", b"x")
    assert blobs.sweep(nothing, LATER) == 5
    assert blobs.sweep(nothing, LATER) == 0


def test_what_was_wanted_again_since_it_was_listed_stays(bucket, tmp_path):
    blobs = S3Blobs(S3Requests(bucket), tmp_path)
    digest, tomorrow = keep(blobs, b"again"), NOW + timedelta(days=1)

    class Touched(S3Requests):
        def changed_at(self, _key):
            return tomorrow

    assert S3Blobs(Touched(bucket), tmp_path).sweep(nothing, tomorrow) == 0
    assert read(blobs, digest) == b"again"


def test_a_bucket_that_cannot_be_used_is_an_error_of_input_and_output(bucket, tmp_path):
    for wrong in (Bucket("127.0.0.1:9", "files", "k", "s", tls=False), Bucket(bucket.host, "missing", "k", "s", tls=False)):
        blobs = S3Blobs(S3Requests(wrong), tmp_path)
        with pytest.raises(OSError, match="bucket"):
            keep(blobs, b"lost?")
        with pytest.raises(OSError, match="bucket"):
            blobs.sweep(nothing, LATER)
    assert list(tmp_path.iterdir()) == []


def test_bytes_that_somebody_changed_are_not_handed_out(bucket, tmp_path):
    blobs = S3Blobs(S3Requests(bucket), tmp_path)
    digest = keep(blobs, b"real")
    put(bucket, f"{digest[:2]}/{digest}", b"forged")
    with pytest.raises(OSError, match="something else"):
        blobs.open(digest)
