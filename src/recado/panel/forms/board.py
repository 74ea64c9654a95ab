"""The form of a board.

What belongs here: fields and their words. What does not: saving (`apps.boards`), the keyword's part (`with_keyword`).
"""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recado.apps.accounts.models import Account
from recado.apps.boards.errors import BoardError, Refusal
from recado.apps.boards.models import Board
from recado.apps.boards.services import MOST_MINUTES, MOST_PER_PHONE, MOST_SHOWN, BoardContent, Theme, content_of
from recado.core.board import Moderation, Naming
from recado.core.routes import MatchKind
from recado.panel.board_words import MODERATION, NAMING, THEMES, refusal_words
from recado.panel.forms.with_keyword import WithKeyword

KEYWORD_FIELDS = ("number", "word", "reply")
FIELDS = {Refusal.NO_NAME: "name", Refusal.RATE: "most_per_phone", Refusal.SHOWN_COUNT: "shown_count", Refusal.TOO_MANY_WORDS: "word_list"}
"""The field a refusal is shown at."""


class BoardKeywordForm(WithKeyword):
    """A keyword for a board that is there."""

    prefers: ClassVar[MatchKind] = MatchKind.BASE


class BoardForm(WithKeyword):
    """A board, new with its keyword, or to be changed."""

    prefers: ClassVar[MatchKind] = MatchKind.BASE

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        help_text=gettext_lazy("For you; it is also the heading on the screen, unless you write another."),
    )
    title = forms.CharField(label=gettext_lazy("Heading on the screen"), max_length=120, required=False)
    call = forms.CharField(
        label=gettext_lazy("How to take part, on the screen"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Leave empty, and the screen says the keyword and the number itself."),
    )
    moderation = forms.ChoiceField(
        label=gettext_lazy("Who decides what is shown"), choices=list(MODERATION.items()), widget=forms.RadioSelect
    )
    after_switch = forms.ChoiceField(
        label=gettext_lazy("Messages that were shown by themselves until now"),
        choices=[
            ("wait", gettext_lazy("Take them down; they wait for you like new ones")),
            ("keep", gettext_lazy("Leave them on the screen; I have seen them")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    word_list = forms.CharField(
        label=gettext_lazy("Words that are not shown by themselves"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocapitalize": "off"}),
        help_text=gettext_lazy(
            "One a line. A * at the end stands for any ending. Capitals, accents, doubled or spaced letters and figures in place of "
            "letters make no difference. Messages with an address or a phone number wait for you in any case."
        ),
    )
    most_per_phone = forms.IntegerField(label=gettext_lazy("At most so many messages of one phone"), min_value=1, max_value=MOST_PER_PHONE)
    within_minutes = forms.IntegerField(label=gettext_lazy("within so many minutes"), min_value=1, max_value=MOST_MINUTES)
    naming = forms.ChoiceField(label=gettext_lazy("Shown of who wrote"), choices=list(NAMING.items()))
    theme = forms.ChoiceField(label=gettext_lazy("Look"), choices=list(THEMES.items()), widget=forms.RadioSelect)
    shown_count = forms.IntegerField(label=gettext_lazy("Messages on the screen at once"), min_value=1, max_value=MOST_SHOWN)
    closed_text = forms.CharField(
        label=gettext_lazy("Answer while the board is closed"),
        max_length=1530,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("In place of the keyword’s reply. Leave empty to answer nothing."),
    )
    refused_text = forms.CharField(
        label=gettext_lazy("Answer to who sends too much"),
        max_length=1530,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("In place of the keyword’s reply, which goes out where this is empty. The message waits for you."),
    )

    def __init__(self, account: Account, *args: Any, board: Board | None = None, **kwargs: Any) -> None:
        self.board = board
        initial = _initial(content_of(board)) if board else _first()
        kwargs["initial"] = {**initial, **(kwargs.get("initial") or {})}
        super().__init__(account, *args, **kwargs)
        if board is not None:
            for name in KEYWORD_FIELDS:
                del self.fields[name]
        if not self.asks_after_switch:
            del self.fields["after_switch"]

    @property
    def asks_after_switch(self) -> bool:
        """Whether what was shown by itself is in question, if a person decides from now on."""
        return self.board is not None and self.board.moderation == Moderation.AUTOMATIC.value

    @property
    def keeps_shown(self) -> bool:
        """Whether what was shown by itself stays."""
        return self.cleaned_data.get("after_switch") == "keep"

    def content(self) -> BoardContent:
        """Return the board as the form asks for it."""
        given = self.cleaned_data
        return BoardContent(
            given["name"],
            given["title"],
            given["call"],
            Moderation(given["moderation"]),
            given["word_list"],
            given["most_per_phone"],
            given["within_minutes"],
            Naming(given["naming"]),
            Theme(given["theme"]),
            given["shown_count"],
            given["closed_text"],
            given["refused_text"],
        )

    def refuse_board(self, error: BoardError) -> None:
        """Show why the board could not be saved."""
        self.add_error(FIELDS[error.reason], refusal_words(error.reason))


def _initial(content: BoardContent) -> dict[str, Any]:
    names = ("name", "title", "call", "word_list", "most_per_phone", "within_minutes", "shown_count", "closed_text", "refused_text")
    initial: dict[str, Any] = {name: getattr(content, name) for name in names}
    chosen = {"moderation": content.moderation.value, "naming": content.naming.value, "theme": content.theme.value}
    return initial | chosen | {"after_switch": "wait"}


def _first() -> dict[str, Any]:
    """Return what a new board begins with."""
    return _initial(BoardContent("")) | {
        "reply": _("Thank you! Your message will be on the screen soon."),
        "closed_text": _("The board is closed now. Thank you for writing!"),
        "refused_text": _("Thank you! You write a lot: we look at the next messages before they are shown."),
    }
