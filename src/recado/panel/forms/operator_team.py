"""Forms of the staff: a role, an invitation, and the search through the whole audit log.

What belongs here: fields, sentences for what is refused. What does not: the rules (`apps.accounts.staff`), the log (`apps.audit`).
"""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import OperatorRole
from recado.apps.accounts.staff import StaffRefusal
from recado.apps.audit.queries import LogSearch, WholeLogSearch
from recado.panel.audit_words import kind_names
from recado.panel.forms.days import DAY, PERIOD, midnight
from recado.panel.forms.styled import StyledForm

REFUSALS = {
    StaffRefusal.OWN_ROLE: _("Nobody changes their own role. Ask another administrator."),
    StaffRefusal.LAST_ADMIN: _("This is the only administrator. Make somebody else one first."),
}
EXPLANATIONS = {
    OperatorRole.ADMIN: _("Everything, the team and credentials included."),
    OperatorRole.SUPPORT: _("Customers, numbers and messages; no carrier links, no team."),
    OperatorRole.ENGINEER: _("Carrier links, quarantine, jobs and the system; no customers' messages."),
    OperatorRole.AUDITOR: _("Looks, changes nothing."),
}


class OperatorRoleForm(StyledForm):
    """A role of the staff."""

    role = forms.ChoiceField(label=_("Role"), choices=OperatorRole.choices, initial=OperatorRole.SUPPORT)

    def chosen(self) -> OperatorRole:
        """Return the role."""
        return OperatorRole(self.cleaned_data["role"])


class OperatorInvitationForm(OperatorRoleForm):
    """Who is invited to the staff, in which role."""

    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    field_order = ("email", "role")


class AuditForm(StyledForm):
    """Who, in which account, what, when; everything may be left out."""

    person = forms.CharField(label=_("Person"), required=False, max_length=100)
    account = forms.CharField(label=_("Account"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("About"), required=False)
    text = forms.CharField(label=_("Name of the thing"), required=False, max_length=100)
    since = forms.DateField(label=_("From"), required=False, widget=DAY, validators=PERIOD)
    until = forms.DateField(label=_("Until"), required=False, widget=DAY, validators=PERIOD)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker, not the user
        field.choices = [("", _("Everything")), *kind_names(of_the_installation=True)]

    def search(self) -> WholeLogSearch:
        """Return what is wanted; a filter that makes no sense does not narrow."""
        given = self.cleaned_data if self.is_bound and (self.is_valid() or self.cleaned_data) else {}
        common = LogSearch(
            kind=given.get("kind", ""),
            since=midnight(given.get("since")),
            until=midnight(given.get("until"), timedelta(days=1)),
        )
        return WholeLogSearch(common, given.get("person", ""), given.get("account", ""), given.get("text", ""))
