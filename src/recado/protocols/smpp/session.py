"""One SMPP session without I/O: the façade that a link drives (SMPP 3.4 §2, docs/specs/smpp.md §1, §5 and §6).

Framing, the session's place in the state table and the pairing of bind and unbind with their responses belong here.
Not here: how a PDU looks (readers.py, writers.py), what is allowed when (state.py), timers, windows and message
responses, which the link pairs itself.
"""

import struct
from typing import Final

from recado.protocols.smpp.constants import (
    HEADER_OCTETS,
    LAST_SEQUENCE_NUMBER,
    RESPONSE_BIT,
    CommandId,
    CommandStatus,
    command_name,
)
from recado.protocols.smpp.errors import LocalProtocolError, RemoteProtocolError, UnreadablePduError
from recado.protocols.smpp.events import Event, GenericNack, MalformedPdu, UnknownPdu
from recado.protocols.smpp.readers import READERS
from recado.protocols.smpp.state import BINDS, BOUND_STATES, REQUESTS, RESPONSES, TRANSITIONS, Role, State, may_request, may_respond
from recado.protocols.smpp.writers import deliver_sm_resp, write_header_only, write_pdu

_HEADER: Final = struct.Struct(">IIII")
_LENGTH: Final = struct.Struct(">I")
_MAX_PDU_OCTETS: Final = 131_072
"""Room for a message_payload of 65,535 octets with everything around it, twice."""

_BIND_AND_UNBIND: Final = BINDS | {CommandId.UNBIND}
_MESSAGES: Final = frozenset({CommandId.SUBMIT_SM, CommandId.DELIVER_SM, CommandId.DATA_SM})
_COMMANDS: Final = {int(command): command for command in CommandId}


