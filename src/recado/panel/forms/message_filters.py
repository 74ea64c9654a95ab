"""The filters of all messages, as they stand in the address.

What belongs here: fields and what they ask the log for. What does not: finding messages (`apps.inbox.log`).
"""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account
from recado.apps.contacts.queries import groups_of
from recado.apps.inbox.log import LogFilters
from recado.apps.keywords.queries import keywords_of
from recado.apps.numbers.queries import usable_numbers
from recado.panel.forms.days import DAY, midnight
from recado.panel.forms.styled import StyledForm
from recado.panel.templatetags.recado import own_number

LONGEST_SEARCH = 100
MATCHED = [("", _("All")), ("yes", _("A keyword matched")), ("no", _("No keyword matched"))]
KINDS = [("", _("All")), ("sms", _("SMS")), ("mms", _("MMS"))]
TESTS = [("", _("All")), ("no", _("Without tests")), ("yes", _("Only tests"))]
_EITHER = {"yes": True, "no": False}
_IS_MMS = {"mms": True, "sms": False}


class MessageFilters(StyledForm):
    """What to narrow the log to; a field that makes no sense narrows nothing."""

    q = forms.CharField(label=_("Text or phone number"), required=False, max_length=LONGEST_SEARCH)
    number = forms.TypedChoiceField(label=_("Number"), required=False, coerce=int, empty_value=None)
    keyword = forms.TypedChoiceField(label=_("Keyword"), required=False, coerce=int, empty_value=None)
    group = forms.TypedChoiceField(label=_("Group it filled"), required=False, coerce=int, empty_value=None)
    matched = forms.ChoiceField(label=_("Matched"), required=False, choices=MATCHED)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=KINDS)
    test = forms.ChoiceField(label=_("Tests"), required=False, choices=TESTS)
    since = forms.DateField(label=_("From"), required=False, widget=DAY)
    until = forms.DateField(label=_("To"), required=False, widget=DAY)

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("number", [(one.pk, own_number(one.digits)) for one in usable_numbers(account)], _("All numbers"))
        self._choose("keyword", list(keywords_of(account).prefetch_related(None).values_list("pk", "word")), _("All keywords"))
        self._choose("group", list(groups_of(account).values_list("pk", "name")), _("All groups"))

    def filters(self) -> LogFilters:
        """Return what is asked for; fields that are wrong are left out and say so beside themselves."""
        self.is_valid()
        given = self.cleaned_data
        return LogFilters(
            search=given.get("q", "").strip(),
            number_id=given.get("number"),
            keyword_id=given.get("keyword"),
            group_id=given.get("group"),
            is_matched=_EITHER.get(given.get("matched", "")),
            is_test=_EITHER.get(given.get("test", "")),
            is_mms=_IS_MMS.get(given.get("kind", "")),
            since=midnight(given.get("since")),
            until=midnight(given.get("until"), timedelta(days=1)),
        )

    @property
    def has_more_filters(self) -> bool:
        """Whether one of those that are folded away is set."""
        return any(self.data.get(name) for name in ("group", "matched", "kind", "test", "since", "until"))

    def _choose(self, name: str, choices: list[Any], everything: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101  # tells the type checker, not the user
        field.choices = [("", everything), *choices]
