"""What kind of file some bytes are, by how they begin: any file that comes (`type_of`), and what may be kept to send (`media_type`). Pure.

What belongs here: kinds with a signature, and who decides where bytes leave a choice. What does not: looking into containers
(`media_containers`) and texts (`media_texts`), whether a file is whole and harmless.
"""

from collections.abc import Callable
from typing import Final, TypeAlias

from recado.core import media_containers as containers
from recado.core.media_names import UNKNOWN, claims
from recado.core.media_texts import texts

LOOKED_AT: Final = 64 * 1024
"""So many octets from the beginning are enough for `type_of`."""
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


_Look: TypeAlias = Callable[[bytes], tuple[str, ...]]
_SIGNATURES: tuple[tuple[bytes, str | _Look], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"\0\0\1\0", "image/x-icon"),
    (b"AT&TFORM", "image/vnd.djvu"),
    (b"RIFF", containers.riff),
    (b"FORM", containers.form),
    (b"OggS", containers.ogg),
    (b"MThd", "audio/midi"),
    (b"#!AMR-WB\n", "audio/amr-wb"),
    (b"#!AMR\n", "audio/amr"),
    (b".ra\xfd", "audio/x-pn-realaudio"),
    (b".RMF", "audio/x-pn-realaudio"),
    (b"ID3", "audio/mpeg"),
    (b"\x00\x00\x01\xba", "video/mpeg"),
    (b"\x00\x00\x01\xb3", "video/mpeg"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"MOVI", "video/x-sgi-movie"),
    (b"0&\xb2u\x8ef\xcf\x11\xa6\xd9\x00\xaa\x00b\xcel", containers.asf),
    (b"%PDF-", "application/pdf"),
    (b"MSCF", "application/vnd.ms-cab-compressed"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", containers.ole2),
    (b"PK\3\4", containers.zipped),
    (b"PK\5\6", "application/zip"),
    (b"\x1f\x8b", containers.gzipped),
    (b"\x09\x08\x10\x00", "application/vnd.ms-excel"),
    (b"\x09\x04\x06\x00", "application/vnd.ms-excel"),
)


def type_of(content: bytes, claimed: str = "", name: str = "", size: int | None = None) -> str:
    """Name the kind of any file, by its bytes; the claimed type and the name choose only among what the bytes allow.

    `content` may be its beginning alone (LOOKED_AT); `size` is how large it is as a whole then.
    """
    allowed = _allowed(content, len(content) if size is None else size)
    wanted = (kind for kind in claims(claimed, name) if kind in allowed)
    return next((kind for kind in wanted if kind != allowed[0]), allowed[0])


def _allowed(content: bytes, size: int) -> tuple[str, ...]:
    head = content[:LOOKED_AT]
    for beginning, kind in _SIGNATURES:
        if head.startswith(beginning):
            return (kind,) if isinstance(kind, str) else kind(head)
    looks = (
        containers.iso(head),
        containers.tar(head),
        containers.mpeg_sound(head),
        containers.wbmp(head, size),
        containers.bmp(head, size),
        texts(head),
    )
    return next((kinds for kinds in looks if kinds), (UNKNOWN,))
