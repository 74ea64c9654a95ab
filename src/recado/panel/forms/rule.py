"""The part of a form that says what a rule does: group, reply, forward; for keywords and for a number's default alike.

What belongs here: choosing or creating a group and a destination, the reply. What does not: the word (`keyword`), saving (`apps`).
"""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account
from recado.apps.contacts.models import Group
from recado.apps.contacts.queries import group_names_of, groups_of
from recado.apps.contacts.services import add_group
from recado.apps.keywords.activities import Activity, placeholders_of
from recado.apps.keywords.errors import RuleRefusal, RuleRefusedError
from recado.apps.keywords.rules import RuleContent, check_activities, check_reply
from recado.apps.outbox.destinations import DestinationContent
from recado.apps.outbox.models import Destination
from recado.core.draft import NEW
from recado.core.reply import PLACEHOLDERS, unknown
from recado.panel.forms.activities import ActivitiesField, chosen_activities, offer_activities
from recado.panel.forms.conditions import FIELDS, REFUSALS
from recado.panel.forms.forward_to import DestinationChoice, offer_destinations, place_for, planned_place, read_place
from recado.panel.forms.styled import StyledForm


class GroupChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # no type arguments at run time
    """A group with the number of people in it."""

    def label_from_instance(self, obj: Any) -> str:
        """Write the name with the number of contacts."""
        people = ngettext("%(count)s contact", "%(count)s contacts", obj.contact_count) % {"count": obj.contact_count}
        return f"{obj.name} ({people})"


class RuleForm(StyledForm):
    """What a rule does. A rule with several groups or forwards (made elsewhere) keeps those beyond the first."""

    group = GroupChoice(Group.objects.none(), label=_("Add the sender to a group"), required=False, empty_label=_("No group"))
    leave_group = forms.ModelChoiceField(
        Group.objects.none(), label=_("Take the sender out of a group"), required=False, empty_label=_("No group")
    )
    new_group = forms.CharField(label=_("Name of the new group"), max_length=100, required=False)
    reply = forms.CharField(
        label=_("Reply automatically"),
        max_length=1530,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "data-count-text": ""}),
        help_text=_(
            "Leave empty to send nothing. {keyword}, {argument}, {group} and {date} are filled in, "
            "which can make the text longer than counted here."
        ),
    )
    destination = DestinationChoice(Destination.objects.none(), label=_("Forward to"), required=False, empty_label=_("Do not forward"))
    new_url = forms.CharField(
        label=_("New place"),
        max_length=2000,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    activities = ActivitiesField(
        label=_("People take part in"),
        required=False,
        help_text=_("With a code from a pool, write {code} into the reply; with a contest, {entry} is the number of the entry."),
    )
    new_method = forms.ChoiceField(label=_("Method, for a web address"), choices=Destination.Method.choices, required=False)

    def __init__(self, account: Account, *args: Any, content: RuleContent | None = None, **kwargs: Any) -> None:
        self.account = account
        self.content = content or RuleContent()
        kwargs["initial"] = {**_initial(self.content), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self._queryset("group", groups_of(account))
        self._queryset("leave_group", group_names_of(account))
        destination = self.fields["destination"]
        assert isinstance(destination, DestinationChoice)  # noqa: S101  # tells the type checker, not the user
        offer_destinations(account, destination, self.fields["new_url"])
        offer_activities(account, self, self.content.activities)

    def _queryset(self, name: str, queryset: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # tells the type checker, not the user
        field.queryset = queryset

    @property
    def further_places(self) -> list[str]:
        """Names of the places beyond the first that messages go to, which stay as they are."""
        return [str(place.name) for place in self.content.destinations[1:]]

    @property
    def is_shared(self) -> bool:
        """Whether the rule is known to be one of a shared number."""
        return False

    def clean(self) -> dict[str, Any]:
        """Refuse a reply that names what nobody fills in, or hides a code; and activities that do not work here."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        activities = chosen_activities(self)
        try:
            check_reply(given.get("reply", ""), activities)
            check_activities(activities, is_shared=self.is_shared)
        except RuleRefusedError as error:
            self.add_error(FIELDS[error.reason], self._said(error.reason, given.get("reply", ""), activities))
        return given

    def _said(self, reason: RuleRefusal, reply: str, activities: Collection[Activity]) -> str:
        """Say why, and where a name in braces is not known, which there are."""
        if reason is not RuleRefusal.PLACEHOLDER:
            return str(REFUSALS[reason])
        also = placeholders_of({one.kind for one in activities})
        text = gettext("Nothing is filled in for %(name)s: people would get it as it stands. Use %(offered)s, or leave out the braces.")
        offered = ", ".join(f"{{{name}}}" for name in (*PLACEHOLDERS, *also))
        return text % {"name": f"{{{unknown(reply, also)[0]}}}", "offered": offered}

    def clean_new_url(self) -> DestinationContent | None:
        """Read a place that was typed; refuse one nothing can be sent to."""
        return read_place(self.account, self.cleaned_data["new_url"], self.data.get(self.add_prefix("new_method"), ""))

    def rule_content(self) -> RuleContent:
        """Return what the rule must do, creating the group and the destination that were asked for; call in a transaction."""
        given = self.cleaned_data
        group = add_group(self.account, given["new_group"].strip()) if given["new_group"].strip() else given["group"]
        destination = given["destination"]
        if given["new_url"]:
            destination = place_for(self.account, given["new_url"])
        return self._content(group, destination)

    def planned_content(self) -> RuleContent:
        """Return the same without creating anything: what is not there yet has an id nobody has."""
        given = self.cleaned_data
        name, place = given["new_group"].strip(), given["new_url"]
        group = Group(pk=NEW, account=self.account, name=name) if name else given["group"]
        destination = planned_place(self.account, place) if place else given["destination"]
        return self._content(group, destination)

    def _content(self, group: Group | None, destination: Destination | None) -> RuleContent:
        given = self.cleaned_data
        return RuleContent(
            _with_first(group, self.content.groups),
            given["reply"].strip(),
            _with_first(destination, self.content.destinations),
            _with_first(given["leave_group"], self.content.leaves),
            self.content.until,
            chosen_activities(self),
        )


def _initial(content: RuleContent) -> dict[str, Any]:
    return {
        "group": next(iter(content.groups), None),
        "leave_group": next(iter(content.leaves), None),
        "reply": content.reply,
        "destination": next(iter(content.destinations), None),
        "activities": [one.key for one in content.activities],
    }


def _with_first(chosen: Any, before: tuple[Any, ...]) -> tuple[Any, ...]:
    """Put what was chosen in the place of the first; the others stay."""
    return (*((chosen,) if chosen else ()), *(other for other in before[1:] if other != chosen))
