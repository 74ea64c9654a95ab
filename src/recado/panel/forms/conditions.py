"""When and for whom something acts, as fields: for rules and for autoresponders alike.

What belongs here: fields of conditions and their way into `RuleTerms`. What does not: what acts (`rule`, `autoresponder`), checks of the
terms together (`apps.keywords.rules`).
"""

import re
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recado.apps.accounts.models import Account
from recado.apps.contacts.models import Group
from recado.apps.contacts.queries import group_names_of
from recado.apps.keywords.errors import RuleRefusal, RuleRefusedError
from recado.apps.keywords.rules import LONGEST_PHONE, LONGEST_PREFIXES, RuleTerms
from recado.core.condition import Condition, Days, Occasion, OfficeHours, Standing
from recado.panel.forms.days import DAY, PERIOD, midnight
from recado.panel.forms.money import MoneyField
from recado.panel.forms.styled import StyledForm

CLOCK = forms.TimeInput({"type": "time"}, "%H:%M")
REFUSALS = {
    RuleRefusal.PERIOD: gettext_lazy("The end must come after the start."),
    RuleRefusal.HOURS: gettext_lazy("The hours end when they begin. Leave both empty for the whole day."),
    RuleRefusal.GROUPS: gettext_lazy("Nobody is in a group and not in it. Choose different groups."),
    RuleRefusal.PREFIXES: gettext_lazy("Write beginnings of phone numbers with the country code, such as +48 600, +48 601."),
    RuleRefusal.CEILING: gettext_lazy("Write an amount such as 0,09: at most two digits after the comma."),
    RuleRefusal.PLACEHOLDER: gettext_lazy("The reply names something that nothing is filled in for. Leave out the braces."),
    RuleRefusal.NO_CODE: gettext_lazy("Write {code} where the code is to stand in the reply. Without it nobody learns their code."),
    RuleRefusal.AGE_ON_SHARED: gettext_lazy(
        "This contest asks people how old they are. On a shared number their answer would not reach you, so use a number of your own."
    ),
    RuleRefusal.AGE_AND_CODE: gettext_lazy(
        "This contest asks people how old they are, so a code would have to wait for the answer. Give codes by a keyword of their own."
    ),
    RuleRefusal.LAST: gettext_lazy("A keyword keeps at least one rule. Change this one instead, or end the keyword."),
}
FIELDS = {
    RuleRefusal.PERIOD: "ends_on",
    RuleRefusal.HOURS: "until_time",
    RuleRefusal.GROUPS: "not_in_group",
    RuleRefusal.PREFIXES: "sender_prefixes",
    RuleRefusal.CEILING: "daily_ceiling",
    RuleRefusal.PLACEHOLDER: "reply",
    RuleRefusal.NO_CODE: "reply",
    RuleRefusal.AGE_ON_SHARED: "activities",
    RuleRefusal.AGE_AND_CODE: "activities",
}
_WRITING = re.compile(r"[\s().\-/]+")


