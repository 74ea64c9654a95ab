"""SMPP PDUs as messages and delivery receipts, outgoing texts as submit_sm (SMPP 3.4 §4.4, §4.6, §4.7; GSM 03.40 §9.2.3.24).

Nothing a carrier sends may fail here: what cannot be understood is stored as well as it can be, flagged, and kept whole in `raw`.
Octets and frames belong to `protocols.smpp`, alphabets and headers to `protocols.gsm`, links to `gateway`.
"""

from datetime import datetime
from hashlib import blake2b
from typing import Final

from recado.carriers.base import Inbound
from recado.carriers.smpp.addresses import address_of, digits_of
from recado.carriers.smpp.own_errors import read_own_errors
from recado.carriers.smpp.parts import read_content
from recado.carriers.smpp.receipts import meaning_of
from recado.carriers.smpp.segments import cut
from recado.carriers.smpp.settings import SmppSettings
from recado.carriers.smpp.validity import validity_of
from recado.core.message import InboundPart
from recado.core.receipt import DeliveryReceipt, OutboundState
from recado.core.submit import OutboundText
from recado.protocols.smpp import DataSm, DeliverSm, LocalProtocolError, SubmitSm, is_intermediate, is_receipt, parse_receipt
from recado.protocols.smpp.constants import EsmClass
from recado.protocols.smpp.tlv import message_payload, message_state, receipted_message_id
from recado.protocols.smpp.writers import write_pdu

_TYPE: Final = int(EsmClass.TYPE_MASK)
_IDS_IN_ROWS: Final = 80
_STATES_IN_ROWS: Final = 16
_TEXT_IN_ROWS: Final = 160
_PLAIN: Final = 20
"""Characters of an address that surely fit."""


class SmppCarrier:
    """The adapter of one SMPP connection."""

    def __init__(self, settings: SmppSettings | None = None) -> None:
        self._settings = settings or SmppSettings()
        self._prefix = self._settings.national_prefix
        self._latin1 = self._settings.default_alphabet == "latin1"
        self._own_errors = read_own_errors(self._settings.error_codes)

    def to_inbound(self, event: DeliverSm | DataSm, connection_id: int, received_at: datetime) -> Inbound:
        """Read a message or a delivery receipt out of a deliver_sm or data_sm."""
        tlvs = event.tlvs
        octets = event.short_message if type(event) is DeliverSm else b""
        if tlvs and not octets:
            octets = message_payload(tlvs) or b""
        if (event.esm_class & _TYPE and is_receipt(event.esm_class)) or (tlvs and message_state(tlvs) and receipted_message_id(tlvs)):
            return self._receipt(event, octets, connection_id, received_at)
        content = read_content(event.esm_class, event.data_coding, octets, tlvs, latin1=self._latin1)
        source, destination = event.source_addr, event.destination_addr
        seen = f"{source}\0{destination}\0{event.esm_class}\0{content.concatenation if tlvs else ''}\0".encode()
        return InboundPart(
            connection_id,
            digits_of(event.source_addr_ton, source, self._prefix),
            digits_of(event.dest_addr_ton, destination, self._prefix),
            content.text,
            content.encoding,
            received_at,
            event.body,
            int.from_bytes(blake2b(seen + octets, digest_size=8).digest()) >> 1,
            content.concatenation,
            flags=content.flags,
        )

    def _receipt(self, event: DeliverSm | DataSm, octets: bytes, connection_id: int, received_at: datetime) -> DeliveryReceipt:
        receipt = parse_receipt(octets, event.tlvs, has_header=bool(event.esm_class & EsmClass.UDHI))
        phone = digits_of(event.source_addr_ton, event.source_addr, self._prefix)
        sender = digits_of(event.dest_addr_ton, event.destination_addr, self._prefix)
        if receipt is None:  # the carrier says it is one: kept whole for a person to look at
            return DeliveryReceipt(connection_id, "", "", "", received_at, event.body, None, None, sender, phone)
        state, reason = meaning_of(receipt.state, receipt.error, self._own_errors, is_network_error=receipt.is_network_error)
        if is_intermediate(event.esm_class) and state is not OutboundState.DELIVERED:
            state, reason = None, None  # one attempt failed, the carrier goes on
        carrier_message_id = self._reported_id(receipt.message_id)[:_IDS_IN_ROWS]
        word, error = receipt.state[:_STATES_IN_ROWS], receipt.error[:_IDS_IN_ROWS]
        text = receipt.text[:_TEXT_IN_ROWS]
        return DeliveryReceipt(connection_id, carrier_message_id, word, error, received_at, event.body, state, reason, sender, phone, text)

    def to_submit(self, message: OutboundText, reference: int) -> list[SubmitSm]:
        """Cut a text into submit_sm, in order; their sequence numbers are still 0. Raises ValueError for what SMPP cannot carry."""
        settings = self._settings
        source_ton, source_npi, source = address_of(message.sender)
        destination_ton, destination_npi, destination = address_of(message.recipient)
        data_coding, pieces = cut(message.text, reference, settings.reference_width, latin1=self._latin1, is_flash=message.is_flash)
        until = "" if message.valid_until is None else validity_of(message.valid_until)
        requests = [
            SubmitSm(
                0,
                settings.service_type,
                source_ton,
                source_npi,
                source,
                destination_ton,
                destination_npi,
                destination,
                EsmClass.UDHI if len(pieces) > 1 else 0,
                validity_period=until,
                registered_delivery=1 if settings.receipts else 0,
                data_coding=data_coding,
                short_message=piece,
            )
            for piece in pieces
        ]
        if not (source.isalnum() and source.isascii() and destination.isdigit() and max(len(source), len(destination)) <= _PLAIN):
            _check_writable(requests[0])  # the others differ in nothing that could be too long
        return requests

    def answered_id(self, message_id: str) -> str:
        """Return the id of a submit_sm_resp in the form that receipts will be compared with."""
        return _decimal(message_id, 16) if self._settings.receipt_ids == "hex_in_answer" else message_id

    def _reported_id(self, message_id: str) -> str:
        if self._settings.receipt_ids == "hex_in_receipt":
            return _decimal(message_id, 16)
        return _decimal(message_id, 10) if self._settings.receipt_ids == "hex_in_answer" else message_id


def _check_writable(request: SubmitSm) -> None:
    try:
        write_pdu(request)
    except LocalProtocolError as error:
        raise ValueError(str(error)) from error


def _decimal(digits: str, base: int) -> str:
    try:
        return str(int(digits, base))
    except ValueError:
        return digits
