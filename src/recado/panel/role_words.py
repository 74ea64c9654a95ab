"""Roles in the reader's language: a name, and what somebody in it does.

What belongs here: words. What does not: what a role may; that is in the sets of `panel.access`. A test keeps the tables complete.
"""

from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Role

NAMES = {
    Role.OWNER: _("Owner"),
    Role.ADMIN: _("Manager"),
    Role.EDITOR: _("Editor"),
    Role.AGENT: _("Agent"),
    Role.VIEWER: _("Viewer"),
    Role.BILLING: _("Billing"),
    Role.API: _("API"),
}
EXPLANATIONS = {
    Role.OWNER: _("Everything, and decides who else owns the account. There is always at least one."),
    Role.ADMIN: _("Everything but making and removing owners."),
    Role.EDITOR: _("Sets up keywords, numbers, groups and contacts, sends to groups, and answers people."),
    Role.AGENT: _("Answers people and sees what is set up."),
    Role.VIEWER: _("Looks at messages, contacts and statistics, changes nothing."),
    Role.BILLING: _("Sees the company's data, no messages and no contacts."),
    Role.API: _("Makes keys for programs, which can be allowed everything; sees no messages and no contacts in the panel."),
}


def role_name(role: str) -> str:
    """Name a role; an unknown one shows itself."""
    return str(NAMES[Role(role)]) if role in NAMES else role


def role_explanation(role: str) -> str:
    """Say what somebody in the role does."""
    return str(EXPLANATIONS[Role(role)]) if role in EXPLANATIONS else ""
