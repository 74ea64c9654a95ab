"""How long it takes to say whether a word is free on a shared number with 100,000 spellings, and to reserve it.

On SQLite and on PostgreSQL, with checks, look-alikes, and free alternatives as the panel asks for them while one types.
`python bench/keywords.py --engine sqlite` measures one of them.
"""

import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from bench.databases import on_each_engine  # noqa: E402  # needs the path

SPELLINGS, ROUNDS = 100_000, 200
SYLLABLES = ("ka", "ro", "li", "mo", "te", "sza", "bi", "wy", "ogro", "dni", "pe", "lu", "na", "ger", "sto", "ny")


def main() -> int:
    return on_each_engine(Path(__file__), __doc__, measure)


def measure(engine: str) -> None:
    """Fill a number and print what each question takes."""
    import django  # noqa: PLC0415  # after the environment is set

    django.setup()
    from django.db import connection  # noqa: PLC0415  # same
    from django.utils import timezone  # noqa: PLC0415  # same

    from recado.apps.accounts.models import Account  # noqa: PLC0415  # same
    from recado.apps.keywords.checks import check_word  # noqa: PLC0415  # same
    from recado.apps.keywords.errors import KeywordError  # noqa: PLC0415  # same
    from recado.apps.keywords.registry import Life, registry, similar  # noqa: PLC0415  # same
    from recado.apps.keywords.services import reserve_keyword  # noqa: PLC0415  # same
    from recado.apps.numbers.models import Number  # noqa: PLC0415  # same

    chance = random.Random(4)  # the same words each time
    number = Number.objects.create(digits="48503340503", kind="shared_long")
    accounts = [Account.objects.create(name=f"Shop{count}") for count in range(20)]
    started = time.perf_counter()
    taken = fill(number, accounts[1:], chance)
    filled = time.perf_counter() - started
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    now = timezone.now()

    def ask(word: str) -> Callable[[], None]:
        def once() -> None:
            try:
                check_word(accounts[0], number, word)
            except KeywordError:
                return

        return once

    def changed(word: str) -> str:
        place = chance.randrange(len(word))
        return word[:place] + "x" + word[place + 1 :]

    fresh_words = [f"{''.join(chance.choices('qwvxz', k=8))}{count}" for count in range(2 * ROUNDS)]
    questions = {
        "a free word": [ask(word) for word in fresh_words[:ROUNDS]],
        "a taken word, with alternatives": [ask(word) for word in chance.sample(taken, ROUNDS)],
        "a look-alike, with alternatives": [ask(changed(word)) for word in chance.sample(taken, ROUNDS)],
        "a word of 80 letters": [ask("".join(chance.choices("abcdefgh", k=80))) for _ in range(ROUNDS)],
        "reserving": [lambda word=word: reserve_keyword(accounts[0], number, word) for word in fresh_words[ROUNDS:]],
        "a page of the register": [lambda: similar(list(registry(number)[:50]), now) for _ in range(20)],
        "the register, live words, counted": [lambda: registry(number, "", Life.LIVE, now).count() for _ in range(20)],
        "the register, searched": [lambda: list(registry(number, "ogrodni")[:50]) for _ in range(20)],
    }
    print(f"{engine}: {len(taken)} spellings on one number, {os.cpu_count()} cores, filled in {filled:.0f} s")
    for name, calls in questions.items():
        took = timed(calls)
        median, late, worst = statistics.median(took), took[int(len(took) * 0.95)], took[-1]
        print(f"  {name:36} median {median:7.2f} ms   95 % {late:7.2f} ms   worst {worst:7.2f} ms")
        print(json.dumps({"figure": f"keywords, {engine}, {name}", "value": round(median, 2), "unit": "ms", "max": round(worst, 2)}))


def timed(calls: list[Callable[[], object]]) -> list[float]:
    """Return how many milliseconds each call took, shortest first."""
    took = []
    for call in calls:
        started = time.perf_counter()
        call()
        took.append((time.perf_counter() - started) * 1000)
    return sorted(took)


def fill(number: object, accounts: list[object], chance: random.Random) -> list[str]:
    """Write keywords with their main spelling, in bulk."""
    from django.utils import timezone  # noqa: PLC0415  # after the environment is set

    from recado.apps.keywords.models import Keyword, NearForm, Spelling  # noqa: PLC0415  # same
    from recado.apps.keywords.words import near_forms  # noqa: PLC0415  # same

    words: dict[str, None] = {}
    while len(words) < SPELLINGS:
        words["".join(chance.choices(SYLLABLES, k=chance.randint(3, 6)))] = None
    now, names = timezone.now(), list(words)
    for start in range(0, SPELLINGS, 2000):
        some = [
            Keyword(account=accounts[place % len(accounts)], number=number, word=word.upper(), tokens=word, folded=word)
            for place, word in enumerate(names[start : start + 2000])
        ]
        Keyword.objects.bulk_create(some)
        spellings = Spelling.objects.bulk_create(
            Spelling(
                keyword=one,
                number=number,
                account=one.account,
                word=one.word,
                tokens=one.tokens,
                folded=one.folded,
                kind=one.kind,
                is_main=True,
                starts_at=now,
            )
            for one in some
        )
        forms = [NearForm(spelling=one, number=number, form=form) for one in spellings for form in near_forms(one.folded)]
        NearForm.objects.bulk_create(forms, batch_size=5000)
    return names


if __name__ == "__main__":
    sys.exit(main())
