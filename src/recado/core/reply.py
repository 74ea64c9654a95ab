"""Filling the placeholders of a reply text (product.md §3).

Only the text is made here; whether a reply is sent belongs to `decide`, counting its segments to `protocols.gsm`.
"""

import re
from collections.abc import Collection, Mapping

_PLACEHOLDER = re.compile(r"\{(\w+)\}")

PLACEHOLDERS = ("keyword", "argument", "first_name", "last_name", "group", "date", "number")
"""What a reply text may name; the panel offers these."""
ENTRY, CODE = "entry", "code"
"""What only replies of contests may name: the entry's number; and of rules that give a code."""
_OF_PERSON = ("first_name", "last_name")
_SEVERAL_BLANKS = re.compile(r"[ \t]{2,}")
_BLANK_BEFORE_MARK = re.compile(r"[ \t]+(?=[,.!?;:])")
_SHORT_CODE = 6
"""Digits at most; longer numbers are written with their `+`."""


def asks_name(template: str) -> bool:
    """Say whether a template names the sender, so that the contact must be known."""
    return "{first_name}" in template or "{last_name}" in template


def own_number(digits: str) -> str:
    """Write one of our numbers so that a phone can call it."""
    return digits if len(digits) <= _SHORT_CODE else f"+{digits}"


def unknown(template: str, also: Collection[str] = ()) -> list[str]:
    """Return the names a template asks for that nothing will ever be put in place of, in their order.

    `also` are names that this text may use besides: `{entry}` where people enter a contest, `{code}` where they get a code.
    """
    return [name for name in _PLACEHOLDER.findall(template) if name not in PLACEHOLDERS and name not in also]


def fill(template: str, values: Mapping[str, str]) -> str:
    """Put `values` in place of `{name}`; names without a value stay as typed, and what is put in is not looked at again.

    A person's name that is not known leaves no gap.
    """
    written = _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), template)
    if not any(f"{{{name}}}" in template and values.get(name) == "" for name in _OF_PERSON):
        return written
    return _BLANK_BEFORE_MARK.sub("", _SEVERAL_BLANKS.sub(" ", written)).strip()
