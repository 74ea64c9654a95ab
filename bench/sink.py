"""An SMPP message centre that takes what is submitted and counts it, as fast as it comes.

A process of its own, so that it costs the sender nothing. It listens, says `{"listening": port}`, answers every submit_sm, and ends when so
many came or nothing came for a while, with one JSON object: how many, from the first to the last in how many seconds, and how many phones
got more than one. Run by bench/submit.py, or by hand against any SMPP client:

    python bench/sink.py --messages 20000 [--port 2775] [--cpu 1]
"""

import argparse
import asyncio
import json
import os
import struct
import sys
import time
from typing import cast

import uvloop

HEADER = struct.Struct(">IIII")
BINDS = {1, 2, 9}
SUBMIT_SM, RESPONSE = 4, 0x80000000
STALL_SECONDS = 15.0


class Count:
    """What came, over all links."""

    def __init__(self, wanted: int) -> None:
        self.wanted = wanted
        self.seen: dict[bytes, int] = {}
        self.total = 0
        self.first = 0.0
        self.last = 0.0
        self.finished = asyncio.Event()

    def add(self, phones: list[bytes], now: float) -> None:
        """Take note of submissions to these phones."""
        self.first = self.first or now
        self.last = now
        self.total += len(phones)
        for phone in phones:
            self.seen[phone] = self.seen.get(phone, 0) + 1
        if len(self.seen) >= self.wanted:
            self.finished.set()

    def result(self) -> dict[str, float]:
        """Say how it went."""
        seconds = max(self.last - self.first, 1e-9)
        repeated = sum(count > 1 for count in self.seen.values())
        return {"submitted": self.total, "repeated": repeated, "seconds": round(seconds, 3), "rate": round(self.total / seconds)}


class Link(asyncio.Protocol):
    """One session as the message centre; only what counting needs."""

    def __init__(self, count: Count) -> None:
        self.count = count
        self.rest = b""
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)  # uvloop's are not of asyncio's class

    def data_received(self, data: bytes) -> None:
        now = time.perf_counter()
        if self.rest:
            data = self.rest + data
        offset, end = 0, len(data)
        answers: list[bytes] = []
        phones: list[bytes] = []
        while end - offset >= HEADER.size:
            length, command, _, sequence = HEADER.unpack_from(data, offset)
            if offset + length > end:
                break
            if command == SUBMIT_SM:
                phones.append(phone_of(data, offset + HEADER.size))
                body = b"%08x\0" % (self.count.total + len(phones))
                answers.append(HEADER.pack(HEADER.size + len(body), command | RESPONSE, 0, sequence) + body)
            elif command < RESPONSE:
                body = b"sink\0" if command in BINDS else b""
                answers.append(HEADER.pack(HEADER.size + len(body), command | RESPONSE, 0, sequence) + body)
            offset += length
        self.rest = data[offset:]
        if phones:
            self.count.add(phones, now)
        if answers and self.transport is not None:
            self.transport.write(b"".join(answers))


def phone_of(data: bytes, offset: int) -> bytes:
    """Read destination_addr of a submit_sm whose body starts here: service_type, two octets, source_addr, two octets, it."""
    after_service = data.index(b"\0", offset) + 3
    after_source = data.index(b"\0", after_service) + 3
    return data[after_source : data.index(b"\0", after_source)]


async def run(options: argparse.Namespace) -> dict[str, float]:
    count = Count(options.messages)
    server = await asyncio.get_running_loop().create_server(lambda: Link(count), "127.0.0.1", options.port)
    print(json.dumps({"listening": server.sockets[0].getsockname()[1]}), flush=True)
    while not count.finished.is_set():
        before = count.total
        try:
            await asyncio.wait_for(count.finished.wait(), STALL_SECONDS)
        except TimeoutError:
            if count.total == before and before:
                break
    await asyncio.sleep(0.3)  # whatever would come twice
    server.close()
    return count.result()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--messages", type=int, default=20_000)
    parser.add_argument("--cpu", type=int, default=-1, help="pin to this core")
    options = parser.parse_args()
    if options.cpu >= 0:
        os.sched_setaffinity(0, {options.cpu})
    print(json.dumps(uvloop.run(run(options))), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
