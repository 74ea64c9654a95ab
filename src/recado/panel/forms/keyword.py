"""The form of a keyword: number, word, when it holds, and what it does.

What belongs here: fields of a keyword and the sentences for refused words. What does not: whether a word is free (`apps.keywords`).
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recado.apps.accounts.models import Account
from recado.apps.keywords.allowance import not_payable
from recado.apps.keywords.drafts import draft_of_keyword, drafted_row
from recado.apps.keywords.errors import KeywordError, KeywordRefusedError, KeywordTakenError, QuotaUsedError, Refusal
from recado.apps.keywords.kinds import refusals_of
from recado.apps.keywords.models import Keyword
from recado.apps.keywords.rules import RuleContent, check_purpose, in_order
from recado.apps.numbers.models import Number
from recado.apps.numbers.queries import usable_numbers
from recado.core.draft import Draft
from recado.core.routes import MatchKind
from recado.panel.forms.days import DAY, FIRST_DAY, LAST_DAY, PERIOD, midnight
from recado.panel.forms.rule import RuleForm
from recado.panel.ids import id_of
from recado.panel.keyword_words import EXPLAINED, MATCH_KINDS, KindCard, KindCards
from recado.panel.number_words import quota_sentence, short_name
from recado.panel.templatetags.formats import calendar_day
from recado.panel.templatetags.recado import own_number

REFUSALS = {
    Refusal.EMPTY: gettext_lazy("Write a word with letters or digits."),
    Refusal.TOO_LONG: gettext_lazy("A keyword has at most 80 characters."),
    Refusal.RESERVED: gettext_lazy("Nobody can reserve this word: people use it to opt out, to ask for help or to answer."),
    Refusal.MIXED_SCRIPTS: gettext_lazy("The word mixes letters of two alphabets that look alike. Write it in one alphabet."),
    Refusal.LOOK_ALIKE: gettext_lazy("The word is one letter away from somebody else's keyword here. Choose one people cannot mistake."),
    Refusal.CONFUSABLE: gettext_lazy("The word looks the same as somebody else's keyword here. Choose one people cannot mistake."),
    Refusal.BLOCKED: gettext_lazy("The operator keeps this word from everybody on shared numbers."),
    Refusal.KIND_NOT_ALLOWED: gettext_lazy("Shared numbers allow exact keywords only. Phrase and base keywords work on your own number."),
    Refusal.NO_KEYWORDS_HERE: gettext_lazy("Keywords do not work on this number."),
    Refusal.PERIOD: gettext_lazy("The end must come after the start, and in the future."),
    Refusal.NOT_IN_PLAN: gettext_lazy("Your plan does not include this kind of keyword on this number."),
    Refusal.QUOTA: gettext_lazy("Your plan includes no more keywords on shared numbers. End one, or ask for another plan."),
    Refusal.NOT_PAYABLE: gettext_lazy("Your plan cannot pay for keywords on this kind of number. Ask for another plan."),
    Refusal.RENAMED: gettext_lazy("On a shared number a reserved word cannot be changed. End this keyword and reserve another."),
    Refusal.ENDED: gettext_lazy("This keyword is over. Give it a later end first."),
    Refusal.LEAVES_NO_GROUP: gettext_lazy("Choose the group people leave."),
}
FIELDS = {Refusal.PERIOD: "ends_on", Refusal.NO_KEYWORDS_HERE: "number", Refusal.KIND_NOT_ALLOWED: "kind", Refusal.NOT_IN_PLAN: "kind"}
FIELDS |= {Refusal.NOT_PAYABLE: "number", Refusal.LEAVES_NO_GROUP: "leave_group"}
"""The field a refusal is shown at; the word where none is named."""


class NumberChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # no type arguments at run time
    """A number with its kind."""

    def label_from_instance(self, obj: Any) -> str:
        """Write the number as on a poster, with its kind."""
        return f"{own_number(obj.digits)} · {short_name(obj.kind)}"


class KeywordForm(RuleForm):
    """A keyword, new or to be changed; the number of an existing one is fixed. `has_rule`: the form asks what it does, too."""

    number = NumberChoice(Number.objects.none(), label=gettext_lazy("Number"), empty_label=None)
    word = forms.CharField(
        label=gettext_lazy("Keyword"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=gettext_lazy("Letter case and Polish accents are ignored."),
        error_messages={"required": REFUSALS[Refusal.EMPTY]},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("How it must match"), choices=list(MATCH_KINDS.items()), widget=forms.RadioSelect, required=False
    )
    also_when_text_follows = forms.BooleanField(label=gettext_lazy("Also when more text follows the keyword"), required=False)
    asks_back = forms.BooleanField(
        label=gettext_lazy("Ask when somebody mistypes it"),
        required=False,
        help_text=gettext_lazy("They get “Did you mean …? Reply YES.” Words with five letters or more, at most once a day."),
    )
    starts_on = forms.DateField(label=gettext_lazy("From"), required=False, widget=DAY, validators=PERIOD)
    ends_on = forms.DateField(label=gettext_lazy("Until, this day included"), required=False, widget=DAY, validators=PERIOD)

    def __init__(self, account: Account, *args: Any, keyword: Keyword | None = None, has_rule: bool = True, **kwargs: Any) -> None:
        self.keyword = keyword
        self.has_rule = has_rule
        if keyword is not None:
            kwargs["initial"] = {**_initial(keyword), **(kwargs.get("initial") or {})}
        super().__init__(account, *args, **kwargs)
        if keyword is None:
            self._queryset("number", usable_numbers(account).exclude(kind="eco"))
        else:
            del self.fields["number"]
        if not self.has_kinds:
            del self.fields["kind"]
            self.fields["word"].widget.attrs["readonly"] = True
            self.fields["word"].help_text = gettext_lazy("On a shared number a reserved word cannot be changed.")

    @property
    def has_kinds(self) -> bool:
        """Whether there is a way to match to choose: on a shared number a reserved word keeps its own."""
        return self.keyword is None or not self.keyword.number.capabilities.is_shared

    @property
    def match_kind(self) -> MatchKind:
        """How the keyword must match: as chosen here, or as it does."""
        return MatchKind(self.cleaned_data.get("kind") or (self.keyword.kind if self.keyword else MatchKind.EXACT))

    @property
    def is_shared(self) -> bool:
        """Whether it is on a shared number, or to be."""
        number = self.keyword.number if self.keyword is not None else self.cleaned_data.get("number")
        return number is not None and number.capabilities.is_shared

    def clean(self) -> dict[str, Any]:
        """Ask for the group people leave where that is what the keyword is for."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if self.has_rule and "leave_group" not in self.errors:
            leaves = (given["leave_group"],) if given.get("leave_group") else ()
            try:
                check_purpose(given.get("word", ""), self.match_kind, RuleContent(leaves=leaves))
            except KeywordRefusedError as error:
                self.refuse(error)
        return given

    def kind_cards(self) -> KindCards:
        """Offer the ways to match that the number chosen here knows; the others are shown with the reason."""
        chosen = str(self["kind"].value() or "")
        if self.keyword is not None:
            return kind_cards(self.account, self.keyword.number, chosen or self.keyword.kind, keeps=self.keyword.kind)
        number = id_of(str(self["number"].value() or ""))
        choice = self.fields["number"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101  # tells the type checker, not the user
        offered = choice.queryset
        assert offered is not None  # noqa: S101
        return kind_cards(self.account, offered.filter(pk=number).first() or offered.first(), chosen)

    def starts_at(self) -> datetime | None:
        """Return the beginning of the first day, in the account's time zone."""
        return midnight(self.cleaned_data["starts_on"])

    def ends_at(self) -> datetime | None:
        """Return the end of the last day, in the account's time zone."""
        return midnight(self.cleaned_data["ends_on"], timedelta(days=1))

    def draft(self, number: Number) -> Draft:
        """Return the keyword as the form asks for it, not saved."""
        given = self.cleaned_data
        row = drafted_row(
            self.account,
            number,
            self.keyword,
            given["word"],
            kind=self.match_kind,
            also_when_text_follows=given["also_when_text_follows"],
            asks_back=given["asks_back"],
            starts_at=self.starts_at(),
            ends_at=self.ends_at(),
        )
        rules = in_order(self.keyword.rules.all()) if self.keyword else []
        return draft_of_keyword(row, self.planned_content() if self.has_rule else None, next(iter(rules), None))

    def refuse(self, error: KeywordError) -> None:
        """Show why the keyword could not be saved."""
        field = FIELDS.get(error.reason, "word") if isinstance(error, KeywordRefusedError) else "word"
        self.add_error(field if field in self.fields else None, sentence(error))


def kind_cards(account: Account, number: Number | None, chosen: str, keeps: str = "") -> KindCards:
    """Return the ways to match on a number; what it does not know is never the one chosen, unless the keyword `keeps` it."""
    refusals = {**(refusals_of(account, number) if number else dict.fromkeys(MatchKind)), **({MatchKind(keeps): None} if keeps else {})}
    if number and not keeps and not_payable(account, number):
        refusals = dict.fromkeys(MatchKind, Refusal.NOT_PAYABLE)
    if chosen not in set(MatchKind) or refusals[MatchKind(chosen)]:
        chosen = MatchKind.EXACT
    cards = [
        KindCard(kind.value, MATCH_KINDS[kind], *EXPLAINED[kind], is_chosen=kind == chosen, is_refused=refusals[kind] is not None)
        for kind in EXPLAINED
    ]
    is_by_plan = bool({Refusal.NOT_IN_PLAN, Refusal.NOT_PAYABLE} & set(refusals.values()))
    return KindCards(cards, [str(REFUSALS[refusal]) for refusal in dict.fromkeys(refusals.values()) if refusal], is_by_plan)


def asked_period(given: Mapping[str, str]) -> tuple[datetime | None, datetime | None]:
    """Return the period that somebody is still filling in; a day that is none yet counts as none."""
    first_day, last_day = (parse_day(given.get(name, "")) for name in ("starts_on", "ends_on"))
    return midnight(first_day), midnight(last_day + timedelta(days=1)) if last_day else None


def sentence(error: KeywordError, *, with_free: bool = True) -> str:
    """Say why a word cannot be reserved, when it can, and which words could be instead."""
    if not isinstance(error, KeywordTakenError | KeywordRefusedError):
        raise error
    said = [_why(error)]
    if error.free and with_free:
        said.append(_("Free: %(words)s.") % {"words": ", ".join(error.free)})
    return " ".join(said)


def _why(error: KeywordTakenError | KeywordRefusedError) -> str:
    if isinstance(error, QuotaUsedError):
        return quota_sentence(error.used, error.allowed)
    if isinstance(error, KeywordRefusedError):
        return str(REFUSALS[error.reason])
    values = {"word": error.word, "number": own_number(error.digits)}
    if error.free_from is None:
        return _("%(word)s is taken on %(number)s.") % values
    return _("%(word)s is taken on %(number)s, and free from %(day)s.") % {**values, "day": calendar_day(first_whole_day(error.free_from))}


def first_whole_day(moment: datetime) -> date:
    """Return the first day that begins at a moment or after it, in the reader's time zone."""
    local = timezone.localtime(moment)
    return local.date() if local.time() == time.min else local.date() + timedelta(days=1)


def parse_day(written: str) -> date | None:
    """Read a day as a browser sends it; None for anything else, and for days no reservation can have."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def _initial(keyword: Keyword) -> dict[str, Any]:
    last_day = keyword.ends_at and timezone.localdate(keyword.ends_at - timedelta(seconds=1))
    return {
        "word": keyword.word,
        "kind": keyword.kind,
        "also_when_text_follows": keyword.also_when_text_follows,
        "asks_back": keyword.asks_back,
        "starts_on": keyword.starts_at and timezone.localdate(keyword.starts_at),
        "ends_on": last_day,
    }
