"""Forms of the operator about customers: opening an account, suspending it, the note, a visit.

What belongs here: fields. What does not: what is allowed (`apps.installation.customers`, `apps.accounts.visits`).
"""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from recado.panel.forms.styled import StyledForm

REASON = 300


class AccountForm(StyledForm):
    """A new customer with who will own the account."""

    name = forms.CharField(label=_("Name of the business"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail address of the owner"),
        help_text=_("They get a link that works for seven days, and choose their own login password."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, initial="pl")


class SuspendForm(StyledForm):
    """Why an account is suspended."""

    reason = forms.CharField(
        label=_("Reason"), max_length=REASON, help_text=_("The customer reads it."), widget=forms.Textarea(attrs={"rows": 2})
    )


class NoteForm(StyledForm):
    """What operators know about a customer."""

    note = forms.CharField(
        label=_("Note for operators"),
        required=False,
        max_length=4000,
        help_text=_("The customer never sees it."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class VisitForm(StyledForm):
    """Why an operator opens an account, and whether anything is to be changed there."""

    reason = forms.CharField(
        label=_("Reason"), max_length=REASON, help_text=_("It is written into the activity log, which the customer can read.")
    )
    may_change = forms.BooleanField(
        label=_("I need to change things"), required=False, help_text=_("Otherwise you look, and every change is refused.")
    )

    def __init__(self, data: object = None, *, offers_changes: bool) -> None:
        """`offers_changes`: whether the operator's role lets them change things of customers."""
        super().__init__(data)
        if not offers_changes:
            del self.fields["may_change"]
