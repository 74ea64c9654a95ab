"""Fills the macros of a URL template, of a forward or of another thing told, and builds the form of a POST.

Pure: values in, text out. Macro names, phone form and encoding: provider-api.md §8; sending belongs to `forward_url`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import ClassVar, Protocol
from urllib.parse import quote, unquote_plus, urlencode
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from recado.delivery.errors import DeliveryError
from recado.delivery.forwarded_mms import ForwardedMms

DEFAULT_ZONE = "Europe/Warsaw"
MACRO = re.compile(r"#([A-Za-z][A-Za-z0-9_]*)#")
FORM_TYPE = "application/x-www-form-urlencoded; charset=utf-8"
FORM_FIELDS = (("numer", "NUMER"), ("wiadomosc", "WIADOMOSC"), ("data", "DATA"), ("id", "ID"), ("numerdo", "NUMERDO"))
"""The form a POST carries when no parameter of its template holds a macro."""


class Told(Protocol):
    """What a template is filled with."""

    @property
    def kind(self) -> str:
        """The kind of job that tells it."""

    @property
    def phone(self) -> str:
        """Whose it is: what is about one phone arrives in order."""

    @property
    def form(self) -> tuple[tuple[str, str], ...]:
        """Name and macro of the fields a POST carries when no parameter of its template holds a macro."""

    def macros(self) -> Mapping[str, str]:
        """Return the value of every macro."""


@dataclass(frozen=True, slots=True)
class Forwarded:
    """What of an inbound message goes to a URL."""

    kind: ClassVar[str] = "forward_url"
    form: ClassVar[tuple[tuple[str, str], ...]] = FORM_FIELDS

    message_id: int
    sender: str
    recipient: str
    text: str
    received_at: datetime
    zone: str = DEFAULT_ZONE
    event_id: str = ""
    """What a webhook calls it, the same however often it is told; empty where no webhook is told."""
    account_id: int = 0
    dialogue_id: int | None = None
    keyword: str | None = None
    argument: str = ""
    is_test: bool = False
    mms: ForwardedMms | None = None
    """What makes it an MMS."""

    @property
    def phone(self) -> str:
        """Return the sender."""
        return self.sender

    def macros(self) -> Mapping[str, str]:
        """Return the value of every macro. LIMIT, the replies a premium number allows, is empty: there is none to count."""
        return {
            "NUMER": _digits(self.sender),
            "NUMEROD": _digits(self.sender),
            "NUMERDO": _digits(self.recipient),
            "WIADOMOSC": self.text if self.mms is None else self.mms.subject or self.text,
            "DATA": local(self.received_at, self.zone),
            "ID": str(self.message_id),
            "IDSMS": str(self.message_id),
            "LIMIT": "",
        }


@dataclass(frozen=True, slots=True)
class Call:
    """One HTTP request, ready to send."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes
    each: Sequence[bytes] = ()
    """Where it tells several things: the body that would tell each of them alone."""


def build_call(method: str, template: str, message: Told) -> Call:
    """Fill `template` for GET or POST; raise DeliveryError where a macro stands in front of the path.

    A POST carries the parameters of the template that hold macros as a form and leaves the others in the address; a template
    without such parameters gets the form of what is told.
    """
    known = message.macros()
    front, path, query = _parts(template)
    path = _fill(path, known)
    if method == "GET":
        return Call("GET", front + path + ("?" + _fill(query, known) if query else ""), {}, b"")
    moved, kept = _split(query)
    form = [(name, _replace(value, known)) for name, value in moved] or [(name, known[macro]) for name, macro in message.form]
    address = front + path + ("?" + kept if kept else "")
    return Call("POST", address, {"content-type": FORM_TYPE}, urlencode(form, errors="replace").encode("ascii"))


@lru_cache(maxsize=4096)
def _parts(template: str) -> tuple[str, str, str]:
    """Split a template into what stands in front of the path, the path, and the parameters."""
    scheme, separator, rest = template.strip().partition("://")
    host, slash, after = _cut(rest, "/?#")
    if MACRO.search(scheme + separator + host) or MACRO.match(slash + after):
        raise DeliveryError("macros may stand in the path and in the parameters of the address, not in front of them", permanent=True)
    path, _, query = (slash + after).partition("?")
    return scheme + separator + host, path, query


def _cut(text: str, stops: str) -> tuple[str, str, str]:
    """Split `text` at the first character of `stops`."""
    for position, character in enumerate(text):
        if character in stops:
            return text[:position], character, text[position + 1 :]
    return text, "", ""


@lru_cache(maxsize=4096)
def _split(query: str) -> tuple[list[tuple[str, str]], str]:
    """Separate the parameters that hold macros, decoded, from the others, as written."""
    moved, kept = [], []
    for parameter in filter(None, query.split("&")):
        name, _, value = parameter.partition("=")
        if MACRO.search(value):
            moved.append((unquote_plus(name), unquote_plus(value)))
        else:
            kept.append(parameter)
    return moved, "&".join(kept)


def _fill(template: str, known: Mapping[str, str]) -> str:
    """Replace the macros of a piece of an address by percent-encoded values."""
    return MACRO.sub(lambda found: quote(known.get(found[1].upper(), ""), safe="", errors="replace"), template)


def _replace(template: str, known: Mapping[str, str]) -> str:
    return MACRO.sub(lambda found: known.get(found[1].upper(), ""), template)


def _digits(number: str) -> str:
    return number.removeprefix("+")


def local(moment: datetime, zone: str) -> str:
    """Write a moment as people in that zone read it; in the provider's zone where there is no such."""
    try:
        local = moment.astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError):
        local = moment.astimezone(ZoneInfo(DEFAULT_ZONE))
    return local.replace(tzinfo=None).isoformat(" ", "seconds")
