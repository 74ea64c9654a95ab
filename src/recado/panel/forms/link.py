"""The form of a link to a carrier, made from what the carrier's kind says about its settings.

What belongs here: fields, and that secrets are written and never shown. What does not: checking values (`carriers.*.kind`), saving
(`apps.numbers.links`).
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from recado.carriers.base import CarrierKind, SettingField, SettingType
from recado.panel.forms.styled import PLAIN, StyledForm
from recado.panel.operator.setting_words import translated


class LinkForm(StyledForm):
    """The settings of a link; with `is_new` also its name."""

    link_name = forms.CharField(label=_("Name"), max_length=80, help_text=_("As people here call the carrier. It stays."))

    def __init__(
        self, kind: CarrierKind, *args: Any, stored: Mapping[str, Any], is_new: bool = False, may_set_secrets: bool = True, **kwargs: Any
    ) -> None:
        self.kind = kind
        kwargs.setdefault("initial", kind.defaults() | dict(stored))
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["link_name"]
        for setting in kind.fields:
            field = self.fields[setting.name] = _field(setting, is_set=bool(stored.get(setting.name)))
            if not isinstance(field.widget, PLAIN):
                field.widget.attrs["class"] = "c-input"
            if setting.type is SettingType.SECRET and not may_set_secrets:
                self.fields[setting.name].disabled = True
                self.fields[setting.name].help_text = _("Only an administrator may change it.")

    def settings(self) -> dict[str, Any]:
        """Return what was entered, without secrets that were left empty: those stay as they are."""
        secret = {setting.name for setting in self.kind.fields if setting.type is SettingType.SECRET}
        entered = {setting.name: self.cleaned_data.get(setting.name) for setting in self.kind.fields}
        return {name: value for name, value in entered.items() if value or name not in secret}


def _field(setting: SettingField, *, is_set: bool) -> forms.Field:
    given: dict[str, Any] = {
        "label": translated(setting.label),
        "help_text": translated(setting.help),
        "required": setting.is_required,
    }
    match setting.type:
        case SettingType.INTEGER:
            return forms.IntegerField(min_value=setting.minimum, max_value=setting.maximum, **given)
        case SettingType.BOOLEAN:
            return forms.BooleanField(**given)
        case SettingType.CHOICE:
            return forms.ChoiceField(choices=[(choice, choice.replace("_", " ")) for choice in setting.choices], **given)
        case SettingType.SECRET:
            given["help_text"] = _("It is set and never shown. Leave it empty to keep it.") if is_set else _("Not set.")
            return forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), **given)
        case _:
            return forms.CharField(max_length=2000, **given)
