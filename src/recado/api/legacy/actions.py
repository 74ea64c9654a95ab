"""The table of the older API: every `akcja`, and the function that answers it.

What belongs here: names. What does not: anything an action does.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias
from xml.etree.ElementTree import Element

from recado.api.legacy import account, files, people, receiving, sending
from recado.api.legacy.asking import Question

Action: TypeAlias = Callable[[Question], list[Element]]

ACTIONS: Mapping[str, Action] = MappingProxyType(
    {
        "wyslij_sms": sending.send,
        "sprawdz_sms": sending.reports,
        "usun_zaplanowane": sending.take_back,
        "sprawdz_odpowiedzi": receiving.received,
        "pobierz_mms": receiving.received_mms,
        "kontakty": people.contacts,
        "czarna_lista": people.blocked,
        "ilosc_sms": account.limits,
        "nazwa_nadawcy": account.sender_names,
        "pliki": files.files,
        "faktury": account.invoices,
        "pomoc": account.help_,
        "quiz": account.quiz,
        "premium_api": account.premium,
        "hlr": account.lookup,
        "lookup": account.lookup,
        "nat": account.lookup,
    }
)
