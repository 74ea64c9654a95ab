"""A file of every kind that an MMS may bring, made here: `media_file("jpg")`.

Pictures are real ones, photos with a camera's EXIF and a place; WAV and AIFF are sounds; of other kinds there is what tells them apart, and
no more. What belongs here: their bytes. What does not: what they are taken for (`recado.core.media_type`).
"""

import gzip
import io
import struct
import tarfile
import wave
import zipfile
from collections.abc import Callable, Mapping
from typing import Final

from PIL import ExifTags, Image

KINDS: Final = {
    "xls xlm xla xlc xlt xlw": "application/vnd.ms-excel", "doc dot": "application/msword",
    "ppt pps pot": "application/vnd.ms-powerpoint", "rtf": "application/rtf", "tgz": "application/gzip", "tar": "application/x-tar",
    "zip": "application/zip", "pdf": "application/pdf", "smi smil": "application/smil", "ogg": "audio/ogg",
    "cab": "application/vnd.ms-cab-compressed", "odf": "application/vnd.oasis.opendocument.formula",
    "otc": "application/vnd.oasis.opendocument.chart-template", "odc": "application/vnd.oasis.opendocument.chart",
    "mid midi kar rmi": "audio/midi", "mpga mp2 mp2a mp3 m2a m3a": "audio/mpeg", "m3u": "audio/x-mpegurl", "wav": "audio/wav",
    "wma": "audio/x-ms-wma", "aif aiff aifc": "audio/aiff", "ram ra": "audio/x-pn-realaudio",
    "gif": "image/gif", "jpeg jpg jpe": "image/jpeg", "png": "image/png", "svg svgz": "image/svg+xml", "djvu djv": "image/vnd.djvu",
    "wbmp": "image/vnd.wap.wbmp", "ico": "image/x-icon",
    "txt text conf def list log": "text/plain", "rtx": "text/richtext", "csv": "text/csv", "java": "text/x-java-source",
    "vcf": "text/x-vcard", "vcs": "text/x-vcalendar",
    "3gp": "video/3gpp", "3g2": "video/3gpp2", "qt mov": "video/quicktime", "asf": "video/x-ms-asf", "asx": "video/x-ms-asx",
    "avi": "video/x-msvideo", "movie": "video/x-sgi-movie", "mp4 mp4v mpg4": "video/mp4", "mpeg mpg mpe m1v m2v": "video/mpeg",
}  # fmt: skip
"""Every kind, and as what it is to be recognised."""
TYPES: Mapping[str, str] = {ending: kind for endings, kind in KINDS.items() for ending in endings.split()}


def media_file(ending: str) -> bytes:
    """Return a file as it would be named; raises KeyError for what is not in TYPES."""
    for endings, make in _MAKERS.items():
        if ending in endings.split():
            return make()
    raise KeyError(ending)


def _picture(kind: str) -> bytes:
    picture, exif, to = Image.new("RGB", (64, 48), (200, 30, 60)), Image.Exif(), io.BytesIO()
    exif[ExifTags.Base.Make] = "Telefon"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (52.0, 13.0, 47.0), 3: "E", 4: (21.0, 0.0, 42.0)})
    picture.save(to, kind, **({"exif": exif} if kind in {"JPEG", "PNG"} else {}))
    return to.getvalue()


