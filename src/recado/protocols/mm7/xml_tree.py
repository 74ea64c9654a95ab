"""Reads small XML documents as a tree of local names. Entities, DOCTYPE and depth without end are refused.

The standard library's expat, fed UTF-8: what comes in any other charset is decoded before, since expat knows no multi-byte ones.
What does not belong here: what elements mean.
"""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from recado.protocols.mm7.errors import Mm7FormatError

LARGEST_DOCUMENT: Final = 256 * 1024
_DEEPEST: Final = 40
_MOST_ELEMENTS: Final = 20_000
_BOMS: Final = ((BOM_UTF8, "utf-8"), (BOM_UTF16_LE, "utf-16-le"), (BOM_UTF16_BE, "utf-16-be"))
_NAKED_UTF16: Final = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_DECLARED: Final = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(slots=True)
class Node:
    """An element."""

    name: str
    """Local name."""
    namespace: str = ""
    prefix: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """By lower-case local name."""
    children: "list[Node]" = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return its own characters, without blanks around."""
        return "".join(self._pieces).strip()

    def add_text(self, data: str) -> None:
        """Take characters in."""
        self._pieces.append(data)

    def child(self, *names: str) -> "Node | None":
        """Return its first child of one of these local names, in any case."""
        wanted = {name.lower() for name in names}
        return next((child for child in self.children if child.name.lower() in wanted), None)

    def walk(self) -> "Iterator[Node]":
        """Return it and everything in it, in the order of the document."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += reversed(node.children)

    def find(self, *names: str) -> "Node | None":
        """Return the first element of one of these local names anywhere in it."""
        wanted = {name.lower() for name in names}
        return next((node for node in self.walk() if node.name.lower() in wanted), None)


def read_xml(data: bytes, charset: str = "", *, takes_doctype: bool = False) -> Node:
    """Return the root element; a DOCTYPE that only names a DTD may be taken, it is never followed."""
    if len(data) > LARGEST_DOCUMENT:
        raise Mm7FormatError(f"the XML is longer than {LARGEST_DOCUMENT} octets")
    text = _NO_XML.sub("\N{REPLACEMENT CHARACTER}", _decoded(data, charset).strip("\ufeff\0 \t\r\n"))
    plain = _DECLARATION.sub("", text).lstrip().encode()
    try:
        return _Builder(has_namespaces=True, takes_doctype=takes_doctype).build(plain)
    except expat.ExpatError:
        pass  # prefixes that nobody declared are the usual reason
    try:
        return _Builder(has_namespaces=False, takes_doctype=takes_doctype).build(plain)
    except expat.ExpatError as error:
        raise Mm7FormatError(f"no XML: {error}") from None


def _decoded(data: bytes, charset: str) -> str:
    start = data.lstrip(b" \t\r\n")
    for mark, name in _BOMS:
        if start.startswith(mark):
            return start[len(mark) :].decode(name, "replace")
    for mark, name in _NAKED_UTF16:
        if start.startswith(mark):
            return start.decode(name, "replace")
    declared = _DECLARED.match(start)
    for name in (declared[1].decode() if declared else "", charset, "utf-8"):
        try:
            return data.decode(name, "strict")
        except (LookupError, ValueError):
            continue
    return data.decode("utf-8", "replace")


class _Builder:
    """One document on its way into a tree."""

    def __init__(self, *, has_namespaces: bool, takes_doctype: bool) -> None:
        self._takes_doctype = takes_doctype
        self._has_namespaces = has_namespaces
        self._path: list[Node] = []
        self._root: Node | None = None
        self._count = 0
        parser = expat.ParserCreate("utf-8", " " if has_namespaces else None)
        parser.namespace_prefixes = has_namespaces
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._entity
        self._parser = parser

    def build(self, data: bytes) -> Node:
        """Parse it all."""
        self._parser.Parse(data, True)  # the name of the argument is not to be given
        if self._root is None:
            raise Mm7FormatError("the XML is empty")
        return self._root

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > _MOST_ELEMENTS or len(self._path) >= _DEEPEST:
            raise Mm7FormatError("the XML has too many elements")
        local, namespace, prefix = self._names(name)
        plain = {self._names(key)[0].lower(): value for key, value in attributes.items()}
        node = Node(local, namespace, prefix, plain)
        if self._path:
            self._path[-1].children.append(node)
        elif self._root is None:
            self._root = node
        self._path.append(node)

    def _names(self, name: str) -> tuple[str, str, str]:
        """Return local name, namespace and prefix."""
        if not self._has_namespaces:
            prefix, colon, local = name.rpartition(":")
            return local, "", prefix if colon else ""
        namespace, _, rest = name.partition(" ") if " " in name else ("", "", name)
        local, _, prefix = rest.partition(" ")
        return local, namespace, prefix

    def _end(self, _name: str) -> None:
        self._path.pop()

    def _text(self, data: str) -> None:
        if self._path:
            self._path[-1].add_text(data)

    def _doctype(self, _name: str, _system: str | None, _public: str | None, has_subset: int) -> None:
        if has_subset or not self._takes_doctype:
            raise Mm7FormatError("a DOCTYPE is refused")

    def _entity(self, *_about: object) -> None:
        raise Mm7FormatError("entities are refused")
