"""PDUs by the thousand from a seed: valid ones, and what becomes of them when a peer or the network is mad.

`random_pdu` gives valid octets, `spoil` damages them. `reframe` writes the true length over command_length, so that
framing allows the next PDU to be served.
"""

from random import Random

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
from recado.protocols.smpp.writers import write_pdu

ODD_OCTETS = b"\x00\x01\x0f\x10\x1b\x40\x7f\x80\xfe\xff"


def random_pdu(random: Random) -> bytes:
    return write_pdu(random_event(random))[1]


def random_event(random: Random) -> Event:
    make = random.choice((_message, _message, _message, _bind, _data_sm, _one_way, _plain, _response))
    return make(random, random.getrandbits(32))


def _bind(random: Random, number: int) -> Event:
    mode = random.choice(tuple(BindMode))
    if random.randrange(2):
        return Bind(number, mode, _digits(random), "secret")
    return BindResp(number, mode, random.getrandbits(8), _digits(random), _tlvs(random))


def _data_sm(random: Random, number: int) -> Event:
    return DataSm(number, "CMT", 1, 1, _digits(random), 1, 1, _digits(random), tlvs=_tlvs(random))


def _one_way(random: Random, number: int) -> Event:
    if random.randrange(2):
        return AlertNotification(number, 1, 1, _digits(random), 1, 1, _digits(random), _tlvs(random))
    return Outbind(number, _digits(random), "secret")


def _plain(random: Random, number: int) -> Event:
    return random.choice((EnquireLink, Unbind))(number)


def _response(random: Random, number: int) -> Event:
    kind = random.choice((SubmitSmResp, DeliverSmResp, DataSmResp, UnbindResp, EnquireLinkResp, GenericNack))
    return kind(number, random.getrandbits(10))


def _message(random: Random, number: int) -> Event:
    return random.choice((DeliverSm, DeliverSm, SubmitSm))(
        number,
        random.choice(("", "CMT")),
        random.getrandbits(3),
        random.getrandbits(5),
        _digits(random),
        1,
        1,
        _digits(random),
        random.choice((0, 0, 4, 0x40, 0x44)),
        validity_period=random.choice(("", "261122101500000+")),
        data_coding=random.getrandbits(8),
        short_message=random.randbytes(random.randrange(255)),
        tlvs=_tlvs(random),
    )


def _digits(random: Random) -> str:
    return "".join(random.choices("0123456789", k=random.randrange(16)))


def _tlvs(random: Random) -> tuple[tuple[int, bytes], ...]:
    return tuple((random.getrandbits(16), random.randbytes(random.randrange(30))) for _ in range(random.randrange(4)))


def spoil(random: Random, octets: bytes) -> bytes:
    """Damage a PDU in one of the ways the world does, its header included."""
    damaged = bytearray(octets)
    way = random.randrange(6)
    if way == 0:
        del damaged[random.randrange(len(damaged)) :]
    elif way == 1:
        for _ in range(random.randrange(1, 6)):
            damaged[random.randrange(len(damaged))] = random.choice(ODD_OCTETS)
    elif way == 2:
        damaged[random.randrange(len(damaged))] ^= 1 << random.randrange(8)
    elif way == 3:
        at = random.randrange(len(damaged))
        damaged[at:at] = random.randbytes(random.randrange(1, 20))
    elif way == 4:
        at = random.randrange(len(damaged))
        del damaged[at : at + random.randrange(1, 20)]
    else:
        return random.randbytes(random.randrange(1, 500))
    return bytes(damaged)


def reframe(octets: bytes) -> bytes:
    """Make the frame sound again, whatever lies in it."""
    sound = octets.ljust(16, b"\0")
    return len(sound).to_bytes(4) + sound[4:]
