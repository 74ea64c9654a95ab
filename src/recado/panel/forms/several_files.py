"""A field for several files at once. What belongs here: the field and its widget. What does not: what may be in the files."""

from typing import Any

from django import forms


class SeveralFiles(forms.ClearableFileInput):
    """Files, as many as somebody chooses."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of files; none is an empty list."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Check each file alone."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        clean_one = super().clean
        return [clean_one(one, initial) for one in given]
