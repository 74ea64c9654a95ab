"""Forms of the team: inviting somebody, giving a role.

What belongs here: fields, and the sentences for what is refused. What does not: the rules (`apps.accounts.team`, `.invitations`).
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Role
from recado.apps.accounts.team import Refusal, roles_given_by
from recado.panel.forms.styled import StyledForm
from recado.panel.role_words import NAMES

REFUSALS = {
    Refusal.OWN_ROLE: _("Nobody changes their own role. Ask another owner or manager."),
    Refusal.LAST_OWNER: _("This is the only owner. Make somebody else an owner first."),
    Refusal.NOT_YOURS_TO_GIVE: _("Only owners make, change and remove owners."),
}


class RoleForm(StyledForm):
    """One of the roles that the member using the form may give."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)

    def __init__(self, giver: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker, not the user
        field.choices = [(role.value, NAMES[role]) for role in roles_given_by(giver)]

    def chosen(self) -> Role:
        """Return the role."""
        return Role(self.cleaned_data["role"])


class InvitationForm(RoleForm):
    """Who is invited, in which role."""

    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    field_order = ("email", "role")

    def __init__(self, giver: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(giver, *args, **{"initial": {"role": Role.AGENT.value}, **kwargs})
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker, not the user
        field.widget, field.choices = forms.Select(attrs={"class": "c-input"}), field.choices  # the new widget gets them, too
