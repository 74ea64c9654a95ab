"""What is answered to opt-outs and opt-ins, by the language of the account (product.md §4).

Without letters that would make an SMS twice as long. When each is sent belongs to `consent`.
"""

from collections.abc import Mapping
from enum import StrEnum


class ConsentText(StrEnum):
    """The answers there are; `{name}` is the account, `{list}` a group or keyword, `{word}` an opt-out word."""

    OUT_OF_ALL = "out_of_all"
    OUT_OF_LIST = "out_of_list"
    OUT_OF_SEVERAL = "out_of_several"
    """Of several accounts on a shared number, none of which is named: who writes to whom is nobody else's business."""
    IN_AGAIN = "in_again"
    ASK_BACK = "ask_back"


ENGLISH = {
    ConsentText.OUT_OF_ALL: "You will get no more messages from {name}. Reply START to get them again.",
    ConsentText.OUT_OF_LIST: "You will get no more messages of {list} from {name}. Reply STOP to get none at all.",
    ConsentText.OUT_OF_SEVERAL: "You will get no more messages from this number. Reply START to get them again.",
    ConsentText.IN_AGAIN: "You get messages from {name} again. Reply STOP to get none.",
    ConsentText.ASK_BACK: "To get no more messages from {name}, reply {word}.",
}
POLISH = {
    ConsentText.OUT_OF_ALL: "Nie dostaniesz wiecej wiadomosci od: {name}. Odpisz START, aby znow je dostawac.",
    ConsentText.OUT_OF_LIST: "Nie dostaniesz wiecej wiadomosci {list} od: {name}. Odpisz STOP, aby nie dostawac zadnych.",
    ConsentText.OUT_OF_SEVERAL: "Nie dostaniesz wiecej wiadomosci z tego numeru. Odpisz START, aby znow je dostawac.",
    ConsentText.IN_AGAIN: "Znow dostajesz wiadomosci od: {name}. Odpisz STOP, aby ich nie dostawac.",
    ConsentText.ASK_BACK: "Aby nie dostawac wiecej wiadomosci od: {name}, odpisz {word}.",
}
TEXTS: Mapping[str, Mapping[ConsentText, str]] = {"en": ENGLISH, "pl": POLISH}


def consent_text(which: ConsentText, language: str, **values: str) -> str:
    """Write an answer in a language; English where there is none in it."""
    return TEXTS.get(language, ENGLISH)[which].format(**values)
