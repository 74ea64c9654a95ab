"""The way to posters of keywords and their QR codes as files, for programs: the panel draws them, and nothing below it may import it.

What belongs here: the port and what fills it by default. What does not: drawing (`panel.posters`), whose keyword it is (`queries`).
"""

from dataclasses import dataclass
from typing import Protocol

from recado.apps.keywords.models import Keyword


@dataclass(frozen=True, slots=True)
class KeywordFile:
    """A file about a keyword."""

    content: bytes
    content_type: str
    name: str
    """As it is called where it is saved: `OGRODNIK-503340503-a4.pdf`."""


class KeywordFiles(Protocol):
    """Draws posters and QR codes."""

    def poster(self, keyword: Keyword, size: str, kind: str, language: str, headline: str) -> KeywordFile:
        """Draw the poster: `size` a4, a5 or story, `kind` pdf, svg or png, `language` pl or en."""

    def code(self, keyword: Keyword, kind: str) -> KeywordFile:
        """Draw the QR code alone: `kind` svg or png."""


class NoKeywordFilesError(RuntimeError):
    """Nothing in this process draws posters."""


_files: KeywordFiles | None = None


def set_keyword_files(files: KeywordFiles | None = None) -> None:
    """Say who draws from now on; without an argument, nobody."""
    global _files  # noqa: PLW0603  # the one port of the process, filled once by the server
    _files = files


def keyword_files() -> KeywordFiles:
    """Return who draws; raise NoKeywordFilesError where nobody does."""
    if _files is None:
        raise NoKeywordFilesError("nothing here draws posters: the addresses of the panel are not loaded")
    return _files
