"""The form of an autoresponder: its name, what it answers, the text, how often, when and to whom.

What belongs here: fields and their way into `AutoresponderContent`. What does not: fields of conditions (`conditions`), checks that need
the account's data (`apps.autoresponders.services`), what the text looks like filled in (`panel.autoresponders.preview`).
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from recado.apps.accounts.models import Account
from recado.apps.autoresponders.errors import AutoresponderRefusal, AutoresponderRefusedError
from recado.apps.autoresponders.queries import answering_numbers, keywords_to_answer
from recado.apps.autoresponders.services import LONGEST_NAME, LONGEST_TEXT, AutoresponderContent
from recado.apps.keywords.models import Keyword
from recado.apps.numbers.models import Number
from recado.core.condition import Standing
from recado.core.number import CAPABILITIES, NumberKind
from recado.core.reply import PLACEHOLDERS, unknown
from recado.panel.forms.conditions import ConditionForm, terms_initial
from recado.panel.ids import id_of
from recado.panel.templatetags.recado import own_number

KEYWORDS_OFFERED = 300
"""So many keywords are in the list; the page of each of the others leads here with it chosen."""
HOUR, DAY = 60, 24 * 60
EACH_TIME = ""
ONCE = {
    EACH_TIME: gettext_lazy("Each time"),
    str(HOUR): gettext_lazy("Once an hour"),
    str(12 * HOUR): gettext_lazy("Once in 12 hours"),
    str(DAY): gettext_lazy("Once a day"),
    str(7 * DAY): gettext_lazy("Once in 7 days"),
    str(30 * DAY): gettext_lazy("Once in 30 days"),
}
REFUSALS = {
    AutoresponderRefusal.NAME: ("name", gettext_lazy("Give it a name of at most 80 characters.")),
    AutoresponderRefusal.TEXT: ("text", gettext_lazy("Write what people get.")),
    AutoresponderRefusal.NUMBER: ("place", gettext_lazy("Choose one of your numbers, or a shared one on which you have a keyword.")),
    AutoresponderRefusal.KEYWORD: ("place", gettext_lazy("This keyword is not yours any more. Choose another.")),
    AutoresponderRefusal.ONCE: ("once", gettext_lazy("Choose how often.")),
    AutoresponderRefusal.CEILING: ("daily_ceiling", gettext_lazy("Write an amount such as 0,09: at most two digits after the comma.")),
}


class AutoresponderForm(ConditionForm):
    """An autoresponder, new or to be changed."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=LONGEST_NAME, help_text=gettext_lazy("Only you see it: Closed, First message, Holidays.")
    )
    place = forms.ChoiceField(label=gettext_lazy("It answers"), required=False)
    text = forms.CharField(
        label=gettext_lazy("What people get"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3, "data-count-text": ""})
    )
    once = forms.ChoiceField(
        label=gettext_lazy("The same person gets it"),
        required=False,
        help_text=gettext_lazy("Somebody who writes three times in a row needs one answer, not three."),
    )
    is_enabled = forms.BooleanField(label=gettext_lazy("The autoresponder is switched on"), required=False, initial=True)

    field_order = ("name", "place", "text", "once", "is_enabled")

    def __init__(self, account: Account, *args: Any, content: AutoresponderContent | None = None, **kwargs: Any) -> None:
        self.account = account
        kwargs["initial"] = {**(_initial(content) if content else {"once": str(HOUR)}), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.offer_groups()
        self._offer("standing", {Standing.ANY: _("People who did not opt out"), Standing.OPTED_OUT: _("Only people who opted out (STOP)")})
        self._offer("once", _once_choices(str(self.initial.get("once", ""))))
        self._offer("place", _places(account, str(self["place"].value() or "")))
        self.fields["standing"].help_text = _("Who opted out gets no automatic answer, unless one is made for them.")

    def clean_text(self) -> str:
        """Refuse names that nothing is filled in for."""
        text: str = self.cleaned_data["text"].strip()
        self._refuse_unknown(unknown(text))
        return text

    def content(self) -> AutoresponderContent:
        """Return what was asked for."""
        given = self.cleaned_data
        number, keyword = place_of(self.account, given["place"])
        once = int(given["once"]) if given["once"] else None
        return AutoresponderContent(
            given["name"].strip(), given["text"], number, keyword, once, self.terms_with(priority=0, is_enabled=given["is_enabled"])
        )

    def refuse_autoresponder(self, error: AutoresponderRefusedError) -> None:
        """Show why it could not be saved."""
        field, words = REFUSALS[error.reason]
        self.add_error(field, str(words))

    def _refuse_unknown(self, missing: list[str]) -> None:
        if missing:
            names = ", ".join(f"{{{name}}}" for name in dict.fromkeys(missing))
            offered = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
            words = ngettext(
                "Nothing is filled in for %(names)s: people would get it as it stands. Use %(offered)s, or leave out the braces.",
                "Nothing is filled in for %(names)s: people would get them as they stand. Use %(offered)s, or leave out the braces.",
                len(set(missing)),
            )
            raise forms.ValidationError(words % {"names": names, "offered": offered})

    def _offer(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker, not the user
        field.choices = list(choices.items()) if isinstance(choices, Mapping) else choices


def place_of(account: Account, chosen: str) -> tuple[Number | None, Keyword | None]:
    """Return what a choice of the list stands for; what is not the account's is as if nothing were chosen."""
    kind, _dash, key = chosen.partition("-")
    found = id_of(key)
    if kind == "number" and found is not None:
        return answering_numbers(account).filter(pk=found).first(), None
    if kind == "keyword" and found is not None:
        return None, keywords_to_answer(account).filter(pk=found).first()
    return None, None


def place_choice(number: Number | None, keyword: Keyword | None) -> str:
    """Return the choice that stands for a place."""
    if keyword:
        return f"keyword-{keyword.pk}"
    return f"number-{number.pk}" if number else ""


def _places(account: Account, chosen: str) -> list[Any]:
    numbers = [(place_choice(number, None), _number_name(number)) for number in answering_numbers(account)]
    offered = list(keywords_to_answer(account)[:KEYWORDS_OFFERED])
    _number, picked = place_of(account, chosen)
    if picked and picked not in offered:
        offered.append(picked)
    keywords = [(place_choice(None, keyword), f"{keyword.word} · {own_number(keyword.number.digits)}") for keyword in offered]
    groups: list[Any] = [("", _("Every message"))]
    if numbers:
        groups.append((_("Messages to one number"), numbers))
    if keywords:
        groups.append((_("Messages with one keyword"), keywords))
    return groups


def _number_name(number: Number) -> str:
    digits = own_number(number.digits)
    if CAPABILITIES[NumberKind(number.kind)].is_shared:
        return _("%(number)s (shared: messages with your keywords)") % {"number": digits}
    return f"{digits} · {number.label}" if number.label else digits


def _once_choices(chosen: str) -> dict[str, Any]:
    if chosen in ONCE or not chosen.isdecimal():
        return dict(ONCE)
    count = int(chosen)
    return {**ONCE, chosen: ngettext("Once in %(count)s minute", "Once in %(count)s minutes", count) % {"count": count}}


def _initial(content: AutoresponderContent) -> dict[str, Any]:
    return {
        "name": content.name,
        "text": content.text,
        "place": place_choice(content.number, content.keyword),
        "once": str(content.once_minutes or EACH_TIME),
        **terms_initial(content.terms),
    }
