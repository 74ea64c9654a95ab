"""What lies in containers that hold many kinds of files: ISO films, RIFF, ASF, OLE2, ZIP, gzip, Ogg.

Every function takes the beginning of a file and returns the kinds that its bytes allow, the likeliest first. What belongs here: looking at
fixed places and names. What does not: unpacking (gzip gives up its first kilobyte and no more), kinds told by one signature (`media_type`).
"""

import re
import zlib
from typing import Final

from recado.core.media_names import UNKNOWN
from recado.core.media_texts import texts

_OPEN_DOCUMENT: Final = b"application/vnd.oasis.opendocument."
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_ZIPPED: Final = (
    (b"word/", f"{_OFFICE}wordprocessingml.document"),
    (b"xl/", f"{_OFFICE}spreadsheetml.sheet"),
    (b"ppt/", f"{_OFFICE}presentationml.presentation"),
    (b"META-INF/MANIFEST.MF", "application/java-archive"),
)
_OLE2: Final = (
    ("WordDocument", "application/msword"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
)
_BRANDS: Final = (
    (b"3g2", "video/3gpp2"),
    (b"3gp", "video/3gpp"),
    (b"3gr", "video/3gpp"),
    (b"3gs", "video/3gpp"),
    (b"M4A", "audio/mp4"),
    (b"qt", "video/quicktime"),
    (b"avif", "image/avif"),
    (b"hei", "image/heic"),
    (b"mif1", "image/heic"),
)
"""Of the ISO base media format (ISO/IEC 14496-12): what stands after `ftyp`."""
_RIFF: Final = {
    b"WAVE": "audio/wav",
    b"WEBP": "image/webp",
    b"AVI ": "video/x-msvideo",
    b"RMID": "audio/midi",
}
_ATOMS: Final = frozenset({b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
"""With which QuickTime films from before `ftyp` begin."""
_MOST_NAMES: Final = 200
_TAR_MAGIC: Final = slice(257, 262)
_AAC_FRAME: Final = re.compile(rb"\xff[\xf0\xf1\xf8\xf9]")
_SOUND_FRAME: Final = re.compile(rb"\xff([\xe2-\xe5\xea-\xed\xf2-\xf5\xfa-\xfd])([\x00-\xef])", re.DOTALL)
"""Eleven bits set, a layer that is II or III, a bit rate that exists."""
_NO_VERSION: Final = 1
_NO_FREQUENCY: Final = 3
_BITMAP: Final = re.compile(rb"\0\0([\x80-\xff]{0,3}[\0-\x7f])([\x80-\xff]{0,3}[\0-\x7f])", re.DOTALL)


def iso(head: bytes) -> tuple[str, ...]:
    """Look at a film of the ISO base media format, or an older QuickTime one."""
    if head[4:8] in _ATOMS:
        return "video/quicktime", "video/mp4"
    if head[4:8] != b"ftyp":
        return ()
    found = next((kind for brand, kind in _BRANDS if head[8:].startswith(brand)), None)
    return (found,) if found else ("video/mp4", "video/3gpp", "video/3gpp2", "video/quicktime", "audio/mp4")


def riff(head: bytes) -> tuple[str, ...]:
    """Look at a RIFF file."""
    return (_RIFF.get(head[8:12], UNKNOWN),)


def form(head: bytes) -> tuple[str, ...]:
    """Look at an IFF file: sounds of two kinds, or the words of somebody who began with FORM."""
    return ("audio/aiff",) if head[8:12] in {b"AIFF", b"AIFC"} else texts(head) or (UNKNOWN,)


def asf(_head: bytes) -> tuple[str, ...]:
    """Films and sounds differ far behind the beginning: whoever names the file says which."""
    return "video/x-ms-asf", "audio/x-ms-wma", "video/x-ms-wmv"


def ole2(head: bytes) -> tuple[str, ...]:
    """Look for the stream that makes an OLE2 file a document of one program; names decide where the folder lies far behind."""
    found = next((kind for name, kind in _OLE2 if name.encode("utf-16-le") in head), None)
    return (found,) if found else ("application/x-ole-storage", *dict.fromkeys(kind for _name, kind in _OLE2))


def zipped(head: bytes) -> tuple[str, ...]:
    """Look at the names of members, and at what an OpenDocument says of itself in its first."""
    names = _member_names(head)
    if names[:1] == [b"mimetype"]:
        start = head.find(_OPEN_DOCUMENT)
        if start >= 0:
            said = head[start : start + 80].split(b"PK", 1)[0]
            return (said.decode("ascii", "replace"),)
    for part, kind in _ZIPPED:
        if any(name.startswith(part) for name in names):
            return (kind,)
    return ("application/zip",)


def _member_names(head: bytes) -> list[bytes]:
    names: list[bytes] = []
    at = head.find(b"PK\x03\x04")
    while at >= 0 and len(names) < _MOST_NAMES:
        length = int.from_bytes(head[at + 26 : at + 28], "little")
        names.append(head[at + 30 : at + 30 + length])
        at = head.find(b"PK\x03\x04", at + 30)
    return names


def gzipped(head: bytes) -> tuple[str, ...]:
    """Look at the first kilobyte of what is packed: a drawing, or anything else."""
    try:
        inside = zlib.decompressobj(31).decompress(head, 1024)
    except zlib.error:
        inside = b""
    return ("image/svg+xml",) if b"<svg" in inside else ("application/gzip",)


def ogg(head: bytes) -> tuple[str, ...]:
    """Tell films from sounds by the first stream."""
    return ("video/ogg",) if b"theora" in head[:512] else ("audio/ogg",)


def tar(head: bytes) -> tuple[str, ...]:
    """Look whether the first block is the head of a tar archive."""
    return ("application/x-tar",) if head[_TAR_MAGIC] == b"ustar" else ()


def mpeg_sound(head: bytes) -> tuple[str, ...]:
    """Look for a frame of MPEG audio, layer II or III, or of AAC in frames of its own."""
    if _AAC_FRAME.match(head):
        return ("audio/aac",)
    frame = _SOUND_FRAME.match(head)
    is_sound = frame is not None and frame[1][0] >> 3 & 3 != _NO_VERSION and frame[2][0] >> 2 & 3 != _NO_FREQUENCY
    return ("audio/mpeg",) if is_sound else ()


def wbmp(head: bytes, size: int) -> tuple[str, ...]:
    """Look whether it is a wireless bitmap as large as its two sides say; it has no signature."""
    found = _BITMAP.match(head)
    if found is None:
        return ()
    width, height = map(_number, found.groups())
    is_whole = width > 0 and height > 0 and size == found.end() + (width + 7) // 8 * height
    return ("image/vnd.wap.wbmp",) if is_whole else ()


def bmp(head: bytes, size: int) -> tuple[str, ...]:
    """Look whether it is a Windows bitmap as large as it says; many words begin with its two letters."""
    return ("image/bmp",) if head.startswith(b"BM") and int.from_bytes(head[2:6], "little") == size else ()


def _number(octets: bytes) -> int:
    value = 0
    for octet in octets:
        value = value << 7 | octet & 0x7F
    return value
