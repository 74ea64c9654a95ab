"""The words of an MMS that came as a mail: each text once, HTML as plain text, without what the operator wrote around them.

What belongs here: texts. What does not: which parts are texts (`files`), what operators write (`dialects`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from recado.carriers.mms_mail.dialects import GENERIC, Dialect, is_below, matches
from recado.protocols.mail.html_tags import Tag, tokens
from recado.protocols.mail.html_text import text_of
from recado.protocols.mm7.headers import plain_id

_LONGEST_LINE: Final = 200
"""A longer line is no operator's."""
_LONGEST_FOOTER: Final = 12
"""Lines; where more follow, they are not all the operator's."""
_MOST_LINES: Final = 1000
"""A text with more has none of the operator's that are looked for."""
_MOST_COMPARED: Final = 20_000_000
"""Letters that are looked at to find what two texts have in common; of longer ones whole lines are compared."""
_RULE: Final = re.compile(r"[-=_*—– ]{2,}")
_HOST: Final = re.compile(r"(?i)https?://(?:[^\s/@]{0,100}@)?([^\s/:?#\"'>]{1,255})")


@dataclass(frozen=True, slots=True)
class Page:
    """What a part in HTML says."""

    text: str
    pictures: frozenset[str]
    """Content ids and names of the parts it shows, lower case."""
    links_elsewhere: bool
    """Whether it leads, or shows what lies, to where is no place of the operator's: then it has to be kept."""


def own_lines(text: str, dialect: Dialect) -> tuple[str, bool]:
    """Return a text without the operator's lines, and whether there were any."""
    lines = [line.rstrip() for line in text.split("\n")]
    if len(lines) > _MOST_LINES:
        return text.strip(), False
    kept: list[str] = []
    for at, line in enumerate(lines):
        plain = " ".join(line.split())
        if _is_one_of(plain, dialect.last) and len(lines) - at <= _LONGEST_FOOTER:
            while kept and (not kept[-1].strip() or _RULE.fullmatch(kept[-1])):
                kept.pop()
            break
        if not _is_one_of(plain, dialect.lines, GENERIC.lines):
            kept.append(line)
    return "\n".join(kept).strip(), len(kept) < len(lines)


def merged(plain: Iterable[str], pages: Iterable[str]) -> str:
    """Return all texts one below the other, each once; of those that were HTML only the lines that no text before has."""
    texts = dict.fromkeys(one for one in plain if one)
    for page in pages:
        if text := _news(page, "\n".join(texts)):
            texts.setdefault(text)
    return "\n".join(texts)


def _news(page: str, said: str) -> str:
    """Return the lines that are not said yet, as a line or within one, wherever either is wrapped; the whole where all are new."""
    lines = [line for line in page.split("\n") if line.strip()]
    if len(lines) * len(said) <= _MOST_COMPARED:
        words = _padded(said)
        new = [line for line in lines if _padded(line) not in words]
    else:
        known = {_padded(line) for line in said.split("\n")}
        new = [line for line in lines if _padded(line) not in known]
    return page if len(new) == len(lines) else "\n".join(new)


def read_page(source: str, dialect: Dialect) -> Page:
    """Return what a part in HTML says, with what it quotes."""
    pictures: set[str] = set()
    links_elsewhere = False
    for tag in (token for token in tokens(source) if isinstance(token, Tag) and not token.is_end):
        for target in (tag.attributes.get(name, "").strip() for name in ("src", "href", "background", "data")):
            if host := _HOST.match(target):
                links_elsewhere = links_elsewhere or not is_below(host[1].lower().rstrip("."), dialect.hosts)
            elif target:
                pictures.add(plain_id(target).rsplit("/", 1)[-1].lower())
    return Page(text_of(source, keeps_quotes=True), frozenset(pictures), links_elsewhere)


def _is_one_of(line: str, *patterns: Iterable[str]) -> bool:
    return bool(line) and len(line) <= _LONGEST_LINE and matches(line, *patterns)


def _padded(text: str) -> str:
    """Return the words with one blank between and around them, so that whole words are found in it."""
    return f" {' '.join(text.split())} "
