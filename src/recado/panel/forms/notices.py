"""The form of how a person wants to be told of what happens.

What belongs here: fields and their checks. What does not: what the choices do (`apps.notifications.choices`).
"""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recado.apps.accounts.models import MailNotices, Membership, User
from recado.apps.notifications.choices import CHANNELS, EVENTS, NoticeChoices, muted_by
from recado.panel.event_words import NAMES
from recado.panel.forms.styled import StyledForm

CLOCK = forms.TimeInput({"type": "time"}, "%H:%M")


class NoticesForm(StyledForm):
    """Browser, sound, e-mail, quiet hours; and for members which events."""

    has_browser_notices = forms.BooleanField(
        label=gettext_lazy("Notices of the browser"),
        required=False,
        help_text=gettext_lazy("While the panel is open in a tab you are not looking at. The browser asks once whether it may."),
        widget=forms.CheckboxInput(attrs={"data-ask-browser": ""}),
    )
    has_sound = forms.BooleanField(label=gettext_lazy("A short sound"), required=False)
    mail_notices = forms.ChoiceField(
        label=gettext_lazy("By e-mail"),
        choices=MailNotices.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("The daily mail comes at 8:00 and only if there is something you have not seen."),
    )
    quiet_from = forms.TimeField(label=gettext_lazy("Quiet from"), required=False, widget=CLOCK)
    quiet_until = forms.TimeField(label=gettext_lazy("Quiet until"), required=False, widget=CLOCK)

    def __init__(self, membership: Membership | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.membership = membership
        for event in EVENTS if membership else ():
            self.fields[f"show-{event}"] = forms.BooleanField(required=False, label=gettext_lazy("In the panel"))
            self.fields[f"mail-{event}"] = forms.BooleanField(required=False, label=gettext_lazy("By e-mail"))

    @classmethod
    def of(cls, user: User, membership: Membership | None) -> "NoticesForm":
        """Make the form with what the person chose before."""
        return cls(membership, initial={name: getattr(user, name) for name in CHANNELS} | _ticks(membership))

    def events(self) -> Iterator[tuple[Promise, BoundField, BoundField]]:
        """Yield each event with its two boxes: in the panel, by e-mail."""
        for event in EVENTS if self.membership else ():
            yield NAMES[event], self[f"show-{event}"], self[f"mail-{event}"]

    def clean(self) -> dict[str, Any]:
        """Refuse quiet hours with one end."""
        given = self.cleaned_data
        begins, ends = given.get("quiet_from"), given.get("quiet_until")
        if (begins is None) is not (ends is None) and not self.errors.keys() & {"quiet_from", "quiet_until"}:
            self.add_error("quiet_from" if begins is None else "quiet_until", _("Quiet hours need a beginning and an end."))
        return given

    def choices(self) -> NoticeChoices:
        """Return what was chosen, as the service takes it."""
        given = {name: self.cleaned_data[name] for name in CHANNELS}
        return NoticeChoices(**given | {"mail_notices": MailNotices(given["mail_notices"])})

    def muted(self) -> list[str]:
        """Return the events the member does not want."""
        return [event for event in EVENTS if not self.cleaned_data[f"show-{event}"]]

    def mailed(self) -> list[str]:
        """Return the events that come by e-mail too."""
        return [event for event in EVENTS if self.cleaned_data[f"mail-{event}"]]


def _ticks(membership: Membership | None) -> dict[str, bool]:
    """Return which boxes of the events are ticked."""
    if membership is None:
        return {}
    muted, mailed = muted_by(membership), membership.mailed_notices
    shown = {f"show-{event}": event not in muted for event in EVENTS}
    return shown | {f"mail-{event}": mailed is None or event in mailed for event in EVENTS}
