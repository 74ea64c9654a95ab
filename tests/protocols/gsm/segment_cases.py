"""Texts with how they must be counted and written without accents: one table for Python and the browser.

Whoever counts segments anywhere is held to these. What generated texts show belongs to the tests beside it.
"""

from typing import NamedTuple

from recado.protocols.gsm import Alphabet

GSM = Alphabet.GSM7
UCS = Alphabet.UCS2


class Case(NamedTuple):
    """A text, the width of the reference in bits, and the counts."""

    text: str
    width: int
    encoding: Alphabet
    units: int
    per_segment: int
    count: int


FAMILY = "👩‍👩‍👧‍👦"
"""Four people joined by three joiners: eleven code units that show as one."""
EXTENSION = "\f^{}\\[~]|€"

COUNTS = {
    "empty": Case("", 8, GSM, 0, 160, 1),
    "one letter": Case("a", 8, GSM, 1, 160, 1),
    "all of the extension": Case(EXTENSION, 8, GSM, 20, 160, 1),
    "all capitals of Greek that GSM has": Case("ΔΦΓΛΩΠΨΣΘΞ", 8, GSM, 10, 160, 1),
    "a capital of Greek that Latin has": Case("Α", 8, UCS, 1, 70, 1),
    "c with a cedilla, which is a capital only": Case("Ç ç", 8, UCS, 3, 70, 1),
    "a grave accent alone": Case("`", 8, UCS, 1, 70, 1),
    "a tab": Case("a\tb", 8, UCS, 3, 70, 1),
    "a blank that does not break": Case("10\xa0zł", 8, UCS, 5, 70, 1),
    "line feed": Case("one\ntwo", 8, GSM, 7, 160, 1),
    "carriage return and line feed": Case("one\r\ntwo", 8, GSM, 8, 160, 1),
    "two line ends over the border": Case("a" * 159 + "\r\n", 8, GSM, 161, 153, 2),
    "an escape is a blank": Case("a\x1bb", 8, GSM, 3, 160, 1),
    "an escape before a border": Case("a" * 152 + "\x1b" + "a" * 153, 8, GSM, 306, 153, 2),
    "just one": Case("a" * 160, 8, GSM, 160, 160, 1),
    "just one, wide": Case("a" * 160, 16, GSM, 160, 160, 1),
    "just two": Case("a" * 161, 8, GSM, 161, 153, 2),
    "still two": Case("a" * 306, 8, GSM, 306, 153, 2),
    "three": Case("a" * 307, 8, GSM, 307, 153, 3),
    "still two, wide": Case("a" * 304, 16, GSM, 304, 152, 2),
    "three, wide": Case("a" * 305, 16, GSM, 305, 152, 3),
    "extension counts twice": Case("€" * 80, 8, GSM, 160, 160, 1),
    "extension over one": Case("€" * 81, 8, GSM, 162, 153, 2),
    "extension at the end of one": Case("a" * 158 + "€", 8, GSM, 160, 160, 1),
    "extension over the end of one": Case("a" * 159 + "€", 8, GSM, 161, 153, 2),
    "extension at the border": Case("a" * 152 + "€" + "a" * 152, 8, GSM, 306, 153, 3),
    "extension before the border": Case("a" * 151 + "€" + "a" * 153, 8, GSM, 306, 153, 2),
    "extension at the border, wide": Case("a" * 151 + "€" + "a" * 151, 16, GSM, 304, 152, 3),
    "extension before the border, wide": Case("a" * 150 + "€" + "a" * 152, 16, GSM, 304, 152, 2),
    "extension at the second border": Case("a" * 305 + "€" + "a" * 151, 8, GSM, 458, 153, 3),
    "extension at every border": Case("a" + "€" * 229, 8, GSM, 459, 153, 4),
    "UCS-2 just one": Case("ą" * 70, 8, UCS, 70, 70, 1),
    "UCS-2 just two": Case("ą" * 71, 8, UCS, 71, 67, 2),
    "UCS-2 still two": Case("ą" * 134, 8, UCS, 134, 67, 2),
    "UCS-2 three": Case("ą" * 135, 8, UCS, 135, 67, 3),
    "UCS-2 still two, wide": Case("ą" * 132, 16, UCS, 132, 66, 2),
    "UCS-2 three, wide": Case("ą" * 133, 16, UCS, 133, 66, 3),
    "extension counts once in UCS-2": Case("ą" + "€" * 69, 8, UCS, 70, 70, 1),
    "emoji": Case("😀" * 35, 8, UCS, 70, 70, 1),
    "one emoji too many": Case("😀" * 36, 8, UCS, 72, 67, 2),
    "emoji at the border": Case("😀" * 67, 8, UCS, 134, 67, 3),
    "emoji at no border, wide": Case("😀" * 66, 16, UCS, 132, 66, 2),
    "emoji at the border, wide": Case("a" + "😀" * 65 + "a", 16, UCS, 132, 66, 3),
    "a family fits six times": Case(FAMILY * 6, 8, UCS, 66, 70, 1),
    "a family is cut between its people": Case(FAMILY * 12, 8, UCS, 132, 67, 2),
    "a letter and its mark": Case("e\u0301", 8, UCS, 2, 70, 1),
    "one foreign letter": Case("a" * 159 + "ą", 8, UCS, 160, 67, 3),
    "a pangram": Case("Zażółć gęślą jaźń", 8, UCS, 17, 70, 1),
}

PLAIN = [
    ("Zażółć gęślą jaźń", "Zazolc gesla jazn"),
    ("ZAŻÓŁĆ GĘŚLĄ JAŹŃ", "ZAZOLC GESLA JAZN"),
    ("Zażółć gęślą jaźń „Łódź” — tak…", 'Zazolc gesla jazn "Lodz" - tak...'),
    ("Příliš žluťoučký kůň", "Prilis zlutoucky kun"),
    ("café à la Zürich, mañana", "café à la Zürich, mañana"),
    ("garçon, naïve, œuvre", "garcon, naive, oeuvre"),
    ("„cytat” – ‘x’ … 10\xa0zł", "\"cytat\" - 'x' ... 10 zl"),
    ("e\u0301", "é"),
    ("z\u0307", "z"),
    ("ﬁ ½ ²", "fi ½ 2"),
    ("Привет 😀", "Привет 😀"),
    (FAMILY, FAMILY),
    ("a\u200bb\tc", "ab c"),
    ("Đorđe, Ísland, þú", "Dorde, Island, thu"),
    ("", ""),
]
"""Texts and how they are written without accents."""
