"""SMPP 3.4 without I/O: `Session` turns received octets into events and events into octets to send.

Here belong the events, the readers and writers of their wire form, the table of session states, optional parameters
and delivery receipts (docs/specs/smpp.md). Not here: sockets, timers, windows, retries, and what a message means.
"""

from recado.protocols.smpp.constants import CommandId, CommandStatus, command_name, status_name
from recado.protocols.smpp.errors import LocalProtocolError, RemoteProtocolError, SmppError
from recado.protocols.smpp.events import (
    AlertNotification,
    Bind,
    BindMode,
    BindResp,
    DataSm,
    DataSmResp,
    DeliverSm,
    DeliverSmResp,
    EnquireLink,
    EnquireLinkResp,
    Event,
    GenericNack,
    MalformedPdu,
    Outbind,
    SubmitSm,
    SubmitSmResp,
    Tlvs,
    Unbind,
    UnbindResp,
    UnknownPdu,
)
from recado.protocols.smpp.receipt import Receipt, is_intermediate, is_receipt, parse_receipt
from recado.protocols.smpp.session import Session
from recado.protocols.smpp.state import Role, State
from recado.protocols.smpp.writers import deliver_sm_resp

__all__ = [
    "AlertNotification",
    "Bind",
    "BindMode",
    "BindResp",
    "CommandId",
    "CommandStatus",
    "DataSm",
    "DataSmResp",
    "DeliverSm",
    "DeliverSmResp",
    "EnquireLink",
    "EnquireLinkResp",
    "Event",
    "GenericNack",
    "LocalProtocolError",
    "MalformedPdu",
    "Outbind",
    "Receipt",
    "RemoteProtocolError",
    "Role",
    "Session",
    "SmppError",
    "State",
    "SubmitSm",
    "SubmitSmResp",
    "Tlvs",
    "Unbind",
    "UnbindResp",
    "UnknownPdu",
    "command_name",
    "deliver_sm_resp",
    "is_intermediate",
    "is_receipt",
    "parse_receipt",
    "status_name",
]
