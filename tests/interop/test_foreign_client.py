"""The fake message centre, held to a foreign client: what our tests and demonstrations talk to is really SMPP."""

import asyncio
import threading

import pytest
import smpplib.client
import smpplib.consts
import smpplib.gsm

from recado.protocols.smpp import DeliverSm
from recado.testing.smsc import FakeSmsc, SmscBehaviour, delivery_receipt

RECEIPTS = SmscBehaviour(receipts=lambda request, message_id: [delivery_receipt(request, message_id)])


@pytest.fixture
def smsc():
    """A fake message centre on a loop in a thread."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    fake = FakeSmsc(RECEIPTS)
    asyncio.run_coroutine_threadsafe(fake.start(), loop).result(5)
    fake_loop = loop
    yield fake, fake_loop
    asyncio.run_coroutine_threadsafe(fake.stop(), loop).result(5)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)
    loop.close()


@pytest.fixture
def client(smsc):
    fake, _loop = smsc
    client = smpplib.client.Client("127.0.0.1", fake.port, allow_unknown_opt_params=True)
    client.connect()
    client.bind_transceiver(system_id="foreign", password="secret")
    yield client
    client.unbind()
    client.disconnect()


def test_a_foreign_client_binds_submits_and_gets_its_receipt(smsc, client):
    received, answered = [], []
    client.set_message_received_handler(lambda pdu: received.append(pdu.short_message) and None)
    client.set_message_sent_handler(lambda pdu: answered.append(pdu.message_id))
    client.send_message(source_addr="4301", destination_addr="48501222333", short_message=b"Hello", registered_delivery=True)
    while not (received and answered):
        client.read_once()
    assert answered[0] == b"00000001"
    assert received[0].startswith(b"id:00000001 ")
    assert smsc[0].submitted[0].short_message == b"Hello"


def test_a_foreign_client_acknowledges_what_it_is_sent(smsc, client):
    fake, loop = smsc
    event = DeliverSm(0, source_addr="48501222333", destination_addr="4301", short_message=b"Gardener")
    waiting = asyncio.run_coroutine_threadsafe(fake.deliver(event), loop)
    received = []
    client.set_message_received_handler(lambda pdu: received.append(pdu.short_message) and None)
    while not received:
        client.read_once()
    assert received == [b"Gardener"]
    assert waiting.result(5).command_status == 0
