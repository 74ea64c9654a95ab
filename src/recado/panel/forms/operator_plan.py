"""Forms of the operator about plans: making one, its cells, quotas and terms of payment; the plan and the limit of a customer.

What belongs here: fields and the sentences for refusals. What does not: what a plan may change (`core.plan`), saving (`apps.plans`), price
lists (`price_list`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from recado.apps.plans.errors import PlanChangeError, PlanRefusal
from recado.apps.plans.models import Plan
from recado.core.number import CAPABILITIES, NumberKind
from recado.core.plan import QUOTA_KINDS, STANDARD_QUOTA, SWITCHES, Overrides, capabilities_of, is_fixed, read_overrides, read_quotas
from recado.panel.forms.money import MoneyField
from recado.panel.forms.styled import StyledForm
from recado.panel.number_words import CAPABILITY_NAMES, KINDS

REFUSALS = {
    PlanRefusal.NO_NAME: _("A plan needs a name."),
    PlanRefusal.NAME_TAKEN: _("There is a plan of this name already."),
    PlanRefusal.IS_DEFAULT: _("This is everybody's plan who has no other. It cannot be removed."),
    PlanRefusal.IN_USE: _("Customers are on this plan. Put them on another one first."),
    PlanRefusal.WAS_IN_USE: _("Customers were on this plan, and their bills are made from it: it stays. You can rename it."),
    PlanRefusal.NOT_PREPAID: _("These numbers cannot be paid in advance. Release them first, or choose a plan that is paid by invoice."),
    PlanRefusal.BEGUN: _("This list has begun and never changes. Make a new one with a later first day."),
    PlanRefusal.TOO_EARLY: _("Customers are on this plan: a list begins tomorrow at the earliest, so that they can know before."),
    PlanRefusal.DAY_TAKEN: _("Another list of this plan begins on that day. Change that one, or choose another day."),
    PlanRefusal.PACKAGE_IN_USE: _("Customers have packages that this list does not name. Keep them, or move the customers first."),
}
MOST = 100_000


def refusal(error: PlanChangeError) -> str:
    """Say why a plan cannot be changed, and what stands in the way."""
    words = str(REFUSALS[error.reason])
    if not error.named:
        return words
    return gettext("%(why)s It is about: %(names)s.") % {"why": words, "names": ", ".join(error.named)}


class PlanNameForm(StyledForm):
    """A new plan."""

    name = forms.CharField(label=_("Name of the plan"), max_length=80)


@dataclass(frozen=True, slots=True)
class Switch:
    """One cell of the matrix."""

    field: Any
    """None where no plan can change it."""
    abbreviation: str
    shipped: bool
    """What the table says."""
    is_changed: bool


class PlanForm(PlanNameForm):
    """The whole matrix as switches, a quota for each shared kind, and how it is paid."""

    is_prepaid = forms.BooleanField(
        label=_("Paid in advance"),
        required=False,
        help_text=_(
            "Customers on it pay before they send: nothing leaves once their credit is used up, and they get only kinds of number whose "
            "row says “Can be paid in advance”."
        ),
    )
    credit_limit = MoneyField(
        label=_("Credit limit"),
        required=False,
        help_text=_("In zł net. How much each customer who pays by invoice may owe before nothing is sent any more. Empty: any amount."),
    )

    def __init__(self, plan: Plan, *args: Any, **kwargs: Any) -> None:
        self.plan, overrides, quotas = plan, read_overrides(plan.overrides), read_quotas(plan.keyword_quotas)
        kwargs["initial"] = {"name": plan.name, "is_prepaid": plan.is_prepaid, "credit_limit": plan.credit_limit}
        super().__init__(*args, **kwargs)
        for kind, column in _cells():
            can = getattr(capabilities_of(kind, overrides), column)
            label = f"{CAPABILITY_NAMES[column]}, {CAPABILITIES[kind].abbreviation}"
            self.fields[_cell_name(kind, column)] = forms.BooleanField(
                label=label, required=False, initial=can, widget=forms.CheckboxInput(attrs={"aria-label": label})
            )
        for kind in QUOTA_KINDS:
            self.fields[_quota_name(kind)] = forms.IntegerField(
                label=KINDS[kind],
                required=False,
                min_value=0,
                max_value=MOST,
                initial=quotas.get(kind, STANDARD_QUOTA),
                widget=forms.NumberInput(attrs={"class": "c-input"}),
            )

    def matrix(self) -> list[tuple[str, list[Switch]]]:
        """Return the rows to draw: the name of what can be done, and a cell for each kind."""
        return [(str(CAPABILITY_NAMES[column]), [self._switch(kind, column) for kind in NumberKind]) for column in SWITCHES]

    def quota_fields(self) -> list[Any]:
        """Return the fields of the quotas."""
        return [self[_quota_name(kind)] for kind in QUOTA_KINDS]

    def overrides(self) -> Overrides:
        """Return the cells that differ from the table."""
        wanted = {(kind, column): bool(self.cleaned_data[_cell_name(kind, column)]) for kind, column in _cells()}
        return {cell: can for cell, can in wanted.items() if can is not getattr(CAPABILITIES[cell[0]], cell[1])}

    def quotas(self) -> dict[NumberKind, int | None]:
        """Return how many keywords are included; an empty field means as many as they like."""
        return {kind: self.cleaned_data[_quota_name(kind)] for kind in QUOTA_KINDS}

    def _switch(self, kind: NumberKind, column: str) -> Switch:
        shipped, name = getattr(CAPABILITIES[kind], column), _cell_name(kind, column)
        if name not in self.fields:
            return Switch(None, CAPABILITIES[kind].abbreviation, shipped, is_changed=False)
        field = self[name]
        return Switch(field, CAPABILITIES[kind].abbreviation, shipped, is_changed=bool(field.value()) is not shipped)


class AccountPlanForm(StyledForm):
    """Which plan a customer is on."""

    plan = forms.ModelChoiceField(Plan.objects.none(), label=_("Plan"), empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["plan"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # tells the type checker, not the user
        field.queryset = Plan.objects.order_by("-is_default", "name")


class OwnLimitForm(StyledForm):
    """How much one customer may owe where that is not what the plan says."""

    own_limit = MoneyField(
        label=_("Own credit limit"),
        required=False,
        help_text=_("In zł net. How much this customer may owe before nothing is sent any more. Empty: as the plan says."),
    )


def _cells() -> Iterator[tuple[NumberKind, str]]:
    """Yield the cells a plan can change."""
    return ((kind, column) for column in SWITCHES for kind in NumberKind if not is_fixed(kind, column))


def _cell_name(kind: NumberKind, column: str) -> str:
    return f"{kind.value}.{column}"


def _quota_name(kind: NumberKind) -> str:
    return f"quota.{kind.value}"
