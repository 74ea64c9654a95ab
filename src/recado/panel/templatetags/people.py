"""Small things of the pages about people.

What belongs here: presentation of single values of those pages. What does not: names and numbers, which every page writes (`words`,
`recado`).
"""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def of(table: Mapping[Any, Any], key: Any) -> Any:
    """Look something up in a table by a value only the template has."""
    return table.get(key)
