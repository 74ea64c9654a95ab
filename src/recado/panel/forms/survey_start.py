"""The form that starts a survey: the words people text, on which number; whether groups are asked, too.

What belongs here: these fields. What does not: whether a word is free (`apps.keywords`), starting (`apps.keywords.survey_starts`).
"""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recado.apps.accounts.models import Account
from recado.apps.keywords.survey_starts import WantedWord, WordRefusedError
from recado.apps.numbers.models import Number
from recado.apps.numbers.queries import usable_numbers
from recado.apps.surveys.models import Option, Survey
from recado.core.survey import SurveyKind
from recado.core.text import fold, tokenise
from recado.panel.forms.keyword import NumberChoice, sentence
from recado.panel.forms.styled import StyledForm

WORD = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
_LONGEST_WORD = 80


class SurveyStartForm(StyledForm):
    """How people come to a survey. A vote has a word for each answer, a conversation one that begins it."""

    number = NumberChoice(Number.objects.none(), label=gettext_lazy("Number"), empty_label=None)
    by_keyword = forms.BooleanField(label=gettext_lazy("Whoever texts a keyword begins it"), required=False)
    word = forms.CharField(label=gettext_lazy("Keyword"), max_length=_LONGEST_WORD, required=False, widget=forms.TextInput(WORD))
    by_group = forms.BooleanField(
        label=gettext_lazy("Ask the members of groups"),
        required=False,
        help_text=gettext_lazy("Next you choose the groups, see the exact cost, and send. Nothing is sent before."),
    )

    def __init__(self, account: Account, survey: Survey, *args: Any, has_words: bool = False, **kwargs: Any) -> None:
        """Ask for what this survey needs; `has_words`: some lead to it already, so that none is needed."""
        super().__init__(*args, **kwargs)
        self.survey, self.has_words = survey, has_words
        self.options: list[Option] = []
        if survey.kind == SurveyKind.VOTE:
            number = self.fields["number"]
            assert isinstance(number, forms.ModelChoiceField)  # noqa: S101  # tells the type checker, not the user
            number.queryset = usable_numbers(account).exclude(kind="eco")
            self.options = list(Option.objects.filter(question__survey=survey).select_related("question"))
            for name in ("by_keyword", "by_group", "word"):
                del self.fields[name]
            for option in self.options:
                field = forms.CharField(
                    label=option.text, max_length=_LONGEST_WORD, required=False, widget=forms.TextInput({**WORD, "class": "c-input"})
                )
                field.initial = suggested_word(option.text)
                self.fields[f"word-{option.pk}"] = field
        else:
            del self.fields["number"]

    @property
    def word_fields(self) -> list[Any]:
        """The fields of a vote's words, one for each answer."""
        return [self[f"word-{option.pk}"] for option in self.options]

    def clean(self) -> dict[str, Any]:
        """Ask for a way in: a survey nobody can come to would wait for ever."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if self.survey.kind == SurveyKind.VOTE:
            if not self.has_words:
                for option in self.options:
                    if not given.get(f"word-{option.pk}"):
                        self.add_error(f"word-{option.pk}", _("Write the word people text for this answer."))
        elif given.get("by_keyword") and not given.get("word"):
            self.add_error("word", _("Write the word people text to begin."))
        elif not (given.get("by_keyword") or given.get("by_group") or self.has_words):
            self.add_error(None, _("Choose how people come to it: by a keyword, or because you ask them."))
        return given

    def words(self) -> list[WantedWord]:
        """Return the words that shall be reserved."""
        given = self.cleaned_data
        if self.survey.kind == SurveyKind.VOTE:
            pairs = [(option, given.get(f"word-{option.pk}", "")) for option in self.options]
            return [WantedWord(given["number"], word, option) for option, word in pairs if word]
        number = self.survey.number
        return [WantedWord(number, given["word"])] if given.get("by_keyword") and number is not None else []

    def refuse(self, error: WordRefusedError) -> None:
        """Show which word cannot be had, and why."""
        wanted = self.words()[error.at]
        self.add_error(f"word-{wanted.option.pk}" if wanted.option else "word", sentence(error.error))


def suggested_word(text: str) -> str:
    """Return the longest word of a text as a keyword: `A bunch of tulips` is `TULIPS`."""
    words = [token.upper() for token in fold(tokenise(text)) if len(token) > 1 and token.isalpha()]
    return max(words, key=len, default="")[:_LONGEST_WORD]
