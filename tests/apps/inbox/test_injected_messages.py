"""Receiving a message that no carrier brought: what is handed to the gateway."""

import pytest

from recado.apps.connections.models import Connection
from recado.apps.inbox import ports
from recado.apps.inbox.services import receive
from recado.core.message import Encoding

pytestmark = pytest.mark.django_db


@pytest.fixture
def parts():
    taken = []

    def take(part):
        taken.append(part)
        return 4_000 + len(taken)

    ports.set_receiver(take)
    yield taken
    ports.set_receiver()


def test_without_a_gateway_the_error_says_what_to_start():
    with pytest.raises(ports.ReceiverUnavailableError, match="recado serve"):
        receive("48500600700", "4301", "Hello")


def test_the_part_is_what_a_phone_would_have_sent(parts):
    assert receive("48500600700", "48503340503", "Gardener €") == 4_001
    (part,) = parts
    assert (part.sender, part.recipient, part.text, part.is_test) == ("48500600700", "48503340503", "Gardener €", True)
    assert part.encoding is Encoding.GSM7
    assert part.received_at.tzinfo is not None
    assert part.raw.decode("utf-16-be") == "Gardener €"
    assert part.concatenation is None


def test_a_text_outside_the_gsm_alphabet_travels_as_ucs2(parts):
    receive("48500600700", "4301", "Zażółć 🌷")
    assert parts[0].encoding is Encoding.UCS2


def test_all_messages_come_over_the_one_simulator(parts):
    for text in ("a", "b"):
        receive("48500600700", "4301", text)
    simulator = Connection.objects.get(kind="simulator")
    assert simulator.name == "Phone simulator"
    assert {part.connection_id for part in parts} == {simulator.pk}


def test_a_fingerprint_tells_different_messages_apart_and_fits_63_bits(parts):
    for text in ("a", "b", "a"):
        receive("48500600700", "4301", text)
    first, second, third = (part.fingerprint for part in parts)
    assert first == third != second
    assert all(0 <= part.fingerprint < 2**63 for part in parts)
