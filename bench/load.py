"""An SMPP message centre that delivers as fast as it is acknowledged, or at a given rate.

A process of its own, so that it costs the gateway nothing. It listens, says `{"listening": port}`, waits until so many links are bound,
delivers messages from ever new senders, and prints one JSON object: what was acknowledged, how fast, with which latencies. PDUs are built
before the clock starts. Run by bench/receive.py, or by hand against any SMPP client:

    python bench/load.py --links 4 --window 100 --messages 100000 [--rate 5000] [--port 2775] [--cpu 1]
"""

import argparse
import asyncio
import json
import os
import struct
import sys
import time
from collections import Counter
from typing import cast

import uvloop

HEADER = struct.Struct(">IIII")
SEQUENCE = struct.Struct(">I")
BINDS = {1, 2, 9}
DELIVER_SM, DELIVER_SM_RESP, ENQUIRE_LINK, UNBIND = 5, 0x80000005, 0x15, 6
RESPONSE = 0x80000000
STALL_SECONDS = 20.0
SLOTS, PHONES = 32, 3_000_017
"""A run has every 32nd phone of a range, so that 32 runs can share it; a prime number of them, so that steps through it meet each once."""


def build(number: str, texts: list[bytes], count: int, first_sender: int) -> list[bytes]:
    """Build `count` deliver_sm with their sequence numbers 1, 2, …: senders all different and in no order, texts in turn."""
    pdus = []
    tails = [b"\0\1\1" + number.encode() + b"\0\0\0\0\0\0\0\0\0\0" + bytes([len(text)]) + text for text in texts]
    for index in range(count):
        body = b"\0\1\1" + b"%d" % (first_sender + SLOTS * (index * 48_271 % PHONES)) + tails[index % len(tails)]
        pdus.append(HEADER.pack(16 + len(body), DELIVER_SM, 0, index + 1) + body)
    return pdus


class Load:
    """Shared by all links: what is still to be sent, when each was due, what came back."""

    def __init__(self, pdus: list[bytes], links: int, window: int, rate: float, warm_up: float) -> None:
        self.pdus = pdus
        self.wanted_links = links
        self.window = window
        self.rate = rate
        self.warm_up = warm_up
        self.answers = 0
        self.next = 0
        self.allowed = len(pdus) if not rate else 0
        self.due = [0.0] * (len(pdus) + 1)
        self.latencies: list[float] = []
        self.statuses: Counter[int] = Counter()
        self.links: list[Link] = []
        self.began = 0.0
        self.held = False
        self.last_answer = 0.0
        self.finished = asyncio.Event()

    def bound(self, link: "Link") -> None:
        self.links.append(link)
        self.begin()

    def release(self) -> None:
        asyncio.get_running_loop().remove_reader(sys.stdin)
        self.held = False
        self.begin()

    def begin(self) -> None:
        if len(self.links) == self.wanted_links and not self.held:
            self.began = time.perf_counter()
            if self.rate:
                asyncio.get_running_loop().create_task(self.offer())
            else:
                for each in self.links:
                    each.fill()

    async def offer(self) -> None:
        """Let messages become due at the rate; latency counts from then, sent or not."""
        total = len(self.pdus)
        while self.allowed < total:
            elapsed = time.perf_counter() - self.began
            due = min(total, int(elapsed * self.rate))
            for index in range(self.allowed, due):
                self.due[index + 1] = self.began + index / self.rate
            self.allowed = due
            for link in self.links:
                link.fill()
            await asyncio.sleep(0.001)

    def answered(self, sequence: int, status: int, now: float) -> None:
        self.statuses[status] += 1
        due = self.due[sequence]
        self.answers += 1
        if due - self.began >= self.warm_up:
            self.latencies.append(now - due)
        self.last_answer = now
        if self.answers == len(self.pdus):
            self.finished.set()

    def result(self) -> dict[str, object]:
        ordered = sorted(self.latencies) or [0.0]
        seconds = max(self.last_answer - self.began, 1e-9)
        at = lambda share: round(ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000, 2)  # noqa: E731  # one use, one line
        return {
            "sent": self.next,
            "acked": self.statuses[0],
            "refused": sum(self.statuses.values()) - self.statuses[0],
            "began": self.began,
            "seconds": round(seconds, 3),
            "rate": round(self.statuses[0] / seconds),
            "p50_ms": at(0.5),
            "p99_ms": at(0.99),
            "max_ms": at(1.0),
        }


