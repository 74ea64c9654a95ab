"""Settings of one MM7 connection as a frozen value, read from what the database keeps.

What a setting is for says `kind`; acting on them belongs to the gateway and the server.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from recado.carriers.mm7.kind import MM7
from recado.protocols.mm7.dialect import DEFAULT_DIALECT


@dataclass(frozen=True, slots=True)
class Mm7Settings:
    """How to reach a message centre. Field names are those of the descriptor."""

    submit_url: str = ""
    submit_user: str = ""
    submit_password: str = field(default="", repr=False)
    client_certificate: str = ""
    dialect: str = DEFAULT_DIALECT.name
    vasp_id: str = ""
    vas_id: str = ""
    service_code: str = ""
    max_send_bytes: int = 300 * 1024
    window_size: int = 4


def read_settings(stored: Mapping[str, object]) -> Mm7Settings:
    """Check stored settings and return them typed; raise `carriers.base.SettingsError`."""
    return Mm7Settings(**MM7.clean(stored))  # type: ignore[arg-type]  # the descriptor's types are those of the fields
