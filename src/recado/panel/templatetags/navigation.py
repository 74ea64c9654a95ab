"""The rail and the help drawer in templates.

What belongs here: handing the screens to the templates. What does not: which there are (`panel.navigation`).
"""

from dataclasses import dataclass

from django import template
from django.template.context import RequestContext

from recado.panel.navigation import Entry, Place, entries_for, entry_of

register = template.Library()


@dataclass(frozen=True, slots=True)
class Rail:
    """What one member sees in the rail, and which of it is open."""

    main: list[Entry]
    automation: list[Entry]
    account: list[Entry]
    bottom: list[Entry]
    current: Entry | None

    @property
    def off_phone(self) -> list[Entry]:
        """What a phone's bar has no room for."""
        return [entry for entry in (*self.main, *self.automation, *self.account, *self.bottom) if not entry.is_on_phone]


@register.simple_tag(takes_context=True)
def navigation(context: RequestContext) -> Rail | None:
    """Give the rail of the member who looks; None where nobody is signed in to an account."""
    request = context.get("request")
    membership = getattr(request, "membership", None)
    if request is None or membership is None:
        return None
    entries = list(entries_for(membership.role))
    main, automation, account, bottom = ([entry for entry in entries if entry.place is place] for place in Place)
    return Rail(main, automation, account, bottom, entry_of(request.path))
