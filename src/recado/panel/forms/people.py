"""Forms of contacts and groups.

What belongs here: fields and their checks. What does not: saving and looking up (`apps.contacts`).
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account
from recado.apps.contacts.models import Contact, Group
from recado.apps.contacts.phone import parse_msisdn
from recado.apps.contacts.queries import groups_of
from recado.apps.contacts.services import DETAIL_FIELDS
from recado.panel.forms.styled import StyledForm
from recado.panel.templatetags.recado import msisdn as shown_msisdn


class GroupForm(StyledForm):
    """A group's name."""

    name = forms.CharField(label=_("Name"), max_length=100)


class ContactForm(StyledForm):
    """A contact with its groups."""

    msisdn = forms.CharField(
        label=_("Phone number"),
        max_length=40,
        help_text=_("Without a country code it is taken as Polish."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    first_name = forms.CharField(label=_("First name"), max_length=80, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=80, required=False)
    company = forms.CharField(label=_("Company"), max_length=120, required=False)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    tax_id = forms.CharField(label=_("Tax number"), max_length=32, required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    city = forms.CharField(label=_("City"), max_length=80, required=False)
    description = forms.CharField(label=_("Description"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    groups = forms.ModelMultipleChoiceField(Group.objects.none(), label=_("Groups"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, account: Account, *args: Any, contact: Contact | None = None, **kwargs: Any) -> None:
        if contact is not None:
            kwargs["initial"] = _initial(contact)
        super().__init__(*args, **kwargs)
        groups = self.fields["groups"]
        assert isinstance(groups, forms.ModelMultipleChoiceField)  # noqa: S101  # tells the type checker, not the user
        groups.queryset = groups_of(account)

    def clean_msisdn(self) -> str:
        """Return the digits as stored; refuse what is no phone number."""
        parsed = parse_msisdn(self.cleaned_data["msisdn"])
        if parsed is None:
            raise forms.ValidationError(_("This is not a phone number. Write it like 501 222 333 or +48 501 222 333."))
        return parsed

    def details(self) -> dict[str, str]:
        """Return everything but number and groups, as services take it."""
        return {name: self.cleaned_data[name] for name in DETAIL_FIELDS}

    def group_ids(self) -> list[int]:
        """Return the chosen groups."""
        return [group.pk for group in self.cleaned_data["groups"]]


def _initial(contact: Contact) -> dict[str, Any]:
    return {
        **{name: getattr(contact, name) for name in DETAIL_FIELDS},
        "msisdn": shown_msisdn(contact.msisdn),
        "groups": list(contact.groups.values_list("pk", flat=True)),
    }
