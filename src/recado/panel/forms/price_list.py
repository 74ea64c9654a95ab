"""The form of a price list: its first day, what each segment costs, what numbers and packages of keywords cost.

What belongs here: fields and reading them. What does not: which days are possible (`apps.plans.price_lists`), what fees may be
(`core.fees`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recado.apps.plans.errors import PlanChangeError, PlanRefusal
from recado.core.fees import (
    FEE_KINDS,
    LONGEST_NAME,
    MOST_KEYWORDS,
    MOST_PACKAGES,
    FeeError,
    FeeProblem,
    Fees,
    Package,
    checked,
    packages_of,
)
from recado.core.number import CAPABILITIES, NumberKind
from recado.core.price import STANDARD_PRICES, Service
from recado.panel.forms.days import DAY
from recado.panel.forms.money import MoneyField
from recado.panel.forms.operator_plan import REFUSALS, refusal
from recado.panel.forms.styled import StyledForm
from recado.panel.number_words import short_name
from recado.panel.price_words import SERVICES
from recado.panel.templatetags.formats import calendar_day, money

PARTS = ("name", "count", "installation", "monthly")
SPARE_ROWS = 2
"""Empty rows below the packages there are."""
PROBLEMS = {
    FeeProblem.SHAPE: gettext_lazy("These fees cannot be read. Write them again."),
    FeeProblem.KIND: gettext_lazy("There are no fees for this kind of number."),
    FeeProblem.NAME: gettext_lazy("Name the package, in at most 40 characters, or leave the whole row empty."),
    FeeProblem.TWICE: gettext_lazy("Two packages of this kind have the same name. Name one of them otherwise."),
    FeeProblem.COUNT: gettext_lazy("Write how many keywords the package includes, or nothing for as many as they like."),
    FeeProblem.AMOUNT: gettext_lazy("A fee is an amount such as 49,00."),
    FeeProblem.TOO_MANY: gettext_lazy("A kind has at most 12 packages."),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table of fees."""

    label: str
    name: Any
    """The field; None on own numbers, whose one package needs no name."""
    count: Any
    installation: Any
    monthly: Any


