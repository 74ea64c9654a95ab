"""How message centres want to be spoken to, as data: a row for each release and habit, chosen by name in a connection's settings.

What comes in needs no dialect: it is read whatever it is, and answered in its own. What does not belong here: addresses, passwords.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from recado.protocols.mm7.messages import AddressKind, Spoken

_SCHEMA: Final = "http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a request to one kind of message centre is written."""

    name: str
    spoken: Spoken
    number_prefix: str = "+"
    """Before the digits of a phone."""
    number_suffix: str = ""
    """Behind them, as `/TYPE=PLMN`."""
    sender_kind: AddressKind = AddressKind.SHORT_CODE
    """How our own number is given; a ShortCode is written without prefix and suffix."""
    href_scheme: str = "cid:"
    """Before the content id in the Content's href."""
    soap_action: str = '""'
    """The HTTP header SOAPAction."""
    is_nested: bool = True
    """The files stand in a multipart of their own, which the Content names; otherwise beside the envelope."""
    wants_layout: bool = True
    """A SMIL goes with the files."""
    transfer_encoding: str = "binary"
    """Of the files: `binary` or `base64`."""
    allows_adaptations: bool | None = True
    """Said of the Content; None says nothing."""


def _dialect(name: str, schema: str, version: str, prefix: str = "mm7") -> Dialect:
    return Dialect(name, Spoken(_SCHEMA + schema, version, prefix))


def _release_5(name: str, schema: str, version: str, prefix: str = "mm7") -> Dialect:
    return replace(_dialect(name, schema, version, prefix), allows_adaptations=None)


_REL_6: Final = _dialect("rel-6-mm7-1-4", "REL-6-MM7-1-4", "6.8.0")
_ROWS: Final = (
    _REL_6,
    _dialect("rel-6-mm7-1-0", "REL-6-MM7-1-0", "6.3.0"),
    _release_5("rel-5-mm7-1-5", "REL-5-MM7-1-5", "5.10.0"),
    _release_5("rel-5-mm7-1-3", "REL-5-MM7-1-3", "5.6.0"),
    _release_5("rel-5-mm7-1-2", "REL-5-MM7-1-2", "5.6.0"),
    _release_5("rel-5-mm7-1-1", "REL-5-MM7-1-1", "5.5.0"),
    _release_5("rel-5-mm7-1-0", "REL-5-MM7-1-0", "5.3.0"),
    replace(_release_5("plmn", "REL-5-MM7-1-2", "5.6.0"), number_suffix="/TYPE=PLMN", sender_kind=AddressKind.NUMBER),
    replace(_release_5("flat-base64", "REL-5-MM7-1-0", "5.3.0", ""), is_nested=False, transfer_encoding="base64"),
)
DEFAULT_DIALECT: Final = _REL_6
DIALECTS: Final[Mapping[str, Dialect]] = MappingProxyType({row.name: row for row in _ROWS})
