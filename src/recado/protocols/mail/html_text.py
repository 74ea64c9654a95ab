"""Turns the HTML of a mail into the text its writer saw, without what mail programs quote below an answer.

What belongs here: elements and lines. What does not: quotes that only their words give away (`quotes`), decoding (`received`).
"""

import re
from html.parser import HTMLParser
from typing import Final

_SILENT: Final = frozenset({"head", "script", "style", "title", "blockquote", "template", "noscript"})
"""Elements of which nothing is read; a `blockquote` is how Apple Mail, Thunderbird and Gmail quote."""
_QUOTED_CLASSES: Final = frozenset({
    "gmail_quote", "gmail_quote_container", "gmail_attr", "gmail_signature", "moz-cite-prefix", "moz-signature", "yahoo_quoted",
    "protonmail_quote", "protonmail_signature_block", "tutanota_quote",
})  # fmt: skip
_THE_REST_IS_QUOTED: Final = frozenset({"divRplyFwdMsg", "appendonsend", "x_divRplyFwdMsg", "OLK_SRC_BODY_SECTION"})
"""Ids after which Outlook writes nothing but the mail that was answered."""
_LINES: Final = frozenset({"p", "div", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "section", "pre"})
_PARAGRAPHS: Final = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre"})
_VOID: Final = frozenset({"br", "hr", "img", "input", "meta", "link", "col", "wbr", "area", "base", "embed", "source", "track"})


class _Reader(HTMLParser):
    """Collects text and line ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._skipped = ""
        self._depth = 0
        self._is_over = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, or begin to leave out."""
        if self._skipped:
            self._depth += tag == self._skipped
            return
        given = {name: value or "" for name, value in attrs}
        if given.get("id", "") in _THE_REST_IS_QUOTED:
            self._is_over = True
        elif tag in _SILENT or (tag not in _VOID and _QUOTED_CLASSES & set(given.get("class", "").split())):
            self._skipped, self._depth = tag, 1
        elif tag == "br":
            self._add("\n")
        elif tag in _LINES:
            self._end_line()

    def handle_endtag(self, tag: str) -> None:
        """End a line, or end to leave out."""
        if self._skipped:
            self._depth -= tag == self._skipped
            if self._depth == 0:
                self._skipped = ""
        elif tag in _LINES:
            self._end_line()
            if tag in _PARAGRAPHS:
                self._add("\n")

    def handle_data(self, data: str) -> None:
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


def text_of(html: str) -> str:
    """Return the text of a mail written in HTML."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = [line.strip() for line in "".join(reader.pieces).replace("\xa0", " ").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
