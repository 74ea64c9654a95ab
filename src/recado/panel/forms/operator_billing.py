"""The operator's forms of billing: the month to compute, who sells, money paid in or adjusted, a correction, a payment.

What belongs here: fields and their checks. What does not: what becomes of them (`apps.billing`).
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recado.apps.accounts.tax_number import parse_nip
from recado.apps.billing.bank_account import parse_iban, written
from recado.apps.billing.corrections import CorrectionRefusal, nets_now
from recado.apps.billing.drafts import DraftWarning
from recado.apps.billing.models import BillingRun, Invoice, Seller
from recado.apps.billing.runs import RunRefusal
from recado.apps.billing.sellers import FIELDS
from recado.apps.plans.models import Plan
from recado.core.billing import month_of, previous_month
from recado.panel.forms.days import DAY, PERIOD
from recado.panel.forms.money import SumField
from recado.panel.forms.styled import StyledForm

RUN_REFUSALS = {
    RunRefusal.LOCKED: gettext_lazy("This month is posted and locked. Put mistakes right by a correcting invoice."),
    RunRefusal.NOT_OVER: gettext_lazy("The month is not over yet. Compute it again when it is, then post it."),
    RunRefusal.NO_SELLER: gettext_lazy("Say first who issues the invoices: name, NIP, address and bank account."),
    RunRefusal.EARLY_DRAFT: gettext_lazy("It was computed while the month was going on. Compute it again, look at it, then post it."),
    RunRefusal.EMPTY: gettext_lazy("There is nothing to invoice in this month."),
    RunRefusal.CHANGED: gettext_lazy("It was computed anew since you opened the page. Look at it again, then post it."),
    RunRefusal.INCOMPLETE: gettext_lazy(
        "It is being computed, or that was interrupted. Open the page again in a moment; if nothing changes, compute it again."
    ),
    RunRefusal.OVERTAKEN: gettext_lazy("Somebody else computed the month at the same time; that is what you see here."),
}
CORRECTION_REFUSALS = {
    CorrectionRefusal.NO_CHANGE: gettext_lazy("Change at least one amount: nothing differs from the invoice."),
    CorrectionRefusal.NO_REASON: gettext_lazy("Say why; the reason stands on the document."),
    CorrectionRefusal.IS_CORRECTION: gettext_lazy("Correct the invoice itself, not its correction."),
    CorrectionRefusal.BELOW_NOTHING: gettext_lazy("A line cannot be less than nothing."),
    CorrectionRefusal.NO_SELLER: gettext_lazy("Say first who issues the invoices: name, NIP, address and bank account."),
}
WARNINGS = {
    DraftWarning.NO_COMPANY: gettext_lazy(
        "No company name or address: the invoice goes to the name of the account. The customer writes them under Settings, Company."
    ),
    DraftWarning.NO_TAX_ID: gettext_lazy("No NIP. The customer writes it under Settings, Company; companies need it on the invoice."),
    DraftWarning.BAD_TAX_ID: gettext_lazy("The NIP is not valid."),
    DraftWarning.NO_FEE: gettext_lazy("Something is subscribed to that no price list has a fee for."),
    DraftWarning.OVER_CREDIT: gettext_lazy("The fees are more than the credit left: the balance falls below zero."),
}
MONTH = re.compile(r"(?a:(20\d\d)-(0[1-9]|1[0-2]))")
MOST_DAYS, MOST_RATE = 90, 99


def read_month(written_month: str) -> date | None:
    """Read `2026-11`."""
    found = MONTH.fullmatch(written_month)
    return date(int(found[1]), int(found[2]), 1) if found else None


class MonthForm(StyledForm):
    """Which month to compute; the one before this is offered, or this one where that is posted."""

    month = forms.CharField(label=gettext_lazy("Month"), widget=forms.TextInput({"type": "month", "placeholder": "2026-11"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        now = month_of(timezone.localdate())
        is_posted = BillingRun.objects.filter(month=previous_month(now)).exclude(state=BillingRun.State.DRAFT).exists()
        super().__init__(*args, initial={"month": f"{now if is_posted else previous_month(now):%Y-%m}"}, **kwargs)

    def clean_month(self) -> date:
        """Return its first day; refuse what is no month, or has not begun."""
        month = read_month(self.cleaned_data["month"].strip())
        if month is None or month > timezone.localdate():
            raise forms.ValidationError(_("Write a month that has begun, such as 2026-11."))
        return month


class SellerForm(StyledForm):
    """Who issues the invoices."""

    name = forms.CharField(label=gettext_lazy("Company name"), max_length=160)
    tax_id = forms.CharField(label=gettext_lazy("NIP (tax number)"), max_length=20)
    address = forms.CharField(label=gettext_lazy("Street and number"), max_length=200)
    postcode = forms.CharField(label=gettext_lazy("Postcode"), max_length=16)
    city = forms.CharField(label=gettext_lazy("City"), max_length=80)
    place = forms.CharField(label=gettext_lazy("Place of issue"), max_length=80)
    bank_account = forms.CharField(label=gettext_lazy("Bank account (IBAN)"), max_length=42)
    bank_name = forms.CharField(label=gettext_lazy("Bank"), max_length=80, required=False)
    payment_days = forms.IntegerField(label=gettext_lazy("Days to pay"), min_value=0, max_value=MOST_DAYS, initial=14)
    vat_rate = forms.IntegerField(label=gettext_lazy("VAT rate, percent"), min_value=0, max_value=MOST_RATE, initial=23)
    top_up_text = forms.CharField(
        label=gettext_lazy("How to top up"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Customers who pay in advance read it on their billing page."),
    )
    offered_plans = forms.ModelMultipleChoiceField(
        Plan.objects.none(),
        label=gettext_lazy("Plans customers may ask for"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("They see a preview of what would change; you change the plan on the account's page."),
    )

    def __init__(self, seller: Seller | None, *args: Any, **kwargs: Any) -> None:
        initial = {name: getattr(seller, name) for name in FIELDS} if seller else {}
        if seller:
            initial["bank_account"] = written(seller.bank_account)
            initial["offered_plans"] = seller.offered_plans.all()
        super().__init__(*args, initial=initial, **kwargs)
        field = self.fields["offered_plans"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101  # tells the type checker, not the user
        field.queryset = Plan.objects.order_by("-is_default", "name")

    def clean_tax_id(self) -> str:
        """Return the ten digits; refuse a number whose check digit is wrong."""
        digits = parse_nip(self.cleaned_data["tax_id"])
        if digits is None:
            raise forms.ValidationError(
                _("This is not a valid NIP: its check digit does not fit. Compare it with the company's documents.")
            )
        return digits

    def clean_bank_account(self) -> str:
        """Return the IBAN; refuse one whose check digits are wrong."""
        number = parse_iban(self.cleaned_data["bank_account"])
        if number is None:
            raise forms.ValidationError(_("This is not a valid account number: its check digits do not fit. Copy it from the bank's page."))
        return number


class TopUpForm(StyledForm):
    """What a customer paid in."""

    amount = SumField(label=gettext_lazy("Net amount, zł"), help_text=gettext_lazy("Without VAT: prices and balances are net."))
    note = forms.CharField(label=gettext_lazy("Note"), max_length=200, required=False)

    def clean_amount(self) -> int:
        """Refuse nothing."""
        amount: int = self.cleaned_data["amount"]
        if amount <= 0:
            raise forms.ValidationError(_("Write an amount above zero."))
        return amount


class AdjustForm(TopUpForm):
    """Money given or taken for another reason."""

    direction = forms.ChoiceField(
        label=gettext_lazy("What happens"),
        choices=[("give", gettext_lazy("The customer gets it")), ("take", gettext_lazy("The customer pays it"))],
    )
    note = forms.CharField(label=gettext_lazy("Reason"), max_length=200)

    def signed(self) -> int:
        """Return the amount, below zero where the customer pays."""
        amount: int = self.cleaned_data["amount"]
        return amount if self.cleaned_data["direction"] == "give" else -amount


class PaidForm(StyledForm):
    """When an invoice was paid."""

    paid_on = forms.DateField(label=gettext_lazy("Paid on"), widget=DAY, validators=PERIOD)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"paid_on": timezone.localdate()}, **kwargs)

    def clean_paid_on(self) -> date:
        """Refuse a day to come."""
        day: date = self.cleaned_data["paid_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day


class CorrectionForm(StyledForm):
    """What each line should have been, net, and why."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200, help_text=gettext_lazy("It stands on the document."))

    def __init__(self, invoice: Invoice, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lines = invoice.lines
        for place, net in enumerate(nets_now(invoice)):
            label = _("%(line)s: net, zł") % {"line": invoice.lines[place]["text"]}
            field = SumField(label=label, initial=net)
            field.widget.attrs["class"] = "c-input"
            self.fields[f"net_{place}"] = field

    def amounts(self) -> Iterator[BoundField]:
        """Yield the fields of the lines."""
        return (self[f"net_{place}"] for place in range(len(self._lines)))

    def right(self) -> dict[int, int]:
        """Return the net each line should have had."""
        return {place: self.cleaned_data[f"net_{place}"] for place in range(len(self._lines))}
