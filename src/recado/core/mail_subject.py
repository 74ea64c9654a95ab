"""Subjects of forwarded mails: a template with `{places}` for what is known of the message.

What belongs here: which places there are. What does not: finding and filling places (`personal`), the rest of the mail (`delivery`).
"""

from collections.abc import Mapping

from recado.core.personal import read, unknown

PLACES = ("sender", "phone", "first_name", "last_name", "number", "keyword", "text")
"""`sender` is the person's name or, where none is known, the phone; `number` the one they wrote to; `text` the beginning of the text,
of an MMS without one its subject."""
LONGEST = 150
USUAL: Mapping[str, str] = {"en": "SMS from {sender}", "pl": "SMS od {sender}"}
"""The template of those who write none, by language."""
USUAL_OF_MMS: Mapping[str, str] = {"en": "MMS from {sender}", "pl": "MMS od {sender}"}
"""The same of mails about an MMS."""
LONGEST_TEXT = 60
"""Letters of the text that `{text}` stands for."""


def usual_subject(language: str) -> str:
    """Return the template of a language such as `pl` or `en-gb`; of one there is none for, English."""
    return USUAL.get(language.partition("-")[0], USUAL["en"])


def beginning_of(text: str) -> str:
    """Return what `{text}` stands for."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_TEXT else line[:LONGEST_TEXT].rstrip() + "…"


def subject_of(template: str, values: Mapping[str, str]) -> str:
    """Fill a template; one line, without control characters, whatever is in the values."""
    filled = read(template, PLACES).fill({name: _one_line(value) for name, value in values.items()})
    line = _one_line(filled)
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"


def unknown_places(template: str) -> list[str]:
    """Return what a template asks for and nothing is ever put into."""
    return unknown(template, PLACES)


def _one_line(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
