"""A poster as PNG: for stories, and for shops that print pictures.

What belongs here: drawing shapes with Pillow. The squares of the QR code end between pixels, so that cameras see sharp edges.
"""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from recado.panel.posters.drawing import Code, Drawing, Outline, Point, Text, Weight
from recado.panel.posters.formats import MILLIMETRES_PER_INCH
from recado.panel.posters.typeface import FILES, measure

SMOOTHING = 4
"""Outlines are drawn so many times larger and made smaller again."""
STEPS = 16
"""Straight pieces of one curve."""


def draw(drawing: Drawing, pixels_per_inch: float) -> bytes:
    """Draw a poster."""
    scale = pixels_per_inch / MILLIMETRES_PER_INCH
    picture = Image.new("RGB", (round(drawing.width * scale), round(drawing.height * scale)), drawing.page)
    pen = ImageDraw.Draw(picture)
    for shape in drawing.shapes:
        if isinstance(shape, Text):
            _text(pen, shape, scale)
        elif isinstance(shape, Code):
            _code(pen, shape, scale)
        else:
            _outline(picture, shape, scale)
    target = BytesIO()
    picture.save(target, "PNG", dpi=(pixels_per_inch, pixels_per_inch), compress_level=4)
    return target.getvalue()


def _text(pen: ImageDraw.ImageDraw, text: Text, scale: float) -> None:
    """Draw letter by letter, each where the layout has it: letters drawn at once stand on whole pixels."""
    font = ImageFont.truetype(FILES[text.weight], text.size * scale, layout_engine=ImageFont.Layout.BASIC)
    x = text.x
    for letter in text.text:
        pen.text((x * scale, text.y * scale), letter, fill=text.colour, font=font, anchor="ls")
        x += measure(letter, Weight(text.weight)) * text.size


def _code(pen: ImageDraw.ImageDraw, code: Code, scale: float) -> None:
    """Draw squares between whole pixels, as near to where the layout has them as that allows."""
    module = code.side / len(code.modules)
    across = [round((code.x + place * module) * scale) for place in range(len(code.modules) + 1)]
    down = [round((code.y + place * module) * scale) for place in range(len(code.modules) + 1)]
    for column, row, length in code.runs():
        pen.rectangle((across[column], down[row], across[column + length] - 1, down[row + 1] - 1), fill=code.colour)


def _outline(picture: Image.Image, outline: Outline, scale: float) -> None:
    points = [((outline.x + x) * scale, (outline.y + y) * scale) for x, y in _flattened(outline)]
    left, top = (int(min(point[axis] for point in points)) - 1 for axis in (0, 1))
    right, low = (int(max(point[axis] for point in points)) + 2 for axis in (0, 1))
    mask = Image.new("L", ((right - left) * SMOOTHING, (low - top) * SMOOTHING))
    ImageDraw.Draw(mask).polygon([((x - left) * SMOOTHING, (y - top) * SMOOTHING) for x, y in points], fill=255)
    picture.paste(outline.colour, (left, top, right, low), mask.reduce(SMOOTHING))


def _flattened(outline: Outline) -> list[Point]:
    """Turn curves into short straight pieces."""
    points = [outline.start]
    for piece in outline.pieces:
        if len(piece) == 1:
            points.append(piece[0])
            continue
        (x0, y0), ((x1, y1), (x2, y2), (x3, y3)) = points[-1], piece
        for step in range(1, STEPS + 1):
            t = step / STEPS
            a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3
            points.append((a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3))
    return points
