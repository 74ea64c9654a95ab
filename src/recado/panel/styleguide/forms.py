"""Sample forms: every kind of field in every state.

What belongs here: fields with sample values. What does not: anything that is sent anywhere.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account
from recado.panel.forms.company import HoursForm
from recado.panel.forms.simulated import SimulatedTextForm
from recado.panel.forms.styled import StyledForm

GROUPS = [("", _("No group")), ("1", "Newsletter ogrodniczy")]
CLOCK = forms.TimeInput({"type": "time"}, "%H:%M")
HOURS = {"mon": ["09:00", "17:00"], "tue": ["09:00", "17:00"], "sat": ["10:00", "14:00"]}


class SampleForm(StyledForm):
    """One field of each kind; bound to wrong values, so that errors are seen."""

    name = forms.CharField(label=_("Name"), max_length=40, help_text=_("Shown to your team only."))
    email = forms.EmailField(label=_("E-mail"))
    text = forms.CharField(label=_("Text"), widget=forms.Textarea, required=False)
    group = forms.ChoiceField(label=_("Group"), choices=GROUPS, required=False)
    since = forms.DateField(label=_("Day"), widget=forms.DateInput({"type": "date"}), required=False)
    clock = forms.TimeField(label=_("Time"), widget=CLOCK, required=False)
    closed = forms.CharField(label=_("Disabled"), initial="Kwiaciarnia Róża", disabled=True, required=False)
    fixed = forms.CharField(label=_("Read-only"), widget=forms.TextInput({"readonly": True}), required=False)
    agrees = forms.BooleanField(label=_("A short sound"), required=False, help_text=_("While the panel is open."))
    method = forms.ChoiceField(label=_("Method"), choices=[("GET", "GET"), ("POST", "POST")], widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="sample_%s", **kwargs)


def sample_form() -> SampleForm:
    """Return the form as it comes back with one error."""
    given = {"name": "Hanna", "email": "hanna at example", "text": "Dzień dobry", "fixed": "48664200300", "agrees": "on", "method": "GET"}
    form = SampleForm(given)
    form.full_clean()
    return form


def sample_hours() -> HoursForm:
    """Return the hours of a week with days off."""
    return HoursForm(Account(name="Kwiaciarnia Róża", working_hours=HOURS))


def sample_phone_form() -> SimulatedTextForm:
    """Return the line of the simulated phone."""
    return SimulatedTextForm(Account(pk=0), initial={"text": "Ogrodnik"}, has_focus=False)
