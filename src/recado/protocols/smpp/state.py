"""The states of a session and what may travel in each, as data (SMPP 3.4 §2.2 and §2.3, docs/specs/smpp.md §1).

Everything that decides whether a PDU is allowed, or which state follows, is a table in this file; `Session` only looks
things up. No octets and no events here.
"""

from enum import Enum
from typing import Final

from recado.protocols.smpp.constants import RESPONSE_BIT, CommandId


class Role(Enum):
    """Which end of the link we are."""

    ESME = "esme"
    SMSC = "smsc"

    @property
    def peer(self) -> "Role":
        """The other end."""
        return Role.SMSC if self is Role.ESME else Role.ESME


class State(Enum):
    """Where a session stands."""

    OPEN = "open"
    BOUND_TX = "bound_tx"
    BOUND_RX = "bound_rx"
    BOUND_TRX = "bound_trx"
    UNBOUND = "unbound"
    CLOSED = "closed"

    @property
    def is_bound(self) -> bool:
        """Whether messages may travel in at least one direction."""
        return self in BOUND_STATES


BOUND_STATES: Final = frozenset({State.BOUND_TX, State.BOUND_RX, State.BOUND_TRX})

BINDS: Final = frozenset({CommandId.BIND_RECEIVER, CommandId.BIND_TRANSMITTER, CommandId.BIND_TRANSCEIVER})

# enquire_link in every live state: the specification wants a bound one, real message centres ask at any time.
_ALWAYS: Final = frozenset({CommandId.ENQUIRE_LINK})
_UPWARDS: Final = frozenset({CommandId.SUBMIT_SM, CommandId.DATA_SM, CommandId.UNBIND}) | _ALWAYS
_DOWNWARDS: Final = frozenset({CommandId.DELIVER_SM, CommandId.DATA_SM, CommandId.ALERT_NOTIFICATION, CommandId.UNBIND}) | _ALWAYS
_UNBIND_ONLY: Final = frozenset({CommandId.UNBIND}) | _ALWAYS
_NOTHING: Final[frozenset[CommandId]] = frozenset()

REQUESTS: Final[dict[tuple[Role, State], frozenset[CommandId]]] = {
    (Role.ESME, State.OPEN): BINDS | _ALWAYS,
    (Role.ESME, State.BOUND_TX): _UPWARDS,
    (Role.ESME, State.BOUND_RX): _UNBIND_ONLY,
    (Role.ESME, State.BOUND_TRX): _UPWARDS,
    (Role.ESME, State.UNBOUND): _ALWAYS,
    (Role.ESME, State.CLOSED): _NOTHING,
    (Role.SMSC, State.OPEN): frozenset({CommandId.OUTBIND}) | _ALWAYS,
    (Role.SMSC, State.BOUND_TX): _UNBIND_ONLY,
    (Role.SMSC, State.BOUND_RX): _DOWNWARDS,
    (Role.SMSC, State.BOUND_TRX): _DOWNWARDS,
    (Role.SMSC, State.UNBOUND): _ALWAYS,
    (Role.SMSC, State.CLOSED): _NOTHING,
}
"""Requests that the end named may send while the session is in the state named."""

RESPONSES: Final[dict[CommandId, CommandId]] = {
    request: CommandId(request | RESPONSE_BIT)
    for request in CommandId
    if not request & RESPONSE_BIT and request not in {CommandId.OUTBIND, CommandId.ALERT_NOTIFICATION}
}
"""Which response answers a request; outbind and alert_notification have none."""

TRANSITIONS: Final[dict[tuple[State, CommandId], State]] = {
    (State.OPEN, CommandId.BIND_TRANSMITTER_RESP): State.BOUND_TX,
    (State.OPEN, CommandId.BIND_RECEIVER_RESP): State.BOUND_RX,
    (State.OPEN, CommandId.BIND_TRANSCEIVER_RESP): State.BOUND_TRX,
    (State.BOUND_TX, CommandId.UNBIND_RESP): State.UNBOUND,
    (State.BOUND_RX, CommandId.UNBIND_RESP): State.UNBOUND,
    (State.BOUND_TRX, CommandId.UNBIND_RESP): State.UNBOUND,
}
"""The state that follows when such a response, with status ESME_ROK, ends the request it belongs to."""


def may_request(role: Role, state: State, command_id: CommandId) -> bool:
    """Say whether the end `role` may send this request now."""
    return command_id in REQUESTS[role, state]


def may_respond(role: Role, state: State, command_id: CommandId, command_status: int) -> bool:
    """Say whether the end `role` may send this response now: refusals always, consent only where it can be asked."""
    if state is State.CLOSED:
        return False
    if command_status or command_id is CommandId.GENERIC_NACK:
        return True
    return may_request(role.peer, state, CommandId(command_id & ~RESPONSE_BIT))
