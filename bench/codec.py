"""How fast the SMPP codec is on one core: messages read and acknowledged, and its single steps.

Prints a table and one JSON line per figure. Several runs; the spread between them is the noise of the machine.
"""

import json
import statistics
import time
from collections.abc import Callable

from recado.protocols import gsm
from recado.protocols.smpp import Bind, BindMode, BindResp, DeliverSm, Role, Session, SubmitSm, deliver_sm_resp
from recado.protocols.smpp.tlv import Sar, sar_tlvs

RUNS = 7
BATCH = 500
SECONDS_PER_RUN = 0.25
TEXT = b"GARDENER 2 pcs, please"
LONG_TEXT = "Dear customer, your order of 3 gardens is on its way [tracking 4711]. " * 5
POLISH_TEXT = "Zażółć gęślą jaźń, drogi kliencie! " * 5


def bound_pair() -> tuple[Session, Session]:
    """Bind an ESME and an SMSC to each other in memory."""
    esme, smsc = Session(Role.ESME), Session(Role.SMSC)
    smsc.receive_data(esme.send(Bind(1, BindMode.TRANSCEIVER, "recado", "secret")))
    esme.receive_data(smsc.send(BindResp(1, BindMode.TRANSCEIVER)))
    return esme, smsc


def message(number: int, *, has_tlvs: bool = False) -> DeliverSm:
    return DeliverSm(
        number, "", 1, 1, "48501222333", 1, 1, "48503340503", short_message=TEXT, tlvs=sar_tlvs(Sar(7, 3, 1)) if has_tlvs else ()
    )


def reading(esme: Session, octets: bytes) -> Callable[[], None]:
    """Read a batch and acknowledge each message of it, as a link does."""

    def run() -> None:
        b"".join([deliver_sm_resp(event.sequence_number) for event in esme.receive_data(octets)])

    return run


def reading_in_pieces(esme: Session, octets: bytes) -> Callable[[], None]:
    """Read a batch in pieces of 1,400 octets, about what one packet holds, so that frames are cut."""
    pieces = [octets[at : at + 1400] for at in range(0, len(octets), 1400)]

    def run() -> None:
        for piece in pieces:
            b"".join([deliver_sm_resp(event.sequence_number) for event in esme.receive_data(piece)])

    return run


def cases() -> dict[str, tuple[Callable[[], object], int]]:
    """Give what is measured: a callable and how many things one call does."""
    esme, smsc = bound_pair()
    plain = b"".join(smsc.send(message(number)) for number in range(BATCH))
    with_tlvs = b"".join(smsc.send(message(number, has_tlvs=True)) for number in range(BATCH))
    submit = SubmitSm(1, "", 5, 0, "Recado", 1, 1, "48501222333", registered_delivery=1, short_message=TEXT)
    septets, ucs2 = gsm.encode(gsm.Alphabet.GSM7, LONG_TEXT[:160]), POLISH_TEXT[:70].encode("utf-16-be")
    return {
        "deliver_sm read and acknowledged": (reading(esme, plain), BATCH),
        "deliver_sm with 3 TLVs read and acknowledged": (reading(esme, with_tlvs), BATCH),
        "deliver_sm read in packets and acknowledged": (reading_in_pieces(esme, plain), BATCH),
        "submit_sm written": (lambda: [esme.send(submit) for _ in range(BATCH)], BATCH),
        "160 GSM 7-bit letters decoded": (lambda: [gsm.decode(0, septets) for _ in range(BATCH)], BATCH),
        "70 UCS-2 letters decoded": (lambda: [gsm.decode(8, ucs2) for _ in range(BATCH)], BATCH),
        f"{len(LONG_TEXT)} letters split into GSM 7-bit segments": (lambda: [gsm.split(LONG_TEXT, 1) for _ in range(20)], 20),
        f"{len(POLISH_TEXT)} letters split into UCS-2 segments": (lambda: [gsm.split(POLISH_TEXT, 1) for _ in range(20)], 20),
    }


def rate(call: Callable[[], object], count: int) -> float:
    """Say how many a second, over one run of a fixed time."""
    done = 0
    began = time.perf_counter()
    while (elapsed := time.perf_counter() - began) < SECONDS_PER_RUN:
        call()
        done += count
    return done / elapsed


def main() -> None:
    """Measure and print."""
    print(f"{'a second, one core':50}{'min':>12}{'median':>12}{'max':>12}   {RUNS} runs")
    for name, (call, count) in cases().items():
        call()
        rates = [rate(call, count) for _ in range(RUNS)]
        median = statistics.median(rates)
        print(f"{name:50}{min(rates):12,.0f}{median:12,.0f}{max(rates):12,.0f}")
        figure = {"figure": name, "value": round(median), "unit": "1/s", "min": round(min(rates)), "max": round(max(rates))}
        print(json.dumps(figure))


if __name__ == "__main__":
    main()
