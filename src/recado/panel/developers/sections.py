"""The sections of the API pages as data, shown as tabs.

What belongs here: names and addresses. What does not: the pages; each guards itself.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Section:
    """One tab."""

    url_name: str
    label: Promise
    path: str
    """Where it begins: pages below it belong to it, the longest beginning wins."""


SECTIONS = (
    Section("developers", _("Keys"), "/developers/"),
    Section("developers-calls", _("Calls"), "/developers/calls/"),
    Section("developers-moving", _("Moving in"), "/developers/moving/"),
)


def section_of(path: str) -> Section | None:
    """Return the section a page belongs to."""
    holding = [each for each in SECTIONS if path.startswith(each.path)]
    return max(holding, key=lambda each: len(each.path), default=None)
