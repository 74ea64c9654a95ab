"""The forms of a code pool.

What belongs here: fields and their words. What does not: saving (`apps.codes`), the keyword's part (`with_keyword`).
"""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recado.apps.accounts.models import Account
from recado.apps.codes.generating import LONGEST, SHORTEST
from recado.apps.codes.importing import MOST_AT_ONCE
from recado.apps.codes.models import CodePool
from recado.apps.codes.services import MOST_LOW_AT, PoolContent, content_of
from recado.core.reply import CODE, unknown
from recado.panel.forms.styled import StyledForm
from recado.panel.forms.with_keyword import WithKeyword

KEYWORD_FIELDS = ("number", "word", "reply")
NAMED = f"{{{CODE}}}"


class PoolKeywordForm(WithKeyword):
    """A keyword for a pool that is there."""

    fills: ClassVar[tuple[str, ...]] = (CODE,)

    def clean(self) -> dict[str, Any]:
        """Ask for the code in the reply: without it people would get a text and no code."""
        given = super().clean()
        if given.get("word", "").strip() and "reply" in given and NAMED not in given["reply"]:
            self.add_error("reply", _("Write %(name)s where the code goes: without it nobody gets their code.") % {"name": NAMED})
        return given


class PoolForm(PoolKeywordForm):
    """A pool, new with its keyword, or to be changed."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120, help_text=gettext_lazy("For you: “Summer discount”."))
    low_at = forms.IntegerField(
        label=gettext_lazy("Tell us when no more codes than this are left"), min_value=0, max_value=MOST_LOW_AT, initial=20
    )
    empty_text = forms.CharField(
        label=gettext_lazy("Answer when no code is left"),
        max_length=1530,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("In place of the keyword’s reply."),
    )
    already_text = forms.CharField(
        label=gettext_lazy("Answer to who has a code already"),
        max_length=1530,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("{code} is the one they have. Leave empty, and they get the keyword’s reply with it."),
    )

    def __init__(self, account: Account, *args: Any, pool: CodePool | None = None, **kwargs: Any) -> None:
        initial = _initial(content_of(pool)) if pool else _first()
        kwargs["initial"] = {**initial, **(kwargs.get("initial") or {})}
        super().__init__(account, *args, **kwargs)
        if pool is not None:
            for name in KEYWORD_FIELDS:
                del self.fields[name]

    def clean_empty_text(self) -> str:
        """Refuse a code where there is none."""
        return self._checked("empty_text", ())

    def clean_already_text(self) -> str:
        """Refuse names nobody fills in."""
        return self._checked("already_text", (CODE,))

    def _checked(self, name: str, fills: tuple[str, ...]) -> str:
        text: str = self.cleaned_data[name].strip()
        if missing := unknown(text, fills):
            raise forms.ValidationError(_("Nothing is filled in for %(name)s here. Leave it out.") % {"name": f"{{{missing[0]}}}"})
        if CODE not in fills and NAMED in text:
            raise forms.ValidationError(_("Nothing is filled in for %(name)s here. Leave it out.") % {"name": NAMED})
        return text

    def content(self) -> PoolContent:
        """Return the pool as the form asks for it."""
        given = self.cleaned_data
        return PoolContent(given["name"], given["empty_text"], given["already_text"], given["low_at"])


class GenerateForm(StyledForm):
    """How many codes to make up, and how long."""

    count = forms.IntegerField(label=gettext_lazy("How many codes"), min_value=1, max_value=MOST_AT_ONCE, initial=100)
    length = forms.IntegerField(
        label=gettext_lazy("Letters and figures each"),
        min_value=SHORTEST,
        max_value=LONGEST,
        initial=8,
        help_text=gettext_lazy("Signs that look alike are left out: no 0 and O, no 1, I and L."),
    )


def _initial(content: PoolContent) -> dict[str, Any]:
    return {"name": content.name, "low_at": content.low_at, "empty_text": content.empty_text, "already_text": content.already_text}


def _first() -> dict[str, Any]:
    """Return what a new pool begins with."""
    return _initial(PoolContent("")) | {
        "reply": _("Your code: {code}. Show it at the till."),
        "empty_text": _("All codes are gone. Thank you for your interest!"),
    }
