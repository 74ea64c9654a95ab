"""Texts with places for what is known about a person: `{first_name}`, `{last_name}`, `{name}`, `{number}`, columns of a file.

What belongs here: finding the places and filling them, for canned replies and for campaigns. What does not: texts of rules (`reply`), whose
places are filled from a message; where the values come from.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from recado.core.text import folded_form

PERSON = ("first_name", "last_name", "name", "number")
"""What can be put in place for everybody; `number` is the one we write from, `name` the first and the last name."""
_PLACE = re.compile(r"\{(\w+)\}")
_NO_NAME = re.compile(r"\W+")
_SEVERAL_BLANKS = re.compile(r"[ \t]{2,}")
_BLANK_BEFORE_MARK = re.compile(r"[ \t]+(?=[,.!?;:])")
_LINE_BEGINS_WITH_GAP = re.compile(r"^[ \t]*[,;:]?[ \t]+|[ \t]+$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Template:
    """A text cut at its places."""

    literals: tuple[str, ...]
    """What stands before, between and behind the places: one more than there are places."""
    names: tuple[str, ...]
    """What each place asks for."""

    @property
    def is_personal(self) -> bool:
        """Whether the text differs from person to person."""
        return bool(self.names)

    def fill(self, values: Mapping[str, str]) -> str:
        """Put values in their places; what is missing or empty leaves no gap, and what is put in is not looked at again."""
        given = [values.get(name, "") for name in self.names]
        pieces = [self.literals[0]]
        for value, literal in zip(given, self.literals[1:], strict=True):
            pieces += (value, literal)
        written = "".join(pieces)
        return written if all(given) else _without_gaps(written)


def read(text: str, known: Collection[str] = PERSON) -> Template:
    """Cut a text at the places for what is known; others stay as typed. Capitals and marks of their names do not count."""
    names, literals, end = [], [], 0
    for place in _PLACE.finditer(text):
        name = place_name(place[1])
        if name in known:
            names.append(name)
            literals.append(text[end : place.start()])
            end = place.end()
    return Template((*literals, text[end:]), tuple(names))


def unknown(text: str, known: Collection[str] = PERSON) -> list[str]:
    """Return the names of places that nothing is ever put into, once each, in their order."""
    return list(dict.fromkeys(name for name in _PLACE.findall(text) if place_name(name) not in known))


def place_name(title: str) -> str:
    """Name the place that a column of a file fills by the column's title: `Kod rabatowy` fills `{kod_rabatowy}`."""
    return _NO_NAME.sub("_", folded_form(title.replace("_", " "))).strip("_")


def person_values(first_name: str, last_name: str, number: str) -> dict[str, str]:
    """Return what PERSON names."""
    return {
        "first_name": first_name,
        "last_name": last_name,
        "name": f"{first_name} {last_name}".strip(),
        "number": number,
    }


def _without_gaps(text: str) -> str:
    """Close the gaps that missing values left: double blanks, blanks before a mark, marks a line would begin with."""
    return _LINE_BEGINS_WITH_GAP.sub("", _BLANK_BEFORE_MARK.sub("", _SEVERAL_BLANKS.sub(" ", text))).strip()
