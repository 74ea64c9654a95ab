"""What kind of file some bytes are, by how they begin. Pure.

What belongs here: the kinds an MMS can carry (3GPP TS 26.140). What does not: whether a file is whole and harmless.
"""

_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"BM", "image/bmp"),
    (b"#!AMR-WB\n", "audio/amr-wb"),
    (b"#!AMR\n", "audio/amr"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"MThd", "audio/midi"),
    (b"OggS", "audio/ogg"),
    (b"BEGIN:VCARD", "text/x-vcard"),
)
_BRANDS: tuple[tuple[bytes, str], ...] = (
    (b"3gp", "video/3gpp"),
    (b"3g2", "video/3gpp2"),
    (b"M4A", "audio/mp4"),
    (b"qt", "video/quicktime"),
)
"""Of the ISO base media format (ISO/IEC 14496-12): what stands after `ftyp`."""
_CONTROLS = frozenset(map(chr, (*range(32), 127))) - {"\t", "\n", "\r"}


def media_type(content: bytes) -> str | None:
    """Name the kind; None for what an MMS cannot carry."""
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    if content[:4] == b"RIFF":
        return {b"WAVE": "audio/wav", b"WEBP": "image/webp"}.get(content[8:12])
    if content[4:8] == b"ftyp":
        return next((kind for brand, kind in _BRANDS if content[8:].startswith(brand)), "video/mp4")
    return "text/plain" if _is_text(content) else None


def _is_text(content: bytes) -> bool:
    """Whether it is text people wrote; markup that browsers would run is not."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return bool(text.strip()) and not text.lstrip().startswith("<") and _CONTROLS.isdisjoint(text)
