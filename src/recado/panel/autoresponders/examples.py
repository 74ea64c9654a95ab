"""Autoresponders most businesses want, to begin with.

What belongs here: what a new one is filled in with; nothing is saved or sent before a person presses save. What does not: the form.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from recado.core.condition import Occasion, OfficeHours


@dataclass(frozen=True, slots=True)
class Example:
    """One to begin with."""

    icon: str
    name: Promise
    text: Promise
    why: Promise
    """When it answers, for the button."""
    once_minutes: int
    conditions: Mapping[str, str] = field(default_factory=dict)


EXAMPLES: Mapping[str, Example] = {
    "closed": Example(
        "zzz",
        _("We are closed"),
        _("We are closed now. We read your message and answer when we open."),
        _("Answers outside your working hours, once in 12 hours per person."),
        12 * 60,
        {"office_hours": OfficeHours.CLOSED.value},
    ),
    "thanks": Example(
        "circle-check",
        _("Thank you, we got it"),
        _("Thank you, your message has arrived. We will answer soon."),
        _("Answers the first message of somebody new."),
        24 * 60,
        {"occasion": Occasion.FIRST.value},
    ),
}


def example(name: str) -> dict[str, Any]:
    """Return what the form of a new one begins with; nothing for a name nobody knows."""
    chosen = EXAMPLES.get(name)
    if chosen is None:
        return {}
    return {"name": str(chosen.name), "text": str(chosen.text), "once": str(chosen.once_minutes), **chosen.conditions}
