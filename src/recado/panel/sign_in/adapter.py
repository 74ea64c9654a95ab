"""Rules, words and mails of signing in that django-allauth asks for.

What belongs here: answers to its questions. What does not: second factors (`factors`), pages.
"""

from typing import Any, ClassVar

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import User
from recado.apps.accounts.queries import first_membership
from recado.apps.audit.services import record

log = structlog.get_logger(__name__)

TOO_MANY = _("Too many attempts. Wait five minutes, then try again.")
"""True as long as no limit in `settings.ACCOUNT_RATE_LIMITS` counts longer."""
WAYS: dict[str, Promise] = {
    "reauthenticate": _("Use the password"),
    "mfa_reauthenticate": _("Use the authenticator app or a recovery code"),
    "mfa_reauthenticate:webauthn": _("Use a passkey"),
}
"""How somebody signed in shows again who they are, by allauth's name for it."""
CHANGES = {
    "account/email/password_changed": "login.password_changed",
    "account/email/password_reset": "login.password_reset",
    "account/email/password_set": "login.password_changed",
    "mfa/email/totp_activated": "login.app_added",
    "mfa/email/totp_deactivated": "login.app_removed",
    "mfa/email/webauthn_added": "login.passkey_added",
    "mfa/email/webauthn_removed": "login.passkey_removed",
    "mfa/email/recovery_codes_generated": "login.recovery_codes_made",
}
"""What people are told by mail is written into the audit log, too: the mail's template to the log's code."""


class SignInAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """People are invited; nobody signs up by themselves."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This login is switched off."),
        "email_password_mismatch": _("The e-mail address or the password is not correct."),
        "enter_current_password": _("This is not the password you have now."),
        "incorrect_code": _("This code is not correct."),
        "incorrect_password": _("This password is not correct."),
        "invalid_password_reset": _("This link has ended."),
        "rate_limited": TOO_MANY,
        "too_many_login_attempts": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  # allauth's interface
        """Refuse self-registration."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead operators who are members of no account to their console, everybody else to the first page."""
        user = request.user
        is_operator_only = isinstance(user, User) and user.operator_role and first_membership(user) is None
        return reverse("operator") if is_operator_only else settings.LOGIN_REDIRECT_URL

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002  # allauth's interface
        """Lead back to the page the change began on."""
        return reverse("mfa_index")

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Name the ways to show again who one is."""
        return [way | {"description": WAYS[way["id"]]} for way in super().get_reauthentication_methods(user)]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write in the language of who gets the mail; a mail server that is out must not undo what the mail is about."""
        user = context.get("user")
        with translation.override(getattr(user, "language", "") or translation.get_language()):
            try:
                super().send_mail(template_prefix, email, context)
            except OSError as error:  # SMTPException is one
                log.warning("mail was not taken", mail=template_prefix, error=str(error))

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell of a change to a login by mail and in the audit log."""
        membership = first_membership(user)
        record(membership.account if membership else None, user, CHANGES[template_prefix], user.email, user.pk)
        super().send_notification_mail(template_prefix, user, {**(context or {}), "user": user}, email)
