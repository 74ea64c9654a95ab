"""Access to what people do to keep their login safe; what is in front of the panel is open to all (`test_doors`)."""

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession

from panel.doors import Door
from panel.passkeys import stored_passkey


def an_app(account, user):
    TOTP.activate(user, generate_totp_secret())
    return {}


def codes(account, user):
    RecoveryCodes.activate(user)
    return {}


def a_passkey(account, user):
    return {"pk": stored_passkey(user).pk}


def a_session(account, user):
    return {"session_id": UserSession.objects.create(user=user, ip="127.0.0.1", session_key="elsewhere", user_agent="").pk}


DOORS = {
    "mfa_index": Door(),
    "account_change_password": Door(),
    "account_set_password": Door(),
    "account_reauthenticate": Door(),
    "mfa_reauthenticate": Door(),
    "mfa_reauthenticate_webauthn": Door(),
    "mfa_activate_totp": Door(),
    "mfa_deactivate_totp": Door(an_app),
    "mfa_list_webauthn": Door(),
    "mfa_add_webauthn": Door(),
    "mfa_edit_webauthn": Door(a_passkey),
    "mfa_remove_webauthn": Door(a_passkey),
    "mfa_view_recovery_codes": Door(codes),
    "mfa_generate_recovery_codes": Door(),
    "usersessions_list": Door(method="post"),
    "session-end": Door(a_session, method="post"),
}