class PriceListForm(StyledForm):
    """A price list, new or not begun yet."""

    first_day = forms.DateField(label=gettext_lazy("First day"), widget=DAY)

    def __init__(self, day: date, prices: Mapping[Service, int], fees: Fees, data: Any = None, *, earliest: date) -> None:
        super().__init__(data, initial={"first_day": day})
        self.earliest, self._rows = earliest, {kind: packages_of(fees, kind) for kind in FEE_KINDS}
        self.fields["first_day"].help_text = _("It begins at midnight. The earliest possible day is %(day)s.") % {
            "day": calendar_day(earliest)
        }
        self.fields["first_day"].widget.attrs.update({"min": earliest.isoformat(), "class": "c-input"})
        for service, words in SERVICES.items():
            standard = _("Empty: the standard price, %(price)s.") % {"price": money(STANDARD_PRICES[service])}
            self._money(f"price.{service.value}", str(words), prices.get(service), standard)
        self._lengths = {kind: self._length(kind, data) for kind in FEE_KINDS}
        for kind in FEE_KINDS:
            self._add_rows(kind)

    def price_fields(self) -> list[Any]:
        """Return the fields of the prices."""
        return [self[f"price.{service.value}"] for service in SERVICES]

    def fee_tables(self) -> list[tuple[str, bool, list[Row]]]:
        """Return what to draw for each kind: its name, whether it has packages, its rows."""
        return [
            (short_name(kind), CAPABILITIES[kind].is_shared, [self._row(kind, index) for index in range(self._lengths[kind])])
            for kind in FEE_KINDS
        ]

    def clean_first_day(self) -> date:
        """Refuse a day that is too early, in the place where it is written."""
        day: date = self.cleaned_data["first_day"]
        if day < self.earliest:
            raise forms.ValidationError(str(REFUSALS[PlanRefusal.TOO_EARLY]))
        return day

    def clean(self) -> dict[str, Any]:
        """Check the fees as a whole."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            for kind in FEE_KINDS:
                self._check(kind)
        return given

    def prices(self) -> dict[Service, int]:
        """Return all prices; what was left empty has the standard price."""
        named = {service: self.cleaned_data[f"price.{service.value}"] for service in SERVICES}
        return {service: STANDARD_PRICES[service] if price is None else price for service, price in named.items()}

    def fees(self) -> Fees:
        """Return the packages that were filled in."""
        return checked(package for kind in FEE_KINDS for package in self._packages(kind))

    def refuse(self, error: PlanChangeError) -> None:
        """Show why the list cannot be saved."""
        self.add_error("first_day" if error.reason in {PlanRefusal.DAY_TAKEN, PlanRefusal.TOO_EARLY} else None, refusal(error))

    def _check(self, kind: NumberKind) -> None:
        for index in range(self._lengths[kind]):
            named, *rest = (self.cleaned_data.get(f"fee.{kind.value}.{index}.{part}") for part in PARTS)
            filled = any(value is not None for value in rest)
            if CAPABILITIES[kind].is_shared and filled and not named:
                self.add_error(f"fee.{kind.value}.{index}.name", str(PROBLEMS[FeeProblem.NAME]))
                return
        try:
            checked(self._packages(kind))
        except FeeError as error:
            first = f"fee.{kind.value}.0.{'name' if CAPABILITIES[kind].is_shared else 'installation'}"
            self.add_error(first, str(PROBLEMS[error.problem]))

    def _packages(self, kind: NumberKind) -> list[Package]:
        found = []
        for index in range(self._lengths[kind]):
            name, count, installation, monthly = (self.cleaned_data.get(f"fee.{kind.value}.{index}.{part}") for part in PARTS)
            if name or (not CAPABILITIES[kind].is_shared and (installation is not None or monthly is not None)):
                found.append(Package(kind, " ".join(name.split()) if name else "", count, installation or 0, monthly or 0))
        return found

    def _length(self, kind: NumberKind, data: Any) -> int:
        if not CAPABILITIES[kind].is_shared:
            return 1
        posted = sum(f"fee.{kind.value}.{index}.name" in data for index in range(MOST_PACKAGES)) if data else 0
        return min(MOST_PACKAGES, max(len(self._rows[kind]) + SPARE_ROWS, posted))

    def _add_rows(self, kind: NumberKind) -> None:
        rows, names = self._rows[kind], short_name(kind)
        for index in range(self._lengths[kind]):
            row = rows[index] if index < len(rows) else None
            place, value = _("%(kind)s, row %(row)s") % {"kind": names, "row": index + 1}, f"fee.{kind.value}.{index}"
            if CAPABILITIES[kind].is_shared:
                label = _("%(where)s: name of the package") % {"where": place}
                self._add(f"{value}.name", forms.CharField(label=label, required=False, max_length=LONGEST_NAME), row.name if row else None)
                label = _("%(where)s: keywords included") % {"where": place}
                count = forms.IntegerField(label=label, required=False, min_value=1, max_value=MOST_KEYWORDS)
                self._add(f"{value}.count", count, row.keyword_count if row else None)
            else:
                place = names
            self._money(
                f"{value}.installation", _("%(where)s: once, when it is set up") % {"where": place}, row.installation if row else None
            )
            self._money(f"{value}.monthly", _("%(where)s: each month") % {"where": place}, row.monthly if row else None)

    def _money(self, name: str, label: str, initial: int | None, help_text: str = "") -> None:
        self._add(name, MoneyField(label=label, required=False, help_text=help_text), initial)

    def _add(self, name: str, field: forms.Field, initial: Any) -> None:
        field.initial = initial
        field.widget.attrs["class"] = "c-input"
        if name.startswith("fee."):
            field.widget.attrs["aria-label"] = str(field.label)
        self.fields[name] = field

    def _row(self, kind: NumberKind, index: int) -> Row:
        value = f"fee.{kind.value}.{index}"
        is_shared = CAPABILITIES[kind].is_shared
        name, count = (self[f"{value}.name"], self[f"{value}.count"]) if is_shared else (None, None)
        return Row(short_name(kind), name, count, self[f"{value}.installation"], self[f"{value}.monthly"])
