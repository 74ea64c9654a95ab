"""`ilosc_sms`, `nazwa_nadawcy`, `faktury`, `pomoc`, `quiz`, `premium_api`, and lookups of numbers.

What belongs here: their parameters and elements. What does not: the account (`api.compat.account` and its neighbours).
"""

from collections.abc import Mapping
from types import MappingProxyType
from xml.etree.ElementTree import Element

from recado.api.compat.errors import INVALID_ACTION, ApiError
from recado.api.legacy.asking import Question
from recado.api.legacy.xml import element

_VALUES: Mapping[str, str] = MappingProxyType({"no_limit": "brak limitu", "not_available": "niedostępne"})
_NAME_STATES: Mapping[str, str] = MappingProxyType(
    {
        "pending_authorization": "oczekuje na autoryzację",
        "authorized": "autoryzowana",
        "rejected": "odrzucona",
        "deactivated": "dezaktywowana",
    }
)


def limits(question: Question) -> list[Element]:
    """Say how many messages of each kind can still be sent."""
    answer = question.ask("account/limits", show_type=question.given.boolean("pokaz_typ_konta"))
    found = [
        element("SMS", _VALUES.get(row["value"], row["value"]), typ=row["type"].upper(), limit_znakow=row["chars_limit"])
        for row in answer["items"]
    ]
    return [*found, element("KONTO", answer["account"]["type"])] if "account" in answer else found


def sender_names(question: Question) -> list[Element]:
    """List sender names, or ask for one."""
    operation = question.word("operacja")
    if operation == "lista":
        rows = question.rows("senders/index", **question.read(predefined="predefiniowane"))
        return [element("NADAWCA", _NAME_STATES.get(row["status"], row["status"]), nazwa=row["name"]) for row in rows]
    if operation not in {"dodanie", "dodaj"}:
        raise ApiError(INVALID_ACTION)
    done = question.ask("senders/add", **question.read(name="nazwa"))["success"]
    return [element("NADAWCA", "OK" if done else "ERR", nazwa=question.given.text("nazwa"))]


def invoices(question: Question) -> list[Element]:
    """List invoices."""
    return [
        element(
            "FAKTURA",
            "",
            element("numer", row["number"]),
            element("rozliczono", f"{row['paid']:.2f}"),
            element("kwota", f"{row['total']:.2f}"),
            element("termin", row["payment_to"]),
            id=row["id"],
        )
        for row in question.rows("payments/index")
    ]


def help_(question: Question) -> list[Element]:
    """Say whom to ask."""
    answer = question.ask("account/help")
    one = answer["account_maintainer"]
    names = {"Nazwa": "name", "Email": "email", "Telefon": "telephone", "Foto": "photo"}
    return [
        element("Telefon", answer["telephone"]),
        element("Infolinia", answer["telephone"]),
        element("Email", answer["email"]),
        element("Formularz", answer["form"]),
        element("Faq", answer["faq"]),
        element("Opiekun", "", *(element(name, one[field]) for name, field in names.items())),
    ]


def quiz(question: Question) -> list[Element]:
    """Show the votes of a survey."""
    found = question.ask("quiz/view", **question.read(id="quiz"))
    votes = (element("POZYCJA", row["count"], id=row["id"]) for row in found["items"])
    return [element("QUIZ", "", *votes, id=found["id"], nazwa=found["name"])]


def premium(question: Question) -> list[Element]:
    """List Premium messages that wait for an answer, or answer one."""
    if question.word("operacja") == "wyslij_sms":
        question.ask("premium/send", **question.read(phone="numer", text="wiadomosc", gate="bramka", id="idsms"))
        return [element("SMS", "OK", id=question.given.text("idsms"))]
    return [
        element(
            "SMS", row["text"], id=row["id"], na_numer=row["to_number"], z_numeru=row["from_number"], data=row["date"], limit=row["limit"]
        )
        for row in question.rows("premium/index")
    ]


def lookup(question: Question) -> list[Element]:
    """Refuse: networks are not asked about phones."""
    question.ask("phones/check", **question.read(phone="numer"))
    return []
