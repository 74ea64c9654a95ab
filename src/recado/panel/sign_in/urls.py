"""Addresses of signing in. Allauth finds them by its own names, so those stay."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic.base import RedirectView

from recado.panel.sign_in.access import signed_in_required
from recado.panel.sign_in.invitation import invitation
from recado.panel.sign_in.security import other_sessions_end, own_passkey, security, session_end


def _signed_in(route: str, view: Any, name: str) -> URLPattern:
    return path(route, signed_in_required(view), name=name)


_security: list[URLPattern | URLResolver] = [
    path("", security, name="mfa_index"),
    _signed_in("password/", account.password_change, "account_change_password"),
    _signed_in("password/first/", account.password_set, "account_set_password"),
    _signed_in("app/", totp.activate_totp, "mfa_activate_totp"),
    _signed_in("app/remove/", totp.deactivate_totp, "mfa_deactivate_totp"),
    _signed_in("passkeys/", RedirectView.as_view(pattern_name="mfa_index"), "mfa_list_webauthn"),
    _signed_in("passkeys/new/", webauthn.add_webauthn, "mfa_add_webauthn"),
    _signed_in("passkeys/<int:pk>/", own_passkey(webauthn.edit_webauthn), "mfa_edit_webauthn"),
    _signed_in("passkeys/<int:pk>/remove/", own_passkey(webauthn.remove_webauthn), "mfa_remove_webauthn"),
    _signed_in("codes/", codes.view_recovery_codes, "mfa_view_recovery_codes"),
    _signed_in("codes/new/", codes.generate_recovery_codes, "mfa_generate_recovery_codes"),
    path("sessions/", other_sessions_end, name="usersessions_list"),
    path("sessions/<int:session_id>/", session_end, name="session-end"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", account.login, name="account_login"),
    path("login/2fa/", mfa.authenticate, name="mfa_authenticate"),
    path("login/passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    _signed_in("login/again/", account.reauthenticate, "account_reauthenticate"),
    _signed_in("login/again/code/", mfa.reauthenticate, "mfa_reauthenticate"),
    _signed_in("login/again/passkey/", webauthn.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    path("password/reset/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("invite/<str:token>/", invitation, name="invitation"),
    path("settings/security/", include(_security)),
]
