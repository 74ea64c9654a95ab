"""The fake multimedia message centre as a program: `python -m recado.testing.mmsc_main --deliver-to http://127.0.0.1:8000/mm7/1`.

Each line `FROM TO SUBJECT | FILE …` on standard input is posted with these files as a message of a phone; what is submitted and answered is
printed as JSON lines, and reported retrieved. For trying a connection by hand, and for tests that want a process of its own.
"""

import argparse
import asyncio
import json
import mimetypes
import sys
from itertools import count
from pathlib import Path
from typing import Any

from recado.protocols.mm7.messages import SubmitReq
from recado.testing.mmsc import Answer, Mmsc, Submitted
from recado.testing.mmsc_client import MmscClient
from recado.testing.mmsc_requests import SamplePart, deliver_xml, delivery_report, with_files


def say(event: str, **values: Any) -> None:
    """Print one JSON line."""
    sys.stdout.write(json.dumps({"event": event, **values}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def sample_of(path: Path) -> SamplePart:
    """Return a file as a part of a message."""
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return SamplePart(f"{kind}; charset=utf-8" if kind == "text/plain" else kind, path.read_bytes(), path.name, path.name)


class Centre:
    """Takes messages, tells them, and reports them retrieved."""

    def __init__(self, client: MmscClient | None) -> None:
        self._client = client
        self._reporting: set[asyncio.Task[None]] = set()
        self._ids = count(1)

    def answer(self, submitted: Submitted, number: int) -> Answer:
        """Take a message."""
        request = submitted.envelope.message
        if isinstance(request, SubmitReq):
            files = [{"type": part.content_type, "name": part.name, "size": len(data)} for part, data in submitted.parts]
            say("submitted", to=[one.digits for one in request.recipients], subject=request.subject, files=files)
        if self._client is not None:
            task = asyncio.create_task(self._report(self._client, f"mmsc-{number}"))
            self._reporting.add(task)
            task.add_done_callback(self._reporting.discard)
        return Answer(message_id=f"mmsc-{number}")

    async def deliver(self, line: str) -> None:
        """Post one typed line and tell how it was answered."""
        said, _, files = line.partition("|")
        sender, recipient, *subject = said.split(None, 2)
        if self._client is None:
            say("not_sent", reason="start with --deliver-to")
            return
        parts = [await asyncio.to_thread(sample_of, Path(name)) for name in files.split()]
        xml = deliver_xml(f"by-hand-{next(self._ids)}", sender=sender, recipient=recipient, subject=" ".join(subject).strip())
        answered = await self._client.post(with_files(xml, parts))
        say("answered", http=answered.http_status, status=answered.status_code)

    async def _report(self, client: MmscClient, message_id: str) -> None:
        answered = await client.post(delivery_report(f"report-{message_id}", message_id))
        say("reported", id=message_id, http=answered.http_status, status=answered.status_code)


async def run(port: int, client: MmscClient | None) -> None:
    """Serve until standard input ends."""
    centre = Centre(client)
    async with Mmsc(centre.answer, port=port) as mmsc:
        say("listening", url=mmsc.url)
        while line := (await asyncio.to_thread(sys.stdin.readline)).rstrip("\n"):
            try:
                await centre.deliver(line)
            except (ValueError, OSError) as error:
                say("not_sent", reason=f"write: FROM TO SUBJECT | FILE ... ({error})")


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(description="A fake MM7 message centre on loopback.")
    parser.add_argument("--port", type=int, default=8073, help="0 takes a free one")
    parser.add_argument("--deliver-to", default="", help="the address a connection shows in the console")
    parser.add_argument("--user", default="")
    parser.add_argument("--password", default="")
    given = parser.parse_args()
    client = MmscClient(given.deliver_to, given.user, given.password) if given.deliver_to else None
    asyncio.run(run(given.port, client))


if __name__ == "__main__":
    main()
