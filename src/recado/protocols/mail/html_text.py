"""Turns the HTML of a mail into the text its writer saw, without what mail programs quote below an answer.

What belongs here: elements and lines. What does not: quotes that only their words give away (`quotes`), decoding (`received`), finding
the tags (`html_tags`).
"""

import re
from typing import Final

from recado.protocols.mail.html_tags import Tag, tokens

_SILENT: Final = frozenset({"head", "script", "style", "title", "template", "noscript"})
"""Elements of which nothing is read."""
_QUOTING: Final = "blockquote"
"""How Apple Mail, Thunderbird and Gmail quote."""
_QUOTED_CLASSES: Final = frozenset({
    "gmail_quote", "gmail_quote_container", "gmail_attr", "gmail_signature", "moz-cite-prefix", "moz-signature", "yahoo_quoted",
    "protonmail_quote", "protonmail_signature_block", "tutanota_quote",
})  # fmt: skip
_THE_REST_IS_QUOTED: Final = frozenset({"divRplyFwdMsg", "appendonsend", "x_divRplyFwdMsg", "OLK_SRC_BODY_SECTION"})
"""Ids after which Outlook writes nothing but the mail that was answered."""
_LINES: Final = frozenset(
    {"blockquote", "p", "div", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "section", "pre"}
)
_PARAGRAPHS: Final = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre"})
_VOID: Final = frozenset({"br", "hr", "img", "input", "meta", "link", "col", "wbr", "area", "base", "embed", "source", "track"})


class _Reader:
    """Collects text and line ends."""

    def __init__(self, *, keeps_quotes: bool) -> None:
        self.pieces: list[str] = []
        self._keeps_quotes = keeps_quotes
        self._skipped = ""
        self._depth = 0
        self._is_over = False

    def read(self, source: str) -> None:
        """Take all of it in."""
        for token in tokens(source):
            if isinstance(token, str):
                self._text(token)
                continue
            if not token.is_end:
                self._begin(token)
            if token.is_end or (token.is_closed and token.name not in _VOID):
                self._end(token)

    def _begin(self, tag: Tag) -> None:
        """Begin a line, or begin to leave out."""
        if self._skipped == "head" and tag.name == "body":  # the end of the head need not be written
            self._skipped = ""
        if self._skipped:
            self._depth += tag.name == self._skipped
        elif not self._keeps_quotes and tag.attributes.get("id", "") in _THE_REST_IS_QUOTED:
            self._is_over = True
        elif tag.name in _SILENT or (not self._keeps_quotes and self._is_quote(tag)):
            self._skipped, self._depth = tag.name, 1
        elif tag.name == "br":
            self._add("\n")
        elif tag.name in _LINES:
            self._end_line()

    @staticmethod
    def _is_quote(tag: Tag) -> bool:
        marked = tag.name not in _VOID and not _QUOTED_CLASSES.isdisjoint(tag.attributes.get("class", "").split())
        return marked or tag.name == _QUOTING

    def _end(self, tag: Tag) -> None:
        """End a line, or end to leave out."""
        if self._skipped:
            self._depth -= tag.name == self._skipped
            if self._depth == 0:
                self._skipped = ""
        elif tag.name in _LINES:
            self._end_line()
            if tag.name in _PARAGRAPHS:
                self._add("\n")

    def _text(self, data: str) -> None:
        """Keep text; line ends of the source are blanks."""
        if not self._skipped:
            text = re.sub(r"[ \t\r\n\f]+", " ", data)
            self._add(text.lstrip(" ") if not self.pieces or self.pieces[-1].endswith(("\n", " ")) else text)

    def _add(self, text: str) -> None:
        if text and not self._is_over:
            self.pieces.append(text)

    def _end_line(self) -> None:
        if self.pieces and not self.pieces[-1].endswith("\n"):
            self._add("\n")


def text_of(source: str, *, keeps_quotes: bool = False) -> str:
    """Return the text of a mail written in HTML, with what it quotes where that is wanted."""
    reader = _Reader(keeps_quotes=keeps_quotes)
    reader.read(source)
    lines = [line.strip() for line in "".join(reader.pieces).replace("\xa0", " ").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
