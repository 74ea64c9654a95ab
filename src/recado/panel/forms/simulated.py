"""The form of the phone simulator: which phone, which number, what text.

What belongs here: fields. What does not: receiving the text (`apps.inbox`).
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account
from recado.apps.numbers.models import Number
from recado.apps.numbers.queries import usable_numbers
from recado.panel.forms.styled import StyledForm
from recado.panel.templatetags.recado import kind_abbreviation, own_number

PHONES = tuple(f"486000000{last:02}" for last in range(1, 7))
"""Phones that do not exist: nobody is ever assigned a number that begins with 600 000 0."""


class ShortNumberChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # no type arguments at run time
    """A number with the short name of its kind, so that it fits on a phone."""

    def label_from_instance(self, obj: Any) -> str:
        """Write the number as on a poster."""
        return f"{own_number(obj.digits)} · {kind_abbreviation(obj.kind)}"


class SimulatedTextForm(StyledForm):
    """A text from a simulated phone."""

    phone = forms.ChoiceField(choices=[(phone, phone) for phone in PHONES], widget=forms.HiddenInput)
    number = ShortNumberChoice(Number.objects.none(), label=_("To number"), empty_label=None)
    text = forms.CharField(label=_("Message text"), max_length=1530, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, account: Account, *args: Any, has_focus: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        number = self.fields["number"]
        assert isinstance(number, forms.ModelChoiceField)  # noqa: S101  # tells the type checker, not the user
        number.queryset = usable_numbers(account)
        shown = {"class": "c-phone__input", "placeholder": _("Type an SMS"), "data-counted": "", "autofocus": has_focus}
        self.fields["text"].widget.attrs |= shown
