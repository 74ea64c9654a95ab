"""Access to the operator's register of shared keywords."""

from panel.doors import OperatorDoor
from recado.apps.accounts.models import OperatorRole
from recado.apps.keywords.blocked import block_word
from recado.apps.keywords.services import reserve_keyword
from recado.apps.numbers.services import add_number
from recado.core.number import NumberKind


def a_word(account, user):
    shared = add_number("48503340503", NumberKind.SHARED_LONG)
    return {"spelling_id": reserve_keyword(account, shared, "Ogrodnik").spellings.get().pk}


def a_blocked_word(account, user):
    return {"blocked_id": block_word("POLICJA", "An authority").pk}


DOORS = {
    "operator-keywords": OperatorDoor(),
    "operator-keyword": OperatorDoor(a_word),
    "operator-keyword-end": OperatorDoor(a_word, OperatorRole.ENGINEER),
    "operator-blocked-words": OperatorDoor(),
    "operator-blocked-word-remove": OperatorDoor(a_blocked_word, OperatorRole.AUDITOR, "post"),
}
