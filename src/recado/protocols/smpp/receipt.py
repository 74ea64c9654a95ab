"""Delivery receipts as message centres really write them (SMPP 3.4 Appendix B, docs/specs/smpp.md §8).

Reading the text and the optional parameters into one `Receipt` belongs here. What a state means for a message of ours
does not: a state that no specification knows is handed on in the carrier's own word.
"""

import re
from dataclasses import dataclass
from typing import Final

from recado.protocols.smpp.constants import EsmClass
from recado.protocols.smpp.events import Tlvs
from recado.protocols.smpp.tlv import message_payload, message_state, network_error_code, receipted_message_id

_RECEIPT_TYPES: Final = frozenset({EsmClass.DELIVERY_RECEIPT, EsmClass.INTERMEDIATE_NOTIFICATION})

_KEY: Final = r"(?:id|sub|dlvrd|submit[ _]?date|done[ _]?date|stat|err|text)"
_TEXT: Final = re.compile(r"(?:^|(?<=[\s,;]))text\s?:", re.IGNORECASE)
# A value is one word, unless that word is already the next key: "err: text:…" has no error.
_FIELD: Final = re.compile(rf"(?:^|(?<=[\s,;]))(?P<key>{_KEY})\s?:\s?(?!{_KEY}\s?:)(?P<value>[^\s,;]*)", re.IGNORECASE)
_SPELLINGS: Final = {
    "DELIVERED": "DELIVRD",
    "DELIVERD": "DELIVRD",
    "UNDELIVERED": "UNDELIV",
    "UNDELIVERABLE": "UNDELIV",
    "UNDELIVRD": "UNDELIV",
    "UNDELIVERD": "UNDELIV",
    "ACCEPTED": "ACCEPTD",
    "REJECTED": "REJECTD",
    "EN_ROUTE": "ENROUTE",
}
_UNKNOWN: Final = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The fate of one message.

    `state` is DELIVRD, EXPIRED, DELETED, UNDELIV, ACCEPTD, UNKNOWN, REJECTD, ENROUTE or the carrier's own word in capitals;
    dates are text as given, since carriers agree neither on digits nor on the time zone.
    """

    message_id: str
    state: str
    error: str = ""
    submitted_at: str = ""
    done_at: str = ""
    text: str = ""


def is_receipt(esm_class: int) -> bool:
    """Say whether esm_class marks a delivery receipt or an intermediate notification (SMPP 3.4 §5.2.12)."""
    return esm_class & EsmClass.TYPE_MASK in _RECEIPT_TYPES


def parse_receipt(short_message: bytes, tlvs: Tlvs) -> Receipt | None:
    """Read a receipt from its text and its optional parameters, which win; none when neither says anything."""
    octets = short_message or message_payload(tlvs) or b""
    # NUL cannot be stored as text everywhere, and nobody means it.
    fields, text = _fields(octets.decode("latin-1").replace("\0", ""))
    message_id = receipted_message_id(tlvs) or fields.get("id", "")
    state = message_state(tlvs) or fields.get("stat", "").upper()
    if not message_id and not state:
        return None
    network_error = network_error_code(tlvs)
    return Receipt(
        message_id=message_id,
        state=_SPELLINGS.get(state, state) or _UNKNOWN,
        error=fields.get("err", "") if network_error is None else f"{network_error.code:03d}",
        submitted_at=fields.get("submitdate", ""),
        done_at=fields.get("donedate", ""),
        text=text,
    )


def _fields(receipt: str) -> tuple[dict[str, str], str]:
    """Split a receipt into its fields and its free text, which ends it and may look like fields itself."""
    found = _TEXT.search(receipt)
    head, text = (receipt, "") if found is None else (receipt[: found.start()], receipt[found.end() :])
    fields: dict[str, str] = {}
    for match in _FIELD.finditer(head):
        key = match["key"].lower().replace(" ", "").replace("_", "")
        fields.setdefault(key, match["value"])
    return fields, text
