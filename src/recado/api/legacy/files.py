"""`pliki`: files to send as MMS.

What belongs here: its parameters and elements. What does not: files (`api.compat.files`).
"""

import base64
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

from recado.api.compat.errors import FILE_MISSING, VOICE_NOT_ALLOWED, ApiError
from recado.api.legacy.asking import Question
from recado.api.legacy.xml import element


def files(question: Question) -> list[Element]:
    """Keep a file by its address or its bytes, or list what is kept; voice files cannot be."""
    given = question.given
    if given.has("lista"):
        return [_row(row) for row in question.rows("files/index", type=question.word("lista"))]
    if given.has("url_voice") or given.has("plik_voice"):
        raise ApiError(VOICE_NOT_ALLOWED)
    if given.has("url_mms"):
        added = question.ask("files/add", type="mms", url=given.text("url_mms"))
    elif given.has("plik_mms"):
        added = question.ask("files/add", type="mms", file=_as_base64(given.text("plik_mms")))
    else:
        raise ApiError(FILE_MISSING)
    return [_row(question.ask("files/view", id=added["id"]))]


def _as_base64(written: str) -> str:
    """Take a file as its bytes in base64; the bytes themselves do not survive a form in UTF-8."""
    try:
        return base64.b64encode(base64.b64decode(written, validate=True)).decode()
    except ValueError as error:
        raise ApiError(FILE_MISSING) from error


def _row(row: Mapping[str, Any]) -> Element:
    fields = (("Nazwa", row["name"]), ("Rozmiar", row["size"]), ("Typ", row["type"].upper()), ("Data", row["date"]))
    return element("Plik", "", *(element(name, value) for name, value in fields), id=row["id"])
