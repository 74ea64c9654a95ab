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

_KEYS: Final = {
    "id": r"id|message[ _]?id|msg[ _]?id",
    "sub": r"sub",
    "dlvrd": r"dlvrd",
    "submitted_at": r"submit[ _]?date",
    "done_at": r"done[ _]?date",
    "stat": r"stat|state|status|message[ _]?state",
    "err": r"err|error|error[ _]?code|err[ _]?code",
}
"""What is read, and how it is spelled; the longest spelling that fits is meant."""
_ANY_KEY: Final = "|".join(sorted("|".join([*_KEYS.values(), "text"]).split("|"), key=len, reverse=True))
_BORDER: Final = r"(?:^|(?<=[\s,;]))"
_TEXT: Final = re.compile(rf"{_BORDER}text\s?[:=]", re.IGNORECASE)
# A value is one word, unless that word is already the next key: "err: text:…" has no error.
_FIELDS: Final = {
    name: re.compile(rf"{_BORDER}(?:{spellings})\s?[:=]\s?(?!(?:{_ANY_KEY})\s?[:=])\"?(?P<value>[^\s,;\"]*)", re.IGNORECASE)
    for name, spellings in _KEYS.items()
}
_SPELLINGS: Final = {
    "DELIVERED": "DELIVRD",
    "DELIVERD": "DELIVRD",
    "DELIVRED": "DELIVRD",
    "EXPIRD": "EXPIRED",
    "UNDELIVERED": "UNDELIV",
    "UNDELIVERABLE": "UNDELIV",
    "UNDELIVRD": "UNDELIV",
    "UNDELIVERD": "UNDELIV",
    "ACCEPTED": "ACCEPTD",
    "REJECTED": "REJECTD",
    "EN_ROUTE": "ENROUTE",
}
_PROSE: Final = re.compile(
    r"^message (?:for|to) .{1,40}?,? with identification (?P<id>\d+) "
    r"(?:(?P<good>has been delivered)|(?P<bad>has not been delivered|could not be delivered)|has been buffered)",
    re.IGNORECASE,
)
"""Centres that speak UCP or CIMD inside write a sentence."""
_FIRST_LETTER: Final = 0x20
"""An octet below it cannot begin a text, but a header's length."""
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
    is_network_error: bool = False
    """Whether the error is the network's own number, in decimal digits, and not a word of the carrier's text."""


def is_receipt(esm_class: int) -> bool:
    """Say whether esm_class marks a delivery receipt or an intermediate notification (SMPP 3.4 §5.2.12)."""
    return esm_class & EsmClass.TYPE_MASK in _RECEIPT_TYPES


def is_intermediate(esm_class: int) -> bool:
    """Say whether esm_class marks an intermediate notification: the carrier tells how it is going, not how it ended."""
    return esm_class & EsmClass.TYPE_MASK == EsmClass.INTERMEDIATE_NOTIFICATION


def parse_receipt(short_message: bytes, tlvs: Tlvs, *, has_header: bool = False) -> Receipt | None:
    """Read a receipt from its text and its optional parameters, which win; none when neither says anything.

    `has_header` says that esm_class announces a user data header before the text; some centres announce it and write none.
    """
    octets = short_message or message_payload(tlvs) or b""
    if has_header and octets and 0 < octets[0] < min(_FIRST_LETTER, len(octets)):
        octets = octets[octets[0] + 1 :]
    fields, text = _fields(_readable(octets))
    message_id = receipted_message_id(tlvs) or fields.get("id", "")
    state = message_state(tlvs) or fields.get("stat", "").upper()
    if not message_id and not state:
        return None
    network_error = network_error_code(tlvs)
    return Receipt(
        message_id=message_id,
        state=_SPELLINGS.get(state, state) or _UNKNOWN,
        error=fields.get("err", "") if network_error is None else f"{network_error.code:03d}",
        submitted_at=fields.get("submitted_at", ""),
        done_at=fields.get("done_at", ""),
        text=text,
        is_network_error=network_error is not None,
    )


def _readable(octets: bytes) -> str:
    """Turn the octets of a receipt into text, whatever data_coding said: its keys are ASCII, so every second octet of UCS-2 is zero."""
    for place, codec in ((0, "utf-16-be"), (1, "utf-16-le")):
        if len(octets) >= 4 and octets[place] == octets[place + 2] == 0 and octets[1 - place]:  # noqa: PLR2004  # two letters
            return octets.decode(codec, "replace").replace("\0", "")
    # NUL cannot be stored as text everywhere, and nobody means it.
    return octets.decode("latin-1").replace("\0", "")


def _fields(receipt: str) -> tuple[dict[str, str], str]:
    """Split a receipt into its fields and its free text, which ends it and may look like fields itself."""
    found = _TEXT.search(receipt)
    head, text = (receipt, "") if found is None else (receipt[: found.start()], receipt[found.end() :])
    fields = {name: match["value"] for name, pattern in _FIELDS.items() if (match := pattern.search(head))}
    if not fields and (told := _PROSE.match(receipt)):
        state = "DELIVRD" if told["good"] else "UNDELIV" if told["bad"] else "ENROUTE"
        return {"id": told["id"], "stat": state}, ""
    return fields, text
