"""What was done to a conversation, said with a button that takes it back (panel.md §5, pattern 6).

What belongs here: the toast of htmx answers, and the same as a notice where scripts are off. What does not: what is done (`actions`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpRequest
from django.template.loader import render_to_string

from recado.panel.undo import offer_undo


@dataclass(frozen=True, slots=True)
class Undo:
    """What was done, and what to post where to have it back; without an address nothing was done that could be undone."""

    words: str
    action: str
    fields: Mapping[str, str] = field(default_factory=dict)


def toast(undo: Undo) -> str:
    """Render the toast for a page that stays."""
    return render_to_string("panel/inbox/_toast.html", {"undo": undo})


def notice(request: HttpRequest, undo: Undo) -> None:
    """Say it on the next page instead."""
    if undo.action:
        offer_undo(request, undo.words, undo.action, undo.fields)
    else:
        messages.warning(request, undo.words)
