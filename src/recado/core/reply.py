"""Filling the placeholders of a reply text (product.md §3).

Only the text is made here; whether a reply is sent belongs to `decide`, counting its segments to `protocols.gsm`.
"""

import re
from collections.abc import Mapping

_PLACEHOLDER = re.compile(r"\{(\w+)\}")

PLACEHOLDERS = ("keyword", "argument", "group", "date")
"""What a reply text may name; the panel offers these."""


def unknown(template: str) -> list[str]:
    """Return the names a template asks for that nothing will ever be put in place of, in their order."""
    return [name for name in _PLACEHOLDER.findall(template) if name not in PLACEHOLDERS]


def fill(template: str, values: Mapping[str, str]) -> str:
    """Put `values` in place of `{name}`; names without a value stay as typed, and what is put in is not looked at again."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), template)
