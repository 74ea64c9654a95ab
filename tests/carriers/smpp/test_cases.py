"""Recorded cases: octets of real and constructed PDUs, and what must be read out of them (`cases/*.json`)."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from recado.carriers.smpp.adapter import SmppCarrier
from recado.carriers.smpp.settings import SmppSettings
from recado.core.message import InboundPart
from recado.core.receipt import DeliveryReceipt
from recado.protocols.smpp import Role, Session, State

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
CASES = [
    pytest.param(case, id=f"{path.stem}:{case['name']}")
    for path in sorted((Path(__file__).parent / "cases").glob("*.json"))
    for case in json.loads(path.read_text(encoding="utf-8"))
]


def read(case):
    session = Session(Role.ESME)
    session.state = State.BOUND_TRX
    carrier = SmppCarrier(SmppSettings(**case.get("settings", {})))
    return [carrier.to_inbound(event, 1, NOW) for event in session.receive_data(bytes.fromhex("".join(case["pdus"])))]


def seen(item):
    if isinstance(item, DeliveryReceipt):
        return {
            "receipt": item.carrier_message_id,
            "carrier_state": item.carrier_state,
            "carrier_error": item.carrier_error,
            "state": item.state and item.state.value,
            "reason": item.reason and item.reason.value,
        }
    part = item.concatenation
    return {
        "sender": item.sender,
        "recipient": item.recipient,
        "text": item.text,
        "encoding": item.encoding.name,
        "part": part and [part.reference, part.width, part.total, part.position],
        "flags": list(item.flags),
    }


@pytest.mark.parametrize("case", CASES)
def test_a_recorded_pdu_is_read_as_expected(case):
    items = read(case)
    assert [seen(item) for item in items] == case["expect"]


@pytest.mark.parametrize("case", CASES)
def test_the_octets_of_a_recorded_pdu_are_kept_whole(case):
    for item, octets in zip(read(case), case["pdus"], strict=True):
        assert item.raw == bytes.fromhex(octets)[16:]


@pytest.mark.parametrize("case", CASES)
def test_a_recorded_pdu_sent_again_has_the_same_fingerprint_and_others_have_not(case):
    first, again = ([item.fingerprint for item in read(case) if isinstance(item, InboundPart)] for _ in range(2))
    bodies = {octets[32:] for octets in case["pdus"]} if first else set()
    assert first == again
    assert len(set(first)) == len(bodies)
    assert all(0 <= fingerprint < 2**63 for fingerprint in first)
