"""Hypothesis strategies for every event that can travel."""

from hypothesis import strategies as st

from recado.protocols.smpp import (
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
    Outbind,
    SubmitSm,
    SubmitSmResp,
    Unbind,
    UnbindResp,
)

octet = st.integers(0, 255)
sequence_numbers = st.integers(0, 0xFFFFFFFF)
statuses = st.integers(0, 0xFFFFFFFF)
tlvs = st.lists(st.tuples(st.integers(0, 0xFFFF), st.binary(max_size=40)), max_size=4).map(tuple)


def c_strings(most: int) -> st.SearchStrategy[str]:
    return st.text(st.characters(min_codepoint=1, max_codepoint=255), max_size=most)


def _message(kind: type) -> st.SearchStrategy[Event]:
    return st.builds(
        kind,
        sequence_number=sequence_numbers,
        service_type=c_strings(5),
        source_addr_ton=octet,
        source_addr_npi=octet,
        source_addr=c_strings(20),
        dest_addr_ton=octet,
        dest_addr_npi=octet,
        destination_addr=c_strings(20),
        esm_class=octet,
        protocol_id=octet,
        priority_flag=octet,
        schedule_delivery_time=c_strings(16),
        validity_period=c_strings(16),
        registered_delivery=octet,
        replace_if_present_flag=octet,
        data_coding=octet,
        sm_default_msg_id=octet,
        short_message=st.binary(max_size=254),
        tlvs=tlvs,
        body=st.just(b""),
    )


deliver_sms = _message(DeliverSm)
submit_sms = _message(SubmitSm)
modes = st.sampled_from(BindMode)
binds = st.builds(Bind, sequence_numbers, modes, c_strings(64), c_strings(64), c_strings(12), octet, octet, octet, c_strings(40))
data_sms = st.builds(
    DataSm,
    sequence_numbers,
    c_strings(5),
    octet,
    octet,
    c_strings(64),
    octet,
    octet,
    c_strings(64),
    octet,
    octet,
    octet,
    tlvs,
    st.just(b""),
)
alert_notifications = st.builds(AlertNotification, sequence_numbers, octet, octet, c_strings(64), octet, octet, c_strings(64), tlvs)

pdus: st.SearchStrategy[Event] = st.one_of(
    deliver_sms,
    submit_sms,
    binds,
    data_sms,
    alert_notifications,
    st.builds(BindResp, sequence_numbers, modes, statuses, c_strings(64), tlvs),
    st.builds(Outbind, sequence_numbers, c_strings(64), c_strings(64)),
    st.builds(GenericNack, sequence_numbers, statuses),
    *(st.builds(kind, sequence_numbers) for kind in (Unbind, EnquireLink)),
    *(st.builds(kind, sequence_numbers, statuses) for kind in (UnbindResp, EnquireLinkResp)),
    *(st.builds(kind, sequence_numbers, statuses, c_strings(64), tlvs) for kind in (SubmitSmResp, DeliverSmResp, DataSmResp)),
)
