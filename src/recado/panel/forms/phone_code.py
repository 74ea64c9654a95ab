"""The form for the code that was sent to a phone.

What belongs here: the field. What does not: judging it (`apps.outbox.confirming`).
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from recado.panel.forms.styled import StyledForm


class PhoneCodeForm(StyledForm):
    """The code, with blanks as people type them."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "size": "10"}),
        help_text=_("Six digits, good for 15 minutes."),
    )
