"""What an aggregator's document says (docs/reference/mms-over-http.md): a message, or which field is wrong."""

import binascii
from collections.abc import Mapping
from typing import Any, Final

from recado.core.mms_given import GivenFile, GivenMms, plain_address

MOST_FILES: Final = 50
_ID, _NAME, _TYPE = 80, 120, 120


class DocumentError(ValueError):
    """A field is missing or cannot be used; the text names it."""


def read_document(document: object) -> GivenMms:
    """Read `{"id", "from", "to", "subject", "text", "attachments": [{"name", "content_type", "data"}]}`; raise DocumentError."""
    if not isinstance(document, Mapping):
        raise DocumentError("the body must be a JSON object")
    files = document.get("attachments") or []
    if not isinstance(files, list) or len(files) > MOST_FILES:
        raise DocumentError(f"attachments must be a list of at most {MOST_FILES}")
    return GivenMms(
        transaction_id=_text(document, "id", _ID, is_needed=True),
        sender=plain_address(_text(document, "from", _NAME, is_needed=True)),
        recipient=plain_address(_text(document, "to", _NAME, is_needed=True)),
        subject=" ".join(_text(document, "subject", 1000).split()),
        text=_text(document, "text", 100_000),
        files=tuple(_file(one, f"attachments[{place}]") for place, one in enumerate(files)),
    )


def _text(document: Mapping[str, Any], name: str, longest: int, *, is_needed: bool = False) -> str:
    value = document.get(name)
    if value is None and not is_needed:
        return ""
    if not isinstance(value, str | int) or isinstance(value, bool) or (is_needed and not str(value).strip()):
        raise DocumentError(f"{name} must be a text")
    if len(str(value)) > longest:
        raise DocumentError(f"{name} is longer than {longest} characters")
    return str(value)


def _file(one: object, where: str) -> GivenFile:
    if not isinstance(one, Mapping) or not isinstance(one.get("data"), str):
        raise DocumentError(f"{where}.data must be the content as base64")
    try:
        content = binascii.a2b_base64(one["data"].encode("ascii"), strict_mode=False)
    except (ValueError, binascii.Error) as error:
        raise DocumentError(f"{where}.data is no base64") from error
    return GivenFile(_text(one, "name", _NAME), _text(one, "content_type", _TYPE).lower(), content)
