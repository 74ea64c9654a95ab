"""How well and how fast opt-outs are read: the texts of `recado.testing.opt_out_texts`, beside the rule "contains stop".

Prints what each rule makes of the texts people judged, and one JSON line per figure. The texts are there because they are hard, so the
rates compare rules; in a real inbox nearly every text has none of these words.
"""

import json
import statistics
import timeit
from collections.abc import Callable, Sequence

from recado.core.opt_out import Verdict, read_opt_out
from recado.core.text import fold, tokenise
from recado.testing.opt_out_texts import STAYS, UNCLEAR, WANTS_OUT, keyword_length

RUNS = 7
LOOPS = 20_000
TEXTS = {
    "no word of it, 10 words": "Good day, could I have my appointment moved to Thursday",
    "no word of it, 160 characters": "Dear shop, " + "I would like to know more about it. " * 4 + "Thanks",
    "a keyword": "Gardener",
    "an opt-out": "Stop. Thank you",
    "a slip": "SOTP",
    "in a sentence": "Stop przy Rynku 5?",
}


def main() -> None:
    """Measure and print."""
    report_rates()
    print(f"{'microseconds a text':40}{'min':>8}{'median':>8}{'max':>8}   {RUNS} runs of {LOOPS}")
    for name, text in TEXTS.items():
        tokens = folded(text)
        report_time(name, lambda tokens=tokens: read_opt_out(tokens, keyword_length))
    everything = [folded(text) for text in (*WANTS_OUT, *STAYS, *UNCLEAR)]
    report_time("all texts judged by people", lambda: [read_opt_out(tokens, keyword_length) for tokens in everything], len(everything))


def report_rates() -> None:
    print(f"{len(WANTS_OUT)} texts want out, {len(STAYS)} do not, {len(UNCLEAR)} are unclear")
    figure("texts", len(WANTS_OUT) + len(STAYS) + len(UNCLEAR), "")
    rate("false opt-outs", STAYS, lambda verdict: verdict is Verdict.OPT_OUT)
    rate("missed: nothing happens", WANTS_OUT, lambda verdict: verdict not in {Verdict.OPT_OUT, Verdict.ASK_BACK, Verdict.FLAG})
    rate("not at once: asked back", WANTS_OUT, lambda verdict: verdict is Verdict.ASK_BACK)
    rate("not at once: flagged for a person", WANTS_OUT, lambda verdict: verdict is Verdict.FLAG)
    rate("asked back for nothing", STAYS, lambda verdict: verdict is Verdict.ASK_BACK)
    rate("flagged for nothing", STAYS, lambda verdict: verdict is Verdict.FLAG)
    rate("unclear, and opted out", UNCLEAR, lambda verdict: verdict is Verdict.OPT_OUT)
    share('"contains stop": false opt-outs', [contains_stop(text) for text in STAYS])
    share('"contains stop": missed', [not contains_stop(text) for text in WANTS_OUT])
    hits = [text in WANTS_OUT for text in (*WANTS_OUT, *STAYS) if contains_stop(text)]
    share('"contains stop": wrong of those it opts out', [not hit for hit in hits])


def contains_stop(text: str) -> bool:
    return "stop" in text.lower()


def folded(text: str) -> tuple[str, ...]:
    return fold(tokenise(text))


def rate(name: str, texts: Sequence[str], counts: Callable[[Verdict | None], bool]) -> None:
    readings = [read_opt_out(folded(text), keyword_length) for text in texts]
    share(name, [counts(reading.verdict if reading else None) for reading in readings])


def share(name: str, counted: list[bool]) -> None:
    """Print how many of them, and the share as a figure."""
    print(f"{name:50}{sum(counted):4} of {len(counted)}")
    figure(name, round(100 * sum(counted) / len(counted), 2), "%")


def report_time(name: str, once: Callable[[], object], texts: int = 1) -> None:
    """Time `once`, which reads so many texts, and print its row and its figure."""
    loops = LOOPS // texts
    taken = [seconds / loops / texts * 1e6 for seconds in timeit.repeat(once, number=loops, repeat=RUNS)]
    low, middle, high = min(taken), statistics.median(taken), max(taken)
    print(f"{name:40}{low:8.2f}{middle:8.2f}{high:8.2f}")
    figure(f"read: {name}", round(middle, 2), "us", min=round(low, 2), max=round(high, 2))


def figure(name: str, value: float, unit: str, **spread: float) -> None:
    print(json.dumps({"figure": name, "value": value, "unit": unit, **spread}, ensure_ascii=False))


if __name__ == "__main__":
    main()
