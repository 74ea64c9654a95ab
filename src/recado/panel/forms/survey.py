"""The forms of a survey: its beginning, all of it in the builder, its start.

What belongs here: fields and their way from and to a survey's content. What does not: what a draft may lack (`apps.surveys.problems`),
what a button of the builder does (`panel.surveys.building`).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from recado.apps.accounts.models import Account
from recado.apps.numbers.models import Number
from recado.apps.surveys.content import LONGEST_NAME, LONGEST_TEXT, MOST_REASKS, TEXTS, SurveyContent
from recado.apps.surveys.services import own_numbers
from recado.core.survey import Counting, Late, SurveyKind
from recado.panel.forms.days import DAY, PERIOD
from recado.panel.forms.send import CLOCK
from recado.panel.forms.styled import StyledForm
from recado.panel.survey_words import COUNTINGS, LATE_CHOICES
from recado.panel.templatetags.recado import own_number

WAITS: Mapping[int, Promise] = {
    60: gettext_lazy("1 hour"),
    180: gettext_lazy("3 hours"),
    720: gettext_lazy("12 hours"),
    1440: gettext_lazy("1 day"),
    2880: gettext_lazy("2 days"),
    4320: gettext_lazy("3 days"),
    10080: gettext_lazy("1 week"),
    20160: gettext_lazy("2 weeks"),
    43200: gettext_lazy("30 days"),
}


class SurveyForm(StyledForm):
    """Everything of a survey but its questions."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=LONGEST_NAME,
        help_text=gettext_lazy("You see it here, and people where the results are public."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    number = forms.ChoiceField(label=gettext_lazy("Number people answer to"), required=False)
    intro_text = forms.CharField(
        label=gettext_lazy("Before the first question"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("In the same message as the question: who asks, and that it takes a minute."),
    )
    end_text = forms.CharField(
        label=gettext_lazy("After the last answer"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Empty: nothing is sent at the end, which is cheaper."),
    )
    closes_on = forms.DateField(label=gettext_lazy("Closes by itself on"), required=False, widget=DAY, validators=PERIOD)
    closes_clock = forms.TimeField(label=pgettext_lazy("time of day", "at"), required=False, widget=CLOCK)
    counting = forms.ChoiceField(label=gettext_lazy("Which answers of one person count"), widget=forms.RadioSelect, required=False)
    late = forms.ChoiceField(label=gettext_lazy("When an answer comes too late"), widget=forms.RadioSelect, required=False)
    idle_minutes = forms.ChoiceField(label=gettext_lazy("A question waits for its answer"), required=False)
    session_minutes = forms.ChoiceField(label=gettext_lazy("The whole survey waits"), required=False)
    reminder_minutes = forms.ChoiceField(
        label=gettext_lazy("Remind once, after"),
        required=False,
        help_text=gettext_lazy("The question is sent once more to who has not answered. It costs what a question costs."),
    )
    reask_limit = forms.IntegerField(
        label=gettext_lazy("Ask a question again up to so many times"),
        min_value=0,
        max_value=MOST_REASKS,
        required=False,
        help_text=gettext_lazy("When a text is no answer to it. After that the person is left alone; their messages are in the inbox."),
    )
    reminder_text = forms.CharField(
        label=gettext_lazy("Before the question in the reminder"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    already_text = forms.CharField(
        label=gettext_lazy("To who took part before"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    closed_text = forms.CharField(
        label=gettext_lazy("When it is closed"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    gave_up_text = forms.CharField(
        label=gettext_lazy("When somebody was not understood too often"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Empty: nothing is sent then."),
    )

    def __init__(self, account: Account, content: SurveyContent, *args: Any, is_started: bool = False, **kwargs: Any) -> None:
        """Fill the form in with what the survey is now."""
        kwargs["initial"] = {**_initial(content), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.content = content
        self.numbers = {str(number.pk): number for number in own_numbers(account)}
        if content.number is not None:
            self.numbers.setdefault(str(content.number.pk), content.number)
        self._choices("number", [("", "–"), *((key, own_number(number.digits)) for key, number in self.numbers.items())])
        self._choices("counting", [(one.value, words) for one, words in COUNTINGS.items()])
        self._choices("late", [(one.value, words) for one, words in LATE_CHOICES.items()])
        for name in ("idle_minutes", "session_minutes"):
            self._choices(name, _waits(getattr(content, name)))
        self._choices("reminder_minutes", [("", gettext_lazy("No reminder")), *_waits(content.reminder_minutes)])
        if content.kind is SurveyKind.VOTE:
            for name in (*_OF_CONVERSATIONS, "gave_up_text", "intro_text", "reminder_text"):
                del self.fields[name]
            self.fields["end_text"].label = gettext_lazy("Answer to every vote")
        if is_started:
            for name in ("number", "counting", "late"):
                self.fields.pop(name, None)

    def given(self) -> SurveyContent:
        """Return the survey with what is filled in properly; the rest stays as it was, and so do its questions."""
        found = self.cleaned_data
        changes: dict[str, Any] = {name: found[name] for name in ("name", *TEXTS) if name in found}
        if found.get("number") is not None and "number" in found:
            changes["number"] = self._number(found["number"])
        if found.get("counting"):
            changes["counting"] = Counting(found["counting"])
        if found.get("late"):
            changes["late"] = Late(found["late"])
        for name in ("idle_minutes", "session_minutes"):
            if found.get(name):
                changes[name] = int(found[name])
        if "reminder_minutes" in found:
            changes["reminder_minutes"] = int(found["reminder_minutes"]) if found["reminder_minutes"] else None
        if found.get("reask_limit") is not None:
            changes["reask_limit"] = found["reask_limit"]
        if "closes_on" in found and "closes_clock" in found:
            changes["closes_at"] = _closes_at(found["closes_on"], found["closes_clock"])
        return replace(self.content, **changes)

    def _number(self, key: str) -> Number | None:
        return self.numbers.get(key)

    def _choices(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker, not the user
        field.choices = choices


_END_OF_DAY = time(23, 59)
_OF_CONVERSATIONS = ("number", "late", "idle_minutes", "session_minutes", "reminder_minutes", "reask_limit")


def _waits(chosen: int | None) -> list[tuple[str, Any]]:
    offered: dict[int, Any] = dict(WAITS)
    if chosen is not None and chosen not in offered:
        offered[chosen] = gettext_lazy("%(minutes)s minutes") % {"minutes": chosen}
    return [(str(minutes), words) for minutes, words in sorted(offered.items())]


def _initial(content: SurveyContent) -> dict[str, Any]:
    closes = timezone.localtime(content.closes_at) if content.closes_at else None
    return {
        **{name: getattr(content, name) for name in ("name", "reask_limit", *TEXTS)},
        "number": str(content.number.pk) if content.number else "",
        "counting": content.counting.value,
        "late": content.late.value,
        "idle_minutes": str(content.idle_minutes),
        "session_minutes": str(content.session_minutes),
        "reminder_minutes": str(content.reminder_minutes or ""),
        "closes_on": closes.date() if closes else None,
        "closes_clock": closes.time() if closes else None,
    }


def _closes_at(day: date | None, clock: time | None) -> datetime | None:
    """Return the moment of a day and time of the account; without a time the end of the day, without a day none."""
    return None if day is None else timezone.make_aware(datetime.combine(day, clock or _END_OF_DAY))
