"""The part of a form that gives something a keyword: number, word, reply. For boards and code pools, which people take part in by one.

What belongs here: fields, and reserving the word. What does not: what the keyword leads to (`forms.board`, `forms.code_pool`), all else a
keyword can be (`forms.keyword`).
"""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recado.apps.accounts.models import Account
from recado.apps.keywords.activities import Activity
from recado.apps.keywords.checks import check_word
from recado.apps.keywords.errors import KeywordError, KeywordRefusedError
from recado.apps.keywords.kinds import refusal_of
from recado.apps.keywords.models import Keyword
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import reserve_keyword
from recado.apps.numbers.models import Number
from recado.apps.numbers.queries import usable_numbers
from recado.core.reply import PLACEHOLDERS, unknown
from recado.core.routes import MatchKind
from recado.panel.forms.keyword import FIELDS, NumberChoice, sentence
from recado.panel.forms.styled import StyledForm


class WithKeyword(StyledForm):
    """A form that may reserve a keyword, too; or, alone, the form that adds one to something that is there."""

    number = NumberChoice(Number.objects.none(), label=gettext_lazy("Number"), empty_label=None, required=False)
    word = forms.CharField(
        label=gettext_lazy("Keyword"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=gettext_lazy("Letter case and Polish accents are ignored."),
    )
    reply = forms.CharField(
        label=gettext_lazy("Reply automatically"),
        max_length=1530,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "data-count-text": ""}),
    )

    prefers: ClassVar[MatchKind] = MatchKind.EXACT
    """How the keyword matches where number and plan allow it; else exact, and text may follow."""
    fills: ClassVar[tuple[str, ...]] = ()
    """Names that are filled in the reply besides the usual ones."""

    def __init__(self, account: Account, *args: Any, needs_word: bool = False, **kwargs: Any) -> None:
        self.account, self.needs_word = account, needs_word
        super().__init__(*args, **kwargs)
        field = self.fields["number"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # tells the type checker, not the user
        field.queryset = usable_numbers(account).exclude(kind="eco")

    @property
    def has_numbers(self) -> bool:
        """Whether there is a number to reserve a word on."""
        field = self.fields["number"]
        return isinstance(field, forms.ModelChoiceField) and field.queryset is not None and field.queryset.exists()

    def match_kind(self, number: Number) -> MatchKind:
        """Return how the keyword matches on a number."""
        return self.prefers if refusal_of(self.account, number, self.prefers) is None else MatchKind.EXACT

    def clean_reply(self) -> str:
        """Refuse placeholders nobody fills in: people would get the braces."""
        reply: str = self.cleaned_data["reply"].strip()
        if missing := unknown(reply, self.fills):
            offered = ", ".join(f"{{{name}}}" for name in (*self.fills, *PLACEHOLDERS))
            text = _("Nothing is filled in for %(name)s: people would get it as it stands. Use %(offered)s, or leave out the braces.")
            raise forms.ValidationError(text % {"name": f"{{{missing[0]}}}", "offered": offered})
        return reply

    def clean(self) -> dict[str, Any]:
        """Look whether the word is free before anything is saved."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        word, number = given.get("word", "").strip(), given.get("number")
        if not word and self.needs_word:
            self.add_error("word", _("Write a word with letters or digits."))
        if word and number is None and "number" not in self.errors:
            self.add_error("number", _("Choose the number people write to."))
        if word and number is not None:
            try:
                check_word(self.account, number, word, self.match_kind(number))
            except KeywordError as error:
                self.refuse(error)
        return given

    def reserve(self, activity: Activity) -> Keyword | None:
        """Reserve the word that was asked for, leading to an activity; raise KeywordError. Call it in a transaction."""
        given = self.cleaned_data
        if not given["word"].strip():
            return None
        content = RuleContent(reply=given["reply"], activities=(activity,))
        kind = self.match_kind(given["number"])
        return reserve_keyword(self.account, given["number"], given["word"], content, kind=kind, also_when_text_follows=True)

    def refuse(self, error: KeywordError) -> None:
        """Show why the keyword could not be reserved."""
        field = FIELDS.get(error.reason, "word") if isinstance(error, KeywordRefusedError) else "word"
        self.add_error(field if field in self.fields else "word", sentence(error))
