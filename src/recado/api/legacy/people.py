"""`kontakty` and `czarna_lista`: contacts, groups, blocked senders.

What belongs here: their operations, parameters and elements. What does not: contacts (`api.compat.contacts`, `groups`, `blacklist`).
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element

from recado.api.compat.errors import INVALID_ACTION, INVALID_DATA, INVALID_ID, REQUIRED, ApiError
from recado.api.legacy.asking import Question
from recado.api.legacy.xml import element

NO_GROUP = "nieprzypisane"
_DETAILS = ("group_id", "phone", "email", "first_name", "last_name", "company")
"""What `dane` of a new contact holds, separated by colons."""
Operation: TypeAlias = Callable[[Question], list[Element]]


def contacts(question: Question) -> list[Element]:
    """Do one of the operations on contacts and groups."""
    operations = {
        "lista_grup": _groups,
        "lista_kontaktow": _members,
        "dodaj_grupe": _add_group,
        "dodaj_kontakt": _add_contact,
        "usun_grupe": _remove_group,
        "usun_kontakt": _remove_contact,
    }
    return _operation(question, operations)(question)


def blocked(question: Question) -> list[Element]:
    """Do one of the operations on the list of blocked senders."""
    operations = {"lista": _blocked, "dodaj": _block, "sprawdz": _is_blocked, "usun": _unblock}
    return _operation(question, operations)(question)


def _operation(question: Question, operations: Mapping[str, Operation]) -> Operation:
    found = operations.get(question.word("operacja"))
    if found is None:
        raise ApiError(INVALID_ACTION)
    return found


def _groups(question: Question) -> list[Element]:
    rows = question.rows("groups/index", sort="name")
    return [element("GRUPA", "", element("NAZWA", row["name"]), id=row["id"], ilosc=row["count"]) for row in rows]


def _members(question: Question) -> list[Element]:
    written = question.given.text("grupa").strip()
    is_none = written.lower() == NO_GROUP
    rows = question.rows("contacts/index", group_id="none" if is_none else written)
    people = [_contact(row) for row in rows]
    if is_none or not written:
        return [element("GRUPA", "", *people, id="", ilosc=len(rows))]
    group = question.ask("groups/view", id=written)
    return [element("GRUPA", "", element("NAZWA", group["name"]), *people, id=group["id"], ilosc=group["count"])]


def _contact(row: Mapping[str, Any]) -> Element:
    fields = {"TELEFON": "phone", "EMAIL": "email", "FIRMA": "company", "IMIE": "first_name", "NAZWISKO": "last_name"}
    return element("KONTAKT", "", *(element(name, row[field]) for name, field in fields.items()), id=row["id"])


def _add_group(question: Question) -> list[Element]:
    added = question.ask("groups/add", **question.read(name="grupa"))
    return [element("GRUPA", "OK", id=added["id"])]


def _add_contact(question: Question) -> list[Element]:
    parts = [part.strip() for part in question.given.text("dane").split(":")]
    details = dict(zip(_DETAILS, parts, strict=False))
    if details.get("group_id", "").lower() == NO_GROUP:
        details["group_id"] = ""
    if len(parts) > len(_DETAILS):
        raise ApiError(INVALID_DATA)
    added = question.ask("contacts/add", **details)
    return [element("KONTAKT", "OK", id=added["id"])]


def _remove_group(question: Question) -> list[Element]:
    question.ask("groups/delete", **question.read(id="grupa"))
    return [element("GRUPA", "OK", id=question.given.text("grupa"))]


def _remove_contact(question: Question) -> list[Element]:
    """Remove a contact, named by id or phone; where a group is named, from the group only."""
    contact_id = _contact_id(question, question.given.text("kontakt").strip())
    if question.given.has("grupa"):
        groups = question.ask("groups/check", phone=question.ask("contacts/view", id=contact_id)["phone"])["items"]
        left = [row["group_id"] for row in groups if str(row["group_id"]) != question.given.text("grupa").strip()]
        if len(left) == len(groups):
            raise ApiError(INVALID_ID)
        question.ask("contacts/edit", id=contact_id, group_id=left or "none")
    else:
        question.ask("contacts/delete", id=contact_id)
    return [element("KONTAKT", "OK", id=contact_id)]


def _contact_id(question: Question, written: str) -> str:
    """Find a contact by what names it: a phone, or else an id, as small numbers cannot be phones."""
    if not written:
        raise ApiError(REQUIRED)
    digits = written.lstrip("+")
    if len(digits) >= _SHORTEST_PHONE:
        found = question.rows("contacts/index", search=written)
        same = [row for row in found if row["phone"].lstrip("+").endswith(digits.removeprefix("00"))]
        if same:
            return str(same[0]["id"])
    return written


_SHORTEST_PHONE = 9


def _blocked(question: Question) -> list[Element]:
    return _listed([row["phone"] for row in question.rows("blacklist/index", **question.read(phone="numer"))])


def _block(question: Question) -> list[Element]:
    question.ask("blacklist/add", phone=question.given.text("numer"))
    return [element("CZARNALISTA", "", element("NUMER", "OK", numer=question.given.text("numer")))]


def _is_blocked(question: Question) -> list[Element]:
    found = question.ask("blacklist/check", phone=question.given.text("numer"))["exists"]
    return _listed([question.given.text("numer")] if found else [])


def _unblock(question: Question) -> list[Element]:
    question.ask("blacklist/delete", phone=question.given.text("numer"))
    return [element("CZARNALISTA", "", element("NUMER", "OK", numer=question.given.text("numer")))]


def _listed(phones: list[str]) -> list[Element]:
    return [element("CZARNALISTA", "", *(element("NUMER", phone) for phone in phones))]
