"""A poster as SVG: letters as paths, so that it looks the same without the typeface.

What belongs here: writing shapes as SVG. Its words are in its title and description, for who does not see it.
"""

from xml.sax.saxutils import escape

from recado.panel.posters.drawing import Code, Drawing, Outline, Shape, Text
from recado.panel.posters.typeface import face, measure


def draw(drawing: Drawing, size: tuple[str, str]) -> bytes:
    """Draw a poster; `size` is its width and height with units."""
    lines = (shape.text for shape in drawing.shapes if isinstance(shape, Text))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size[0]}" height="{size[1]}" '
        f'viewBox="0 0 {_figure(drawing.width)} {_figure(drawing.height)}" role="img" lang="{escape(drawing.language)}">'
        f"<title>{escape(drawing.title)}</title><desc>{escape(' '.join(lines))}</desc>"
        f'<path fill="{drawing.page}" d="M0 0h{_figure(drawing.width)}v{_figure(drawing.height)}H0z"/>'
    )
    return "\n".join((head, *map(_shape, drawing.shapes), "</svg>\n")).encode()


def _shape(shape: Shape) -> str:
    if isinstance(shape, Text):
        return _text(shape)
    if isinstance(shape, Code):
        return _code(shape)
    return _outline(shape)


def _text(text: Text) -> str:
    letters = face(text.weight)
    scale = text.size / letters.units_per_em
    paths, x = [], 0.0
    for letter in text.text:
        if path := letters.outline(letter):
            paths.append(f'<path transform="translate({_figure(x)})" d="{path}"/>')
        x += measure(letter, text.weight) * letters.units_per_em
    return (
        f'<g fill="{text.colour}" transform="matrix({scale:.6f} 0 0 {-scale:.6f} {_figure(text.x)} {_figure(text.y)})">{"".join(paths)}</g>'
    )


def _code(code: Code) -> str:
    path = "".join(f"M{column} {row}h{length}v1h-{length}z" for column, row, length in code.runs())
    scale = code.side / len(code.modules)
    place = f"matrix({scale:.6f} 0 0 {scale:.6f} {_figure(code.x)} {_figure(code.y)})"
    return f'<path fill="{code.colour}" shape-rendering="crispEdges" transform="{place}" d="{path}"/>'


def _outline(outline: Outline) -> str:
    pieces = "".join(
        ("C" if len(points) > 1 else "L") + " ".join(f"{_figure(x)} {_figure(y)}" for x, y in points) for points in outline.pieces
    )
    start = f"M{_figure(outline.start[0])} {_figure(outline.start[1])}"
    place = f"translate({_figure(outline.x)} {_figure(outline.y)})"
    return f'<path fill="{outline.colour}" transform="{place}" d="{start}{pieces}z"/>'


def _figure(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
