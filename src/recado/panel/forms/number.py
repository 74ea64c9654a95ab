"""The form of an own number: its label and what happens to messages without a keyword.

What belongs here: fields. What does not: saving (`apps.numbers`, `apps.keywords`).
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from recado.panel.forms.rule import RuleForm


class NumberForm(RuleForm):
    """Label and default rule."""

    label = forms.CharField(label=_("Label"), max_length=80, required=False, help_text=_("Your own name for this number."))
    field_order = ("label",)
