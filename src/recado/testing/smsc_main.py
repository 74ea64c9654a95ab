"""The fake message centre as a program: `python -m recado.testing.smsc_main --port 2775`.

Each line `FROM TO TEXT` on standard input is delivered to the first link that takes messages; submissions and answers are printed as JSON
lines and reported delivered. For trying a connection by hand, and for tests that want a process of its own.
"""

import argparse
import asyncio
import json
import sys
from typing import Any

from recado.protocols import smpp
from recado.protocols.gsm import decode, split
from recado.protocols.gsm.segment import segments
from recado.testing.smsc import FakeSmsc, SmscBehaviour, SmscSession, delivery_receipt


def say(event: str, **values: Any) -> None:
    """Print one JSON line."""
    sys.stdout.write(json.dumps({"event": event, **values}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def to_deliver_sm(source: str, destination: str, text: str) -> list[smpp.DeliverSm]:
    """Cut a typed text into deliver_sm."""
    pieces = split(text, 1)
    return [
        smpp.DeliverSm(
            0,
            source_addr_ton=1,
            source_addr_npi=1,
            source_addr=source,
            dest_addr_ton=1,
            dest_addr_npi=1,
            destination_addr=destination,
            esm_class=0x40 if len(pieces) > 1 else 0,
            data_coding=segments(text).data_coding,
            short_message=piece,
        )
        for piece in pieces
    ]


def answer(request: smpp.SubmitSm, count: int) -> smpp.SubmitSmResp:
    """Accept a submission and print it."""
    message_id = f"fake-{count}"
    text, _alphabet = decode(request.data_coding, request.short_message)
    say("submitted", id=message_id, source=request.source_addr, destination=request.destination_addr, text=text)
    return smpp.SubmitSmResp(request.sequence_number, 0, message_id)


async def deliver(session: SmscSession, line: str) -> None:
    """Deliver one typed line and print how it was answered."""
    source, destination, text = line.split(" ", 2)
    for event in to_deliver_sm(source, destination, text):
        response = await session.start_request(event)
        say("answered", source=source, status=getattr(response, "command_status", None))


async def run(port: int) -> None:
    """Serve until standard input ends."""
    behaviour = SmscBehaviour(answer_submit=answer, receipts=lambda request, message_id: [delivery_receipt(request, message_id)])
    async with FakeSmsc(behaviour, port=port) as smsc:
        say("listening", port=smsc.port)
        while line := (await asyncio.to_thread(sys.stdin.readline)).rstrip("\n"):
            session = next((session for session in smsc.sessions if session.can_deliver), None)
            if session is None or line.count(" ") < 2:  # noqa: PLR2004  # three words
                say("not_sent", reason="no link is bound" if session is None else "write: FROM TO TEXT")
                continue
            await deliver(session, line)


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(description="A fake SMPP message centre on loopback.")
    parser.add_argument("--port", type=int, default=2775, help="0 takes a free one")
    asyncio.run(run(parser.parse_args().port))


if __name__ == "__main__":
    main()
