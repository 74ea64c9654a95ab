"""The phone simulator's adapter."""

from datetime import UTC, datetime

from recado.carriers.simulator.adapter import PhoneShowed, SimulatorCarrier, TypedText
from recado.core.receipt import OutboundState
from recado.core.submit import OutboundText

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def test_a_typed_text_becomes_a_part_as_from_a_phone():
    part = SimulatorCarrier().to_inbound(TypedText("+48501222333", "48503340503", "Gardener 🌻"), 3, NOW)
    assert (part.sender, part.recipient, part.text, part.connection_id, part.is_test) == (
        "48501222333",
        "48503340503",
        "Gardener 🌻",
        3,
        True,
    )
    assert 0 <= part.fingerprint < 2**63


def test_an_outgoing_text_is_shown_whole_and_then_reported_delivered():
    carrier = SimulatorCarrier()
    (request,) = carrier.to_submit(OutboundText(12, "48503340503", "48501222333", "x" * 500), 1)
    receipt = carrier.to_inbound(PhoneShowed(request.carrier_message_id), 3, NOW)
    assert request.text == "x" * 500
    assert (receipt.carrier_message_id, receipt.state) == (request.carrier_message_id, OutboundState.DELIVERED)
