"""What the call of a web address looks like once its placeholders are filled in, for a form.

What belongs here: a picture of it, the same as `delivery.macros` makes for real (a test compares them). What does not: calling.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, unquote_plus, urlencode

from django.utils import timezone

from recado.core.phone_form import PhoneForm, in_form

MACRO = re.compile(r"#([A-Za-z][A-Za-z0-9_]*)#")
FORM_FIELDS = (("numer", "NUMER"), ("wiadomosc", "WIADOMOSC"), ("data", "DATA"), ("id", "ID"), ("numerdo", "NUMERDO"))
MACROS = ("NUMER", "WIADOMOSC", "DATA", "ID", "NUMERDO")
"""Those a form offers; the reference has all."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A call as it would be made."""

    method: str
    url: str
    body: str = ""
    unknown: tuple[str, ...] = ()
    """Placeholders nothing is filled in for."""


def filled(
    method: str, template: str, now: datetime, *, sender: str, recipient: str, text: str, phone_form: str = PhoneForm.DIGITS.value
) -> Filled:
    """Fill a template in with a sample message."""
    values = _values(now, in_form(sender, phone_form), in_form(recipient, phone_form), text)
    address, _, query = template.strip().partition("?")
    unknown = tuple(dict.fromkeys(name for name in MACRO.findall(template) if name.upper() not in values))
    address = _fill(address, values)
    if method != "POST":
        return Filled("GET", address + ("?" + _fill(query, values) if query else ""), "", unknown)
    parameters = [one for one in query.split("&") if one]
    moved = [one.partition("=") for one in parameters if MACRO.search(one.partition("=")[2])]
    kept = "&".join(one for one in parameters if not MACRO.search(one.partition("=")[2]))
    form = [(unquote_plus(name), _plain(unquote_plus(value), values)) for name, _is, value in moved]
    body = urlencode(form or [(name, values[macro]) for name, macro in FORM_FIELDS], errors="replace")
    return Filled("POST", address + ("?" + kept if kept else ""), body, unknown)


def _values(now: datetime, sender: str, recipient: str, text: str) -> Mapping[str, str]:
    return {
        "NUMER": sender,
        "NUMEROD": sender,
        "NUMERDO": recipient,
        "WIADOMOSC": text,
        "DATA": timezone.localtime(now).strftime("%Y-%m-%d %H:%M:%S"),
        "ID": "123456789012345678",
        "IDSMS": "123456789012345678",
        "LIMIT": "",
    }


def _fill(template: str, values: Mapping[str, str]) -> str:
    return MACRO.sub(lambda found: quote(values.get(found[1].upper(), ""), safe="", errors="replace"), template)


def _plain(template: str, values: Mapping[str, str]) -> str:
    return MACRO.sub(lambda found: values.get(found[1].upper(), ""), template)
