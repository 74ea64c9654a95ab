"""Settings of one SMPP connection as a frozen value, read from what the database keeps.

What a setting is for says `kind`; acting on them belongs to the adapter and to the gateway's links.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from recado.carriers.smpp.kind import SMPP


@dataclass(frozen=True, slots=True)
class SmppSettings:
    """How to reach a message centre and what its words mean. Field names are those of the descriptor."""

    host: str = "127.0.0.1"
    port: int = 2775
    system_id: str = ""
    password: str = field(default="", repr=False)
    system_type: str = ""
    address_range: str = ""
    bind_mode: str = "transceiver"
    links: int = 1
    window_size: int = 10
    max_per_second: int = 0
    use_tls: bool = False
    verify_tls: bool = True
    enquire_link_seconds: int = 30
    response_timeout_seconds: int = 10
    reconnect_seconds: int = 60
    default_alphabet: str = "gsm7"
    reference_bits: str = "8"
    national_prefix: str = ""
    service_type: str = ""
    receipts: bool = True
    receipt_ids: str = "as_given"
    error_codes: str = ""

    @property
    def reference_width(self) -> int:
        """Bits of the reference that ties the parts of a long message together: 8 or 16."""
        return int(self.reference_bits)


def read_settings(stored: Mapping[str, object]) -> SmppSettings:
    """Check stored settings and return them typed; raise `carriers.base.SettingsError`."""
    return SmppSettings(**SMPP.clean(stored))  # type: ignore[arg-type]  # the descriptor's types are those of the fields
