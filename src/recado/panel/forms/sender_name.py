"""Forms of sender names: asking for one, refusing one.

What belongs here: fields. What does not: what a name may look like (`core.sender_name`), who may use which (`apps.senders`).
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from recado.panel.forms.styled import StyledForm


class SenderNameForm(StyledForm):
    """The name, and whose it is."""

    name = forms.CharField(
        label=_("Sender name"),
        max_length=40,
        help_text=_("At most 11 letters without accents, digits, blanks, dots and hyphens. Nobody can answer a name."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    note = forms.CharField(
        label=_("What entitles you to it"),
        max_length=200,
        required=False,
        help_text=_("Your company's or brand's name, an address on the web: whatever lets the operator approve it at once."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class RefuseNameForm(StyledForm):
    """Why a customer does not get a name."""

    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("The customer reads it."), widget=forms.Textarea(attrs={"rows": 2})
    )
