"""What a person wrote in an answer, without the mail they answer, their signature and what their program adds.

Mail programs mark what they quote in few ways: `>` before each line, a line that says who wrote when, a block of headers. Each is known
here in English and Polish. What comes after a quote is kept where the quote's end can be seen (`>`), because some people write below it.
What does not belong here: HTML (`html_text`).
"""

import re
from typing import Final

_WROTE: Final = re.compile(r"(?i)\b(?:wrote|writes|napisał|napisała|napisał\(a\)|napisał/a|pisze|nadesłał\(a\))\s*:\s*$")
_OPENS: Final = re.compile(
    r"(?i)^\W{0,2}(?:on\s|in\s|at\s|w dniu\s|dnia\s|\d{1,4}[-./ ]"
    r"|(?:pon|wt|śr|czw|pt|sob|niedz|mon|tue|wed|thu|fri|sat|sun)[a-zęśćłóż]*\.?,?\s)"
)
_HAS_FIGURE: Final = re.compile(r"\d")
_LONGEST_ATTRIBUTION: Final = 4
"""Lines over which programs wrap it."""
_BANNER: Final = re.compile(
    r"(?i)^\W{0,3}[-_–— ]{2,}\s*(?:original message|original appointment|forwarded message|(?:oryginalna|pierwotna) wiadomość"
    r"|wiadomość (?:oryginalna|pierwotna|przekazana)|treść (?:oryginalnej )?wiadomości)\s*[-_–— ]{2,}$"
)
_FROM: Final = re.compile(r"(?i)^\W{0,2}(?:from|od)\s*\W{0,2}:")
_SENT: Final = re.compile(r"(?i)^\W{0,2}(?:sent|date|wysłano|wysłane|data)\s*\W{0,2}:")
_SIGNATURE: Final = re.compile(r"^-- ?$")
_DEVICES: Final = (
    r"iphone|ipad|ios|android|galaxy|samsung|huawei|xiaomi|redmi|motorola|outlook|yahoo|gmail|proton|mail\b|poczt|windows|spark\b"
)
_GADGET: Final = re.compile(
    rf"(?i)^(?:sent (?:from|with|via) (?:my )?(?:mobile|phone|tablet|device|{_DEVICES})|get outlook for"
    rf"|wysłan[eoay] (?:z|za pomocą|przez|w) (?:mojego |aplikacji |programu |urządzenia |telefonu |smartfona |tabletu )?(?:{_DEVICES})"
    r"|wysłan[eoay] z (?:mojego )?(?:telefonu|smartfona|tabletu|urządzenia (?:mobilnego|przenośnego))\W*$"
    r"|pobierz (?:program |aplikację )?outlook).{0,100}$"
)
"""What programs sign with unasked. "Sent from the warehouse" is a person's."""
_GADGET_LINES: Final = 3
_LONGEST_MARK: Final = 300
"""No line that marks a quote is longer, and looking at long ones for marks would take long."""
_WRAPPED_AT: Final = 72
"""Gmail and others break lines of their plain texts where the next word would go beyond this."""
_LONGEST_WRAPPED: Final = 80


def own_words(text: str) -> str:
    """Return what the person wrote; empty where they wrote nothing."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").split("\n")]
    kept = _without_signature(_without_quotes(lines))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(_unwrapped(kept))).strip()


def _without_quotes(lines: list[str]) -> list[str]:
    kept: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if len(line) > _LONGEST_MARK:
            kept.append(line)
            at += 1
            continue
        if _BANNER.match(line) or _is_header_block(lines, at):
            break
        end = _attribution_end(lines, at)
        if end:
            if not _next_is_quoted(lines, end):
                break
            at = end
        elif line.lstrip().startswith(">"):
            at += 1
        else:
            kept.append(line)
            at += 1
    while kept and not kept[-1].strip("_-– "):  # the rule that Outlook draws above what it quotes
        kept.pop()
    return kept


def _attribution_end(lines: list[str], at: int) -> int:
    """Return the line after one that says who wrote when and begins here, 0 where none does."""
    if not _OPENS.match(lines[at]):
        return 0
    for length in range(1, _LONGEST_ATTRIBUTION + 1):
        some = lines[at : at + length]
        if not some[-1].strip() or len(some[-1]) > _LONGEST_MARK:
            return 0
        joined = " ".join(some)
        if _WROTE.search(joined):
            return at + length if _HAS_FIGURE.search(joined) else 0
    return 0


def _next_is_quoted(lines: list[str], at: int) -> bool:
    following = next((line for line in lines[at:] if line.strip()), "")
    return following.lstrip().startswith(">")


def _is_header_block(lines: list[str], at: int) -> bool:
    return bool(_FROM.match(lines[at])) and any(map(_SENT.match, lines[at + 1 : at + 4]))


def _without_signature(lines: list[str]) -> list[str]:
    cut = next((at for at, line in enumerate(lines) if _SIGNATURE.match(line)), len(lines))
    kept = lines[:cut]
    for _ in range(_GADGET_LINES):
        while kept and not kept[-1].strip():
            kept.pop()
        if kept and len(kept[-1]) <= _LONGEST_MARK and _GADGET.match(kept[-1].strip()):
            kept.pop()
    return kept


def _unwrapped(lines: list[str]) -> list[str]:
    """Join lines that a program broke because the next word did not fit."""
    joined: list[str] = []
    length = 0
    for line in lines:
        first = line.split(" ", 1)[0]
        if first and joined and _WRAPPED_AT - len(first) <= length <= _LONGEST_WRAPPED:
            joined[-1] += f" {line}"
        else:
            joined.append(line)
        length = len(line)
    return joined
