"""Conditional requests: an answer that did not change is not sent again, and a change meant for another state is not made.

What belongs here: ETags of answers, `If-None-Match` and `If-Match`. What does not: what an object looks like, which its GET says.

ETags are weak (RFC 9110, 8.8.1): hashes of what the answer says, whatever it is compressed by. `If-Match` compares them all the same, as
other APIs do; it looks before the change and does not lock, so it tells people apart who edit the same thing, not machines racing.
"""

import hashlib
import re

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from recado.api.v1.passing import AnsweredError, passing_of
from recado.api.v1.problems import Problem, invalid

CHANGING = frozenset({"PUT", "PATCH", "DELETE"})
OK, NOT_MODIFIED, NOT_ALLOWED = 200, 304, 405
_TAGS = re.compile(r'(?:W/)?"([^"]*)"')


def check(request: HttpRequest) -> None:
    """Refuse a change if its address shows something else than `If-Match` names. Raises Problem, AnsweredError."""
    wanted = request.headers.get("If-Match")
    if wanted is None or request.method not in CHANGING:
        return
    method, request.method = request.method, "GET"
    try:
        found = passing_of(request).look()
    finally:
        request.method = method
    if found.status_code == NOT_ALLOWED:
        raise invalid("header.If-Match", "cannot be used here: nothing can be read at this address; leave it out")
    if found.status_code != OK or not isinstance(found, HttpResponse):
        raise AnsweredError(found)
    if not _names(wanted, etag(found)):
        detail = "What is at this address is not what it was when you read it. Read it again, and send the change with its new ETag."
        raise Problem(412, "changed", "Changed meanwhile", detail, headers={"ETag": etag(found)})


def mark(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Give an answer to GET its ETag; return 304 in its place where the caller has it already."""
    if request.method not in {"GET", "HEAD"} or response.status_code != OK or not isinstance(response, HttpResponse):
        return response
    response["ETag"] = etag(response)
    response.setdefault("Cache-Control", "private, no-cache")
    known = request.headers.get("If-None-Match")
    if known is None or not _names(known, response["ETag"]):
        return response
    same = HttpResponse(status=NOT_MODIFIED)
    del same["Content-Type"]
    for name in ("ETag", "Cache-Control", "Vary"):
        if response.has_header(name):
            same[name] = response[name]
    return same


def etag(response: HttpResponse) -> str:
    """Return what tells an answer from others."""
    return f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'


def _names(header: str, tag: str) -> bool:
    return header.strip() == "*" or tag.removeprefix("W/").strip('"') in _TAGS.findall(header)
