"""The codec against two foreign ones: what we write they read, what they write we read, field by field."""

import smpp34
import smpplib.smpp
from hypothesis import given, settings
from hypothesis import strategies as st
from pdu_strategies import deliver_sms, submit_sms, tlvs

from recado.protocols.smpp import Bind, BindMode, DeliverSm, SubmitSm
from recado.protocols.smpp.constants import HEADER_OCTETS
from recado.protocols.smpp.readers import READERS
from recado.protocols.smpp.tlv import Tag
from recado.protocols.smpp.writers import write_pdu

FIELDS = [
    "service_type",
    "source_addr_ton",
    "source_addr_npi",
    "source_addr",
    "dest_addr_ton",
    "dest_addr_npi",
    "destination_addr",
    "esm_class",
    "protocol_id",
    "priority_flag",
    "registered_delivery",
    "replace_if_present_flag",
    "data_coding",
    "sm_default_msg_id",
    "short_message",
]
TIMES = ["schedule_delivery_time", "validity_period"]


class Counter:
    """What smpplib wants of a client when it makes a PDU."""

    sequence = 0

    def next_sequence(self):
        return 1


def ascii_only(events):
    """Leave only texts that every implementation takes."""
    return events.map(
        lambda event: type(event)(
            **{
                name: "".join(chr(33 + ord(letter) % 90) for letter in value) if isinstance(value, str) else value
                for name, value in ((name, getattr(event, name)) for name in ["sequence_number", *FIELDS, *TIMES, "tlvs"])
            }
        )
    )


def read(octets):
    length, command_id, status, number = (int.from_bytes(octets[at : at + 4]) for at in (0, 4, 8, 12))
    assert length == len(octets)
    return READERS[command_id](octets, HEADER_OCTETS, length, status, number)


@given(ascii_only(deliver_sms) | ascii_only(submit_sms))
@settings(max_examples=150)
def test_smpp34_reads_what_we_write_and_writes_it_the_same(event):
    octets = write_pdu(event)[1]
    foreign = smpp34.decode(octets)
    assert type(foreign).__name__ == type(event).__name__
    for name in ["sequence_number", *FIELDS, *TIMES]:
        assert getattr(foreign, name) == getattr(event, name), name
    assert tuple((tlv.tag, tlv.value) for tlv in foreign.tlvs) == event.tlvs
    assert foreign.encode() == octets


@given(ascii_only(deliver_sms), tlvs)
@settings(max_examples=100)
def test_we_read_what_smpp34_writes(event, parameters):
    foreign = smpp34.DeliverSm(
        **{name: getattr(event, name) for name in ["sequence_number", *FIELDS, *TIMES]},
        tlvs=[smpp34.Tlv(tag, value) for tag, value in parameters],
    )
    ours = read(foreign.encode())
    assert isinstance(ours, DeliverSm)
    for name in [*FIELDS, *TIMES]:
        assert getattr(ours, name) == getattr(event, name), name
    assert ours.tlvs == parameters


@given(ascii_only(submit_sms), st.binary(max_size=300))
@settings(max_examples=60)
def test_smpplib_reads_what_we_write(event, payload):
    sent = SubmitSm(**{name: getattr(event, name) for name in ["sequence_number", *FIELDS]}, tlvs=((Tag.MESSAGE_PAYLOAD, payload),))
    foreign = smpplib.smpp.parse_pdu(write_pdu(sent)[1], client=Counter())
    assert foreign.sequence == event.sequence_number
    assert foreign.message_payload == payload
    for name in FIELDS:
        value = getattr(foreign, name) or getattr(SubmitSm(0), name)
        assert (value.decode() if isinstance(value, bytes) and name != "short_message" else value) == getattr(event, name), name


def test_we_read_the_bind_that_smpplib_writes():
    foreign = smpplib.smpp.make_pdu(
        "bind_transceiver", client=Counter(), system_id="recado", password="secret", system_type="VMA", addr_ton=1, addr_npi=1
    )
    foreign.sequence = 3
    assert read(foreign.generate()) == Bind(3, BindMode.TRANSCEIVER, "recado", "secret", "VMA", 0x34, 1, 1)


def test_smpplib_reads_the_bind_that_we_write():
    foreign = smpplib.smpp.parse_pdu(
        write_pdu(Bind(3, BindMode.RECEIVER, "recado", "secret", "VMA", 0x34, 1, 2, "48*"))[1], client=Counter()
    )
    assert foreign.command == "bind_receiver"
    found = [foreign.system_id, foreign.password, foreign.system_type, foreign.interface_version, foreign.addr_ton, foreign.addr_npi]
    assert found == [b"recado", b"secret", b"VMA", 0x34, 1, 2]
    assert foreign.address_range == b"48*"
