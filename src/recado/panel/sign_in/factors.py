"""Second factors: how their secrets are kept, how the QR code of an app is drawn.

What belongs here: answers to the questions of allauth.mfa. What does not: pages (`security`), reads (`apps.accounts.factors`).
"""

import base64
from functools import cache
from io import BytesIO
from typing import Any, ClassVar

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Who reads the database alone learns no secret: they are encrypted with a key made of the installation's."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_generate_recovery_codes": _("Recovery codes stand in for an authenticator app or a passkey. Set one of them up first."),
        "incorrect_code": _("This code is not correct."),
    }

    def encrypt(self, text: str) -> str:
        """Encrypt a secret before it is stored."""
        return _cipher(settings.SECRET_KEY).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt a stored secret."""
        return _cipher(settings.SECRET_KEY).decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """Draw the QR code on white, so that it can be read in the dark theme, too."""
        drawn = BytesIO()
        segno.make(url, error="m").save(drawn, kind="svg", scale=5, border=3, light="#fff", xmldecl=False)
        return drawn.getvalue().decode()

    def generate_authenticator_name(self, user: Any, type: str) -> str:  # noqa: A002, ARG002  # allauth's interface
        """Suggest a name for a new passkey."""
        return gettext("My passkey")


@cache
def _cipher(secret_key: str) -> Fernet:
    derived = HKDF(SHA256(), length=32, salt=None, info=b"recado second factors").derive(secret_key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
