"""The form of a text ready to be sent.

What belongs here: its fields and what their places must be. What does not: who may change which (`panel.settings.canned_replies`).
"""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recado.apps.dialogues.answering import MAX_CHARACTERS
from recado.apps.dialogues.canned_replies import UnknownPlaceError, check_places
from recado.apps.dialogues.models import CannedReply
from recado.panel.forms.styled import StyledForm


class CannedReplyForm(StyledForm):
    """Name, text, what it is for, and whether everybody uses it."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=40, help_text=gettext_lazy("Type / and this name in a conversation."))
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=MAX_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("{first_name}, {last_name}, {name} and {number} are filled in; in group sends also columns of a file."),
    )
    use = forms.ChoiceField(
        label=gettext_lazy("What it is for"),
        choices=CannedReply.Use.choices,
        initial=CannedReply.Use.DIALOGUE,
        required=False,
    )
    is_shared = forms.BooleanField(label=gettext_lazy("Everybody in the company can use it"), required=False)

    def __init__(self, *args: Any, may_share: bool, **kwargs: Any) -> None:
        """Offer sharing to those who may configure."""
        super().__init__(*args, **kwargs)
        if not may_share:
            del self.fields["is_shared"]

    def clean_use(self) -> CannedReply.Use:
        """Return what it is for; conversations where nothing is said."""
        return CannedReply.Use(self.cleaned_data["use"] or CannedReply.Use.DIALOGUE)

    def clean(self) -> dict[str, Any]:
        """Refuse places that would stay empty brackets in a conversation; a file may fill them in a group send."""
        try:
            check_places(self.cleaned_data.get("text", ""), self.cleaned_data.get("use", CannedReply.Use.DIALOGUE))
        except UnknownPlaceError as error:
            words = _("Nothing is known for {%(place)s}, and the person would read it as it stands. Take it out, or correct it.")
            self.add_error("text", words % {"place": error.place})
        return self.cleaned_data
