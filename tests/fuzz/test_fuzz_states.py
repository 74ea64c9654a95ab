"""Both ends do whatever they may in any order, and always agree on where the session stands."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from recado.protocols.smpp import (
    Bind,
    BindMode,
    BindResp,
    DeliverSm,
    LocalProtocolError,
    MalformedPdu,
    Role,
    Session,
    State,
    SubmitSm,
    Unbind,
    UnbindResp,
)

roles = st.sampled_from(Role)


class TwoEnds(RuleBasedStateMachine):
    """An ESME and an SMSC; what one sends the other reads at once."""

    def __init__(self):
        super().__init__()
        self.ends = {role: Session(role) for role in Role}
        self.owed = {role: [] for role in Role}

    def send(self, role, event):
        """Send if allowed, and check that what one end allows itself the other never refuses."""
        try:
            octets = self.ends[role].send(event)
        except LocalProtocolError:
            return
        (received,) = self.ends[role.peer].receive_data(octets)
        # Two unbinds that cross are both sound and both answered, so nothing sent may be refused.
        assert not isinstance(received, MalformedPdu)
        if isinstance(received, Bind | Unbind):
            self.owed[role.peer].append(received)

    @rule(mode=st.sampled_from(BindMode))
    def bind(self, mode):
        esme = self.ends[Role.ESME]
        self.send(Role.ESME, Bind(esme.next_sequence_number(), mode))

    @rule(role=roles)
    def unbind(self, role):
        self.send(role, Unbind(self.ends[role].next_sequence_number()))

    @rule(role=roles, status=st.sampled_from([0, 0, 0, 5, 0x4FF]))
    def answer(self, role, status):
        if self.owed[role]:
            request = self.owed[role].pop()
            number = request.sequence_number
            self.send(role, BindResp(number, request.mode, status) if isinstance(request, Bind) else UnbindResp(number, status))

    @rule(role=roles)
    def message(self, role):
        kind = SubmitSm if role is Role.ESME else DeliverSm
        self.send(role, kind(self.ends[role].next_sequence_number()))

    @precondition(lambda self: self.ends[Role.ESME].state is State.UNBOUND)
    @rule()
    def reconnect(self):
        self.ends = {role: Session(role) for role in Role}
        self.owed = {role: [] for role in Role}

    @invariant()
    def both_ends_agree(self):
        assert self.ends[Role.ESME].state is self.ends[Role.SMSC].state


TwoEnds.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
test_both_ends_always_agree = TwoEnds.TestCase
