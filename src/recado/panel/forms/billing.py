"""The form of credit alerts.

What belongs here: fields and their checks. What does not: telling (`apps.billing.alerts`).
"""

from django.utils.translation import gettext_lazy as _

from recado.panel.forms.money import SumField
from recado.panel.forms.styled import StyledForm


class AlertsForm(StyledForm):
    """Up to three amounts; empty ones are none."""

    first = SumField(label=_("First amount, zł"), required=False)
    second = SumField(label=_("Second amount, zł"), required=False)
    third = SumField(label=_("Third amount, zł"), required=False)

    def amounts(self) -> list[int]:
        """Return the amounts, the greatest first."""
        return sorted({amount for amount in self.cleaned_data.values() if amount is not None}, reverse=True)
