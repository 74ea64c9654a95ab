"""Forms about consent: an end of a membership, an opt-out noted by hand, a blocked phone.

What belongs here: fields and their checks. What does not: saving (`apps.contacts`).
"""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account
from recado.apps.contacts.blocking import parse_sender
from recado.apps.contacts.models import OptOut
from recado.apps.contacts.phone import parse_msisdn
from recado.apps.contacts.queries import groups_of
from recado.apps.keywords.queries import keywords_of
from recado.apps.numbers.queries import usable_numbers
from recado.panel.forms.days import DAY, PERIOD, midnight
from recado.panel.forms.styled import StyledForm
from recado.panel.templatetags.recado import own_number

_NO_PHONE = _("This is not a phone number. Write it like 501 222 333 or +48 501 222 333.")


class EndForm(forms.Form):
    """The last day of a membership; none for no end."""

    until = forms.DateField(required=False, widget=DAY, validators=PERIOD, error_messages={"invalid": _("This is not a day.")})

    def clean_until(self) -> Any:
        """Refuse a day that is over: the membership would end at once, and for that there is a button."""
        day = self.cleaned_data["until"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("This day is over. Take the person out of the group instead."))
        return day

    def ends_at(self) -> datetime | None:
        """Return the end of the last day, in the account's time zone."""
        return midnight(self.cleaned_data["until"], timedelta(days=1))


class OptOutForm(StyledForm):
    """Somebody who does not want messages and said so elsewhere."""

    msisdn = forms.CharField(label=_("Phone number"), max_length=40, widget=forms.TextInput({"type": "tel", "autocomplete": "off"}))
    target = forms.ChoiceField(label=_("What they do not want"))
    text = forms.CharField(
        label=_("What they said"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Kept as the proof, for example: called on Monday, no more offers."),
    )

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["target"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker, not the user
        keywords = keywords_of(account).values_list("pk", "word")
        field.choices = [
            ("account-0", _("Everything")),
            (_("A group"), [(f"group-{group.pk}", group.name) for group in groups_of(account)]),
            (_("A number"), [(f"number-{number.pk}", own_number(number.digits)) for number in usable_numbers(account)]),
            (_("A keyword"), [(f"keyword-{pk}", word) for pk, word in keywords]),
        ]

    def clean_msisdn(self) -> str:
        """Return the digits as stored; refuse what is no phone number."""
        parsed = parse_msisdn(self.cleaned_data["msisdn"])
        if parsed is None:
            raise forms.ValidationError(_NO_PHONE)
        return parsed

    def scope(self) -> tuple[OptOut.Scope, int]:
        """Return what they do not want."""
        scope, _dash, target_id = self.cleaned_data["target"].partition("-")
        return OptOut.Scope(scope), int(target_id)


class BlockForm(StyledForm):
    """Somebody the account does not want to hear from."""

    sender = forms.CharField(label=_("Number or name"), max_length=40, widget=forms.TextInput({"autocomplete": "off"}))
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False, help_text=_("For your team; nobody else sees it."))

    def clean_sender(self) -> str:
        """Return the digits as stored, or the name or short code as messages carry it."""
        parsed = parse_sender(self.cleaned_data["sender"])
        if parsed is None:
            raise forms.ValidationError(_NO_PHONE)
        return parsed


class LiftForm(StyledForm):
    """Why somebody may be written to again."""

    reason = forms.CharField(label=_("Why?"), max_length=200, help_text=_("For example: asked for offers again in the shop on 3 November."))
