"""Where everything on a poster stands: texts, QR code and speech bubble, in millimetres.

What belongs here: pure functions from words and a format to a `Drawing`. What does not: the words (`words`), how texts fit (`fitting`),
blocks of plain text (`page`), how it is drawn (`pdf`, `svg`, `png`).

From top to bottom: headline, the sentence with its word in a bubble and its number, the QR code, the small print. Each text has a height it
may take at most. The code gets what they leave, and what it does not need becomes air between the blocks; where they leave too little for
a camera, all texts get smaller.
"""

from dataclasses import replace

from recado.panel.posters.drawing import Code, Drawing, Modules, Outline, Shape, Weight, lowered, rounded
from recado.panel.posters.fitting import CAP, DESCENT, Box, Measure, fit
from recado.panel.posters.formats import BLACK, WHITE, Format
from recado.panel.posters.page import Block, Page
from recado.panel.posters.words import Part, PosterWords

QUIET_ZONE = 4
"""Light modules around a QR code, as its standard asks for."""
CODE_SMALLEST, CODE_LARGEST = 0.4, 0.56
"""Side of the code with its quiet zone, as a part of the width of the text."""
STEP = 0.97
"""One try with smaller texts."""
BUBBLE_SIDES = 0.07
LEAD, WORD_LARGEST, NUMBER_LARGEST, HEADLINE_LARGEST, SCAN, COMPANY, LEGAL = 0.06, 0.19, 0.15, 0.1, 0.036, 0.036, 0.027
"""Sizes of texts as parts of the width; what is longer gets smaller."""


def lay_out(words: PosterWords, modules: Modules, form: Format, measure: Measure) -> Drawing:
    """Lay out a poster."""
    page = Page(form, measure)
    while True:
        upper, lower = _upper(page, words), _lower(page, words)
        room = form.height - form.top - form.bottom - sum(block.height + block.air for block in (*upper, *lower))
        code = _code(page, modules, room)
        if code.height + code.air <= room:
            break
        page = replace(page, scale=page.scale * STEP)
    shapes = _stacked((*upper, code, *lower), form.top, room - code.height - code.air)
    return Drawing(form.width, form.height, form.palette.page, shapes, words.title, words.company, words.language, words.link)


def _stacked(blocks: tuple[Block, ...], top: float, spare: float) -> tuple[Shape, ...]:
    """Put blocks under each other and share out what is left over."""
    share = spare / sum(block.stretch for block in blocks)
    shapes: list[Shape] = []
    y = top
    for block in blocks:
        y += block.air + share * block.stretch
        shapes.extend(lowered(block.shapes, y))
        y += block.height
    return tuple(shapes)


def _upper(page: Page, words: PosterWords) -> list[Block]:
    """Lay out the headline and the sentence."""
    colours = page.format.palette
    blocks = []
    if words.headline:
        blocks.append(page.text_block(words.headline, Weight.BOLD, HEADLINE_LARGEST, 0.2, colours.text, 0.0))
    for part, text in words.sentence:
        is_first = not any(block.stretch for block in blocks) and len(blocks) == bool(words.headline)
        stretch, air = (1.0, 0.07) if is_first else (0.0, 0.05)
        if part is Part.WORD:
            blocks.append(_bubble(page, text, air, stretch))
        elif part is Part.NUMBER:
            blocks.append(page.text_block(text, Weight.BOLD, NUMBER_LARGEST, CAP * NUMBER_LARGEST, colours.text, air, stretch))
        else:
            blocks.append(page.text_block(text, Weight.REGULAR, LEAD, 0.12, colours.text, air, stretch))
    return [replace(blocks[0], air=0.0, stretch=0.0), *blocks[1:]]


def _bubble(page: Page, word: str, air: float, stretch: float) -> Block:
    """Put the word into a bubble, as it looks on the phone that sends it."""
    colours, unit = page.format.palette, page.unit
    sides = BUBBLE_SIDES * unit
    largest = WORD_LARGEST * unit
    found = fit(word, Weight.BOLD, Box(page.width - 2 * sides, 0.26 * unit, largest, largest * 0.36), page.measure)
    widest = max(page.measure(line, Weight.BOLD) for line in found.lines) * found.size
    around = max(0.05 * unit, 0.34 * found.size)
    width = max(widest + 2 * sides, 0.3 * unit)
    height = found.height + 2 * around
    left = (page.format.width - width) / 2
    tail = 0.045 * unit
    shapes = (
        rounded(left, 0, width, height, 0.055 * unit, colours.bubble),
        _tail(left + width - 2.6 * tail, height, tail, colours.bubble),
        *lowered(page.centred(found, Weight.BOLD, colours.on_bubble), around),
    )
    return Block(shapes, height + 0.4 * tail, air * unit, stretch)


def _tail(x: float, y: float, size: float, colour: str) -> Outline:
    """Draw what makes a box a speech bubble; it reaches a little into the box."""
    inside = -0.3 * size
    down = ((1.5 * size, 0.5 * size), (1.75 * size, 0.85 * size), (2.1 * size, size))
    back = ((size, size), (0.3 * size, 0.6 * size), (0, inside))
    return Outline(x, y, (0, inside), (((1.5 * size, inside),), down, back), colour)


def _code(page: Page, modules: Modules, room: float) -> Block:
    """Give the code what the texts leave; on paper its quiet zone is the paper."""
    width, page_colour = page.width, page.format.palette.page
    air = (0.02 if page_colour == WHITE else 0.055) * page.unit
    outer = min(CODE_LARGEST * width, max(CODE_SMALLEST * width, room - air))
    side = outer * len(modules) / (len(modules) + 2 * QUIET_ZONE)
    edge = (outer - side) / 2
    left = (page.format.width - outer) / 2
    code = Code(left + edge, edge, side, modules, BLACK)
    card = () if page_colour == WHITE else (rounded(left, 0, outer, outer, 0.03 * width, WHITE),)
    return Block((*card, code), outer, air, stretch=1.0)


def _lower(page: Page, words: PosterWords) -> list[Block]:
    """Lay out what stands under the code: how to scan it, who receives the messages, the small print."""
    colours = page.format.palette
    scan_air = 0.012 if colours.page == WHITE else 0.035
    legal = page.text_block(words.legal, Weight.REGULAR, LEGAL, 0.12, colours.quiet, 0.022)
    return [
        page.text_block(words.scan, Weight.REGULAR, SCAN, 0.08, colours.text, scan_air),
        page.text_block(words.company, Weight.BOLD, COMPANY, 0.07, colours.text, 0.055, stretch=1.0),
        replace(legal, height=legal.height + DESCENT * LEGAL * page.unit),
    ]
