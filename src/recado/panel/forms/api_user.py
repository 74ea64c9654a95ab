"""The form of a program's key.

What belongs here: fields and their way into `KeyContent`. What does not: making and changing (`apps.accounts.api_users`), words of rights
(`scope_words`).
"""

from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recado.apps.accounts.api_users import (
    LONGEST_NAME,
    LONGEST_USERNAME,
    ApiUserRefusal,
    KeyContent,
    end_of,
    is_username,
    last_day,
    scopes_of,
)
from recado.apps.accounts.models import Account, ApiUser
from recado.apps.accounts.networks import MOST_NETWORKS, NetworkError, tidy_networks
from recado.apps.accounts.scopes import Scope
from recado.panel.forms.days import DAY, PERIOD
from recado.panel.forms.styled import StyledForm
from recado.panel.scope_words import CHOSEN, PRESETS, SUBJECTS, preset_of, subject_of

USERNAME_BAD = gettext_lazy("Write 3 to 64 letters without accents, digits, dots, hyphens, underscores or @.")
REFUSALS = {
    ApiUserRefusal.USERNAME_BAD: USERNAME_BAD,
    ApiUserRefusal.USERNAME_TAKEN: gettext_lazy("Another key on this installation has this user name. Choose another one."),
}


class KeyForm(StyledForm):
    """A key, new or to be changed."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=LONGEST_NAME,
        help_text=gettext_lazy("What it is for: Web shop, Nightly report. It stands in the activity log."),
    )
    rights = forms.ChoiceField(
        label=gettext_lazy("What it may do"),
        widget=forms.RadioSelect,
        choices=[*((name, label) for name, (label, _for, _scopes) in PRESETS.items()), (CHOSEN, gettext_lazy("Chosen rights"))],
        initial="send",
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("Chosen rights"), required=False, widget=forms.CheckboxSelectMultiple, choices=Scope.choices
    )
    networks = forms.CharField(
        label=gettext_lazy("Only from these addresses"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
        help_text=gettext_lazy("Addresses or networks, one a line: 203.0.113.7 or 10.0.0.0/8. Empty: from everywhere."),
    )
    last_day = forms.DateField(
        label=gettext_lazy("Valid until"),
        required=False,
        widget=DAY,
        validators=PERIOD,
        help_text=gettext_lazy("Its last day. Empty: until you switch it off."),
    )
    is_test = forms.BooleanField(
        label=gettext_lazy("Test key"),
        required=False,
        help_text=gettext_lazy("What it sends goes to nobody and costs nothing. Everything else it does is real."),
    )
    username = forms.CharField(
        label=gettext_lazy("User name"),
        required=False,
        max_length=LONGEST_USERNAME,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocapitalize": "none", "autocomplete": "off"}),
        help_text=gettext_lazy("For older libraries that sign in with user name and password. Empty: one is made up."),
    )

    def __init__(self, account: Account, *args: Any, found: ApiUser | None = None, **kwargs: Any) -> None:
        self.account = account
        if found is not None:
            kwargs["initial"] = _initial(found)
        super().__init__(*args, **kwargs)
        if found is not None:
            del self.fields["username"]

    def presets(self) -> list[tuple[BoundWidget, Promise | str]]:
        """List the sets of rights, each with what it is for."""
        whats = [*(what for _label, what, _scopes in PRESETS.values()), gettext_lazy("You choose each of them.")]
        return list(zip(self["rights"], whats, strict=True))

    def subjects(self) -> list[tuple[Promise, list[BoundWidget]]]:
        """List the single rights by what they are about."""
        by_subject: dict[str, list[BoundWidget]] = {}
        for one in self["scopes"]:
            by_subject.setdefault(subject_of(Scope(one.data["value"])), []).append(one)
        return [(SUBJECTS[subject], widgets) for subject, widgets in by_subject.items()]

    def clean_networks(self) -> str:
        """Tidy the list; name the line that cannot be read."""
        try:
            return tidy_networks(self.cleaned_data["networks"])
        except NetworkError as error:
            if not error.line:
                raise forms.ValidationError(_("At most %(most)s addresses and networks.") % {"most": MOST_NETWORKS}) from None
            words = _("“%(line)s” is no address and no network. Write one as in 203.0.113.7 or 10.0.0.0/8.")
            raise forms.ValidationError(words % {"line": error.line[:60]}) from None

    def clean_last_day(self) -> date | None:
        """Refuse a day that is over, unless it was there already."""
        day: date | None = self.cleaned_data["last_day"]
        if day is not None and day < timezone.localdate(timezone=self.account.zone) and day != self.initial.get("last_day"):
            raise forms.ValidationError(_("This day is over. Choose today or a later one."))
        return day

    def clean_username(self) -> str:
        """Refuse what cannot be a user name."""
        written: str = self.cleaned_data["username"]
        if written and not is_username(written):
            raise forms.ValidationError(str(USERNAME_BAD))
        return written

    def clean(self) -> dict[str, Any]:
        """Ask for at least one right."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("rights") == CHOSEN and not given.get("scopes") and "scopes" not in self.errors:
            self.add_error("scopes", _("Tick what it may do: a key that may do nothing is of no use."))
        return given

    def content(self) -> KeyContent:
        """Return what was filled in."""
        given = self.cleaned_data
        return KeyContent(
            name=given["name"],
            scopes=scopes_of(given["scopes"]) if given["rights"] == CHOSEN else PRESETS[given["rights"]][2],
            networks=given["networks"],
            expires_at=end_of(self.account, given["last_day"]),
            is_test=given["is_test"],
        )


def _initial(found: ApiUser) -> dict[str, Any]:
    scopes = scopes_of(found.scopes)
    return {
        "name": found.name or found.username,
        "rights": preset_of(scopes),
        "scopes": [scope.value for scope in Scope if scopes is None or scope in scopes],
        "networks": found.allowed_networks,
        "last_day": last_day(found),
        "is_test": found.is_test,
    }
