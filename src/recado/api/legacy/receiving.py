"""`sprawdz_odpowiedzi` and `pobierz_mms`: what arrived.

What belongs here: their parameters and elements. What does not: which messages those are (`api.compat.messages`).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from xml.etree.ElementTree import Element

from recado.api.legacy.asking import Question
from recado.api.legacy.xml import element

_TYPES: Mapping[str, str] = MappingProxyType({"1": "eco", "2": "nd", "3": "ndi", "4": "pre", "5": "mms"})


def received(question: Question) -> list[Element]:
    """List what no program has marked read, the oldest first, at most a thousand at once."""
    written = question.word("typ")
    return _received(question, _TYPES.get(written, written))


def received_mms(question: Question) -> list[Element]:
    """List MMS only."""
    return _received(question, "mms")


def _received(question: Question, type_: str) -> list[Element]:
    wanted = question.read(phone="numer", date_from="data_od", date_to="data_do", ndi="ndi", read="odczyt")
    shows_answered = question.given.boolean("pokaz_powiazanie")
    rows = question.rows("messages/recived", type=type_, **wanted)
    return [_row(row, shows_answered=shows_answered) for row in rows]


def _row(row: Mapping[str, Any], *, shows_answered: bool) -> Element:
    if row["type"] == "mms":
        return _mms(row)
    is_eco = row["type"] == "eco"
    attributes: dict[str, Any] = {
        "id": f"ECO{row['id']}" if is_eco else row["id"],
        "numer": row["phone"],
        "data": row["recived"],
        "tresc": row["text"],
    }
    if is_eco and shows_answered:
        attributes["smsid"] = row["message_id"]
    if "to_number" in row:
        attributes["na_numer"] = row["to_number"]
    return element("SMS", **attributes)


def _mms(row: Mapping[str, Any]) -> Element:
    files = [
        element("Zalacznik", one["data"], id=one["id"], nazwa=one["name"], contenttype=one["content_type"]) for one in row["attachments"]
    ]
    return element("MMS", "", *files, id=row["id"], numer=row["phone"], data=row["recived"], temat=row["title"], na_numer=row["to_number"])
