"""The kinds of carriers there are, as one explicit tuple: adding a kind means adding its descriptor here."""

from recado.carriers.base import CarrierKind, SettingsError
from recado.carriers.mm7.kind import MM7
from recado.carriers.mms_http.kind import MMS_HTTP
from recado.carriers.mms_mail.kind import MMS_MAIL
from recado.carriers.simulator.kind import SIMULATOR
from recado.carriers.smpp.kind import SMPP

CARRIERS: tuple[CarrierKind, ...] = (SMPP, MM7, MMS_HTTP, MMS_MAIL, SIMULATOR)

MMS_KINDS = frozenset({MM7.name, SIMULATOR.name})
"""Kinds whose connections carry the multimedia messages we send."""


def carrier_kind(name: str) -> CarrierKind:
    """Find a kind by its name; raise SettingsError naming those that exist."""
    for kind in CARRIERS:
        if kind.name == name:
            return kind
    raise SettingsError(f"There is no carrier kind {name!r}; choose one of {', '.join(kind.name for kind in CARRIERS)}")
