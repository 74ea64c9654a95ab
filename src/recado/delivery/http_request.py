"""Writes requests as octets (RFC 9112 §3), and refuses what would be read as something else.

Pure. What belongs here: first line, headers, length. What does not: which headers are sent (`http_client`), what the body says (`webhook`,
`macros`).
"""

import re
from collections.abc import Iterable

_METHOD = re.compile(rb"[A-Z]+")
_TARGET = re.compile(rb"[\x21-\x7e]+")
_NAME = re.compile(rb"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_VALUE = re.compile(rb"[\x20-\x7e\t]*")


class BadRequestError(Exception):
    """It cannot be written as HTTP."""


def write_request(method: str, target: bytes, fixed: bytes, headers: Iterable[tuple[str, str]], body: bytes) -> bytes:
    """Return a whole request; `fixed` are header lines that were written by `write_headers`. Raise BadRequestError."""
    verb = _ascii(method)
    if not _METHOD.fullmatch(verb) or not _TARGET.fullmatch(target):
        raise BadRequestError("method or address have signs that no request can have")
    length = b"content-length: %d\r\n" % len(body) if body else b""
    return b"%b %b HTTP/1.1\r\n%b%b%b\r\n%b" % (verb, target, fixed, write_headers(headers), length, body)


def write_headers(headers: Iterable[tuple[str, str]]) -> bytes:
    """Return header lines; raise BadRequestError where a name or value could smuggle in another."""
    written = [(_ascii(name), _ascii(value)) for name, value in headers]
    for name, value in written:
        if not _NAME.fullmatch(name) or not _VALUE.fullmatch(value):
            raise BadRequestError(f"the header {name.decode('ascii', 'replace')[:60]!r} has signs that no header can have")
    return b"".join([b"%b: %b\r\n" % one for one in written])


def _ascii(text: str) -> bytes:
    try:
        return text.encode("ascii")
    except UnicodeEncodeError as error:
        raise BadRequestError("it has signs besides ASCII") from error
