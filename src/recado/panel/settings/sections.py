"""The sections of the settings as data: first those of the person, then those of the company.

What belongs here: names, addresses and who sees them in the menu. What does not: the pages; each guards itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Role
from recado.panel.access import MAY_CONFIGURE, MAY_MANAGE, MAY_READ, MAY_SEE_COMPANY

EVERYBODY = frozenset(Role)


@dataclass(frozen=True, slots=True)
class Section:
    """One page of the settings."""

    path: str
    label: Promise
    summary: Promise
    """What one does there, for the first page."""
    icon: str
    roles: frozenset[Role] = EVERYBODY


@dataclass(frozen=True, slots=True)
class Chapter:
    """Sections under one heading."""

    label: Promise
    sections: tuple[Section, ...]


PERSONAL = Chapter(
    _("Yours"),
    (
        Section("/settings/appearance/", _("Appearance"), _("Light or dark, density, language, time zone, shortcuts."), "sun"),
        Section("/settings/notifications/", _("Notifications"), _("What you are told about, where, and when it stays quiet."), "bell"),
        Section("/settings/security/", _("Security"), _("Password, passkeys, two-step sign-in, devices."), "shield-lock"),
    ),
)
COMPANY = Chapter(
    _("Company"),
    (
        Section("/settings/company/", _("Company"), _("Name, language, time zone, data for invoices."), "building-store", MAY_SEE_COMPANY),
        Section("/settings/team/", _("Team"), _("Who works here, in which role; invite people."), "users", MAY_SEE_COMPANY),
        Section("/settings/hours/", _("Working hours"), _("When you are open, days off, quiet hours."), "clock", MAY_READ),
        Section(
            "/settings/canned-replies/",
            _("Templates and canned replies"),
            _("Ready texts to send."),
            "message-reply",
            MAY_READ,
        ),
        Section("/settings/files/", _("Files"), _("Pictures and files you send often by MMS."), "photo", MAY_READ),
        Section("/settings/sender-names/", _("Sender names"), _("Names that texts show in place of a number."), "id-badge", MAY_READ),
        Section("/settings/delivery-reports/", _("Delivery reports"), _("Tell a program how messages ended."), "webhook", MAY_CONFIGURE),
        Section("/settings/retention/", _("Data retention"), _("How long messages and files are kept."), "trash", MAY_MANAGE),
        Section("/settings/activity/", _("Activity log"), _("Who changed what, before and after."), "history", MAY_MANAGE),
    ),
)


def chapters_for(role: str) -> Iterator[Chapter]:
    """Yield the chapters with what somebody in this role may open."""
    for chapter in (PERSONAL, COMPANY):
        seen = tuple(section for section in chapter.sections if role in section.roles)
        if seen:
            yield Chapter(chapter.label, seen)
