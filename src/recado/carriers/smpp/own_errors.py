"""The errors of one carrier as its operator wrote them down: `0x04=wrong_number, 27=message_expired`.

What belongs here: reading and comparing what was written. What does not: errors that mean the same everywhere (`receipts`).
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from recado.carriers.base import SettingsError
from recado.core.receipt import UndeliveredReason

OwnErrors = Mapping[str, UndeliveredReason]
"""By error, as `error_key` writes it."""
NO_OWN_ERRORS: OwnErrors = MappingProxyType({})


def read_own_errors(written: str) -> OwnErrors:
    """Read pairs of error and reason, separated by commas, semicolons or lines; raise SettingsError."""
    found: dict[str, UndeliveredReason] = {}
    for pair in filter(str.strip, re.split(r"[,;\n]", written)):
        error, sign, reason = (part.strip() for part in pair.partition("="))
        if not (error and sign) or any(map(str.isspace, error)):
            raise SettingsError(f"error_codes has {pair.strip()!r}; write each error with what it means, as in 0x04=wrong_number")
        try:
            found[error_key(error)] = UndeliveredReason(reason.lower())
        except ValueError:
            words = ", ".join(UndeliveredReason)
            raise SettingsError(f"error_codes says that {error} means {reason!r}; write one of {words}") from None
    return MappingProxyType(found)


def error_key(written: str) -> str:
    """Return the form in which errors are compared: capitals, no leading zeros, `0x` kept where it was written."""
    text = as_word(written)
    if text.startswith("0X"):
        return "0x" + (text[2:].lstrip("0") or "0")
    return text.lstrip("0") or ("0" if text else "")


def own_reason(error: str, own: OwnErrors, *, is_network_error: bool) -> UndeliveredReason | None:
    """Look an error up: as it stands in the receipt, else by its hexadecimal digits, however the operator marked them."""
    if not own or not error:
        return None
    key = error_key(error)
    digits = f"{int(error):X}" if is_network_error else key.removeprefix("0x")
    return own.get(key) or own.get(f"0x{digits}") or (None if is_network_error else own.get(digits))


def as_word(written: str) -> str:
    """Return a word of a carrier in capitals, with `_` between its parts."""
    return written.strip().upper().replace("-", "_").replace(" ", "_")
