"""Forms of signing in.

What belongs here: fields and their checks. What does not: allauth's own forms; `settings.MFA_FORMS` names ours that take their place.
"""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import User
from recado.panel.forms.styled import StyledForm


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """A new passkey, or a security key that stands beside the password."""

    name = forms.CharField(label=_("Name"), max_length=60, required=False, widget=forms.TextInput(attrs={"class": "c-input"}))
    passwordless = forms.BooleanField(
        label=_("Sign in with it alone, without the password"),
        required=False,
        initial=True,
        help_text=_("Needs a device that asks for a fingerprint, a face or a PIN. Without it, the key is asked for after the password."),
    )


class JoinForm(StyledForm):
    """What somebody chooses who takes an invitation and has no login yet."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("At least 10 characters. Several words are easy to remember and hard to guess."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, email: str, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"language": get_language()})
        super().__init__(*args, **kwargs)
        self.email = email
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)  # noqa: S101  # tells the type checker, not the user
        language.choices = settings.LANGUAGES

    def clean_password(self) -> str:
        """Refuse passwords that are short, common, or like the name and the address."""
        password: str = self.cleaned_data["password"]
        validate_password(password, User(email=self.email, name=self.cleaned_data.get("name", "")))
        return password
