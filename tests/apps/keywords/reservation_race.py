"""Many people who reserve at the same moment, again and again, each in a thread with a connection of its own.

Run as a program, because Django can be set up for one database only: `python reservation_race.py RACE THREADS ROUNDS`, with the database
in the environment. Prints one JSON object: how many won in each round, what the losers were told, and how many rows there are.
"""

import json
import sys
import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import django


class Race:
    """Accounts that want the same of one shared number."""

    def __init__(self, threads: int) -> None:
        from recado.apps.accounts.models import Account
        from recado.apps.numbers.models import Number

        self.number = Number.objects.create(digits="48503340503", kind="shared_long")
        self.accounts = [Account.objects.create(name=f"Shop{place}") for place in range(threads)]
        self.start, self.end = threading.Barrier(threads + 1), threading.Barrier(threads + 1)
        self.outcomes: list[str] = []

    def run(self, attempt: Callable[["Race", int, int], None], rounds: int) -> dict[str, object]:
        """Let everybody try at once, `rounds` times."""
        from recado.apps.keywords.models import Keyword, Spelling

        for place in range(len(self.accounts)):
            threading.Thread(target=self._compete, args=(attempt, place, rounds), daemon=True).start()
        winners, losers = [], Counter[str]()
        for _ in range(rounds):
            self.outcomes.clear()
            self.start.wait(60)
            self.end.wait(120)
            winners.append(self.outcomes.count("won"))
            losers.update(outcome for outcome in self.outcomes if outcome != "won")
        return {"winners": winners, "losers": losers, "keywords": Keyword.objects.count(), "spellings": Spelling.objects.count()}

    def _compete(self, attempt: Callable[["Race", int, int], None], place: int, rounds: int) -> None:
        from django.db import IntegrityError, OperationalError

        from recado.apps.keywords.errors import KeywordTakenError

        for number in range(rounds):
            self.start.wait(60)
            try:
                attempt(self, place, number)
                self.outcomes.append("won")
            except KeywordTakenError as error:
                self.outcomes.append(f"taken, {len(error.free)} free")
            except (IntegrityError, OperationalError) as error:
                self.outcomes.append(type(error).__name__)
            except Exception as error:  # noqa: BLE001  # the test shall read it
                self.outcomes.append(repr(error))
            self.end.wait(120)


def word(race: Race, place: int, number: int) -> None:
    """Reserve one word for good."""
    from recado.apps.keywords.services import reserve_keyword

    reserve_keyword(race.accounts[place], race.number, f"GARDENER {'ABCDEFGHIJKLMNOP'[number] * 4}")


def periods(race: Race, place: int, number: int) -> None:
    """Reserve one word for periods that all have days in common."""
    from recado.apps.keywords.services import reserve_keyword

    start = django.utils.timezone.now() + timedelta(days=1000 * (number + 1) + place)
    reserve_keyword(race.accounts[place], race.number, "CHRISTMAS", starts_at=start, ends_at=start + timedelta(days=20))


def synonyms(race: Race, place: int, number: int) -> None:
    """Reserve one word, every second as a synonym of another keyword."""
    from recado.apps.keywords.models import Keyword
    from recado.apps.keywords.services import reserve_keyword
    from recado.apps.keywords.synonyms import add_synonym

    name = "ABCDEFGHIJKLMNOP"[number] * 6
    if place % 2:
        reserve_keyword(race.accounts[place], race.number, name)
    else:
        own = Keyword.objects.filter(account=race.accounts[place], number=race.number).order_by("id").first()
        add_synonym(own or reserve_keyword(race.accounts[place], race.number, f"{place} SHOP {place}"), name)


def unchecked(race: Race, place: int, number: int) -> None:
    """Write the rows without asking anybody, so that the constraint alone decides."""
    from django.db import transaction

    from recado.apps.keywords.models import Keyword
    from recado.apps.keywords.periods import Period
    from recado.apps.keywords.spelling_rows import add_spelling

    with transaction.atomic():
        name = f"tulip{number}"
        fields = {"word": name, "tokens": name, "folded": name}
        keyword = Keyword.objects.create(account=race.accounts[place], number=race.number, **fields)
        add_spelling(keyword, name, Period(django.utils.timezone.now()), is_main=True)


if __name__ == "__main__":
    django.setup()
    chosen = {attempt.__name__: attempt for attempt in (word, periods, synonyms, unchecked)}[sys.argv[1]]
    sys.stdout.write(json.dumps(Race(int(sys.argv[2])).run(chosen, int(sys.argv[3]))))