class Session:
    """An SMPP session as seen from one end.

    `receive_data` turns octets into events, `send` events into octets; the caller moves the octets. After
    `RemoteProtocolError` the session is closed: close the link as well.
    """

    def __init__(self, role: Role = Role.ESME, max_pdu_octets: int = _MAX_PDU_OCTETS) -> None:
        """Start an open, unbound session."""
        self.role = role
        self._enter(State.OPEN)
        self._max_pdu_octets = max_pdu_octets
        self._partial = bytearray()
        self._needed = _LENGTH.size
        self._sequence_number = 0
        # The bind or unbind under way: ours that the peer has not answered, the peer's that we have not answered.
        self._asked: tuple[int, CommandId] | None = None
        self._owed: tuple[int, CommandId] | None = None

    def next_sequence_number(self) -> int:
        """Give the number for our next request: 1 to 0x7FFFFFFF, then from 1 again (SMPP 3.4 §5.1.4)."""
        self._sequence_number = self._sequence_number % LAST_SEQUENCE_NUMBER + 1
        return self._sequence_number

    def close(self) -> None:
        """Note that the link is gone; nothing can be sent any more and what arrives is dropped."""
        self._enter(State.CLOSED)
        self._partial.clear()

    # --- receiving ---

    def receive_data(self, data: bytes) -> list[Event]:
        """Take what the link has read and return the events that are complete, in order.

        A body that cannot be read, or a request out of place, is a `MalformedPdu` and an unknown command an `UnknownPdu`:
        answer both with `refuse`. Raises `RemoteProtocolError`, which carries the events before it, when framing is lost.
        """
        if self.state is State.CLOSED:
            return []
        if self._partial:
            self._partial += data
            if len(self._partial) < self._needed:
                return []
            data = bytes(self._partial)
            self._partial.clear()
        events: list[Event] = []
        offset = self._read_frames(data, events)
        if offset < len(data):
            self._keep(data, offset, events)
        return events

    def _read_frames(self, data: bytes, events: list[Event]) -> int:
        """Read every whole frame and return where the first incomplete one starts."""
        offset, end, largest = 0, len(data), self._max_pdu_octets
        unpack, append = _HEADER.unpack_from, events.append
        while end - offset >= HEADER_OCTETS:
            length, command_id, command_status, sequence_number = unpack(data, offset)
            if not HEADER_OCTETS <= length <= largest:
                break
            stop = offset + length
            if stop > end:
                break
            append(self._read_pdu(data, offset, stop, command_id, command_status, sequence_number))
            offset = stop
        return offset

    def _keep(self, data: bytes, offset: int, events: list[Event]) -> None:
        """Hold an incomplete frame back, unless its length says that it never ends well."""
        left = len(data) - offset
        if left < _LENGTH.size:
            self._needed = _LENGTH.size
        else:
            (self._needed,) = _LENGTH.unpack_from(data, offset)
            if not HEADER_OCTETS <= self._needed <= self._max_pdu_octets:
                self.close()
                reason = f"command_length {self._needed} is not between {HEADER_OCTETS} and {self._max_pdu_octets}"
                raise RemoteProtocolError(reason, CommandStatus.ESME_RINVCMDLEN, tuple(events))
        self._partial += data[offset:]

    def _read_pdu(self, data: bytes, offset: int, stop: int, command_id: int, command_status: int, sequence_number: int) -> Event:
        reader = READERS.get(command_id)
        if reader is None:
            return UnknownPdu(command_id, sequence_number, command_status, data[offset + HEADER_OCTETS : stop])
        if not command_id & RESPONSE_BIT and command_id not in self._welcome:
            refusal = self._misplaced(_COMMANDS[command_id])
            if refusal:
                reason = f"{command_name(command_id)} while the session is {self.state.value}"
                return MalformedPdu(command_id, sequence_number, refusal, reason, data[offset:stop])
        try:
            event = reader(data, offset + HEADER_OCTETS, stop, command_status, sequence_number)
        except UnreadablePduError as error:
            return MalformedPdu(command_id, sequence_number, error.command_status, error.reason, data[offset:stop])
        except (ValueError, struct.error):
            status = CommandStatus.ESME_RINVMSGLEN if command_id in _MESSAGES else CommandStatus.ESME_RINVCMDLEN
            reason = "the body ends before its mandatory fields do"
            return MalformedPdu(command_id, sequence_number, status, reason, data[offset:stop])
        if command_id in _BIND_AND_UNBIND or self._asked is not None:
            self._received(command_id, command_status, sequence_number)
        return event

    def _misplaced(self, command_id: CommandId) -> CommandStatus | None:
        """Name the status that refuses this request of the peer, none when it may come now."""
        is_allowed = may_request(self.role.peer, self.state, command_id)
        if is_allowed and not (command_id in _BIND_AND_UNBIND and self._owed):
            return None
        if command_id in BINDS and self.role is Role.SMSC and self.state in {State.OPEN, *BOUND_STATES}:
            return CommandStatus.ESME_RALYBND
        return CommandStatus.ESME_RINVBNDSTS

    def _received(self, command_id: int, command_status: int, sequence_number: int) -> None:
        if command_id in _BIND_AND_UNBIND:
            self._owed = (sequence_number, _COMMANDS[command_id])
        elif self._asked is not None and command_id & RESPONSE_BIT and sequence_number == self._asked[0]:
            asked = self._asked[1]
            if command_id == CommandId.GENERIC_NACK:
                self._asked = None
            elif command_id == RESPONSES[asked]:
                self._asked = None
                self._advance(RESPONSES[asked], command_status)

    # --- sending ---

    def send(self, event: Event) -> bytes:
        """Turn an event into octets and follow the state table; raise `LocalProtocolError` for what may not be sent now."""
        command_id, octets = write_pdu(event)
        if command_id & RESPONSE_BIT:
            self._check_response(command_id, getattr(event, "command_status", 0), event.sequence_number)
        else:
            self._check_request(command_id, event.sequence_number)
        return octets

    def request(self, event: Event) -> tuple[int, bytes]:
        """Give a request the next sequence number, whatever it carries, and turn it into octets like `send`."""
        sequence_number = self.next_sequence_number()
        command_id, octets = write_pdu(event)
        if not (self._may_submit and command_id is CommandId.SUBMIT_SM and self._asked is None):
            self._check_request(command_id, sequence_number)
        return sequence_number, octets[: HEADER_OCTETS - _LENGTH.size] + _LENGTH.pack(sequence_number) + octets[HEADER_OCTETS:]

    def refuse(self, event: MalformedPdu | UnknownPdu) -> bytes:
        """Build the answer that refuses a PDU: its own response with the right status, else generic_nack.

        Empty for a response, which is never answered, and on a closed session.
        """
        if self.state is State.CLOSED or event.command_id & RESPONSE_BIT:
            return b""
        if isinstance(event, UnknownPdu):
            return self.send(GenericNack(event.sequence_number, CommandStatus.ESME_RINVCMDID))
        command_id = _COMMANDS[event.command_id]
        if command_id is CommandId.DELIVER_SM:
            return deliver_sm_resp(event.sequence_number, event.command_status)
        return write_header_only(RESPONSES.get(command_id, CommandId.GENERIC_NACK), event.command_status, event.sequence_number)

    def _check_request(self, command_id: CommandId, sequence_number: int) -> None:
        under_way = self._asked is not None and command_id is not CommandId.ENQUIRE_LINK
        if under_way or not may_request(self.role, self.state, command_id):
            condition = f"while {command_name(self._asked[1])} is under way" if self._asked else self.state.value
            msg = f"the {self.role.value} may not send {command_name(command_id)}: {condition}"
            raise LocalProtocolError(msg)
        if command_id in _BIND_AND_UNBIND:
            self._asked = (sequence_number, command_id)

    def _check_response(self, command_id: CommandId, command_status: int, sequence_number: int) -> None:
        if not may_respond(self.role, self.state, command_id, command_status):
            msg = f"the {self.role.value} may not send {command_name(command_id)}: {self.state.value}"
            raise LocalProtocolError(msg)
        request = _COMMANDS.get(command_id & ~RESPONSE_BIT)
        if request not in _BIND_AND_UNBIND:
            return
        if self._owed != (sequence_number, request):
            msg = f"{command_name(command_id)} {sequence_number} answers no request of the peer"
            raise LocalProtocolError(msg)
        self._owed = None
        self._advance(command_id, command_status)

    def _advance(self, command_id: CommandId, command_status: int) -> None:
        if command_status == CommandStatus.ESME_ROK:
            self._enter(TRANSITIONS.get((self.state, command_id), self.state))

    def _enter(self, state: State) -> None:
        self.state = state
        # Looked up once here and not for each PDU: what the peer may ask now without a second thought.
        self._welcome = REQUESTS[self.role.peer, state] - _BIND_AND_UNBIND
        self._may_submit = CommandId.SUBMIT_SM in REQUESTS[self.role, state]
