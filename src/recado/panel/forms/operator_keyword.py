"""Forms of the operator about words of shared numbers: blocking one, ending a reservation in a dispute.

What belongs here: fields. What does not: what follows from them (`apps.keywords`).
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from recado.apps.keywords.checks import LONGEST
from recado.panel.forms.operator_account import REASON
from recado.panel.forms.styled import StyledForm

BLOCKED_REASON = 200


class BlockForm(StyledForm):
    """A word nobody shall have on shared numbers."""

    word = forms.CharField(
        label=_("Word"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("Also where it stands inside a longer keyword, and where digits or foreign letters imitate it."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=BLOCKED_REASON, help_text=_("Only operators read it."))


class EndForm(StyledForm):
    """Why a reservation ends before its time."""

    reason = forms.CharField(
        label=_("Reason"), max_length=REASON, help_text=_("The customer reads it."), widget=forms.Textarea(attrs={"rows": 2})
    )
    is_blocked = forms.BooleanField(
        label=_("Block the word, too"),
        required=False,
        help_text=_("Otherwise the same customer can take it back within 90 days."),
    )