def _wav() -> bytes:
    to = io.BytesIO()
    with wave.open(to, "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(1600))
    return to.getvalue()


def _aiff() -> bytes:
    rate = bytes.fromhex("400BFA00000000000000")
    inside = b"AIFFCOMM" + struct.pack(">IhIh", 18, 1, 80, 16) + rate + b"SSND" + struct.pack(">III", 168, 0, 0) + bytes(160)
    return b"FORM" + struct.pack(">I", len(inside)) + inside


def _zip(*members: tuple[str, str]) -> bytes:
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w") as archive:
        for name, text in members:
            archive.writestr(name, text)
    return to.getvalue()


def _open_document(kind: str) -> bytes:
    return _zip(("mimetype", f"application/vnd.oasis.opendocument.{kind}"), ("content.xml", "<x/>"))


def _tar() -> bytes:
    to = io.BytesIO()
    with tarfile.open(fileobj=to, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
    return to.getvalue()


def _ole2(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(512)


def _riff(kind: bytes) -> bytes:
    return b"RIFF" + struct.pack("<I", 20) + kind + b"data" + bytes(12)


def _film(brand: bytes) -> bytes:
    return struct.pack(">I", 20) + b"ftyp" + brand + bytes(4) + brand + struct.pack(">I", 8) + b"moov"


_SVG: Final = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
_MIDI: Final = b"MThd" + struct.pack(">IHHH", 6, 0, 1, 96) + b"MTrk" + struct.pack(">I", 4) + b"\0\xff\x2f\0"
_MP3: Final = b"\xff\xfb\x90\x64" + bytes(413)
_ASF: Final = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c") + bytes(64)
_JAVA: Final = b"public class Main {\n    public static void main(String[] args) {}\n}\n"

_MAKERS: Mapping[str, Callable[[], bytes]] = {
    "xls xlm xla xlc xlt xlw": lambda: _ole2("Workbook"),
    "doc dot": lambda: _ole2("WordDocument"),
    "ppt pps pot": lambda: _ole2("PowerPoint Document"),
    "rtf": lambda: b"{\\rtf1\\ansi Dzie\\'f1}",
    "tgz": lambda: gzip.compress(_tar(), mtime=0),
    "tar": _tar,
    "zip": lambda: _zip(("a.txt", "a")),
    "pdf": lambda: b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n%%EOF\n",
    "smi smil": lambda: b'<smil><body><par dur="5s"><text src="a.txt"/></par></body></smil>',
    "ogg": lambda: b"OggS\0\2" + bytes(20) + b"\x01\x1e\x01vorbis" + bytes(22),
    "cab": lambda: b"MSCF" + bytes(32),
    "odf": lambda: _open_document("formula"),
    "otc": lambda: _open_document("chart-template"),
    "odc": lambda: _open_document("chart"),
    "mid midi kar": lambda: _MIDI,
    "rmi": lambda: _riff(b"RMID") + _MIDI,
    "mpga mp3 m3a": lambda: _MP3,
    "mp2 mp2a m2a": lambda: b"\xff\xfd\x84\x04" + bytes(413),
    "m3u": lambda: b"#EXTM3U\nsong.mp3\n",
    "wav": _wav,
    "wma asf": lambda: _ASF,
    "aif aiff": _aiff,
    "aifc": lambda: _aiff().replace(b"AIFF", b"AIFC"),
    "ram": lambda: b"rtsp://example.org/song.ra\n",
    "ra": lambda: b".ra\xfd\0\4" + bytes(40),
    "gif": lambda: _picture("GIF"),
    "jpeg jpg jpe": lambda: _picture("JPEG"),
    "png": lambda: _picture("PNG"),
    "ico": lambda: _picture("ICO"),
    "svg": lambda: _SVG,
    "svgz": lambda: gzip.compress(_SVG, mtime=0),
    "djvu djv": lambda: b"AT&TFORM" + struct.pack(">I", 14) + b"DJVUINFO" + bytes(12),
    "wbmp": lambda: b"\0\0\x10\x02" + bytes(4),
    "txt text conf def list log": "Zażółć gęślą jaźń\n".encode,
    "rtx": lambda: b"<bold>Now</bold> is the time<nl>\n",
    "csv": lambda: b"name,phone\nHanna,48600000001\n",
    "java": lambda: _JAVA,
    "vcf": lambda: b"BEGIN:VCARD\r\nVERSION:2.1\r\nN:Hanna\r\nEND:VCARD\r\n",
    "vcs": lambda: b"BEGIN:VCALENDAR\r\nVERSION:1.0\r\nEND:VCALENDAR\r\n",
    "3gp": lambda: _film(b"3gp4"),
    "3g2": lambda: _film(b"3g2a"),
    "mov": lambda: _film(b"qt  "),
    "qt": lambda: struct.pack(">I", 8) + b"wide" + struct.pack(">I", 8) + b"mdat",
    "asx": lambda: b'<asx version="3.0"><entry><ref href="a.asf"/></entry></asx>',
    "avi": lambda: _riff(b"AVI "),
    "movie": lambda: b"MOVI" + bytes(60),
    "mp4 mp4v mpg4": lambda: _film(b"isom"),
    "mpeg mpg mpe": lambda: b"\0\0\1\xba" + bytes(60),
    "m1v m2v": lambda: b"\0\0\1\xb3" + bytes(60),
}
