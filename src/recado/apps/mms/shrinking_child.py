"""The process that makes one picture smaller: `python -m … BYTES`, the picture in and out by its standard ways.

It has limits on memory and time before it reads the first byte, because a picture can be made to swallow both. What it writes begins with
the type and a line end; what the picture said beside itself (EXIF, place, comments) is gone. Nothing else belongs here.
"""

import io
import resource
import sys

from PIL import Image, ImageOps

MEMORY = 768 * 1024 * 1024
SECONDS = 15
MOST_PIXELS = 60_000_000
WIDEST = 2048
_QUALITIES = (85, 75, 65, 50)
_STEP = 0.75
_SMALLEST = 64


def smaller(content: bytes, most_bytes: int) -> tuple[str, bytes] | None:
    """Return type and bytes of the picture as it fits; None where it cannot be made that small, or moves."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2  # Pillow refuses beyond twice of it
    with Image.open(io.BytesIO(content)) as opened:
        if getattr(opened, "n_frames", 1) > 1:
            return None
        opened.draft("RGB", (WIDEST, WIDEST))
        picture = ImageOps.exif_transpose(opened)
    picture.thumbnail((WIDEST, WIDEST))
    return _fitting(_flat(picture), most_bytes)


def _flat(picture: Image.Image) -> Image.Image:
    """Put what can be seen through on white: phones show JPEG everywhere."""
    if picture.mode not in {"RGBA", "LA", "P", "PA"}:
        return picture.convert("RGB")
    above = picture.convert("RGBA")
    below = Image.new("RGBA", above.size, "white")
    return Image.alpha_composite(below, above).convert("RGB")


def _fitting(picture: Image.Image, most_bytes: int) -> tuple[str, bytes] | None:
    while min(picture.size) >= 1:
        for quality in _QUALITIES:
            made = io.BytesIO()
            picture.save(made, "JPEG", quality=quality, optimize=True)
            if made.tell() <= most_bytes:
                return "image/jpeg", made.getvalue()
        if max(picture.size) <= _SMALLEST:
            return None
        width, height = picture.size
        picture = picture.resize((max(1, int(width * _STEP)), max(1, int(height * _STEP))))
    return None


def main() -> int:
    """Run once."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        found = smaller(sys.stdin.buffer.read(), int(sys.argv[1]))
    except Exception as error:  # noqa: BLE001  # whatever a picture does to its reader is the answer that it cannot be used
        sys.stderr.write(type(error).__name__)
        return 1
    if found is None:
        return 1
    sys.stdout.buffer.write(found[0].encode() + b"\n" + found[1])
    return 0


if __name__ == "__main__":
    sys.exit(main())
