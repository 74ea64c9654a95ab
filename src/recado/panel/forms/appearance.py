"""The form of a person's choices about the panel itself.

What belongs here: fields. What does not: saving (`apps.accounts.preferences`).
"""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Density, Theme, User
from recado.apps.accounts.preferences import APPEARANCE, AppearanceChoices
from recado.panel.forms.styled import StyledForm
from recado.panel.forms.zones import zone_choices


class AppearanceForm(StyledForm):
    """Theme, density, language, time zone, keys, motion."""

    theme = forms.ChoiceField(label=_("Colours"), choices=Theme.choices, widget=forms.RadioSelect)
    density = forms.ChoiceField(
        label=_("Room between rows"),
        choices=Density.choices,
        widget=forms.RadioSelect,
        help_text=_("Compact shows more conversations and table rows at once."),
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False, help_text=_("All times in the panel are shown in it."))
    has_shortcuts = forms.BooleanField(
        label=_("Single-key shortcuts"), required=False, help_text=_("J, K, R, E and others act at once outside text fields.")
    )
    has_less_motion = forms.BooleanField(
        label=_("Less motion"), required=False, help_text=_("Nothing slides or fades. A device set to reduced motion has it anyway.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        as_company = ("", _("As the company's"))
        self._offer("language", [as_company, *settings.LANGUAGES])
        self._offer("time_zone", zone_choices(str(self["time_zone"].value() or ""), first=[as_company]))

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker, not the user
        field.choices = choices

    @classmethod
    def of(cls, user: User) -> "AppearanceForm":
        """Make the form with what the person chose before."""
        return cls(initial={name: getattr(user, name) for name in APPEARANCE})

    def choices(self) -> AppearanceChoices:
        """Return what was chosen, as the service takes it."""
        given = dict(self.cleaned_data)
        return AppearanceChoices(Theme(given.pop("theme")), Density(given.pop("density")), **given)
