"""Forms about deliveries: narrowing their list, delivering many again, a sample to try with.

What belongs here: fields. What does not: which deliveries there are (`apps.outbox.deliveries`), doing it (`apps.outbox.redelivery`).
"""

from datetime import datetime, timedelta

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recado.apps.contacts.phone import parse_msisdn
from recado.apps.outbox.destinations import DestinationUrlError, check_url
from recado.apps.outbox.standing import DeliveryState
from recado.panel.forms.days import DAY, midnight
from recado.panel.forms.styled import StyledForm
from recado.panel.forwards.words import DELIVERY_STATES

ONLY_FAILED, EVERYTHING = "failed", "all"
STATES = (DeliveryState.DELIVERED, DeliveryState.WAITING, DeliveryState.FAILED, DeliveryState.GIVEN_UP)
MOMENT = "%Y-%m-%dT%H:%M"


class DeliveryFilterForm(StyledForm):
    """What to narrow the list to; a field that makes no sense narrows nothing."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[("", gettext_lazy("All states")), *((state, DELIVERY_STATES[state][2]) for state in STATES)],
    )
    phone = forms.CharField(label=gettext_lazy("Phone"), required=False, max_length=40)
    since = forms.DateField(label=gettext_lazy("From"), required=False, widget=DAY)
    until = forms.DateField(label=gettext_lazy("To"), required=False, widget=DAY)

    def clean_phone(self) -> str:
        """Read the phone as people write it."""
        written: str = self.cleaned_data["phone"].strip()
        return parse_msisdn(written) or "".join(filter(str.isdecimal, written))

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is asked for."""
        return any(self.data.get(name) for name in self.fields)

    def wanted(self) -> tuple[str, datetime | None, datetime | None, str]:
        """Return state, beginning, end and phone that are asked for."""
        self.is_valid()
        given = self.cleaned_data
        since, until = midnight(given.get("since")), midnight(given.get("until"), timedelta(days=1))
        return given.get("state", ""), since, until, given.get("phone", "")


class AgainForm(StyledForm):
    """Which deliveries are to be made once more, and where to."""

    which = forms.ChoiceField(
        label=gettext_lazy("Which"),
        choices=[(ONLY_FAILED, gettext_lazy("Only those that were given up")), (EVERYTHING, gettext_lazy("All, delivered ones too"))],
    )
    since = forms.DateTimeField(label=gettext_lazy("Since"), widget=forms.DateTimeInput({"type": "datetime-local"}, MOMENT))
    until = forms.DateTimeField(
        label=gettext_lazy("Until"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, MOMENT),
        help_text=gettext_lazy("Leave it empty for now."),
    )
    url = forms.CharField(
        label=gettext_lazy("To another address"),
        required=False,
        max_length=2000,
        widget=forms.URLInput({"inputmode": "url", "autocomplete": "off"}),
        help_text=gettext_lazy("Leave it empty to deliver where they were meant to go."),
    )

    def clean_url(self) -> str:
        """Refuse an address nothing can be sent to."""
        return read_url(self.cleaned_data["url"])

    def clean(self) -> None:
        """Refuse a time that ends before it begins."""
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until <= since:
            self.add_error("until", _("It must end after it begins."))


class SampleForm(StyledForm):
    """A message nobody sent, to try a place out."""

    sender = forms.CharField(label=gettext_lazy("From the phone"), max_length=40)
    text = forms.CharField(label=gettext_lazy("Text"), max_length=1530, widget=forms.Textarea({"rows": 2}))
    has_picture = forms.BooleanField(label=gettext_lazy("As an MMS, with a picture"), required=False)

    def clean_sender(self) -> str:
        """Read the phone as people write it."""
        found = parse_msisdn(self.cleaned_data["sender"])
        if found is None:
            raise forms.ValidationError(_("Write a phone number such as 604 218 377, or one with + and the code of its country."))
        return found


def read_url(written: str) -> str:
    """Read an address that may be left out; raise ValidationError where nothing can be sent to it."""
    try:
        return check_url(written) if written.strip() else ""
    except DestinationUrlError:
        raise forms.ValidationError(_("Write a full address that begins with http:// or https:// and has no spaces.")) from None
