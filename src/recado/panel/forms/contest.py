"""The form of a contest: what, when, how it is won, who may enter how often, what people get, and the keyword.

What belongs here: fields and their way into `ContestContent`. What does not: checks (`apps.contests.content`), which fields a rule needs
is shown by the style sheet (`static/panel/css/contests`), so that it works without scripts.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account
from recado.apps.contacts.models import Group
from recado.apps.contacts.queries import groups_of
from recado.apps.contests.content import FIELDS, TEXTS, ContestContent
from recado.apps.contests.errors import ContestRefusedError
from recado.apps.contests.models import Contest
from recado.apps.keywords.errors import KeywordError
from recado.apps.numbers.models import Number
from recado.apps.numbers.queries import usable_numbers
from recado.core.contest import EntryRule
from recado.panel.contests.words import EXPLAINED, RULES, fault_in_words
from recado.panel.forms.days import PERIOD_MOMENTS
from recado.panel.forms.keyword import NumberChoice, sentence
from recado.panel.forms.rule import GroupChoice
from recado.panel.forms.styled import StyledForm

MOMENT = "%Y-%m-%dT%H:%M"
LONGEST_TEXT, LONGEST_TERMS = 1530, 20_000


def _moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput({"type": "datetime-local"}, MOMENT)
    return forms.DateTimeField(label=label, widget=widget, validators=PERIOD_MOMENTS)


def _number(label: Any, *, help_text: Any = "", required: bool = False, least: int = 1) -> forms.IntegerField:
    widget = forms.NumberInput({"min": least, "inputmode": "numeric"})
    return forms.IntegerField(label=label, required=required, max_value=1_000_000, widget=widget, help_text=help_text)


def _text(label: Any, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea({"rows": 2, "data-segments": ""})
    return forms.CharField(label=label, max_length=LONGEST_TEXT, required=False, widget=widget, help_text=help_text)


class ContestForm(StyledForm):
    """A contest, new or to be changed."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("People see it on the public page, and in the text to winners."))
    prizes = forms.CharField(label=_("Prizes"), max_length=2_000, required=False, widget=forms.Textarea({"rows": 2}))
    opens_at = _moment(_("Begins"))
    closes_at = _moment(_("Ends"))
    entry_rule = forms.ChoiceField(
        label=_("Who wins"), choices=[(rule.value, word) for rule, word in RULES.items()], widget=forms.RadioSelect
    )
    every = _number(_("How many"))
    win_cap = _number(_("Prizes in all"), help_text=_("When they are gone, nobody wins any more. Empty: no limit."))
    win_cap_per_day = _number(_("Prizes a day"), help_text=_("Empty: no limit."))
    winner_count = _number(_("Winners"))
    reserve_count = _number(_("Reserves"), help_text=_("They move up when a winner cannot be reached."), least=0)
    correct_answers = forms.CharField(
        label=_("Right answers"),
        max_length=4_000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One a line. Letter case and accents do not matter. Other answers then do not count."),
    )
    limit_total = _number(_("Entries of one phone in all"), help_text=_("Empty: no limit."))
    limit_per_day = _number(_("Entries of one phone a day"), help_text=_("Empty: no limit."))
    min_age = _number(
        _("Only from this age"), help_text=_("People are asked for their year of birth by text, on your own numbers. The year is not kept.")
    )
    excludes_earlier_winners = forms.BooleanField(label=_("Who won a contest of yours within a year cannot win again"), required=False)
    excluded_group = GroupChoice(
        Group.objects.none(), label=_("Who may not take part"), required=False, empty_label=_("Nobody in particular")
    )
    entered_text = _text(_("When somebody is in"))
    win_text = _text(_("When somebody wins at once"))
    lose_text = _text(_("When somebody does not win"))
    wrong_text = _text(_("When the answer is wrong"))
    already_text = _text(_("When this phone has entered often enough"))
    early_text = _text(_("Before it begins"))
    late_text = _text(_("After the end"))
    age_text = _text(_("The question for the age"))
    refused_text = _text(_("When somebody may not take part"))
    notify_text = _text(_("To the winners, when you tell them"), _("Sent only when you press the button for it."))
    organiser = forms.CharField(label=_("Organiser"), max_length=300, required=False, help_text=_("Name and address, as the law may ask."))
    rules_text = forms.CharField(label=_("Terms"), max_length=LONGEST_TERMS, required=False, widget=forms.Textarea({"rows": 6}))
    is_public = forms.BooleanField(label=_("Show a public page with rules, prizes and the draw"), required=False)
    shows_winners = forms.BooleanField(
        label=_("Show the winners there, too"), required=False, help_text=_("With most digits of their phones left out: +48 501 *** 333.")
    )
    number = NumberChoice(Number.objects.none(), label=_("Number"), empty_label=None, required=False)
    word = forms.CharField(
        label=_("Keyword"),
        max_length=80,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("The word people text to enter. You can also do this later."),
    )

    def __init__(self, account: Account, *args: Any, contest: Contest | None = None, **kwargs: Any) -> None:
        self.account, self.contest = account, contest
        if contest is not None:
            kwargs["initial"] = {name: getattr(contest, name) for name in FIELDS} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self._queryset("excluded_group", groups_of(account))
        self._queryset("number", usable_numbers(account).exclude(kind="eco"))

    @property
    def rules(self) -> list[tuple[Any, Any, Any]]:
        """Return the choices of the entry rule, each with its explanation."""
        explained = [EXPLAINED[rule] for rule in RULES]
        return [(radio, radio.choice_label, why) for radio, why in zip(self["entry_rule"], explained, strict=True)]

    @property
    def texts(self) -> list[Any]:
        """Return the fields of all texts."""
        return [self[name] for name in TEXTS]

    @property
    def has_numbers(self) -> bool:
        """Whether there is a number to have a keyword on."""
        field = self.fields["number"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # tells the type checker, not the user
        return field.queryset is not None and field.queryset.exists()

    @property
    def shared_numbers(self) -> list[int]:
        """Return the numbers on which more is impossible than on an own one."""
        field = self.fields["number"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        return [one.pk for one in field.queryset or [] if one.capabilities.is_shared]

    def clean(self) -> dict[str, Any]:
        """Ask for the number where a word is given."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        given["word"] = given.get("word", "").strip()
        if given["word"] and not given.get("number") and "number" not in self.errors:
            self.add_error("number", _("Choose the number people write to."))
        for name in ("winner_count", "reserve_count"):
            if given.get(name) is None and name not in self.errors:
                given[name] = 1 if name == "winner_count" and given.get("entry_rule") not in _WITH_WINNERS else 0
        return given

    def content(self) -> ContestContent:
        """Return what was asked for."""
        given: dict[str, Any] = {name: self.cleaned_data[name] for name in FIELDS}
        return ContestContent(**(given | {name: value.strip() for name, value in given.items() if isinstance(value, str)}))

    def refuse(self, error: ContestRefusedError | KeywordError) -> None:
        """Show why it could not be saved."""
        if isinstance(error, KeywordError):
            self.add_error("word", sentence(error))
            return
        for problem in error.problems:
            self.add_error(problem.field, fault_in_words(problem))

    def _queryset(self, name: str, queryset: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # tells the type checker, not the user
        field.queryset = queryset


_WITH_WINNERS = {EntryRule.AT_CLOSE.value, EntryRule.DAILY.value, EntryRule.JURY.value}
