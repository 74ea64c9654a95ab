"""What finding the rules for a text costs with 1,000 and with 100,000 keywords of all kinds on one number, and what compiling costs.

Kinds in equal shares, words of 1 to 3 tokens as businesses choose them: few first words, shared by many. Both sizes are measured in one
run, alternating, in time of the processor, so that their ratio holds on any machine; phrases are also looked for by reading all of them.
"""

import json
import statistics
import time
import timeit
from datetime import UTC, datetime
from random import Random

from recado.core.compiling import ActionRow, KeywordRow, NumberRow, RuleRow, compile_routes, with_keyword
from recado.core.decide import decide, find_owner
from recado.core.message import Encoding, InboundMessage
from recado.core.number import NumberKind, NumberState
from recado.core.phrase import occurs
from recado.core.routes import MatchKind, Routes
from recado.core.sender import SenderState
from recado.core.text import fold, tokenise

SIZES = (1_000, 100_000)
RUNS = 7
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SENDER, RECIPIENT = "48501222333", "48600100200"
KINDS = tuple(MatchKind)
SYLLABLES = ("ka", "ro", "mi", "że", "la", "bu", "po", "ta", "ni", "so", "wę", "gą", "di", "fu", "jo", "cze")
COMMON = ("promo", "kod", "konkurs", "klub", "oferta", "rabat", "zamawiam", "proszę", "nowość", "zniżka")
TEXTS = {
    "exact keyword": "Ogrodnik",
    "base keyword with argument": "GLOSUJ 12 Anna Nowak",
    "phrase in a sentence": "Dzień dobry, czy mogę zamówić czerwone róże na sobotę?",
    "phrase in 160 characters": "Dzień dobry, " + "chciałbym się dowiedzieć, czy to działa. " * 3 + "czerwone róże",
    "no keyword": "Dzień dobry, o której dziś zamykacie?",
    "no keyword, 160 characters": "Dear shop, " + "I would like to know more about it. " * 4 + "Thanks",
    "words many keywords share": "promo kod konkurs klub oferta rabat zamawiam proszę nowość zniżka",
}


def words(count: int) -> list[str]:
    """Make up different words; the same every time."""
    chance = Random(7)  # made-up words
    found: dict[str, None] = {"ogrodnik": None, "głosuj": None, "czerwone róże": None, "wypisz": None}
    while len(found) < count:
        tokens = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(chance.choice((1, 1, 2, 3)))]
        if chance.random() < 0.3:  # a share
            tokens.insert(chance.randint(0, len(tokens)), chance.choice(COMMON))
        found[" ".join(tokens)] = None
    return list(found)


def rows(count: int) -> tuple[list[KeywordRow], list[RuleRow], list[ActionRow]]:
    """Make keywords of all kinds with a rule and an action each."""
    kinds = {"ogrodnik": MatchKind.EXACT, "głosuj": MatchKind.BASE, "czerwone róże": MatchKind.PHRASE, "wypisz": MatchKind.REMOVING}
    keywords = [KeywordRow(key, 1, 1, word, kinds.get(word, KINDS[key % len(KINDS)])) for key, word in enumerate(words(count), 1)]
    rules = [RuleRow(row.id, 1, 1, row.id) for row in keywords]
    return keywords, rules, [ActionRow(row.id, "send_reply", text="Thank you.") for row in keywords]


def routes(count: int) -> Routes:
    """Compile an individual number with so many keywords."""
    return compile_routes(1, [NumberRow(1, RECIPIENT, NumberKind.INDIVIDUAL_LONG, NumberState.ASSIGNED, 1)], *rows(count))


def main() -> None:
    """Measure and print."""
    compiled = {}
    for size in SIZES:
        given = rows(size)
        number = NumberRow(1, RECIPIENT, NumberKind.INDIVIDUAL_LONG, NumberState.ASSIGNED, 1)
        started = time.process_time()
        compiled[size] = compile_routes(1, [number], *given)
        _report(f"compiling {size} keywords", [time.process_time() - started], "s")
    (row,) = (row for row in rows(SIZES[1])[0] if row.word == "ogrodnik")
    routes_of_number = compiled[SIZES[1]].numbers[RECIPIENT]
    actions = [ActionRow(row.id, "send_reply", text="Anew.")]
    exchange = [
        _time(lambda: with_keyword(routes_of_number, row.id, row, [RuleRow(row.id, 1, 1, row.id)], actions, {}), 1) for _ in range(RUNS)
    ]
    _report(f"exchanging one of {SIZES[1]} keywords", [each / 1e6 for each in exchange], "s")
    print(f"\n{'microseconds a text':42}{'min':>8}{'median':>8}{'max':>8}")
    sender = SenderState(SENDER)
    for name, text in TEXTS.items():
        message = InboundMessage(1, 1, SENDER, RECIPIENT, text, Encoding.GSM7, NOW)
        taken: dict[int, list[float]] = {size: [] for size in SIZES}
        for _ in range(RUNS):
            for size, found in taken.items():
                found.append(_time(lambda size=size, text=text: find_owner(compiled[size], SENDER, RECIPIENT, text, NOW)))
        for size, found in taken.items():
            _report(f"matching, {size}: {name}", found, "us")

        def whole(message: InboundMessage = message) -> None:
            decide(message, find_owner(compiled[SIZES[1]], SENDER, RECIPIENT, message.text, NOW), sender, NOW)

        _report(f"deciding, {SIZES[1]}: {name}", [_time(whole) for _ in range(RUNS)], "us")
    phrases = [fold(tokenise(row.word)) for row in rows(SIZES[1])[0] if row.kind is MatchKind.PHRASE]
    tokens = fold(tokenise(TEXTS["phrase in a sentence"]))
    scan = [timeit.timeit(lambda: [one for one in phrases if occurs(one, tokens)], number=1) * 1e6 for _ in range(RUNS)]
    _report(f"reading all {len(phrases)} phrases instead", scan, "us")


def _time(once: object, loops: int = 2000) -> float:
    return timeit.timeit(once, timer=time.process_time, number=loops) / loops * 1e6  # type: ignore[arg-type]


def _report(name: str, taken: list[float], unit: str) -> None:
    low, middle, high = min(taken), statistics.median(taken), max(taken)
    print(f"{name:58}{low:9.2f}{middle:9.2f}{high:9.2f} {unit}")
    print(json.dumps({"figure": name, "value": round(middle, 2), "unit": unit, "min": round(low, 2), "max": round(high, 2)}))


if __name__ == "__main__":
    main()