class Link(asyncio.Protocol):
    """One session as the message centre; only what a load needs."""

    def __init__(self, load: Load) -> None:
        self.load = load
        self.unanswered = 0
        self.rest = b""
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)  # uvloop's are not of asyncio's class

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # asyncio's signature
        if self in self.load.links:
            self.load.links.remove(self)

    def fill(self) -> None:
        load = self.load
        room = min(self.window_room(), load.allowed - load.next)
        if room <= 0 or self.transport is None:
            return
        start, load.next = load.next, load.next + room
        if not load.rate:
            now = time.perf_counter()
            load.due[start + 1 : start + room + 1] = [now] * room
        self.unanswered += room
        self.transport.write(b"".join(load.pdus[start : start + room]))

    def window_room(self) -> int:
        return self.load.window - self.unanswered

    def data_received(self, data: bytes) -> None:
        now = time.perf_counter()
        if self.rest:
            data = self.rest + data
        offset, end = 0, len(data)
        while end - offset >= 16:
            length, command, status, sequence = HEADER.unpack_from(data, offset)
            if offset + length > end:
                break
            if command == DELIVER_SM_RESP:
                self.unanswered -= 1
                self.load.answered(sequence, status, now)
            elif command < RESPONSE:
                self.respond(command, sequence)
            offset += length
        self.rest = data[offset:]
        self.fill_if_started()

    def fill_if_started(self) -> None:
        if self.load.began:
            self.fill()

    def respond(self, command: int, sequence: int) -> None:
        assert self.transport is not None
        body = b"load\0" if command in BINDS else b""
        self.transport.write(HEADER.pack(16 + len(body), command | RESPONSE, 0, sequence) + body)
        if command in BINDS:
            self.load.bound(self)


async def run(options: argparse.Namespace) -> dict[str, object]:
    texts = [text.encode("ascii") for text in options.texts.split(",")]
    load = Load(
        build(options.number, texts, options.messages, options.first_sender), options.links, options.window, options.rate, options.warm_up
    )
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Link(load), "127.0.0.1", options.port)
    if options.hold:
        load.held = True
        loop.add_reader(sys.stdin, lambda: sys.stdin.readline() and load.release())
    print(json.dumps({"listening": server.sockets[0].getsockname()[1]}), flush=True)
    while not load.finished.is_set():
        before = load.answers
        try:
            await asyncio.wait_for(load.finished.wait(), STALL_SECONDS)
        except TimeoutError:
            if load.answers == before:
                break
    server.close()
    return load.result()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--links", type=int, default=4)
    parser.add_argument("--window", type=int, default=100)
    parser.add_argument("--messages", type=int, default=50_000)
    parser.add_argument("--rate", type=float, default=0.0, help="messages offered per second; 0 as fast as acknowledged")
    parser.add_argument("--warm-up", type=float, default=0.0, help="seconds at the start whose latencies do not count")
    parser.add_argument("--number", default="48503340503")
    parser.add_argument("--texts", default=",".join(f"WORD{index:04d}" for index in range(1000)))
    parser.add_argument("--first-sender", type=int, default=48_500_000_000)
    parser.add_argument("--hold", action="store_true", help="begin when a line comes on the standard input")
    parser.add_argument("--cpu", type=int, default=-1, help="pin to this core")
    options = parser.parse_args()
    if options.cpu >= 0:
        os.sched_setaffinity(0, {options.cpu})
    result = uvloop.run(run(options))
    print(json.dumps(result), flush=True)
    return 0 if result["acked"] == options.messages else 1


if __name__ == "__main__":
    sys.exit(main())
