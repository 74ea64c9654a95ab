"""Types that take nothing but what the description says: no `"7"` or `true` for 7, no 1 or `"yes"` for true, no seconds for a moment.

What belongs here: these types, for bodies and flags of addresses. What does not: what values mean (`shapes`).
"""

from typing import Annotated

from pydantic import BeforeValidator, Strict, StrictBool

from recado.api.v1.shapes import Id, Moment


def only_text(value: object) -> object:
    """Refuse numbers, which would be read as seconds since 1970."""
    if isinstance(value, (int, float)):
        raise ValueError("must be text")  # noqa: TRY004  # what pydantic turns into a field's error
    return value


def _flag(value: object) -> object:
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


Flag = StrictBool
"""In a body."""
QueryFlag = Annotated[StrictBool, BeforeValidator(_flag)]
"""In an address: `true` or `false`."""
ExactId = Annotated[Id, Strict()]
"""In a body."""
WrittenMoment = Annotated[Moment, BeforeValidator(only_text)]
"""In a body."""
