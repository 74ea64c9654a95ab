"""Addresses where people look after their own sign-in: a program has a key in its place."""

OWN = "a person's own sign-in; programs come in by a key"
NAMES = """
    mfa_index account_change_password account_set_password account_reauthenticate mfa_reauthenticate mfa_reauthenticate_webauthn
    mfa_activate_totp mfa_deactivate_totp mfa_list_webauthn mfa_add_webauthn mfa_edit_webauthn mfa_remove_webauthn
    mfa_view_recovery_codes mfa_generate_recovery_codes usersessions_list session-end
"""
TWINS = {name: OWN for name in NAMES.split()} | {"styleguide": "samples of how pages look, without data of an account"}  # noqa: C420
