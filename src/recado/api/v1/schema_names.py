"""Names of shapes in the API's description: two classes that are called alike in different modules are two shapes there.

What belongs here: the names. What does not: the shapes, which pydantic writes.

Left to itself each operation names its shapes alone, and of two `State`s the later would describe both.
"""

import re
from itertools import chain, count
from typing import Any, ClassVar

import ninja.openapi.schema
from ninja.schema import NinjaGenerateJsonSchema

_CLASSES = re.compile(r"(?:[A-Z]\w*\.)*[A-Z]\w*$")


class NamedSchemas(NinjaGenerateJsonSchema):
    """Writes the schema of one model, with names that hold for all."""

    taken: ClassVar[dict[str, str]] = {}
    """Which class a name belongs to."""

    def get_defs_ref(self, core_mode_ref: Any) -> Any:
        """Return the key of a definition; the name it is given first of all is one that no other class has."""
        key = super().get_defs_ref(core_mode_ref)
        choices = self._prioritized_defsref_choices[key]
        choices[0] = type(choices[0])(_name_of(core_mode_ref[0]))
        return key


def _name_of(core_ref: str) -> str:
    """Name a class by itself and the classes it stands in; where that is taken, with its app or module in front."""
    parts = [part.rsplit(":", 1)[0] for part in re.split(r"([\][,])", core_ref)]
    short = "_".join(filter(None, (re.sub(r"\W", "", _short(part)) for part in parts)))
    longer = f"{_place(parts[0])}{short}"
    wanted = chain((short, longer), (f"{longer}{number}" for number in count(2)))
    return next(name for name in wanted if NamedSchemas.taken.setdefault(name, core_ref) == core_ref)


def _short(part: str) -> str:
    found = _CLASSES.search(part)
    return found[0] if found else part.rpartition(".")[2]


def _place(part: str) -> str:
    """Return the app or the module that a class is in, as a word: `recado.apps.senders.models.State` is `Senders`."""
    path = [word for word in part.split(".") if word[:1].islower() and word not in {"recado", "apps", "api", "v1", "models", "core"}]
    return "".join(word.title() for word in (path[0] if path else "Other").split("_"))


ninja.openapi.schema.NinjaGenerateJsonSchema = NamedSchemas  # type: ignore[attr-defined]  # there is no other way to name shapes
