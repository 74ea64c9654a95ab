"""What each person of a campaign gets: their own text or the campaign's, with what is known about them in its places.

What belongs here: loading a portion of people and making their texts, for the estimate and for preparing alike, so that what is shown is
what is sent. What does not: who gets one (`audience`), segments' prices (`core.price`).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from recado.core.personal import PERSON, Template, person_values, read
from recado.protocols.gsm.segment import Segmentation, segments
from recado.store.audience import Entry, load_entries, load_names
from recado.store.dialect import Connection

PORTION = 500
_NOTHING = Entry("", "", {})


@dataclass(frozen=True, slots=True)
class Person:
    """One recipient with what is known about them."""

    msisdn: str
    first_name: str
    last_name: str
    entry: Entry

    @property
    def name(self) -> str:
        """First and last name, as far as they are known."""
        return f"{self.first_name} {self.last_name}".strip()


NOBODY = Person("", "", "", _NOTHING)
"""Somebody of whom nothing is known."""


class Writer:
    """Makes the texts of one campaign."""

    def __init__(self, text: str, places: Collection[str], *, is_mms: bool = False) -> None:
        self._is_mms = is_mms
        self._known = frozenset((*PERSON, *places))
        self._common = read(text, self._known)
        self._last = ("", 8)
        self._last_count: Segmentation = segments("")

    @property
    def is_personal(self) -> bool:
        """Whether the campaign's text differs from person to person."""
        return self._common.is_personal

    def text_for(self, person: Person, number: str) -> str:
        """Return what a person gets from a number, or a name."""
        template = read(person.entry.text, self._known) if person.entry.text else self._common
        return template.fill(_values(template, person, number)) if template.is_personal else template.literals[0]

    def segments_of(self, text: str, width: int) -> Segmentation:
        """Count a text as the connection with that width of references sends it; one that comes again and again is counted once.

        As an MMS each is one.
        """
        if (text, width) != self._last:
            found = segments(text, width)
            self._last, self._last_count = (text, width), replace(found, count=1) if self._is_mms else found
        return self._last_count


def portions(phones: Sequence[int], size: int = PORTION) -> Iterator[Sequence[int]]:
    """Cut people into pieces."""
    return (phones[start : start + size] for start in range(0, len(phones), size))


def load_people(con: Connection, account_id: int, phones: Sequence[int], entry_ids: Mapping[int, int]) -> list[Person]:
    """Return a portion of recipients with what is known about them; what a file says goes before what the contact says."""
    names = load_names(con, account_id, [str(phone) for phone in phones])
    entries = load_entries(con, [entry_ids[phone] for phone in phones if phone in entry_ids])
    people = []
    for phone in phones:
        entry = entries.get(entry_ids.get(phone, 0), _NOTHING)
        first_name, last_name = names.get(str(phone), ("", ""))
        given = entry.values
        people.append(Person(str(phone), given.get("first_name") or first_name, given.get("last_name") or last_name, entry))
    return people


def _values(template: Template, person: Person, number: str) -> dict[str, str]:
    own = person.entry.values
    values = person_values(person.first_name, person.last_name, number)
    if "name" in template.names and (name := own.get("name")):
        values["name"] = name
    return {**own, **values} if own else values
