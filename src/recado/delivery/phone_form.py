"""Messages whose phones a URL wants in a form of its own.

What belongs here: joining the form to what a template is filled with. What does not: the forms (`core.phone_form`), templates (`macros`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from recado.core.phone_form import PhoneForm, in_form
from recado.delivery.macros import Forwarded

_PHONES = ("NUMER", "NUMEROD", "NUMERDO")


@dataclass(frozen=True, slots=True)
class ForwardedInForm(Forwarded):
    """A message for a template that writes phones in a form of its own."""

    phone_form: str = PhoneForm.DIGITS.value

    def macros(self) -> Mapping[str, str]:
        """Return the value of every macro, phones in the form."""
        known = Forwarded.macros(self)  # a class with slots knows no `super()`
        return {name: in_form(value, self.phone_form) if name in _PHONES else value for name, value in known.items()}
