"""A field for an amount of money, written with a comma as people do: `0,09`.

What belongs here: reading and writing it. What does not: what it is the price of.
"""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MINOR_UNITS = 100
WRITTEN = re.compile(r"(?a:(\d{1,5})(?:[,.](\d{1,2}))?(?:\s*zł)?)")
SUM_WRITTEN = re.compile(r"(?a:(\d{1,9})(?:[,.](\d{1,2}))?(?:\s*zł)?)")


class MoneyField(forms.Field):
    """Whole minor units; 9 is written `0,09`."""

    default_error_messages = {"invalid": _("Write an amount such as 0,09: at most two digits after the comma.")}  # noqa: RUF012  # Django's shape
    written = WRITTEN
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        """Read what was written; nothing is None."""
        if value in self.empty_values:
            return None
        found = self.written.fullmatch(str(value).strip())
        if found is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(found[1]) * MINOR_UNITS + int((found[2] or "0").ljust(2, "0"))

    def prepare_value(self, value: Any) -> Any:
        """Write minor units; what was typed stays as it is."""
        return f"{value // MINOR_UNITS},{value % MINOR_UNITS:02}" if isinstance(value, int) else value


class SumField(MoneyField):
    """An amount that may be large: what is paid in, or stands on an invoice."""

    written = SUM_WRITTEN
