"""The letters of invoices: those of posters, in two weights.

What belongs here: registering them once for a process, and styles of paragraphs.
"""

from functools import cache
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph

from recado.panel.posters.drawing import Weight
from recado.panel.posters.typeface import FILES

REGULAR, BOLD = "Invoice", "Invoice-Bold"


@cache
def register() -> None:
    """Make the typeface known to ReportLab."""
    registerFont(TTFont(REGULAR, str(FILES[Weight.REGULAR])))
    registerFont(TTFont(BOLD, str(FILES[Weight.BOLD])))


def plain(text: str, size: float = 8.5, *, is_bold: bool = False, is_right: bool = False) -> Paragraph:
    """Set a text that may contain anything; its lines stay lines."""
    style = ParagraphStyle(
        "text", fontName=BOLD if is_bold else REGULAR, fontSize=size, leading=size * 1.35, alignment=TA_RIGHT if is_right else 0
    )
    return Paragraph("<br/>".join(escape(line) for line in text.split("\n")), style)
