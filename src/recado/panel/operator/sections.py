"""The sections of the Operator Console, as the rail shows them.

What belongs here: name, address, icon of each section and who sees it. What does not: letting people in; that is the decorator of each view
(`access`), which asks for the same roles.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from recado.apps.accounts.models import OperatorRole
from recado.panel.operator.access import EVERYBODY, MAY_MANAGE_TEAM, MAY_SEE_MESSAGES, MAY_SUPPORT
from recado.panel.operator.billing.access import MAY_SEE_MONEY


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the rail."""

    label: Promise
    url_name: str
    icon: str
    roles: frozenset[OperatorRole] = EVERYBODY
    is_on_phones: bool = False
    """Whether it stands in the bar of a phone; the others are in its menu."""


@dataclass(frozen=True, slots=True)
class ShownSection:
    """An entry with its address, for one person."""

    section: Section
    url: str
    is_exact: bool
    """Whether only the address itself is the section, and not what begins with it."""


SECTIONS = (
    Section(_("Overview"), "operator", "gauge", is_on_phones=True),
    Section(_("Accounts"), "operator-accounts", "building-store", is_on_phones=True),
    Section(_("Numbers"), "operator-numbers", "hash"),
    Section(_("Shared keywords"), "operator-keywords", "key"),
    Section(_("Sender names"), "operator-sender-names", "id-badge", MAY_SUPPORT),
    Section(_("Plans & prices"), "operator-plans", "list-details"),
    Section(_("Billing runs"), "operator-billing", "coin", MAY_SEE_MONEY),
    Section(_("Unmatched messages"), "operator-unmatched", "help", MAY_SUPPORT),
    Section(_("Message search"), "operator-messages", "search", MAY_SEE_MESSAGES),
    Section(pgettext_lazy("section of the console", "Carriers"), "operator-links", "plug", is_on_phones=True),
    Section(_("Jobs"), "operator-jobs", "clipboard-list", is_on_phones=True),
    Section(_("Team and audit"), "operator-team", "users-group", MAY_MANAGE_TEAM | {OperatorRole.AUDITOR}),
    Section(_("System"), "operator-system", "server"),
)


def sections_for(role: str) -> list[ShownSection]:
    """Return the sections an operator in `role` may open."""
    return [
        ShownSection(section, reverse(section.url_name), section.url_name == "operator") for section in SECTIONS if role in section.roles
    ]
