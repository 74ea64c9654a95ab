"""How kinds of files are written. What belongs here: words for types. What does not: what a type is (`core.media_type`)."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

register = template.Library()

_WORDS = {
    "image": gettext_lazy("Picture"),
    "audio": gettext_lazy("Sound"),
    "video": gettext_lazy("Video"),
    "text": gettext_lazy("Text file"),
}
_EXACT = {
    "text/x-vcard": gettext_lazy("Contact card"),
    "text/vcard": gettext_lazy("Contact card"),
    "text/x-vcalendar": gettext_lazy("Calendar entry"),
    "text/calendar": gettext_lazy("Calendar entry"),
    "application/pdf": gettext_lazy("PDF document"),
    "application/zip": gettext_lazy("Archive"),
}
_ICONS = {"image": "photo", "audio": "volume", "video": "movie"}
_CARDS = frozenset({"text/x-vcard", "text/vcard"})


@register.filter
def file_icon(content_type: str) -> str:
    """Return the icon of a kind of file."""
    return "address-book" if content_type in _CARDS else _ICONS.get(content_type.partition("/")[0], "file")


@register.filter
def file_kind(content_type: str) -> str:
    """Say in words what kind of file it is, the type itself behind a kind that has none."""
    word = _EXACT.get(content_type) or _WORDS.get(content_type.partition("/")[0])
    return str(word) if word else f"{_('File')} ({content_type})"
