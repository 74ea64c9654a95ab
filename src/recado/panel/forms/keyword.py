"""The form of a keyword: number, word, when it holds, and what it does.

What belongs here: fields of a keyword and the sentences for refused words. What does not: whether a word is free (`apps.keywords`).
"""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recado.apps.accounts.models import Account
from recado.apps.keywords.drafts import draft_of_keyword, drafted_row
from recado.apps.keywords.errors import KeywordError, KeywordRefusedError, KeywordTakenError, Refusal
from recado.apps.keywords.models import Keyword
from recado.apps.numbers.models import Number
from recado.apps.numbers.queries import usable_numbers
from recado.core.draft import Draft
from recado.panel.forms.days import DAY, PERIOD, midnight
from recado.panel.forms.rule import RuleForm
from recado.panel.number_words import short_name
from recado.panel.templatetags.recado import own_number

REFUSALS = {
    Refusal.EMPTY: gettext_lazy("Write a word with letters or digits."),
    Refusal.TOO_LONG: gettext_lazy("A keyword has at most 80 characters."),
    Refusal.RESERVED: gettext_lazy("Nobody can reserve this word: people use it to opt out, to ask for help or to answer."),
    Refusal.MIXED_SCRIPTS: gettext_lazy("The word mixes letters of two alphabets that look alike. Write it in one alphabet."),
    Refusal.LOOK_ALIKE: gettext_lazy("The word is one letter away from somebody else's keyword here. Choose one people cannot mistake."),
    Refusal.KIND_NOT_ALLOWED: gettext_lazy("Shared numbers allow exact keywords only. Phrase and base keywords work on your own number."),
    Refusal.NO_KEYWORDS_HERE: gettext_lazy("Keywords do not work on this number."),
    Refusal.PERIOD: gettext_lazy("The end must come after the start, and in the future."),
    Refusal.RENAMED: gettext_lazy("On a shared number a reserved word cannot be changed. End this keyword and reserve another."),
}
FIELDS = {Refusal.PERIOD: "ends_on", Refusal.NO_KEYWORDS_HERE: "number"}
"""The field a refusal is shown at; the word where none is named."""


class NumberChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # no type arguments at run time
    """A number with its kind."""

    def label_from_instance(self, obj: Any) -> str:
        """Write the number as on a poster, with its kind."""
        return f"{own_number(obj.digits)} · {short_name(obj.kind)}"


class KeywordForm(RuleForm):
    """A keyword, new or to be changed; the number of an existing one is fixed."""

    number = NumberChoice(Number.objects.none(), label=gettext_lazy("Number"), empty_label=None)
    word = forms.CharField(
        label=gettext_lazy("Keyword"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=gettext_lazy("Letter case and Polish accents are ignored."),
        error_messages={"required": REFUSALS[Refusal.EMPTY]},
    )
    also_when_text_follows = forms.BooleanField(label=gettext_lazy("Also when more text follows the keyword"), required=False)
    starts_on = forms.DateField(label=gettext_lazy("From"), required=False, widget=DAY, validators=PERIOD)
    ends_on = forms.DateField(label=gettext_lazy("Until, this day included"), required=False, widget=DAY, validators=PERIOD)

    def __init__(self, account: Account, *args: Any, keyword: Keyword | None = None, **kwargs: Any) -> None:
        self.keyword = keyword
        if keyword is not None:
            kwargs["initial"] = {**_initial(keyword), **(kwargs.get("initial") or {})}
        super().__init__(account, *args, **kwargs)
        if keyword is None:
            self._queryset("number", usable_numbers(account).exclude(kind="eco"))
        else:
            del self.fields["number"]
            self.fields["word"].widget.attrs["readonly"] = keyword.number.capabilities.is_shared
        if keyword is not None and keyword.number.capabilities.is_shared:
            self.fields["word"].help_text = gettext_lazy("On a shared number a reserved word cannot be changed.")

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
            also_when_text_follows=given["also_when_text_follows"],
            starts_at=self.starts_at(),
            ends_at=self.ends_at(),
        )
        rule = self.keyword.rules.order_by("-priority", "id").first() if self.keyword else None
        return draft_of_keyword(row, self.planned_content(), rule)

    def refuse(self, error: KeywordError) -> None:
        """Show why the keyword could not be saved."""
        field = FIELDS.get(error.reason, "word") if isinstance(error, KeywordRefusedError) else "word"
        self.add_error(field if field in self.fields else None, sentence(error))


def sentence(error: KeywordError) -> str:
    """Say why a word cannot be reserved, and what could be."""
    if isinstance(error, KeywordTakenError):
        taken = _("%(word)s is taken on %(number)s.") % {"word": error.word, "number": own_number(error.digits)}
        free = _("Free: %(words)s.") % {"words": ", ".join(error.free)}
        return f"{taken} {free}" if error.free else taken
    if isinstance(error, KeywordRefusedError):
        return str(REFUSALS[error.reason])
    raise error


def _initial(keyword: Keyword) -> dict[str, Any]:
    last_day = keyword.ends_at and timezone.localdate(keyword.ends_at - timedelta(seconds=1))
    return {
        "word": keyword.word,
        "also_when_text_follows": keyword.also_when_text_follows,
        "starts_on": keyword.starts_at and timezone.localdate(keyword.starts_at),
        "ends_on": last_day,
    }
