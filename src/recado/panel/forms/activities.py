"""The part of a rule's form that says what people take part in; left out where the account has nothing of the kind.

What belongs here: offering surveys, contests, code pools and boards, and reading the choice. What does not: their own forms.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account
from recado.apps.keywords.activities import Activity, Kind, offered_to

HEADINGS: Mapping[Kind, Promise] = {
    Kind.ANSWER_SURVEY: _("Survey"),
    Kind.ENTER_CONTEST: _("Contest"),
    Kind.GIVE_CODE: _("Code from a pool"),
    Kind.POST_TO_BOARD: _("Board"),
}


class ActivitiesField(forms.MultipleChoiceField):
    """Any number of activities, as boxes to tick."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.by_key: dict[str, Activity] = {}


def offer_activities(account: Account, form: forms.Form, before: Iterable[Activity]) -> None:
    """Offer what the account has, and what the rule has already; take the field away where that is nothing."""
    field = form.fields["activities"]
    assert isinstance(field, ActivitiesField)  # noqa: S101  # tells the type checker, not the user
    field.by_key = {one.key: one for one in (*before, *offered_to(account))}
    if not field.by_key:
        del form.fields["activities"]
        return
    groups: dict[Kind, list[tuple[str, str]]] = {}
    for key, one in field.by_key.items():
        groups.setdefault(one.kind, []).append((key, one.full_name))
    field.choices = [(HEADINGS[kind], choices) for kind, choices in groups.items()]


def chosen_activities(form: forms.Form) -> tuple[Activity, ...]:
    """Return what was ticked."""
    field = form.fields.get("activities")
    if not isinstance(field, ActivitiesField):
        return ()
    return tuple(field.by_key[key] for key in form.cleaned_data.get("activities", ()) if key in field.by_key)
