"""Who may send what in which state: the whole table, from both ends."""

import itertools

import pytest
from connection_pair import ConnectionPair

from recado.protocols.smpp import (
    AlertNotification,
    Bind,
    BindMode,
    BindResp,
    CommandId,
    CommandStatus,
    DataSm,
    DataSmResp,
    DeliverSm,
    DeliverSmResp,
    EnquireLink,
    EnquireLinkResp,
    GenericNack,
    LocalProtocolError,
    MalformedPdu,
    Outbind,
    Role,
    State,
    SubmitSm,
    SubmitSmResp,
    Unbind,
    UnbindResp,
    UnknownPdu,
)
from recado.protocols.smpp.state import REQUESTS, RESPONSES
from recado.protocols.smpp.writers import write_pdu

LIVE = [State.OPEN, State.BOUND_TX, State.BOUND_RX, State.BOUND_TRX, State.UNBOUND]
MODES = {State.BOUND_TX: BindMode.TRANSMITTER, State.BOUND_RX: BindMode.RECEIVER, State.BOUND_TRX: BindMode.TRANSCEIVER}
REQUEST_EVENTS = {
    CommandId.BIND_RECEIVER: Bind(7, BindMode.RECEIVER),
    CommandId.BIND_TRANSMITTER: Bind(7, BindMode.TRANSMITTER),
    CommandId.BIND_TRANSCEIVER: Bind(7, BindMode.TRANSCEIVER),
    CommandId.OUTBIND: Outbind(7),
    CommandId.SUBMIT_SM: SubmitSm(7),
    CommandId.DELIVER_SM: DeliverSm(7),
    CommandId.DATA_SM: DataSm(7),
    CommandId.UNBIND: Unbind(7),
    CommandId.ENQUIRE_LINK: EnquireLink(7),
    CommandId.ALERT_NOTIFICATION: AlertNotification(7),
}
# Written out by hand from SMPP 3.4 table 2-1, so that the table in the source is checked against something else.
ALLOWED = {
    (Role.ESME, State.OPEN): "bind_receiver bind_transmitter bind_transceiver enquire_link",
    (Role.ESME, State.BOUND_TX): "submit_sm data_sm unbind enquire_link",
    (Role.ESME, State.BOUND_RX): "unbind enquire_link",
    (Role.ESME, State.BOUND_TRX): "submit_sm data_sm unbind enquire_link",
    (Role.ESME, State.UNBOUND): "enquire_link",
    (Role.SMSC, State.OPEN): "outbind enquire_link",
    (Role.SMSC, State.BOUND_TX): "unbind enquire_link",
    (Role.SMSC, State.BOUND_RX): "deliver_sm data_sm alert_notification unbind enquire_link",
    (Role.SMSC, State.BOUND_TRX): "deliver_sm data_sm alert_notification unbind enquire_link",
    (Role.SMSC, State.UNBOUND): "enquire_link",
}
CASES = list(itertools.product(Role, LIVE, REQUEST_EVENTS))


def pair_in(state):
    pair = ConnectionPair()
    if state is not State.OPEN:
        pair.bind(MODES.get(state, BindMode.TRANSCEIVER))
    if state is State.UNBOUND:
        pair.send(Role.ESME, Unbind(2))
        pair.send(Role.SMSC, UnbindResp(2))
    assert pair.esme.state is pair.smsc.state is state
    return pair


@pytest.mark.parametrize(("role", "state", "command_id"), CASES)
def test_a_request_is_sent_exactly_where_the_table_allows_it(role, state, command_id):
    pair = pair_in(state)
    if command_id.name.lower() in ALLOWED[role, state].split():
        assert pair.send(role, REQUEST_EVENTS[command_id]) == [REQUEST_EVENTS[command_id]]
    else:
        with pytest.raises(LocalProtocolError):
            pair.ends[role].send(REQUEST_EVENTS[command_id])


@pytest.mark.parametrize(("role", "state", "command_id"), CASES)
def test_a_request_is_taken_exactly_where_the_table_allows_it(role, state, command_id):
    pair = pair_in(state)
    (event,) = pair.wire(role, write_pdu(REQUEST_EVENTS[command_id])[1])
    if command_id.name.lower() in ALLOWED[role, state].split():
        assert event == REQUEST_EVENTS[command_id]
        return
    assert isinstance(event, MalformedPdu)
    answer = pair.ends[role.peer].refuse(event)
    (response,) = pair.wire(role.peer, answer)
    expected = RESPONSES.get(command_id, CommandId.GENERIC_NACK)
    assert int.from_bytes(answer[4:8]) == expected
    is_second_bind = role is Role.ESME and "BIND_" in command_id.name and state in MODES
    assert response.command_status == (CommandStatus.ESME_RALYBND if is_second_bind else CommandStatus.ESME_RINVBNDSTS)
    assert response.sequence_number == 7
    assert pair.esme.state is pair.smsc.state is state


def test_the_table_names_every_state_of_both_ends():
    assert set(REQUESTS) == set(itertools.product(Role, State))


@pytest.mark.parametrize(("state", "mode"), MODES.items())
def test_a_granted_bind_leads_to_its_state(state, mode):
    assert pair_in(state).esme.state is state
    assert state.is_bound


def test_a_refused_bind_leaves_the_session_open_for_another():
    pair = ConnectionPair()
    pair.send(Role.ESME, Bind(1, BindMode.TRANSCEIVER))
    refusal = BindResp(1, BindMode.TRANSCEIVER, CommandStatus.ESME_RINVPASWD)
    assert pair.send(Role.SMSC, refusal) == [refusal]
    assert pair.esme.state is pair.smsc.state is State.OPEN
    assert pair.bind().esme.state is State.BOUND_TRX


