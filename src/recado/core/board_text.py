"""Texts for a board: what is left of one for people to read from afar, and what in it somebody should look at first.

What belongs here: cleaning, links and phone numbers. What does not: words of the owner's list (`word_list`), what follows (`board`).
"""

import re
from unicodedata import category, combining

LONGEST = 300
"""Characters shown; a long message is cut at a word."""
_JOINER, _MOST_MARKS = "\u200d", 2
_BLANKS = re.compile(r"\s+")
_KEPT_INVISIBLE = frozenset({_JOINER, "\ufe0e", "\ufe0f"})
"""They hold the parts of one picture together."""
_NOT_SHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_ENDINGS = "app be biz by ca cc cloud club co com cz de dev eu fm fr gg gl info io it link live ly me mobi net news online onl org pl pw re ru sh shop site sk social space store tk to top tv ua uk us vip website win ws xyz"  # noqa: E501
_ENDING = f"(?:{'|'.join(_ENDINGS.split())}|{'|'.join(_ENDINGS.upper().split())})"
"""All small or all large: a new sentence begins with one large letter, often without a blank before it."""
_LINK = re.compile(
    rf"https?:|\bwww\s*\.|[\w-]\s*@\s*[\w-]+\s*\.|(?<![\w.])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?-i:{_ENDING})(?![\w.-]*[^\W\d_.])",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?:\+|\btel\b\D{0,3})\d(?:[\s().\-/]{0,2}\d){6,}|\d(?:[\s().\-/]{0,2}\d){8,}")


def cleaned(text: str) -> str:
    """Return a text as it is shown: one line, without invisible and control signs, without towers of marks, cut where it is too long."""
    kept: list[str] = []
    marks = 0
    for sign in text:
        marks = marks + 1 if combining(sign) else 0
        if marks > _MOST_MARKS:
            continue
        if sign.isspace():
            kept.append(" ")
        elif sign in _KEPT_INVISIBLE or category(sign) not in _NOT_SHOWN:
            kept.append(sign)
    line = _BLANKS.sub(" ", "".join(kept)).strip()
    if not any(sign not in _KEPT_INVISIBLE and not sign.isspace() for sign in line):
        return ""
    return line if len(line) <= LONGEST else _cut(line)


def _cut(line: str) -> str:
    short = line[: LONGEST - 1]
    at_word = short.rpartition(" ")[0]
    return (at_word if len(at_word) > LONGEST // 2 else short).rstrip() + "…"


def has_link(text: str) -> bool:
    """Say whether a text names an address on the web or of mail."""
    return _LINK.search(text) is not None


def has_phone(text: str) -> bool:
    """Say whether a text has so many figures in a row that it is a phone number."""
    return _PHONE.search(text) is not None
