"""Forms of the operator about a customer's order: which number it gets, or why none.

What belongs here: fields. What does not: what is allowed (`apps.orders`).
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from recado.apps.numbers.models import Number
from recado.apps.orders.models import NumberOrder
from recado.apps.orders.queries import for_order
from recado.panel.forms.styled import StyledForm
from recado.panel.templatetags.recado import own_number


class NumberOfOrder(forms.ModelChoiceField):  # type: ignore[type-arg]  # no type arguments at run time
    """A number as people write it."""

    def label_from_instance(self, obj: Any) -> str:
        """Write the number as on a poster, with its label."""
        return " · ".join(filter(None, (own_number(obj.digits), obj.label)))


class AssignOrderForm(StyledForm):
    """The number the customer gets."""

    number = NumberOfOrder(Number.objects.none(), label=_("Number"), empty_label=_("Choose a number"))

    def __init__(self, order: NumberOrder, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"number": order.number_id})
        super().__init__(*args, **kwargs)
        field = self.fields["number"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # tells the type checker, not the user
        field.queryset = for_order(order)


class RefuseOrderForm(StyledForm):
    """Why the customer does not get one."""

    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("The customer reads it."), widget=forms.Textarea(attrs={"rows": 2})
    )
