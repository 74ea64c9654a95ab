"""Which number and words the older API has for an error of the compatible one (provider-api.md §9).

What belongs here: the translation. What does not: when which error is raised.
"""

from collections.abc import Mapping
from types import MappingProxyType
from xml.etree.ElementTree import Element

from recado.api.compat import errors
from recado.api.compat.errors import ErrorText
from recado.api.legacy.xml import element

NO_LOGIN = 100
NO_ACTION = 106
_CODES: Mapping[int, int] = MappingProxyType(
    {
        errors.INVALID_USER: 101,
        errors.NOT_ALLOWED: 102,
        errors.ACCOUNT_INACTIVE: 103,
        errors.NO_RIGHT: 104,
        errors.INVALID_IP: 105,
        errors.INVALID_ACTION: NO_ACTION,
        errors.IP_BLOCKED: 107,
    }
)
_SENDING = range(3000, 3010)
"""Errors about limits and permissions; the older API counts them from 1000."""
_SHIFT = 2000
_TEXTS: Mapping[int, str] = MappingProxyType(
    {
        NO_LOGIN: "Błąd logowania: nie podano loginu lub hasła",
        NO_ACTION: "Nie podano akcji lub jest nieznana",
    }
)


def error_element(found: ErrorText, *, was_login_given: bool = True) -> Element:
    """Say what is wrong. The words are what programs show; the number beside them is for programs that decide by it."""
    code = NO_LOGIN if found.code == errors.INVALID_USER and not was_login_given else _code(found.code)
    return element("Blad", _TEXTS.get(code, found.polish), kod=code)


def _code(code: int) -> int:
    return code - _SHIFT if code in _SENDING else _CODES.get(code, code)
