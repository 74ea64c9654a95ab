"""Forms of an account about its numbers: the label and default rule of one, ordering another.

What belongs here: fields. What does not: saving (`apps.numbers`, `apps.keywords`, `apps.orders`).
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from recado.apps.numbers.models import Number
from recado.apps.orders.queries import stock
from recado.core.number import NumberKind
from recado.panel.forms.rule import RuleForm
from recado.panel.forms.styled import StyledForm

LABEL_HELP = _("Your own name for this number.")


class NumberForm(RuleForm):
    """Label and default rule."""

    label = forms.CharField(label=_("Label"), max_length=80, required=False, help_text=LABEL_HELP)
    field_order = ("label",)


class LabelForm(StyledForm):
    """The label alone, where the number takes no messages without a keyword."""

    label = forms.CharField(label=_("Label"), max_length=80, required=False, help_text=LABEL_HELP)


class OrderForm(StyledForm):
    """Which number of a kind, and what to say about it. Numbers that somebody else took meanwhile can be named: the service says so."""

    number = forms.ModelChoiceField(Number.objects.none(), label=_("Number"), required=False)
    note = forms.CharField(
        label=_("Note to the operator"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("When you need it, which digits you would like, anything else."),
    )

    def __init__(self, kind: NumberKind, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["number"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # tells the type checker, not the user
        field.queryset = stock(kind)
        field.error_messages["invalid_choice"] = _("Somebody else was faster: the number is not free any more. Choose another one.")
