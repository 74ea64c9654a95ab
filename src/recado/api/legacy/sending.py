"""`wyslij_sms`, `sprawdz_sms` and `usun_zaplanowane`: sending, what became of it, taking back.

What belongs here: their parameters and elements. What does not: sending (`api.compat.sending`).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from xml.etree.ElementTree import Element

from recado.api.compat.errors import MMS_NOT_ALLOWED, VOICE_NOT_ALLOWED, ApiError
from recado.api.legacy.asking import Question
from recado.api.legacy.xml import element

_ASKED_STATES: Mapping[str, str] = MappingProxyType(
    {
        "oczekiwanie": "pending",
        "oczekujace": "pending",
        "doreczone": "delivered",
        "niedoreczone": "undelivered",
        "wyslane": "sent",
        "niewyslane": "unsent",
        "zaplanowane": "saved",
    }
)
_STATES: Mapping[str, str] = MappingProxyType(
    {
        "delivered": "doreczone",
        "undelivered": "niedoreczone",
        "sent": "wyslane",
        "unsent": "niewyslane",
        "saved": "zaplanowane",
        "in_progress": "oczekiwanie",
    }
)


def send(question: Question) -> list[Element]:
    """Send a text to phones, or each phone its own; name all phones and what became of them."""
    given = question.given
    if given.boolean("glosowy"):
        raise ApiError(VOICE_NOT_ALLOWED)
    if given.boolean("mms"):
        raise ApiError(MMS_NOT_ALLOWED)
    common = question.read(
        sender="nadawca",
        date="data_wysylki",
        unique_id="usmsid",
        flash="flash",
        speed="speed",
        test="test",
        dlr_url="dlr_url",
        wap_push="wap_push",
        vcard="vcard",
    )
    if given.has("spersonalizowane"):
        answer = question.ask("messages/send_personalized", messages=given.values["spersonalizowane"], details=True, **common)
    else:
        whom = question.read(phone="numer", group_id="grupa", text="wiadomosc")
        answer = question.ask("messages/send_sms", details=True, **whom, **common)
    rows = answer["items"]
    queued = [_queued(row) for row in rows if row["status"] == "queued"]
    unsent = [_unsent(row) for row in rows if row["status"] != "queued"]
    lists = [element(name, "", *some) for name, some in (("Skolejkowane", queued), ("Niewyslane", unsent)) if some]
    return [element("Wiadomosc", given.text("wiadomosc")), element("Odbiorcy", "", *lists)]


def reports(question: Question) -> list[Element]:
    """List what was sent and what became of it."""
    wanted = question.read(id="smsid", unique_id="usmsid", phone="numer", date_from="data_od", date_to="data_do")
    state = question.word("stan")
    if state:
        wanted["status"] = _ASKED_STATES.get(state, state)
    return [_report(row) for row in question.rows("messages/reports", **wanted)]


def take_back(question: Question) -> list[Element]:
    """Take back what waits for its time, and say of each id whether it did."""
    found: list[Element] = []
    for name, attribute in (("id", "smsid"), ("unique_id", "usmsid")):
        for one in dict.fromkeys(question.given.written(attribute)):
            done = question.ask("messages/delete", **{name: one})["success"]
            found.append(element("ZAPLANOWANE", "OK" if done else "ERR", **{attribute: one}))
    if not found:
        question.ask("messages/delete")  # whose error says what is missing
    return found


def _queued(row: Mapping[str, Any]) -> Element:
    return element("SMS", id=row["id"], numer=row["phone"], godzina_skolejkowania=row["queued"])


def _unsent(row: Mapping[str, Any]) -> Element:
    return element("SMS", id=row["id"], numer=row["phone"], przyczyna=row["error_message"])


def _report(row: Mapping[str, Any]) -> Element:
    return element(
        "SMS",
        id=row["id"],
        numer=row["phone"],
        stan=_STATES.get(row["status"], row["status"]),
        godzina_skolejkowania=row["queued"],
        godzina_wyslania=row["sent"],
        godzina_doreczenia=row["delivered"],
        przyczyna=row["reason"],
        nadawca=row["sender"],
        tresc=row["text"],
        **({"usmsid": row["unique_id"]} if row["unique_id"] else {}),
    )
