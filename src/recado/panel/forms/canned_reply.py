"""The form of a canned reply.

What belongs here: its fields. What does not: who may change which (`panel.settings.canned_replies`).
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from recado.apps.dialogues.answering import MAX_CHARACTERS
from recado.panel.forms.styled import StyledForm


class CannedReplyForm(StyledForm):
    """Name, text, and whether everybody uses it."""

    name = forms.CharField(label=_("Name"), max_length=40, help_text=_("Type / and this name in a conversation."))
    text = forms.CharField(
        label=_("Text"),
        max_length=MAX_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("{first_name}, {last_name}, {name} and {number} are filled in."),
    )
    is_shared = forms.BooleanField(label=_("Everybody in the company can use it"), required=False)

    def __init__(self, *args: Any, may_share: bool, **kwargs: Any) -> None:
        """Offer sharing to those who may configure."""
        super().__init__(*args, **kwargs)
        if not may_share:
            del self.fields["is_shared"]
