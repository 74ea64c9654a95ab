"""The form of the phone simulator: which phone, which number, what text.

What belongs here: fields. What does not: receiving the text (`apps.inbox`).
"""

from pathlib import Path
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account
from recado.apps.media.services import blobs
from recado.apps.mms.parts import part_of
from recado.apps.numbers.models import Number
from recado.apps.numbers.queries import usable_numbers
from recado.core.mms import LONGEST_SUBJECT, InboundMms
from recado.core.mms_given import GivenFile
from recado.panel.forms.several_files import FilesField, SeveralFiles
from recado.panel.forms.styled import StyledForm
from recado.panel.templatetags.recado import kind_abbreviation, own_number

PHONES = tuple(f"486000000{last:02}" for last in range(1, 7))
"""Phones that do not exist: nobody is ever assigned a number that begins with 600 000 0."""


MOST_FILES, MOST_BYTES = 10, 10 * 1024 * 1024


class ShortNumberChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # no type arguments at run time
    """A number with the short name of its kind, so that it fits on a phone."""

    def label_from_instance(self, obj: Any) -> str:
        """Write the number as on a poster."""
        return f"{own_number(obj.digits)} · {kind_abbreviation(obj.kind)}"


class SimulatedTextForm(StyledForm):
    """A text from a simulated phone, or an MMS where there are files or a subject."""

    phone = forms.ChoiceField(choices=[(phone, phone) for phone in PHONES], widget=forms.HiddenInput)
    number = ShortNumberChoice(Number.objects.none(), label=_("To number"), empty_label=None)
    text = forms.CharField(label=_("Message text"), max_length=1530, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    attached = FilesField(label=_("Photos, sounds, files"), required=False, widget=SeveralFiles)
    subject = forms.CharField(label=_("Subject"), max_length=LONGEST_SUBJECT, required=False)

    def __init__(self, account: Account, *args: Any, has_focus: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        number = self.fields["number"]
        assert isinstance(number, forms.ModelChoiceField)  # noqa: S101  # tells the type checker, not the user
        number.queryset = usable_numbers(account)
        shown = {"class": "c-phone__input", "placeholder": _("Type an SMS"), "data-counted": "", "autofocus": has_focus}
        self.fields["text"].widget.attrs |= shown

    def clean(self) -> dict[str, Any]:
        """Ask for a text where there is nothing else; only some numbers take MMS."""
        given: dict[str, Any] = super().clean() or {}
        files, number = given.get("attached") or [], given.get("number")
        is_mms = bool(files or given.get("subject"))
        if not is_mms and not given.get("text") and "text" not in self.errors:
            self.add_error("text", _("Type a text."))
        if is_mms and number is not None and not number.capabilities.mms:
            self.add_error("attached", _("This number takes no MMS. Choose an own long number with MMS (NDI MMS)."))
        if len(files) > MOST_FILES or sum(one.size for one in files) > MOST_BYTES:
            self.add_error("attached", _("Choose at most 10 files, 10 MB together."))
        return given

    def mms(self) -> InboundMms | None:
        """Return what makes it an MMS, its files kept; None for a plain text."""
        files, subject = self.cleaned_data["attached"], " ".join(self.cleaned_data["subject"].split())
        if not files and not subject:
            return None
        given = [GivenFile(Path(one.name).name, one.content_type or "", one.read()) for one in files]
        return InboundMms(subject, self.cleaned_data["text"], tuple(part_of(blobs(), one) for one in given))
