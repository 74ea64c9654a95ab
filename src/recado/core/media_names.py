"""Names of kinds of files: extensions, and what other people call the same kind. Tables and looking into them, nothing else."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

UNKNOWN: Final = "application/octet-stream"
_OF_KIND: Mapping[str, str] = {  # the usual extension first
    "application/vnd.ms-excel": "xls xlm xla xlc xlt xlw",
    "application/msword": "doc dot",
    "application/vnd.ms-powerpoint": "ppt pps pot",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/rtf": "rtf",
    "application/gzip": "tgz gz",
    "application/x-tar": "tar",
    "application/zip": "zip",
    "application/java-archive": "jar",
    "application/pdf": "pdf",
    "application/smil": "smi smil",
    "application/vnd.ms-cab-compressed": "cab",
    "application/vnd.oasis.opendocument.formula": "odf",
    "application/vnd.oasis.opendocument.chart": "odc",
    "application/vnd.oasis.opendocument.chart-template": "otc",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/xml": "xml",
    "audio/ogg": "ogg oga",
    "audio/midi": "mid midi kar rmi",
    "audio/mpeg": "mp3 mpga mp2 mp2a m2a m3a",
    "audio/x-mpegurl": "m3u",
    "audio/wav": "wav",
    "audio/x-ms-wma": "wma",
    "audio/aiff": "aif aiff aifc",
    "audio/x-pn-realaudio": "ram ra",
    "audio/amr": "amr",
    "audio/aac": "aac",
    "audio/mp4": "m4a",
    "image/gif": "gif",
    "image/jpeg": "jpg jpeg jpe",
    "image/png": "png",
    "image/webp": "webp",
    "image/bmp": "bmp",
    "image/svg+xml": "svg svgz",
    "image/vnd.djvu": "djvu djv",
    "image/vnd.wap.wbmp": "wbmp",
    "image/x-icon": "ico",
    "text/plain": "txt text conf def list log",
    "text/richtext": "rtx",
    "text/csv": "csv",
    "text/html": "html htm",
    "text/x-java-source": "java",
    "text/x-vcard": "vcf",
    "text/x-vcalendar": "vcs",
    "text/calendar": "ics",
    "video/3gpp": "3gp",
    "video/3gpp2": "3g2",
    "video/quicktime": "mov qt",
    "video/x-ms-asf": "asf",
    "video/x-ms-asx": "asx",
    "video/x-ms-wmv": "wmv",
    "video/x-msvideo": "avi",
    "video/x-sgi-movie": "movie",
    "video/mp4": "mp4 mp4v mpg4",
    "video/mpeg": "mpeg mpg mpe m1v m2v",
    "video/webm": "webm",
    "video/ogg": "ogv",
}
BY_EXTENSION: Mapping[str, str] = MappingProxyType({ending: kind for kind, endings in _OF_KIND.items() for ending in endings.split()})
_ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "image/jpg": "image/jpeg",
        "image/pjpeg": "image/jpeg",
        "image/x-png": "image/png",
        "image/vnd.microsoft.icon": "image/x-icon",
        "image/x-ms-bmp": "image/bmp",
        "audio/mp3": "audio/mpeg",
        "audio/x-wav": "audio/wav",
        "audio/wave": "audio/wav",
        "audio/mid": "audio/midi",
        "audio/x-midi": "audio/midi",
        "audio/x-aiff": "audio/aiff",
        "audio/x-realaudio": "audio/x-pn-realaudio",
        "video/3gp": "video/3gpp",
        "video/avi": "video/x-msvideo",
        "text/vcard": "text/x-vcard",
        "text/directory": "text/x-vcard",
        "text/rtf": "application/rtf",
        "text/xml": "application/xml",
        "application/smil+xml": "application/smil",
        "application/excel": "application/vnd.ms-excel",
        "application/mspowerpoint": "application/vnd.ms-powerpoint",
    }
)


def claims(claimed: str, name: str) -> tuple[str, str]:
    """Return the kinds that a claimed type and a file name stand for, in our words; empty: none."""
    said = claimed.partition(";")[0].strip().lower()
    ending = name.rpartition(".")[2].strip().lower() if "." in name else ""
    return _ALIASES.get(said, said), BY_EXTENSION.get(ending, "")


def fitting_name(name: str, kind: str) -> str:
    """Return a file's name with an extension of its kind, unchanged where it fits or the kind is unknown; a nameless one is `file`."""
    usual = _OF_KIND.get(kind, "").partition(" ")[0]
    if not usual or claims("", name)[1] == kind:
        return name or "file"
    stem = name.rpartition(".")[0] if claims("", name)[1] else name
    return f"{stem or 'file'}.{usual}"
