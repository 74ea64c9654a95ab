"""Two sessions, an ESME and an SMSC, with a fake wire between them: every behaviour is seen from both ends at once."""

from recado.protocols.smpp import Bind, BindMode, BindResp, Event, Role, Session


class ConnectionPair:
    """What one end sends, the other receives at once, in pieces of `piece` octets when that is given."""

    def __init__(self, piece: int | None = None) -> None:
        self.ends = {role: Session(role) for role in Role}
        self.esme = self.ends[Role.ESME]
        self.smsc = self.ends[Role.SMSC]
        self.piece = piece

    def send(self, role: Role, *events: Event) -> list[Event]:
        """Send as `role`; give what the other end made of it."""
        return self.wire(role, b"".join(self.ends[role].send(event) for event in events))

    def wire(self, role: Role, octets: bytes) -> list[Event]:
        """Put raw octets on the wire as if `role` had sent them."""
        receiver = self.ends[role.peer]
        step = self.piece or len(octets) or 1
        return [event for at in range(0, len(octets), step) for event in receiver.receive_data(octets[at : at + step])]

    def bind(self, mode: BindMode = BindMode.TRANSCEIVER) -> "ConnectionPair":
        """Bind both ends."""
        number = self.esme.next_sequence_number()
        self.send(Role.ESME, Bind(number, mode, "recado", "secret"))
        self.send(Role.SMSC, BindResp(number, mode, system_id="carrier"))
        return self
