"""Signatures of requests to S3 (AWS Signature Version 4). Pure: told the time. Nothing else belongs here."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote

_ALGORITHM = "AWS4-HMAC-SHA256"
NO_CONTENT = hashlib.sha256(b"").hexdigest()


def signed_headers(
    method: str,
    host: str,
    path: str,
    query: Mapping[str, str],
    *,
    key: str,
    secret: str,
    region: str,
    at: datetime,
    content_sha256: str = NO_CONTENT,
) -> dict[str, str]:
    """Return the headers that make a request ours; `path` is quoted already."""
    stamp, day = at.strftime("%Y%m%dT%H%M%SZ"), at.strftime("%Y%m%d")
    headers = {"host": host, "x-amz-content-sha256": content_sha256, "x-amz-date": stamp}
    names = ";".join(headers)
    lines = "".join(f"{name}:{value}\n" for name, value in headers.items())
    asked = "\n".join((method, path, quoted_query(query), lines, names, content_sha256))
    scope = f"{day}/{region}/s3/aws4_request"
    to_sign = "\n".join((_ALGORITHM, stamp, scope, hashlib.sha256(asked.encode()).hexdigest()))
    signing_key = f"AWS4{secret}".encode()
    for part in (day, region, "s3", "aws4_request"):
        signing_key = hmac.digest(signing_key, part.encode(), "sha256")
    signature = hmac.digest(signing_key, to_sign.encode(), "sha256").hex()
    return {**headers, "authorization": f"{_ALGORITHM} Credential={key}/{scope}, SignedHeaders={names}, Signature={signature}"}


def quoted_query(query: Mapping[str, str]) -> str:
    """Return a query as it is signed, and so as it is sent."""
    return "&".join(f"{quote(name, safe='')}={quote(query[name], safe='')}" for name in sorted(query))
