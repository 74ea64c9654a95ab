"""The form of how long messages and files are kept.

What belongs here: fields and what they offer. What does not: saving (`apps.accounts.retention`).
"""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from recado.apps.accounts.models import Account
from recado.apps.accounts.retention import installation_retention
from recado.core.retention import FOR_EVER
from recado.panel.forms.styled import StyledForm

MONTHS = (1, 3, 6, 12, 24, 36, 60, 120)
DAYS = (7, 14, 30, 90, 180, 365, 730)
AS_INSTALLED = ""


class RetentionForm(StyledForm):
    """After how long messages are emptied, and files of MMS deleted."""

    keeps_messages_months = forms.ChoiceField(
        label=gettext_lazy("Messages"),
        required=False,
        help_text=gettext_lazy("Older ones lose text, subject, pictures and files. Phone, time and state stay, and so do statistics."),
    )
    keeps_files_days = forms.ChoiceField(
        label=gettext_lazy("Pictures and files of MMS"),
        required=False,
        help_text=gettext_lazy("Older ones are deleted; their messages stay, and say so."),
    )

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        months, days = account.keeps_messages_months, account.keeps_files_days
        initial = {"keeps_messages_months": _written(months), "keeps_files_days": _written(days)}
        super().__init__(*args, initial=initial, **kwargs)
        usual = installation_retention()
        self._offer("keeps_messages_months", months_in_words, usual.messages_months, _with(MONTHS, months))
        self._offer("keeps_files_days", days_in_words, usual.files_days, _with(DAYS, days))

    def chosen(self) -> tuple[int | None, int | None]:
        """Return months and days; None where the installation decides."""
        months, days = (self.cleaned_data[name] for name in ("keeps_messages_months", "keeps_files_days"))
        return (int(months) if months else None), (int(days) if days else None)

    def _offer(self, name: str, in_words: Callable[[int], str], usual: int, offered: Iterable[int]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker, not the user
        default = _("Default: %(time)s") % {"time": in_words(usual)}
        field.choices = [(AS_INSTALLED, default), *((str(value), in_words(value)) for value in offered)]


def months_in_words(months: int) -> str:
    """Say how long messages are kept."""
    return _("for ever") if months == FOR_EVER else ngettext("%(count)s month", "%(count)s months", months) % {"count": months}


def days_in_words(days: int) -> str:
    """Say how long files are kept."""
    return _("as long as the message") if days == FOR_EVER else ngettext("%(count)s day", "%(count)s days", days) % {"count": days}


def _written(value: int | None) -> str:
    return AS_INSTALLED if value is None else str(value)


def _with(usual: tuple[int, ...], chosen: int | None) -> list[int]:
    """Return what is offered, with what a program chose."""
    return [FOR_EVER, *sorted({*usual, *filter(None, (chosen,))})]
