"""Reads a card that somebody sent (vCard 2.1 to 4.0, RFC 6350): name, phones, mail. Pure, bounded, never fails.

What belongs here: the few fields a contact has. What does not: pictures and everything else a card may hold.
"""

import binascii
import re
from dataclasses import dataclass

_MOST_BYTES, _MOST_LINES, _MOST_PHONES, _LONGEST = 64 * 1024, 500, 10, 100


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says."""

    name: str = ""
    first_name: str = ""
    last_name: str = ""
    company: str = ""
    phones: tuple[str, ...] = ()
    email: str = ""


def read_card(content: bytes) -> Card | None:
    """Read the first card of a file; None where there is none."""
    found: dict[str, list[str]] = {}
    lines = _lines(content[:_MOST_BYTES])
    if not any(name == "BEGIN" and value.strip().upper() == "VCARD" for name, _, value in lines):
        return None
    for name, parameters, value in lines:
        if name == "END":
            break
        found.setdefault(name, []).append(_decoded(parameters, value))
    family, given, *_rest = [*_split(_first(found, "N")), "", ""]
    name = _first(found, "FN") or f"{given} {family}".strip()
    phones = tuple(dict.fromkeys(one.removeprefix("tel:")[:32] for one in found.get("TEL", ())[:_MOST_PHONES] if one))
    return Card(name, given, family, _split(_first(found, "ORG"))[0], phones, _first(found, "EMAIL"))


def _lines(content: bytes) -> list[tuple[str, str, str]]:
    """Unfold the lines; return name, parameters and value of each."""
    text = content.decode("utf-8", "surrogateescape").replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(r"=\n", "", text) if "QUOTED-PRINTABLE" in text.upper() else text
    text = re.sub(r"\n[ \t]", "", text)
    lines = []
    for line in text.split("\n")[:_MOST_LINES]:
        head, colon, value = line.partition(":")
        if colon:
            name, _, parameters = head.partition(";")
            lines.append((name.rpartition(".")[2].strip().upper(), parameters.upper(), value))
    return lines


def _decoded(parameters: str, value: str) -> str:
    octets = value.encode("utf-8", "surrogateescape")
    if "QUOTED-PRINTABLE" in parameters:
        octets = binascii.a2b_qp(octets)
    charset = re.search(r"CHARSET=\"?([\w-]+)", parameters)
    try:
        text = octets.decode(charset[1] if charset else "utf-8")
    except (LookupError, ValueError):
        text = octets.decode("cp1250", "replace")
    return "".join(char for char in text if char.isprintable() or char == "\t").strip()[:_LONGEST]


def _first(found: dict[str, list[str]], name: str) -> str:
    return next((value for value in found.get(name, ()) if value), "")


def _split(value: str) -> list[str]:
    return [re.sub(r"\\([;,\\])", r"\1", one).strip() for one in re.split(r"(?<!\\);", value)]
