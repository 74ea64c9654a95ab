"""What operators add to the MMS they mail, as data: one table, a line of it for each.

Known from public descriptions and from mails; what is in doubt is not in here, since a message with a footer is better than one with a
sentence missing. What does not belong here: leaving it out (`words`, `files`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Dialect:
    """How an operator's gateway writes. Patterns match a whole line, subject or name, in any case."""

    name: str
    domains: tuple[str, ...] = ()
    """Of who mails: these, and what is below them."""
    lines: tuple[str, ...] = ()
    """Lines of a text, with single blanks."""
    last: tuple[str, ...] = ()
    """Lines from which on to the end of a text everything is the operator's."""
    subjects: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    """Names of pictures that belong to the frame in HTML."""
    hosts: tuple[str, ...] = ()
    """Where links of the frame lead: these, and what is below them."""
    country: str = ""
    """What is put before a sender's number of `national_digits` digits."""
    national_digits: int = 0


_PHONE: Final = r"\+?[0-9][0-9 -]{2,20}[0-9]"
_KIND: Final = r"(?:mms|multimedia message|picture message|video message)"
_KIND_PL: Final = r"(?:wiadomo[śs][ćc] )?(?:mms|multimedialn[aąe]|multimedialn[aą] mms)"
_FROM_PL: Final = rf"(?: (?:od|z)(?: numeru)? {_PHONE})"
_ANNOUNCED: Final = (
    rf"(?:you have (?:received )?)?(?:an? |1 )?new {_KIND}(?: from {_PHONE})?[.!]?",
    rf"you have (?:received )?(?:an? |1 )?{_KIND}(?: from {_PHONE})?[.!]?",
    rf"{_KIND} from {_PHONE}[.!]?",
    rf"(?:otrzyma(?:łe[śm]|les|ł[ae]ś)|masz)(?:\(aś\)|/aś)? (?:now[aąy] |1 )?(?:wiadomo[śs][ćc] )?{_KIND_PL}{_FROM_PL}?[.!]?",
    rf"now[ay] {_KIND_PL}{_FROM_PL}?[.!]?",
    rf"{_KIND_PL}{_FROM_PL}[.!]?",
)
"""That there is a message, which whoever reads it knows."""

GENERIC: Final = Dialect(
    "generic",
    lines=_ANNOUNCED,
    subjects=(*_ANNOUNCED, rf"{_KIND}[.!]?", rf"{_KIND_PL}[.!]?", r"\(?(?:no subject|brak tematu|bez tematu)\)?"),
    images=(r"spacer[_-]?\d*\.gif", r"dotted_?line[_-]?\d*\.gif", r"(?:blank|pixel|transparent)\.gif", r"footer[_-]?\d*\.(?:gif|jpe?g)"),
)
"""What is the same everywhere; known besides the operator's own."""

DIALECTS: Final = (
    Dialect(
        "tmobile_us",
        ("tmomail.net",),
        lines=(r"t-mobile", r"this message was sent (?:to you )?(?:by|from) a t-mobile (?:wireless )?phone[.!]?"),
        images=(r"(?:masthead|logo|tmobilelogo|tmobilespace)\.(?:gif|jpe?g)", r"(?:video|audio|text)\.gif"),
        hosts=("t-mobile.com",),
        country="1",
        national_digits=10,
    ),
    Dialect(
        "sprint",
        # No hosts: the pictures themselves are behind links to its server.
        ("pm.sprint.com", "messaging.sprintpcs.com", "sprintpcs.com"),
        lines=(r"you have (?:a )?new (?:picture|video) mail[.!]?", r"click go/view to see now[.!]?", r"picturemail|new message"),
        last=(r"sent on the sprint.{0,3} now network.{0,60}",),
        subjects=(r"(?:you have )?new (?:picture|video) mail[.!]?",),
        country="1",
        national_digits=10,
    ),
    Dialect(
        "att",
        ("mms.att.net", "txt.att.net", "mms.mycingular.com", "cingularme.com", "mmode.com"),
        last=(r"(?:this mobile text message is )?brought to you by,? (?:at&t|cingular).{0,80}",),
        country="1",
        national_digits=10,
    ),
    Dialect(
        "verizon",
        ("vzwpix.com", "vtext.com", "mypixmessages.com"),
        last=(r"this message was sent using (?:the )?(?:pix-flix|picture and video) messaging service from verizon.{0,80}",),
        hosts=("verizonwireless.com", "vzwpix.com", "vzw.com"),
        country="1",
        national_digits=10,
    ),
    Dialect(
        "orange",
        ("mmsemail.orange.pl", "mms.orange.pl"),
        lines=(rf"{_KIND_PL}[.!]?",),
        images=(r"(?:idea_|orange_)?(?:banner|logo)\.(?:gif|jpe?g|png)",),
        hosts=("orange.pl",),
        country="48",
        national_digits=9,
    ),
    Dialect(
        "orange_uk", ("orangemms.net",), lines=("orange uk mms",), last=(r"this orange multi ?media message was sent wirefree.{0,80}",)
    ),
    Dialect("orange_fr", ("orange.fr",), images=(r"banniere\.(?:gif|jpe?g|txt)",), hosts=("orange.fr",)),
    Dialect(
        "plus",
        ("plspictures.com", "plusgsm.pl", "mms.plus.pl"),
        lines=(r"a new photo/video message[.!]?", r"click go/view to see now[.!]?"),
        images=(r"(?:plus_?)?logo\.(?:gif|jpe?g|png)",),
        hosts=("plus.pl", "plusgsm.pl"),
        country="48",
        national_digits=9,
    ),
    Dialect(
        "play",
        ("mms.play.pl", "playmobile.pl"),
        images=(r"(?:play_?)?logo\.(?:gif|jpe?g|png)",),
        hosts=("play.pl",),
        country="48",
        national_digits=9,
    ),
    Dialect(
        "tmobile_pl",
        ("mms.t-mobile.pl", "era.pl", "t-mobile.pl"),
        images=(r"(?:logo|masthead)\.(?:gif|jpe?g|png)",),
        hosts=("t-mobile.pl",),
        country="48",
        national_digits=9,
    ),
    Dialect(
        "tmobile_uk",
        ("mmsreply.t-mobile.co.uk", "mmsreply.tmobile.co.uk"),
        images=(r"(?:logo|masthead)\.jpe?g",),
        hosts=("t-mobile.co.uk",),
    ),
    Dialect("o2_uk", ("mediamessaging.o2.co.uk",), images=(r"o2_?logo\.(?:gif|jpe?g)",), hosts=("o2.co.uk",)),
)


def dialect_of(domains: Iterable[str]) -> Dialect:
    """Return the dialect of the first domain that is known, else the generic one."""
    for domain in domains:
        for dialect in DIALECTS:
            if is_below(domain, dialect.domains):
                return dialect
    return GENERIC


def is_below(domain: str, domains: Iterable[str]) -> bool:
    """Say whether a domain is one of some or below one."""
    return any(domain == one or domain.endswith(f".{one}") for one in domains)


def matches(written: str, *patterns: Iterable[str]) -> bool:
    """Say whether all of it is what one of the patterns means."""
    return any(re.fullmatch(pattern, written, re.IGNORECASE) for some in patterns for pattern in some)
