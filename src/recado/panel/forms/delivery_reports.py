"""The form of the address that delivery reports go to.

What belongs here: its fields and their checks. What does not: saving (`apps.outbox.destinations`).
"""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recado.apps.outbox.destinations import DestinationUrlError, check_url
from recado.apps.outbox.models import Destination
from recado.panel.forms.styled import StyledForm


class DeliveryReportsForm(StyledForm):
    """Where to, and how."""

    url = forms.CharField(
        label=gettext_lazy("URL for delivery reports"),
        max_length=2000,
        required=False,
        widget=forms.URLInput(attrs={"inputmode": "url", "autocomplete": "off", "placeholder": "https://…/?id=#SMSID#&stan=#STAN#"}),
        help_text=gettext_lazy("May contain #SMSID#, #STAN#, #DATA# and #PRZYCZYNA#. Leave it empty to be told nothing."),
    )
    method = forms.ChoiceField(label=gettext_lazy("Method"), choices=Destination.Method.choices)

    def clean_url(self) -> str:
        """Return the address without surrounding space; refuse one that cannot be called."""
        written: str = self.cleaned_data["url"].strip()
        try:
            return check_url(written) if written else ""
        except DestinationUrlError:
            raise forms.ValidationError(_("Write an address that begins with http:// or https:// and has no spaces.")) from None
