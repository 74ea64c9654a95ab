"""A poster as PDF: letters as text with the used part of the typeface inside, the QR code as squares and as a link.

What belongs here: drawing shapes with ReportLab, whose page counts upwards from the lower left corner.
"""

from functools import cache
from io import BytesIO

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from recado.panel.posters.drawing import Code, Drawing, Outline, Text, Weight
from recado.panel.posters.typeface import FILES


def draw(drawing: Drawing) -> bytes:
    """Draw a poster on one page of its size."""
    target = BytesIO()
    canvas = Canvas(target, pagesize=(drawing.width * mm, drawing.height * mm), lang=drawing.language, invariant=1)
    canvas.setTitle(drawing.title)
    canvas.setAuthor(drawing.author)
    canvas.setCreator("Recado")
    canvas.setFillColor(HexColor(drawing.page))
    canvas.rect(0, 0, drawing.width * mm, drawing.height * mm, stroke=0, fill=1)
    for shape in drawing.shapes:
        canvas.setFillColor(HexColor(shape.colour))
        if isinstance(shape, Text):
            canvas.setFont(_font(shape.weight), shape.size * mm)
            canvas.drawString(shape.x * mm, (drawing.height - shape.y) * mm, shape.text)
        elif isinstance(shape, Code):
            _code(canvas, shape, drawing)
        else:
            _outline(canvas, shape, drawing.height)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


@cache
def _font(weight: Weight) -> str:
    name = f"Poster-{weight}"
    registerFont(TTFont(name, str(FILES[weight])))
    return name


def _code(canvas: Canvas, code: Code, drawing: Drawing) -> None:
    """Draw all squares as one path: neighbours then have no seam."""
    module = code.side / len(code.modules)
    path = canvas.beginPath()
    for column, row, length in code.runs():
        low = drawing.height - code.y - (row + 1) * module
        path.rect((code.x + column * module) * mm, low * mm, length * module * mm, module * mm)
    canvas.drawPath(path, stroke=0, fill=1)
    top, low = drawing.height - code.y, drawing.height - code.y - code.side
    canvas.linkURL(drawing.link, (code.x * mm, low * mm, (code.x + code.side) * mm, top * mm), relative=0, thickness=0)


def _outline(canvas: Canvas, outline: Outline, height: float) -> None:
    def placed(point: tuple[float, float]) -> tuple[float, float]:
        return (outline.x + point[0]) * mm, (height - outline.y - point[1]) * mm

    path = canvas.beginPath()
    path.moveTo(*placed(outline.start))
    for points in outline.pieces:
        flat = [figure for point in points for figure in placed(point)]
        if len(points) > 1:
            path.curveTo(*flat)
        else:
            path.lineTo(*flat)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
