"""The files of a poster: one layout, three kinds of file.

What belongs here: putting words, layout and drawers together. The libraries for PDF and PNG are imported when one is asked for: most
processes never draw.
"""

from collections.abc import Mapping
from typing import Final

import segno

from recado.panel.posters import svg
from recado.panel.posters.drawing import Drawing, Modules
from recado.panel.posters.formats import Format
from recado.panel.posters.layout import lay_out
from recado.panel.posters.typeface import measure
from recado.panel.posters.words import PosterWords

CONTENT_TYPES: Final[Mapping[str, str]] = {"pdf": "application/pdf", "svg": "image/svg+xml", "png": "image/png"}


def code_for(link: str) -> segno.QRCode:
    """Make the QR code of an address: up to 15 % of it may be lost, more where that costs no larger code."""
    return segno.make(link, micro=False, error="m")


def poster_file(words: PosterWords, form: Format, kind: str) -> bytes:
    """Draw a poster as one of CONTENT_TYPES."""
    drawing = drawing_of(words, form)
    if kind == "pdf":
        from recado.panel.posters import pdf  # noqa: PLC0415  # a tenth of a second that only posters need

        return pdf.draw(drawing)
    if kind == "png":
        from recado.panel.posters import png  # noqa: PLC0415  # same

        return png.draw(drawing, form.pixels_per_inch)
    unit = (f"{form.pixels[0]}px", f"{form.pixels[1]}px") if form.is_for_screens else (f"{form.width:g}mm", f"{form.height:g}mm")
    return svg.draw(drawing, unit)


def drawing_of(words: PosterWords, form: Format) -> Drawing:
    """Lay a poster out."""
    modules: Modules = tuple(tuple(bool(module) for module in row) for row in code_for(words.link).matrix)
    return lay_out(words, modules, form, measure)
