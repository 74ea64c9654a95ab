"""Forms of the operator about numbers: adding one, giving it away, pasting a list.

What belongs here: fields and the sentences for refusals. What does not: what is allowed (`apps.numbers`).
"""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account
from recado.apps.connections.models import Connection
from recado.apps.numbers.importing import LineProblem
from recado.apps.numbers.services import NumberRefusal
from recado.carriers.registry import MMS_KINDS
from recado.core.number import NumberKind
from recado.panel.forms.days import DAY, PERIOD, midnight
from recado.panel.forms.styled import StyledForm
from recado.panel.number_words import KINDS

REFUSALS = {
    NumberRefusal.NO_DIGITS: _("A number consists of digits."),
    NumberRefusal.SHARED: _("A shared number belongs to no customer."),
    NumberRefusal.THERE_ALREADY: _("This number is there already."),
    NumberRefusal.HAS_KEYWORDS: _("The number still has keywords. End them first."),
    NumberRefusal.IN_QUARANTINE: _("The number rests for 90 days after its last owner. Take another one."),
    NumberRefusal.ORDERED: _("Another customer ordered this number, and it is held for them. Settle the order first."),
    NumberRefusal.NOT_IN_USE: _("The number is not in use."),
}
PROBLEMS = {
    LineProblem.NO_NUMBER: _("no number of 4 to 15 digits"),
    LineProblem.NO_KIND: _("the kind is not one of ND, SC, NDI, NDI-MMS, SCI, ECO"),
    LineProblem.THERE_ALREADY: _("this number is there already"),
    LineProblem.TWICE: _("the number stands in an earlier line"),
    LineProblem.NO_ACCOUNT: _("there is no customer of this name"),
    LineProblem.MANY_ACCOUNTS: _("several customers have this name; add the number by itself"),
    LineProblem.NO_CONNECTION: _("there is no carrier link of this name"),
    LineProblem.SHARED: _("a shared number belongs to no customer"),
}
TOO_MANY_LINES = _("The list is too long. Take at most 2000 lines at a time.")


class NumberForm(StyledForm):
    """Take one number into service."""

    digits = forms.CharField(
        label=_("Number"), max_length=20, help_text=_("With country code, 48503340503; short codes as they are, 4301.")
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(kind.value, name) for kind, name in KINDS.items()], initial=NumberKind.INDIVIDUAL_LONG
    )
    account = forms.ModelChoiceField(Account.objects.none(), label=_("Customer"), required=False, empty_label=_("Nobody yet: into stock"))
    connection = forms.ModelChoiceField(
        Connection.objects.none(), label=_("Replies leave through"), required=False, empty_label=_("No link yet")
    )
    label = forms.CharField(label=_("Label"), max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self)


class AssignForm(StyledForm):
    """Give a number to a customer, or let its replies leave through another link."""

    account = forms.ModelChoiceField(Account.objects.none(), label=_("Customer"), required=False, empty_label=_("Nobody yet"))
    connection = forms.ModelChoiceField(
        Connection.objects.none(), label=_("Replies leave through"), required=False, empty_label=_("No link yet")
    )
    mms_connection = forms.ModelChoiceField(
        Connection.objects.none(), label=_("MMS leave through"), required=False, empty_label=_("The same link, if it carries MMS")
    )
    can_send = forms.BooleanField(
        label=_("Its carrier takes it as a sender"),
        required=False,
        help_text=_("Otherwise answers to what arrives on it leave from a pool number."),
    )

    def __init__(self, *args: Any, is_shared: bool, has_mms: bool = False, **kwargs: Any) -> None:
        """Offer no customers for shared numbers, and a link for MMS only where a number has MMS."""
        super().__init__(*args, **kwargs)
        _offer(self)
        if is_shared:
            del self.fields["account"]
        if not has_mms:
            del self.fields["mms_connection"]


class ExpiryForm(StyledForm):
    """Until when the customer has a number."""

    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=DAY,
        validators=PERIOD,
        help_text=_("Empty: without an end. The customer is told two weeks before; nothing happens by itself."),
    )

    def expires_at(self) -> datetime | None:
        """Return the end of the last day."""
        return midnight(self.cleaned_data["last_day"], timedelta(days=1))


def last_day(expires_at: datetime | None) -> date | None:
    """Return the last day on which a customer has a number."""
    return timezone.localdate(expires_at - timedelta(seconds=1)) if expires_at else None


class LinesForm(StyledForm):
    """A pasted list."""

    lines = forms.CharField(
        label=_("Numbers, one a line"),
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("number, kind (ND, SC, NDI, NDI-MMS, SCI, ECO), customer, link, label. The last three may be empty."),
        max_length=200_000,
    )


def _offer(form: forms.Form) -> None:
    links = Connection.objects.order_by("name")
    offered = {"account": Account.objects.order_by("name"), "connection": links, "mms_connection": links.filter(kind__in=MMS_KINDS)}
    for name, rows in offered.items():
        field = form.fields.get(name)
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = rows
