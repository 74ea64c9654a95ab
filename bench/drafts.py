"""What trying a change costs: finding the keywords that fight with one among 10,000, and running 2,000 texts against 1,000 keywords twice.

Without the database: reading the rows of 1,000 keywords and 2,000 messages comes on top.
"""

import sys
import time
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.matching import NOW, RECIPIENT, SENDER, TEXTS, _report, rows
from recado.core.compiling import KeywordRow, NumberRow
from recado.core.conflicts import Neighbours
from recado.core.draft import NEW, Draft, Rows
from recado.core.message import Encoding, InboundMessage
from recado.core.number import NumberKind, NumberState
from recado.core.outcome import Trial, outcome_of
from recado.core.profile import Profile
from recado.core.routes import MatchKind
from recado.core.sender import SenderState

KEYWORDS, FIGHTING, MESSAGES, RUNS = 1_000, 10_000, 2_000, 5
NUMBER = NumberRow(1, RECIPIENT, NumberKind.INDIVIDUAL_LONG, NumberState.ASSIGNED, 1)


def main() -> None:
    """Measure and print."""
    keywords = rows(FIGHTING)[0]
    _report(f"indexing {FIGHTING} keywords", [_milliseconds(lambda: Neighbours(keywords)) for _ in range(RUNS)], "ms")
    neighbours = Neighbours(keywords)
    some = Random(7).sample(keywords, 500)  # which ones makes no difference
    taken = [_milliseconds(lambda: [neighbours.near(row) for row in some]) * 1000 / len(some) for _ in range(RUNS)]
    _report(f"keywords near one of {FIGHTING}", taken, "us")
    stored = Rows(NUMBER, *map(tuple, rows(KEYWORDS)))
    draft = Draft((KeywordRow(NEW, 1, 1, "róże", MatchKind.PHRASE),))
    texts = list(TEXTS.values())
    trials = [
        Trial(InboundMessage(key, 1, SENDER, RECIPIENT, texts[key % len(texts)], Encoding.GSM7, NOW), SenderState(SENDER), 1, Profile())
        for key in range(MESSAGES)
    ]
    _report(f"{MESSAGES} messages, {KEYWORDS} keywords", [_milliseconds(lambda: _rerun(stored, draft, trials)) for _ in range(RUNS)], "ms")


def _rerun(stored: Rows, draft: Draft, trials: list[Trial]) -> int:
    current, drafted = stored.compiled(), stored.changed_by(draft).compiled()
    return sum(outcome_of(current, trial) != outcome_of(drafted, trial) for trial in trials)


def _milliseconds(once: object) -> float:
    began = time.perf_counter()
    once()  # type: ignore[operator]
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
