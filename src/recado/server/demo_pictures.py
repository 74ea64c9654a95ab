"""Pictures, a voice and a card for the demo's MMS, drawn and sounded here so that no file need be kept.

What belongs here: making bytes. What does not: which message has which (`demo_mms`).
"""

import io
import math
import struct
import wave

from PIL import Image, ImageDraw

SIZE = (960, 720)
_STEM, _LEAF, _RATE = "#3d7a4a", "#5fa36a", 8000

Flower = tuple[int, int, int, str]
"""Middle, radius and colour of the petals."""
BOUQUET: tuple[Flower, ...] = (
    (480, 230, 95, "#d8587a"),
    (330, 300, 80, "#e9a1b8"),
    (630, 300, 80, "#f3c6cf"),
    (410, 400, 72, "#f0b84c"),
    (560, 400, 72, "#c9417a"),
)
ROSES: tuple[Flower, ...] = ((320, 320, 110, "#c2334d"), (600, 300, 120, "#d8587a"))
POT: tuple[Flower, ...] = ((480, 300, 120, "#8a6fc9"), (360, 380, 80, "#b39ddb"), (600, 380, 80, "#7e57c2"))


def picture(flowers: tuple[Flower, ...], sky: tuple[int, int, int], ground: tuple[int, int, int]) -> bytes:
    """Draw flowers before a soft background, as JPEG."""
    drawn = Image.new("RGB", SIZE)
    draw = ImageDraw.Draw(drawn)
    for y in range(SIZE[1]):
        share = y / SIZE[1]
        draw.line([(0, y), (SIZE[0], y)], fill=tuple(round(a + (b - a) * share) for a, b in zip(sky, ground, strict=True)))
    for x, y, radius, _colour in flowers:
        draw.line([(x, y), (SIZE[0] // 2 + (x - SIZE[0] // 2) // 4, SIZE[1])], fill=_STEM, width=10)
        draw.ellipse([x + radius // 3, y + radius, x + radius, y + radius + radius // 3], fill=_LEAF)
    for x, y, radius, colour in flowers:
        for petal in range(8):
            angle = petal * math.pi / 4
            at = x + math.cos(angle) * radius * 0.6, y + math.sin(angle) * radius * 0.6
            draw.ellipse([at[0] - radius * 0.45, at[1] - radius * 0.45, at[0] + radius * 0.45, at[1] + radius * 0.45], fill=colour)
        draw.ellipse([x - radius * 0.3, y - radius * 0.3, x + radius * 0.3, y + radius * 0.3], fill="#f7e08a")
    out = io.BytesIO()
    drawn.save(out, "JPEG", quality=88)
    return out.getvalue()


def voice(seconds: float = 2.5) -> bytes:
    """Sound a short melody, as WAV."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(_RATE)
        notes = (392, 440, 494, 587, 494)
        for at in range(int(_RATE * seconds)):
            second = at / _RATE
            note = notes[int(second * 2) % len(notes)]
            fade = max(0.0, 1 - (second * 2 % 1))
            file.writeframesraw(struct.pack("<h", int(9000 * fade * math.sin(2 * math.pi * note * second))))
    return out.getvalue()


def card(name: str, phone: str) -> bytes:
    """Write a contact card."""
    first, _, last = name.partition(" ")
    return f"BEGIN:VCARD\r\nVERSION:3.0\r\nN:{last};{first};;;\r\nFN:{name}\r\nTEL;TYPE=CELL:+{phone}\r\nEND:VCARD\r\n".encode()


def document() -> bytes:
    """Write a PDF of one empty page."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    )