def test_a_bind_answered_by_generic_nack_may_be_tried_again():
    pair = ConnectionPair()
    pair.send(Role.ESME, Bind(1, BindMode.TRANSCEIVER))
    assert pair.send(Role.SMSC, GenericNack(1, CommandStatus.ESME_RINVCMDID))
    assert pair.esme.send(Bind(2, BindMode.RECEIVER))


def test_a_second_bind_while_one_is_under_way_is_refused():
    pair = ConnectionPair()
    bind = Bind(1, BindMode.TRANSCEIVER)
    pair.send(Role.ESME, bind)
    with pytest.raises(LocalProtocolError):
        pair.esme.send(Bind(2, BindMode.TRANSCEIVER))
    (event,) = pair.wire(Role.ESME, write_pdu(Bind(2, BindMode.TRANSCEIVER))[1])
    assert event.command_status == CommandStatus.ESME_RALYBND


def test_enquire_link_may_be_sent_while_a_bind_is_under_way():
    pair = ConnectionPair()
    pair.send(Role.ESME, Bind(1, BindMode.TRANSCEIVER))
    assert pair.send(Role.ESME, EnquireLink(2)) == [EnquireLink(2)]


@pytest.mark.parametrize("stray", [BindResp(99, BindMode.TRANSCEIVER), BindResp(1, BindMode.RECEIVER), UnbindResp(1)])
def test_a_response_that_answers_something_else_changes_no_state(stray):
    pair = ConnectionPair()
    pair.send(Role.ESME, Bind(1, BindMode.TRANSCEIVER))
    assert pair.wire(Role.SMSC, write_pdu(stray)[1]) == [stray]
    assert pair.esme.state is State.OPEN


def test_messages_right_behind_the_bind_response_are_taken():
    pair = ConnectionPair()
    pair.send(Role.ESME, Bind(1, BindMode.RECEIVER))
    granted, message = BindResp(1, BindMode.RECEIVER), DeliverSm(1, short_message=b"first")
    assert pair.send(Role.SMSC, granted, message) == [granted, message]


def test_a_second_unbind_before_the_first_is_answered_is_refused():
    pair = ConnectionPair().bind()
    pair.send(Role.SMSC, Unbind(5))
    (event,) = pair.wire(Role.SMSC, write_pdu(Unbind(6))[1])
    assert event.command_status == CommandStatus.ESME_RINVBNDSTS
    pair.send(Role.ESME, UnbindResp(5))
    assert pair.esme.state is pair.smsc.state is State.UNBOUND


def test_messages_are_still_acknowledged_while_an_unbind_is_under_way():
    pair = ConnectionPair().bind()
    pair.send(Role.ESME, Unbind(5))
    assert pair.send(Role.SMSC, DeliverSm(8)) == [DeliverSm(8)]
    assert pair.send(Role.ESME, DeliverSmResp(8)) == [DeliverSmResp(8)]


def test_no_new_message_is_sent_while_an_unbind_is_under_way():
    pair = ConnectionPair().bind()
    pair.send(Role.ESME, Unbind(5))
    with pytest.raises(LocalProtocolError, match="unbind is under way"):
        pair.esme.send(SubmitSm(6))


@pytest.mark.parametrize("response", [BindResp(3, BindMode.TRANSCEIVER), UnbindResp(3), UnbindResp(3, 8)])
def test_a_bind_or_unbind_that_was_never_asked_is_not_answered(response):
    with pytest.raises(LocalProtocolError):
        ConnectionPair().bind().smsc.send(response)


@pytest.mark.parametrize("response", [BindResp(2, BindMode.TRANSCEIVER), BindResp(1, BindMode.RECEIVER), UnbindResp(1)])
def test_a_bind_is_answered_by_its_number_and_its_kind(response):
    pair = ConnectionPair()
    pair.send(Role.ESME, Bind(1, BindMode.TRANSCEIVER))
    with pytest.raises(LocalProtocolError):
        pair.smsc.send(response)
    assert pair.smsc.state is State.OPEN


@pytest.mark.parametrize("response", [DeliverSmResp(3), SubmitSmResp(3), DataSmResp(3)])
def test_consent_is_not_given_before_binding(response):
    for end in ConnectionPair().ends.values():
        with pytest.raises(LocalProtocolError):
            end.send(response)


def test_a_refusal_may_always_be_sent():
    pair = ConnectionPair()
    refusal = SubmitSmResp(3, CommandStatus.ESME_RINVBNDSTS)
    assert pair.send(Role.SMSC, refusal) == [refusal]


@pytest.mark.parametrize("event", [MalformedPdu(5, 1, 1, ""), UnknownPdu(0x99, 1)])
def test_what_is_only_ever_received_cannot_be_sent(event):
    with pytest.raises(LocalProtocolError):
        ConnectionPair().bind().esme.send(event)


def test_a_closed_session_sends_nothing_and_drops_what_comes():
    pair = ConnectionPair().bind()
    pair.esme.close()
    for event in (EnquireLink(1), EnquireLinkResp(1), DeliverSmResp(1), GenericNack(1, 3)):
        with pytest.raises(LocalProtocolError):
            pair.esme.send(event)
    assert pair.wire(Role.SMSC, write_pdu(DeliverSm(1))[1]) == []
    assert pair.esme.refuse(UnknownPdu(0x99, 1)) == b""
