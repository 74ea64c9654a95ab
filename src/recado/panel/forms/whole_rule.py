"""The form of one rule with everything there is: what it does, when and for whom.

What belongs here: putting the two together. What does not: what a rule does (`rule`), when and for whom (`conditions`), checks of the
terms together (`apps.keywords.rules`).
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from recado.apps.accounts.models import Account
from recado.apps.contacts.models import Group
from recado.apps.keywords.rules import RuleContent, RuleTerms
from recado.apps.outbox.models import Destination
from recado.panel.forms.conditions import FIELDS, REFUSALS, ConditionForm, last_day_of, terms_initial
from recado.panel.forms.days import DAY, PERIOD, midnight
from recado.panel.forms.rule import RuleForm

__all__ = ["FIELDS", "REFUSALS", "WholeRuleForm"]


class WholeRuleForm(ConditionForm, RuleForm):
    """A rule, new or to be changed."""

    join_until = forms.DateField(
        label=gettext_lazy("Stay in the group until, this day included"),
        required=False,
        widget=DAY,
        validators=PERIOD,
        help_text=gettext_lazy("Leave empty to keep them in it."),
    )
    is_enabled = forms.BooleanField(label=gettext_lazy("The rule is switched on"), required=False, initial=True)

    def __init__(
        self, account: Account, *args: Any, content: RuleContent | None = None, terms: RuleTerms | None = None, **kwargs: Any
    ) -> None:
        self.terms = terms or RuleTerms()
        kwargs["initial"] = {**_initial(content or RuleContent(), self.terms), **(kwargs.get("initial") or {})}
        super().__init__(account, *args, content=content, **kwargs)
        self.offer_groups()

    def _content(self, group: Group | None, destination: Destination | None) -> RuleContent:
        content = super()._content(group, destination)
        return replace(content, until=midnight(self.cleaned_data["join_until"], timedelta(days=1)) if content.groups else None)

    def rule_terms(self) -> RuleTerms:
        """Return when and for whom the rule must act."""
        return self.terms_with(priority=self.terms.priority, is_enabled=self.cleaned_data["is_enabled"])


def _initial(content: RuleContent, terms: RuleTerms) -> dict[str, Any]:
    return {"join_until": content.until and last_day_of(content.until), **terms_initial(terms)}
