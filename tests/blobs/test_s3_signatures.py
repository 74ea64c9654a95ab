"""Signatures of requests to S3, compared with those of the vendor's own library."""

from datetime import UTC, datetime

import pytest
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from recado.blobs.signing_s3 import NO_CONTENT, quoted_query, signed_headers

AT = datetime(2026, 11, 27, 12, 0, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("method", "path", "query", "sha256"),
    [
        ("GET", "/files/ab/abcd", {}, NO_CONTENT),
        ("PUT", "/files/ab/abcd", {}, "ab" * 32),
        ("GET", "/files", {"list-type": "2", "continuation-token": "a/+ =ż", "max-keys": "500"}, NO_CONTENT),
    ],
)
def test_they_are_those_of_the_vendor(monkeypatch, method, path, query, sha256):
    monkeypatch.setattr("botocore.auth.get_current_datetime", lambda: AT.replace(tzinfo=None))
    url = f"https://s3.example.org:9000{path}" + (f"?{quoted_query(query)}" if query else "")
    request = AWSRequest(method, url, headers={"X-Amz-Content-SHA256": sha256}, data=b"")
    vendor = S3SigV4Auth(Credentials("KEY", "SE/CRET"), "s3", "eu-central-1")
    monkeypatch.setattr(vendor, "payload", lambda _request: sha256)
    vendor.add_auth(request)
    ours = signed_headers(
        method, "s3.example.org:9000", path, query, key="KEY", secret="SE/CRET", region="eu-central-1", at=AT, content_sha256=sha256
    )
    assert ours["authorization"] == request.headers["Authorization"]
    assert ours["x-amz-date"] == request.headers["X-Amz-Date"]