class ConditionForm(StyledForm):
    """Fields that restrict; a form built on it has an `account` and calls `offer_groups`."""

    account: Account

    starts_on = forms.DateField(label=gettext_lazy("From"), required=False, widget=DAY, validators=PERIOD)
    ends_on = forms.DateField(label=gettext_lazy("Until, this day included"), required=False, widget=DAY, validators=PERIOD)
    office_hours = forms.ChoiceField(
        label=gettext_lazy("Working hours"),
        choices=[
            (OfficeHours.ANY.value, gettext_lazy("Whether we are open or closed")),
            (OfficeHours.OPEN.value, gettext_lazy("Only while we are open")),
            (OfficeHours.CLOSED.value, gettext_lazy("Only while we are closed")),
        ],
        required=False,
    )
    weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("Weekdays"),
        choices=[(str(number + 1), name) for number, name in WEEKDAYS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked: every day."),
    )
    from_time = forms.TimeField(label=gettext_lazy("From this time on"), required=False, widget=CLOCK)
    until_time = forms.TimeField(
        label=gettext_lazy("Until this time"),
        required=False,
        widget=CLOCK,
        help_text=gettext_lazy("An end before the beginning is on the next day: 22:00 until 6:00 is one night."),
    )
    days = forms.ChoiceField(
        label=gettext_lazy("Days off"),
        choices=[
            (Days.ANY.value, gettext_lazy("On all days")),
            (Days.WORKING.value, gettext_lazy("Not on days off")),
            (Days.OFF.value, gettext_lazy("On days off only")),
        ],
        required=False,
    )
    in_group = forms.ModelChoiceField(
        Group.objects.none(), label=gettext_lazy("Only members of"), required=False, empty_label=gettext_lazy("Everybody")
    )
    not_in_group = forms.ModelChoiceField(
        Group.objects.none(), label=gettext_lazy("Not for members of"), required=False, empty_label=gettext_lazy("Nobody is left out")
    )
    occasion = forms.ChoiceField(
        label=gettext_lazy("First time or again"),
        choices=[
            (Occasion.ANY.value, gettext_lazy("Every time")),
            (Occasion.FIRST.value, gettext_lazy("The first time only")),
            (Occasion.AGAIN.value, gettext_lazy("Only people who wrote before")),
        ],
        required=False,
    )
    standing = forms.ChoiceField(
        label=gettext_lazy("Opted out or not"),
        choices=[
            (Standing.ANY.value, gettext_lazy("Whether they opted out or not")),
            (Standing.IN.value, gettext_lazy("Only people who did not opt out")),
            (Standing.OPTED_OUT.value, gettext_lazy("Only people who opted out (STOP)")),
        ],
        required=False,
    )
    sender_prefixes = forms.CharField(
        label=gettext_lazy("Only phones that begin with"),
        max_length=LONGEST_PREFIXES * 2,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        help_text=gettext_lazy("With the country code, with commas between: +48 600, +48 601."),
    )
    daily_ceiling = MoneyField(
        required=False,
        label=gettext_lazy("Most its answers may cost a day, zł"),
        help_text=gettext_lazy("Beyond it nobody is answered until midnight. Left empty, it is 50 zł."),
    )

    def clean_sender_prefixes(self) -> tuple[str, ...]:
        """Return digits alone; a country code is what tells beginnings apart from short codes and local numbers."""
        given = [_WRITING.sub("", part) for part in re.split(r"[,;\n]", self.cleaned_data["sender_prefixes"])]
        return tuple(dict.fromkeys(_prefix(part) for part in given if part))

    def offer_groups(self) -> None:
        """Let the account's groups be chosen."""
        for name in ("in_group", "not_in_group"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # tells the type checker, not the user
            field.queryset = group_names_of(self.account)

    def terms_with(self, *, priority: int, is_enabled: bool) -> RuleTerms:
        """Return when and for whom it must act."""
        given = self.cleaned_data
        condition = Condition(
            frozenset(map(int, given["weekdays"])),
            given["from_time"],
            given["until_time"],
            Days(given["days"] or Days.ANY),
            given["in_group"].pk if given["in_group"] else None,
            given["not_in_group"].pk if given["not_in_group"] else None,
            Occasion(given["occasion"] or Occasion.ANY),
            given["sender_prefixes"],
            OfficeHours(given["office_hours"] or OfficeHours.ANY),
            Standing(given["standing"] or Standing.ANY),
        )
        period = midnight(given["starts_on"]), midnight(given["ends_on"], timedelta(days=1))
        return RuleTerms(priority, is_enabled, *period, condition, given["daily_ceiling"])

    def refuse(self, error: RuleRefusedError) -> None:
        """Show why it could not be saved."""
        self.add_error(FIELDS.get(error.reason), str(REFUSALS[error.reason]))

    def is_timed(self) -> bool:
        """Say whether a field about times is filled in or wrong, so that they are shown."""
        return self._shows("starts_on", "ends_on", "weekdays", "from_time", "until_time") or self._chooses("days", "office_hours")

    def is_personal(self) -> bool:
        """Say whether a field about people is filled in or wrong, so that they are shown."""
        return self._shows("in_group", "not_in_group", "sender_prefixes") or self._chooses("occasion", "standing")

    def is_limited(self) -> bool:
        """Say the same of what it may cost."""
        return self._shows("daily_ceiling")

    def _shows(self, *names: str) -> bool:
        return any(self[name].value() or self[name].errors for name in names)

    def _chooses(self, *names: str) -> bool:
        return any(self[name].value() not in {None, "", "any"} for name in names)


def _prefix(written: str) -> str:
    international = written.removeprefix("+") if written.startswith("+") else written.removeprefix("00")
    is_whole = international != written or written.startswith("48")
    if not is_whole or not international.isascii() or not international.isdecimal() or len(international) > LONGEST_PHONE:
        raise forms.ValidationError(_("Write beginnings of phone numbers with the country code, such as +48 600, +48 601."))
    return international


def terms_initial(terms: RuleTerms) -> dict[str, Any]:
    """Return what the fields show of terms."""
    condition = terms.condition
    return {
        "is_enabled": terms.is_enabled,
        "starts_on": terms.starts_at and timezone.localdate(terms.starts_at),
        "ends_on": terms.ends_at and last_day_of(terms.ends_at),
        "weekdays": [str(day) for day in sorted(condition.weekdays)],
        "from_time": condition.from_time,
        "until_time": condition.until_time,
        "days": condition.days.value,
        "in_group": condition.in_group_id,
        "not_in_group": condition.not_in_group_id,
        "occasion": condition.occasion.value,
        "sender_prefixes": ", ".join(f"+{prefix}" for prefix in condition.sender_prefixes),
        "office_hours": condition.office_hours.value,
        "standing": condition.standing.value,
        "daily_ceiling": terms.daily_ceiling,
    }


def last_day_of(ends_at: Any) -> Any:
    """Return the last day, on the reader's calendar, on which something holds that ends at this moment."""
    return timezone.localdate(ends_at - timedelta(seconds=1))
