"""Two people who answer the same state of a conversation at the same moment, again and again, each in a thread of their own.

Run as a program, because Django can be set up for one database only: `python racing.py ROUNDS`, with the database in the environment.
Prints one JSON object: how often each number of answers, and of leases, came out of a round.
"""

import json
import sys
import threading
from collections import Counter

import django


class Race:
    """One conversation and two members of the account."""

    def __init__(self) -> None:
        from recado.apps.accounts.services import create_account, create_user
        from recado.apps.connections.models import Connection
        from recado.apps.dialogues.models import Dialogue
        from recado.apps.ids import next_id
        from recado.apps.numbers.services import add_number
        from recado.core.number import NumberKind

        self.account = create_account("Kwiaciarnia")
        self.people = [create_user(f"{name}@example.com", None) for name in ("anna", "bob")]
        link = Connection.objects.create(name="Phone simulator", kind="simulator")
        number = add_number("48664200300", NumberKind.INDIVIDUAL_LONG, account=self.account, connection=link)
        at = django.utils.timezone.now()
        self.conversation = Dialogue.objects.create(
            id=next_id(), account=self.account, number=number, msisdn="48604218377", last_message_at=at
        )
        self.start, self.end = threading.Barrier(3), threading.Barrier(3)
        self.both_claimed = threading.Barrier(2)
        self.seen = 0
        self.won: list[str] = []

    def run(self, rounds: int) -> dict[str, dict[int, int]]:
        """Race with and without leases in turn."""
        from recado.apps.outbox.models import OutboundMessage

        results: dict[str, Counter[int]] = {"answers": Counter(), "leases": Counter()}
        for person in self.people:
            threading.Thread(target=self._answer, args=(person, rounds), daemon=True).start()
        for number in range(rounds):
            self.seen = OutboundMessage.objects.order_by("-id").values_list("id", flat=True).first() or 0
            self.won.clear()
            self.start.wait(60)
            self.end.wait(60)
            results["answers"][self.won.count("answer")] += 1
            if number % 2:
                results["leases"][self.won.count("lease")] += 1
        stored = OutboundMessage.objects.count()
        return {name: dict(counted) for name, counted in results.items()} | {"stored": stored}

    def _answer(self, person, rounds: int) -> None:
        from recado.apps.dialogues.answering import ReplyRefusedError, reply
        from recado.apps.dialogues.claims import claim

        for number in range(rounds):
            self.start.wait(60)
            if number % 2:
                if claim(self.conversation, person, django.utils.timezone.now()):
                    self.won.append("lease")
                self.both_claimed.wait(60)  # sending gives the lease back
            try:
                reply(self.account, person, self.conversation, "Tak", f"{person.pk}-{number}", seen=self.seen)
                self.won.append("answer")
            except ReplyRefusedError:
                pass
            self.end.wait(60)


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(Race().run(int(sys.argv[1]))))
