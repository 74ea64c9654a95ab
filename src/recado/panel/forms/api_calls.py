"""The filters of the log of calls, as they stand in the address.

What belongs here: fields and what they ask the log for. What does not: the log (`apps.programs.queries`).
"""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account
from recado.apps.programs.queries import WantedCalls
from recado.panel.forms.days import DAY, PERIOD, midnight
from recado.panel.forms.styled import StyledForm

ERRORS = "errors"


class ApiCallFilters(StyledForm):
    """What to narrow the log to; a field that makes no sense narrows nothing."""

    result = forms.ChoiceField(label=_("Result"), required=False, choices=[("", _("All calls")), (ERRORS, _("Only errors"))])
    key = forms.TypedChoiceField(label=_("Key"), required=False, coerce=int, empty_value=None)
    action = forms.CharField(label=_("Action"), required=False, max_length=100)
    since = forms.DateField(label=_("From"), required=False, widget=DAY, validators=PERIOD)
    until = forms.DateField(label=_("To"), required=False, widget=DAY, validators=PERIOD)
    code = forms.CharField(label=_("Error"), required=False, max_length=64)

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["key"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101  # tells the type checker, not the user
        field.choices = [("", _("All keys")), *((one.pk, str(one)) for one in account.api_users.order_by("name", "username"))]

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is asked for."""
        return any(self.data.get(name) for name in self.fields)

    def wanted(self) -> WantedCalls:
        """Return what is asked for."""
        self.is_valid()
        given = self.cleaned_data
        return WantedCalls(
            only_errors=given.get("result") == ERRORS,
            api_user_id=given.get("key"),
            action=given.get("action", "").strip(),
            error_code=given.get("code", "").strip(),
            since=midnight(given.get("since")),
            until=midnight(given.get("until"), timedelta(days=1)),
        )
