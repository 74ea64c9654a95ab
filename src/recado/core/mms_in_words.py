"""What an MMS brought, for those who get it as a plain text: how many pictures, its subject, its words.

What belongs here: this one line, in the language of the account, without letters that would make an SMS twice as long. What does not: how
the panel names files (`panel.inbox.wordless`), the text that is handed on (`phone_forward`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

CARD_TYPES: Final = frozenset({"text/x-vcard", "text/vcard"})
_Forms: TypeAlias = tuple[str, str, str]
"""For one; for 2 to 4, 22 to 24 and so on; for all others."""
_ENGLISH: Mapping[str, _Forms] = {
    "image": ("picture", "pictures", "pictures"),
    "audio": ("sound", "sounds", "sounds"),
    "video": ("video", "videos", "videos"),
    "card": ("contact card", "contact cards", "contact cards"),
    "file": ("file", "files", "files"),
}
_POLISH: Mapping[str, _Forms] = {
    "image": ("zdjecie", "zdjecia", "zdjec"),
    "audio": ("nagranie", "nagrania", "nagran"),
    "video": ("film", "filmy", "filmow"),
    "card": ("wizytowka", "wizytowki", "wizytowek"),
    "file": ("plik", "pliki", "plikow"),
}
_WORDS: Mapping[str, Mapping[str, _Forms]] = {"en": _ENGLISH, "pl": _POLISH}


def as_plain_text(subject: str, text: str, content_types: Iterable[str], language: str) -> str:
    """Write an MMS as one text: `[2 pictures, 1 file] Subject: text`, without what it does not have."""
    brought = in_words(content_types, language)
    subject, text = " ".join(subject.split()), text.strip()
    said = f"{subject}: {text}" if subject and text else subject or text
    return " ".join(filter(None, (f"[{brought}]" if brought else "", said)))


def in_words(content_types: Iterable[str], language: str) -> str:
    """Count files by kind, as `2 pictures, 1 file`; English where there are no words in the language."""
    words = _WORDS.get(language.partition("-")[0], _ENGLISH)
    counts = Counter(map(_kind, content_types))
    return ", ".join(f"{counts[kind]} {_form(forms, counts[kind])}" for kind, forms in words.items() if counts[kind])


def _kind(content_type: str) -> str:
    main = content_type.partition("/")[0]
    return "card" if content_type in CARD_TYPES else main if main in _ENGLISH else "file"


def _form(forms: _Forms, count: int) -> str:
    if count == 1:
        return forms[0]
    return forms[1] if count % 10 in {2, 3, 4} and count % 100 not in {12, 13, 14} else forms[2]
