"""How every form of the panel is drawn: our classes on the widgets, no colon after labels.

What belongs here: presentation shared by all forms. What does not: fields.
"""

from typing import Any

from django import forms

PLAIN = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.HiddenInput)


class StyledForm(forms.Form):
    """A form whose inputs look like ours."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if not isinstance(field.widget, PLAIN):
                field.widget.attrs.setdefault("class", "c-input")
