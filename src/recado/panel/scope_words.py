"""What a key may do, in the reader's language: rights by subject, what is offered with one click, and a line that says it all.

What belongs here: words and their order. What does not: the rights (`apps.accounts.scopes`). A test keeps the table complete.
"""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from recado.apps.accounts.api_users import scopes_of
from recado.apps.accounts.scopes import Scope

SUBJECTS: Mapping[str, Promise] = {
    "messages": gettext_lazy("Messages"),
    "contacts": gettext_lazy("Contacts"),
    "keywords": gettext_lazy("Keywords"),
    "forwards": gettext_lazy("Forwards"),
    "activities": gettext_lazy("Surveys, contests, codes and boards"),
    "statistics": gettext_lazy("Statistics"),
    "billing": gettext_lazy("Billing"),
    "settings": gettext_lazy("Company"),
    "users": gettext_lazy("Sub-accounts"),
}
DEEDS: Mapping[str, Promise] = {
    "read": pgettext_lazy("right of a key", "see"),
    "write": pgettext_lazy("right of a key", "change"),
    "send": pgettext_lazy("right of a key", "send"),
}
CHOSEN: Final = "chosen"
PRESETS: Mapping[str, tuple[Promise, Promise, frozenset[Scope] | None]] = {
    "send": (
        gettext_lazy("Send messages"),
        gettext_lazy("For a shop or a form that texts people. It sees nothing."),
        frozenset({Scope.MESSAGES_SEND}),
    ),
    "read": (
        gettext_lazy("Only read"),
        gettext_lazy("For reports: it sees everything and changes nothing."),
        frozenset(scope for scope in Scope if scope.endswith(":read")),
    ),
    "everything": (
        gettext_lazy("Everything"),
        gettext_lazy("Also what later versions bring. For programs you trust like a manager."),
        None,
    ),
}
"""What it is called, what it is for, and the rights; None: all there are."""


def subject_of(scope: Scope) -> str:
    """Return what a right is about."""
    return scope.value.partition(":")[0]


def preset_of(scopes: frozenset[Scope] | None) -> str:
    """Return which of the offered sets of rights this is, or that it was chosen one by one."""
    return next((name for name, (_label, _for, offered) in PRESETS.items() if offered == scopes), CHOSEN)


def in_words(scopes: frozenset[Scope] | None) -> str:
    """Say what a key may do in one line: `Messages: see, send · Contacts: see`."""
    preset = preset_of(scopes)
    if preset != CHOSEN:
        return str(PRESETS[preset][0])
    if not scopes:
        return _("Nothing")
    by_subject: dict[str, list[str]] = {}
    for scope in Scope:
        if scope in scopes:
            by_subject.setdefault(subject_of(scope), []).append(str(DEEDS[scope.value.partition(":")[2]]))
    return " · ".join(f"{SUBJECTS[subject]}: {', '.join(deeds)}" for subject, deeds in by_subject.items())


def audited(written: str) -> str:
    """Say what an entry of the activity log keeps of a key's rights."""
    return in_words(scopes_of(None if written == "*" else written.split(", ")))
