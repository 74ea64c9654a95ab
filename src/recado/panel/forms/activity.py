"""The filters of the activity log.

What belongs here: fields and what they ask the log for. What does not: the log (`apps.audit`).
"""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account
from recado.apps.accounts.queries import members_of
from recado.apps.audit.queries import LogSearch
from recado.panel.audit_words import kind_names
from recado.panel.forms.days import DAY, PERIOD, midnight
from recado.panel.forms.styled import StyledForm
from recado.panel.ids import id_of

STAFF = "staff"
"""Stands for all operators of the installation in the choice of persons."""


class ActivityForm(StyledForm):
    """Who, what, from when until when; everything may be left out."""

    person = forms.ChoiceField(label=_("Person"), required=False)
    kind = forms.ChoiceField(label=_("About"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=DAY, validators=PERIOD)
    until = forms.DateField(label=_("Until"), required=False, widget=DAY, validators=PERIOD)

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(member.user_id), str(member.user)) for member in members_of(account)]
        self._offer("person", [("", _("Everybody")), *people, (STAFF, _("Staff of the installation"))])
        self._offer("kind", [("", _("Everything")), *kind_names()])

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker, not the user
        field.choices = choices

    def search(self) -> LogSearch:
        """Return what is wanted; a filter that makes no sense does not narrow."""
        given = self.cleaned_data if self.is_bound and (self.is_valid() or self.cleaned_data) else {}
        person = given.get("person", "")
        return LogSearch(
            user_id=id_of(person),
            only_operators=person == STAFF,
            kind=given.get("kind", ""),
            since=midnight(given.get("since")),
            until=midnight(given.get("until"), timedelta(days=1)),
        )
