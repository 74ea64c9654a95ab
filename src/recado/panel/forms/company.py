"""The forms of the company: its data, its hours, its days off, its quiet hours.

What belongs here: fields and their checks. What does not: saving (`apps.accounts.company`).
"""

from collections.abc import Iterator
from datetime import time
from typing import Any

from django import forms
from django.conf import settings
from django.forms.boundfield import BoundField
from django.utils.dates import WEEKDAYS as DAY_NAMES
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recado.apps.accounts.company import CompanyError, CompanyRefusal, check_hours, check_quiet_hours, company_data
from recado.apps.accounts.models import Account
from recado.apps.accounts.tax_number import parse_nip
from recado.apps.accounts.working_hours import WEEKDAYS, Hours, from_json
from recado.panel.forms.days import DAY, PERIOD
from recado.panel.forms.styled import StyledForm
from recado.panel.forms.zones import zone_choices

CLOCK = {"type": "time"}
REFUSALS = {
    CompanyRefusal.ONE_END_ONLY: gettext_lazy("Give both times, or none for no quiet hours."),
    CompanyRefusal.ALL_DAY: gettext_lazy("It would be quiet all day. Choose another time, or leave both empty."),
}


def _text(label: Any, length: int, autocomplete: str, **options: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=length, required=options.pop("required", False), widget=widget, **options)


class CompanyForm(StyledForm):
    """Name, language, time zone and what invoices say."""

    name = _text(gettext_lazy("Name in the panel"), 120, "off", required=True)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=settings.LANGUAGES, help_text=gettext_lazy("For everybody who has not chosen their own.")
    )
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), help_text=gettext_lazy("Days and hours of rules and reports follow it."))
    company = _text(gettext_lazy("Company name on invoices"), 160, "organization")
    tax_id = _text(gettext_lazy("NIP (tax number)"), 20, "off", help_text=gettext_lazy("Ten digits; hyphens do not matter."))
    address = _text(gettext_lazy("Street and number"), 200, "street-address")
    postcode = _text(gettext_lazy("Postcode"), 16, "postal-code")
    city = _text(gettext_lazy("City"), 80, "address-level2")

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial=company_data(account), **kwargs)
        zones = self.fields["time_zone"]
        assert isinstance(zones, forms.ChoiceField)  # noqa: S101  # tells the type checker, not the user
        zones.choices = zone_choices(account.time_zone)

    def clean_tax_id(self) -> str:
        """Return the ten digits; refuse a number whose check digit is wrong."""
        written = self.cleaned_data["tax_id"]
        digits = parse_nip(written) if written else ""
        if digits is None:
            raise forms.ValidationError(
                _("This is not a valid NIP: its check digit does not fit. Compare it with the company's documents.")
            )
        return digits


class HoursForm(StyledForm):
    """When the company is open on each weekday, and whether public holidays are days off."""

    keeps_public_holidays = forms.BooleanField(label=gettext_lazy("Closed on Polish public holidays"), required=False)

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        hours = from_json(account.working_hours)
        super().__init__(*args, initial={"keeps_public_holidays": account.keeps_public_holidays, **_initial(hours)}, **kwargs)
        for number, day in enumerate(WEEKDAYS):
            name = DAY_NAMES[number]
            self.fields[f"{day}_open"] = forms.BooleanField(label=name, required=False)
            self.fields[f"{day}_from"] = self._clock(gettext_lazy("%(day)s, opens at"), name)
            self.fields[f"{day}_until"] = self._clock(gettext_lazy("%(day)s, closes at"), name)

    @staticmethod
    def _clock(label: Any, name: Any) -> forms.TimeField:
        widget = forms.TimeInput({**CLOCK, "class": "c-input"}, "%H:%M")
        return forms.TimeField(label=label % {"day": name}, required=False, widget=widget)

    def days(self) -> Iterator[tuple[BoundField, BoundField, BoundField]]:
        """Yield for each weekday whether it is open, from and until when."""
        for day in WEEKDAYS:
            yield self[f"{day}_open"], self[f"{day}_from"], self[f"{day}_until"]

    def clean(self) -> dict[str, Any]:
        """Refuse an open day without hours, and hours that end before they begin."""
        given = self.cleaned_data
        for day in WEEKDAYS:
            opens, closes = given.get(f"{day}_from"), given.get(f"{day}_until")
            if not given.get(f"{day}_open") or self.errors.keys() & {f"{day}_from", f"{day}_until"}:
                continue
            if opens is None or closes is None:
                self.add_error(f"{day}_from" if opens is None else f"{day}_until", _("Say when, or mark the day as closed."))
            else:
                self._check(day, opens, closes)
        return given

    def _check(self, day: str, opens: time, closes: time) -> None:
        try:
            check_hours({day: (opens, closes)})
        except CompanyError:
            self.add_error(f"{day}_until", _("Closing comes after opening; midnight is 00:00."))

    def hours(self) -> Hours:
        """Return the hours as the service takes them."""
        given = self.cleaned_data
        return {day: (given[f"{day}_from"], given[f"{day}_until"]) for day in WEEKDAYS if given[f"{day}_open"]}


class DayOffForm(StyledForm):
    """One more day on which the company is closed."""

    day = forms.DateField(label=gettext_lazy("Day off"), widget=DAY, validators=PERIOD)


class QuietHoursForm(StyledForm):
    """Between which times of day people are left alone; both or none."""

    quiet_from = forms.TimeField(label=gettext_lazy("Quiet from"), required=False, widget=forms.TimeInput(CLOCK, "%H:%M"))
    quiet_until = forms.TimeField(label=gettext_lazy("Quiet until"), required=False, widget=forms.TimeInput(CLOCK, "%H:%M"))

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"quiet_from": account.quiet_from, "quiet_until": account.quiet_until}, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Refuse one end without the other, and a night without an end."""
        begins, ends = self.cleaned_data.get("quiet_from"), self.cleaned_data.get("quiet_until")
        if self.errors:
            return self.cleaned_data
        try:
            check_quiet_hours(begins, ends)
        except CompanyError as error:
            self.add_error(error.field, REFUSALS[error.reason])
        return self.cleaned_data


def _initial(hours: Hours) -> dict[str, Any]:
    usual = next(iter(hours.values()), (time(9), time(17)))
    initial: dict[str, Any] = {}
    for day in WEEKDAYS:
        opens, closes = hours.get(day, usual)
        initial |= {f"{day}_open": day in hours, f"{day}_from": opens, f"{day}_until": closes}
    return initial
