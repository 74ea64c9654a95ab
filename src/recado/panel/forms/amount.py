"""A field for an amount of money: written as people do, kept in whole minor units.

What belongs here: reading and writing one. What does not: what things cost (`core.price`).
"""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from recado.panel.templatetags.formats import MINOR_UNITS

_WRITTEN = re.compile(r"(\d{1,7})(?:[.,](\d{1,2}))?")


class AmountField(forms.CharField):
    """`50`, `50,5` and `1 000.00 zł` are amounts; nothing at all is none."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_length", 20)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> int | None:
        """Return minor units; None where nothing is written."""
        written = "".join(str(super().clean(value) or "").split()).lower().removesuffix("zł").removesuffix("pln")
        if not written:
            return None
        found = _WRITTEN.fullmatch(written)
        if found is None:
            raise forms.ValidationError(_("Write an amount such as 50 or 49,90."))
        return int(found[1]) * MINOR_UNITS + int((found[2] or "0").ljust(2, "0"))

    def prepare_value(self, value: Any) -> Any:
        """Write stored minor units as people do; what somebody typed stays as it is."""
        if not isinstance(value, int):
            return value
        whole, rest = divmod(value, MINOR_UNITS)
        return f"{whole},{rest:02}" if rest else str(whole)
