"""The fake message centre as a program."""

import asyncio
import json
import subprocess
import sys

from recado.core.submit import OutboundText
from recado.testing.links import LinkWorld, until


def test_typed_lines_are_delivered_and_submissions_printed():
    command = [sys.executable, "-m", "recado.testing.smsc_main", "--port", "0"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        said = lambda: json.loads(process.stdout.readline())  # noqa: E731

        async def run():
            world = LinkWorld()
            connection = world.open(said()["port"])
            await until(lambda: connection.statuses[0].is_bound)
            process.stdin.write("48501222333 4301 Gardener ą\n")
            process.stdin.flush()
            await until(lambda: world.intake.items)
            assert (await asyncio.to_thread(said))["status"] == 0
            await connection.submit(OutboundText(1, "4301", "48501222333", "Dziękuję"))
            assert (await asyncio.to_thread(said))["text"] == "Dziękuję"
            assert world.intake.items[0].text == "Gardener ą"
            await connection.stop()

        asyncio.run(run())
        process.stdin.close()
        assert process.wait(10) == 0
