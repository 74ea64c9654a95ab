"""Request bodies into plain parameters: JSON and forms with PHP-style brackets, tolerantly (provider-api.md §3).

What belongs here: bytes to nested dicts, lists and values. What does not: the meaning of a single parameter (`params`), credentials
(`auth`).
"""

import json
import re
from collections.abc import Iterable
from itertools import islice
from typing import Any
from urllib.parse import unquote_to_bytes

from recado.api.compat.errors import INVALID_DATA, ApiError

MAX_BODY = 16 * 1024 * 1024
"""Bytes: 100,000 numbers or a long contact list with room to spare."""
MAX_VALUES, MAX_OBJECTS = 1_000_000, 200_000
"""What may be in a body: 100,000 contacts with all their details, and not a gigabyte of empty lists made of 16 MB by a stranger."""
_MAX_DEPTH = 5
_BRACKETED = re.compile(r"\[([^\[\]]*)\]")
_UNSTORABLE = re.compile("[\ud800-\udfff]")


def decode_body(body: bytes, content_type: str) -> dict[str, Any]:
    """Read a body; parameters that are null count as absent. Raises ApiError 1006 on broken JSON and on too many values.

    Client libraries do not always name the type of what they send, so a body that begins as an object is read as JSON whatever it claims.
    """
    stripped = body.strip().removeprefix(b"\xef\xbb\xbf")
    if not stripped:
        return {}
    if stripped.startswith(b"{") or (content_type.startswith("application/json") and stripped[:1] in b"["):
        return _decode_json(stripped)
    if stripped.count(b"&") > MAX_VALUES:
        raise ApiError(INVALID_DATA)
    return decode_pairs(_form_pairs(stripped))


def decode_pairs(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Nest form fields: `contact[0][phone]=1` gives `{"contact": [{"phone": "1"}]}`, `id[]=1` appends."""
    root: dict[str, Any] = {}
    for name, value in pairs:
        if name:
            _put(root, _path(_clean(name)), _clean(value))
    return {name: _with_lists(value) for name, value in root.items()}


def decode_inner(text: str) -> Any:
    """Read JSON inside a string; None where it is not JSON."""
    try:
        return _clean(json.loads(text))
    except (ValueError, RecursionError):
        return None


def _decode_json(body: bytes) -> dict[str, Any]:
    if body.count(b",") > MAX_VALUES or body.count(b"{") + body.count(b"[") > MAX_OBJECTS:
        raise ApiError(INVALID_DATA)
    try:
        decoded = _clean(json.loads(body.decode("utf-8", "replace")))
    except (ValueError, RecursionError) as error:
        raise ApiError(INVALID_DATA) from error
    if not isinstance(decoded, dict):
        raise ApiError(INVALID_DATA)
    return {name: value for name, value in decoded.items() if value is not None}


def _form_pairs(body: bytes) -> Iterable[tuple[str, str]]:
    """Split a form; bytes that are not UTF-8 become replacement characters instead of an error."""
    for field in body.split(b"&"):
        name, _, value = field.partition(b"=")
        yield _unescape(name), _unescape(value)


def _unescape(part: bytes) -> str:
    return unquote_to_bytes(part.replace(b"+", b" ")).decode("utf-8", "replace")


def _path(name: str) -> list[str]:
    first, bracket, rest = name.partition("[")
    if not first or not bracket:
        return [name]
    keys = [found[1] for found in islice(_BRACKETED.finditer(bracket + rest), _MAX_DEPTH)]
    return [first, *keys][:_MAX_DEPTH] if keys else [name]


def _put(root: dict[str, Any], path: list[str], value: str) -> None:
    place = root
    for key in path[:-1]:
        inner = place.get(key or str(len(place)))
        if not isinstance(inner, dict):
            inner = place[key or str(len(place))] = {}
        place = inner
    place[path[-1] or str(len(place))] = value


def _with_lists(value: Any) -> Any:
    """Make lists of what PHP would have made arrays: dicts with nothing but numbers for keys."""
    if not isinstance(value, dict):
        return value
    inner = {key: _with_lists(each) for key, each in value.items()}
    return list(inner.values()) if all(key.isdecimal() for key in inner) else inner


def _clean(value: Any) -> Any:
    """Replace what no database takes: lone surrogates, which JSON can spell, and NUL."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value).replace("\0", "")
    if isinstance(value, dict):
        return {_clean(key): _clean(each) for key, each in value.items()}
    return [_clean(each) for each in value] if isinstance(value, list) else value
