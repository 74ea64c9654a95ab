"""The form of a group send: to whom, what, from whom and when.

What belongs here: fields, their checks, and their way from and to a draft. What does not: who is among the recipients and what it costs
(`apps.campaigns`), files of recipients (`panel.sends.files`).
"""

from datetime import datetime
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recado.apps.accounts.models import Account
from recado.apps.campaigns.errors import CampaignError, CampaignRefusal
from recado.apps.campaigns.limits import MOST_A_MINUTE, check_moment
from recado.apps.campaigns.models import Campaign
from recado.apps.contacts.models import Group
from recado.apps.contacts.queries import group_names_of
from recado.apps.dialogues.answering import MAX_CHARACTERS
from recado.apps.outbox.models import SendKind
from recado.core.mms import LONGEST_SUBJECT
from recado.panel.forms.days import DAY, FIRST_DAY, LAST_DAY
from recado.panel.forms.several_files import FilesField, SeveralFiles
from recado.panel.forms.styled import StyledForm
from recado.panel.sends.senders import choices_for, sender_of

CLOCK = forms.TimeInput({"type": "time"}, "%H:%M")
VALIDITIES: tuple[tuple[str, Promise], ...] = (
    ("", gettext_lazy("As long as the carrier tries")),
    ("60", gettext_lazy("1 hour")),
    ("360", gettext_lazy("6 hours")),
    ("1440", gettext_lazy("1 day")),
    ("4320", gettext_lazy("3 days")),
)


class SendForm(StyledForm):
    """A draft as one page asks for it."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Only you see it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    groups = forms.ModelMultipleChoiceField(
        Group.objects.none(), label=gettext_lazy("Groups"), required=False, widget=forms.CheckboxSelectMultiple
    )
    excluded = forms.ModelMultipleChoiceField(
        Group.objects.none(),
        label=gettext_lazy("Leave out whoever is in"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    phones = forms.CharField(
        label=gettext_lazy("Phone numbers"),
        required=False,
        max_length=200_000,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Separated by commas. Without a country code they are taken as Polish."),
    )
    text = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        max_length=MAX_CHARACTERS,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    subject = forms.CharField(
        label=gettext_lazy("Subject"),
        max_length=LONGEST_SUBJECT,
        required=False,
        help_text=gettext_lazy("Phones show it above the message. It may stay empty."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    attached = FilesField(label=gettext_lazy("Photos, sounds, files"), required=False, widget=SeveralFiles)
    sender = forms.ChoiceField(label=gettext_lazy("Sender"), required=False, widget=forms.RadioSelect)
    when = forms.ChoiceField(
        label=gettext_lazy("When"),
        choices=(("now", gettext_lazy("Right away")), ("later", gettext_lazy("Later"))),
        required=False,
        initial="now",
        widget=forms.RadioSelect,
    )
    day = forms.DateField(
        label=gettext_lazy("Day"), required=False, widget=DAY, validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)]
    )
    clock = forms.TimeField(label=gettext_lazy("Time"), required=False, widget=CLOCK)
    keeps_quiet_hours = forms.BooleanField(label=gettext_lazy("Keep the quiet hours"), required=False, initial=True)
    per_minute = forms.IntegerField(
        label=gettext_lazy("At most so many a minute"),
        required=False,
        min_value=1,
        max_value=MOST_A_MINUTE,
        help_text=gettext_lazy("Empty: as fast as the carrier takes them. Few a minute is good where all of them may call you."),
    )
    validity = forms.ChoiceField(
        label=gettext_lazy("Deliver within"),
        choices=VALIDITIES,
        required=False,
        help_text=gettext_lazy("Whose phone is off for longer does not get it."),
    )
    is_flash = forms.BooleanField(
        label=gettext_lazy("Flash message"),
        required=False,
        help_text=gettext_lazy("Shown on the screen at once and not kept by the phone."),
    )
    is_test = forms.BooleanField(
        label=gettext_lazy("Test"),
        required=False,
        help_text=gettext_lazy("Goes the whole way to the simulator, reaches no real phone and costs nothing."),
    )

    def __init__(self, account: Account, *args: Any, campaign: Campaign | None = None, **kwargs: Any) -> None:
        """Offer the account's groups and senders."""
        super().__init__(*args, **kwargs)
        self.account = account
        for name in ("groups", "excluded"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101  # tells the type checker, not the user
            field.queryset = group_names_of(account)
        sender = self.fields["sender"]
        assert isinstance(sender, forms.ChoiceField)  # noqa: S101  # as above
        self.senders = choices_for(account, campaign)
        self.takes_files = any(one.value.startswith("mms-") for one in self.senders)
        sender.choices = [(one.value, one.label) for one in self.senders]

    def clean(self) -> dict[str, Any]:
        """Put day and time together, and look whether they lie ahead."""
        data = super().clean() or {}
        if data.get("when") == "later":
            self._clean_moment(data)
        return data

    def _clean_moment(self, data: dict[str, Any]) -> None:
        day, clock = data.get("day"), data.get("clock")
        if not day or not clock:
            for name, value, said in (("day", day, _("Choose a day.")), ("clock", clock, _("Choose a time."))):
                if not value and name not in self.errors:
                    self.add_error(name, said)
            return
        at = timezone.make_aware(datetime.combine(day, clock))
        try:
            check_moment(at, timezone.now())
        except CampaignError as error:
            if error.reason == CampaignRefusal.TOO_FAR_AHEAD:
                self.add_error("day", _("Choose a day within a year."))
            else:
                self.add_error("clock", _("This moment is over. Choose a later one."))
        else:
            data["scheduled_at"] = at

    def show_phones(self, left: str) -> None:
        """Show in the field of phones only what is left of what was typed there."""
        self.data = {**self.data.dict(), "phones": left} if isinstance(self.data, QueryDict) else {**self.data, "phones": left}

    @property
    def chosen_sender(self) -> dict[str, Any]:
        """Give the sender as fields of a campaign."""
        return sender_of(self.account, str(self.cleaned_data.get("sender") or SendKind.ECO))
