"""The way to the mail of an invitation, for programs: the panel writes it, and nothing below the panel may import it.

What belongs here: the port and what fills it by default. What does not: the mail (`panel.sign_in`), offers (`invitations`).
"""

from collections.abc import Callable
from typing import TypeAlias

from recado.apps.accounts.models import Invitation

InvitationMail: TypeAlias = Callable[[Invitation, str, str, str], str | None]
"""Mails an invitation, told its token, the language and the address of the panel. Where the mail cannot go out, the answer is the link,
which somebody has to hand over."""


class NoInvitationMailError(RuntimeError):
    """Nothing in this process mails invitations."""


def no_mail(invitation: Invitation, token: str, language: str, base_url: str) -> str | None:  # noqa: ARG001  # the shape of the port
    """Refuse: what mails invitations until the server says who does."""
    raise NoInvitationMailError(f"nothing here mails invitation {invitation.pk}: the addresses of the panel are not loaded")


_mail: InvitationMail = no_mail


def set_invitation_mail(mail: InvitationMail = no_mail) -> None:
    """Say who mails invitations from now on; without an argument, nobody."""
    global _mail  # noqa: PLW0603  # the one port of the process, filled once by the server
    _mail = mail


def mail_invitation(invitation: Invitation, token: str, language: str, base_url: str) -> str | None:
    """Mail an invitation; return its link where the mail cannot go out. Call it after the commit."""
    return _mail(invitation, token, language, base_url)
