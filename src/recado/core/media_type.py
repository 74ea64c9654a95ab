"""What kind of file some bytes are, by how they begin, and which kinds may be sent. Pure.

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
_NEVER_SENT: Final = frozenset({UNKNOWN, "text/html"})
"""Programs and the like, and what does harm where it is opened."""
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


def may_be_sent(kind: str) -> bool:
    """Say whether a kind that `type_of` named goes with an MMS: everything of product.md §8 and what phones make today."""
    return kind not in _NEVER_SENT


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
