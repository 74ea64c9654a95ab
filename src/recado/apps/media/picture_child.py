"""Makes a small picture and a stripped one of a picture, in a process of its own, told the paths `IN SMALL STRIPPED`.

Whatever a picture does to the decoder, it does to this process, whose memory and time are bounded. Prints `width height` as JSON. What
belongs here: decoding and encoding. What does not: which pictures, where bytes lie (`pictures`). No Django.
"""

import json
import resource
import sys
import warnings

from PIL import Image, ImageOps

MOST_PIXELS = 50_000_000
MOST_MEMORY = 1024 * 1024 * 1024
MOST_SECONDS = 20
SMALL, LARGE = 480, 2048
"""Pixels of the longer side."""
OPENED = ("JPEG", "PNG", "GIF", "BMP", "WEBP", "ICO", "TIFF")
KEPT_AS = {"JPEG": "JPEG", "PNG": "PNG", "WEBP": "WEBP"}
"""What a stripped copy stays; anything else becomes a WebP."""


def main(arguments: list[str]) -> int:
    """Read one picture, write two."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    source, small, stripped = arguments
    with Image.open(source, formats=OPENED) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise ValueError(f"{opened.width} x {opened.height} pixels are too many")
        kept_as = KEPT_AS.get(opened.format or "", "WEBP")
        opened.seek(0)
        opened.draft("RGB", (LARGE, LARGE))
        upright = ImageOps.exif_transpose(opened) or opened
        # A new picture has nothing but pixels: no EXIF, no comments, no colour profiles that carry texts.
        bare = _pixels(upright)
    size = bare.size
    large = _fitted(bare, LARGE)
    _save(large, stripped, kept_as)
    _save(_fitted(bare, SMALL), small, "WEBP")
    sys.stdout.write(json.dumps(size))
    return 0


def _pixels(picture: Image.Image) -> Image.Image:
    has_alpha = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    mode = "RGBA" if has_alpha else "RGB"
    plain = picture.convert(mode)
    bare = Image.new(mode, plain.size)
    bare.paste(plain)
    return bare


def _fitted(picture: Image.Image, longest: int) -> Image.Image:
    if max(picture.size) <= longest:
        return picture
    fitted = picture.copy()
    fitted.thumbnail((longest, longest))
    return fitted


def _save(picture: Image.Image, path: str, kind: str) -> None:
    plain = picture.convert("RGB") if kind == "JPEG" else picture
    plain.save(path, kind, quality=85)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
