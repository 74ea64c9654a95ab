"""How long a decision takes: find the owner, decide, write the trail, with 1,000 keywords on a shared number.

Prints a table and one JSON line per figure. Several runs; the spread between them is the noise of the machine.
"""

import json
import statistics
import timeit
from datetime import UTC, datetime

from recado.core.compiling import ActionRow, KeywordRow, NumberRow, RuleRow, compile_routes
from recado.core.decide import decide, find_owner
from recado.core.message import Encoding, InboundMessage
from recado.core.number import NumberKind, NumberState
from recado.core.routes import Routes
from recado.core.sender import SenderState
from recado.core.trail import to_json

KEYWORDS = 1000
RUNS = 7
LOOPS = 20_000
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SENDER = "48501222333"
RECIPIENT = "48503340503"
TEXTS = {
    "keyword alone": "Gardener",
    "keyword, text follows": "GARDENER 2 pcs, please",
    "keyword with marks": "Żółw",
    "two-word keyword": "red shoes",
    "no keyword, 160 characters": "Dear shop, " + "I would like to know more about it. " * 4 + "Thanks",
}


def routes() -> Routes:
    """Compile a shared number full of keywords of 1 to 3 tokens, each with a group, a reply and a forward."""
    words = ["gardener", "żółw", "red shoes"]
    words += [
        f"word{index}" if index % 3 else f"word{index} two" if index % 2 else f"word{index} two three"
        for index in range(KEYWORDS - len(words))
    ]
    number = NumberRow(1, RECIPIENT, NumberKind.SHARED_LONG, NumberState.ASSIGNED)
    keywords = [KeywordRow(key, 1, key % 50, word, also_when_text_follows=True) for key, word in enumerate(words, 1)]
    rules = [RuleRow(row.id, 1, row.account_id, row.id) for row in keywords]
    actions = [action for row in keywords for action in _actions(row.id)]
    return compile_routes(1, [number], keywords, rules, actions)


def _actions(rule_id: int) -> tuple[ActionRow, ...]:
    return (
        ActionRow(rule_id, "add_to_group", 0, group_id=rule_id, group_name="Gardeners"),
        ActionRow(rule_id, "send_reply", 1, text="Thank you, you are in."),
        ActionRow(rule_id, "forward_to_url", 2, destination_id=rule_id, destination_name="Shop"),
    )


def main() -> None:
    """Measure and print."""
    compiled = routes()
    sender = SenderState(SENDER)
    print(f"{'decide, microseconds':32}{'min':>8}{'median':>8}{'max':>8}   with {KEYWORDS} keywords, {RUNS} runs of {LOOPS}")
    for name, text in TEXTS.items():
        message = InboundMessage(1, 1, SENDER, RECIPIENT, text, Encoding.GSM7, NOW)

        def once(message: InboundMessage = message) -> None:
            decide(message, find_owner(compiled, SENDER, RECIPIENT, message.text, NOW), sender, NOW)

        report(f"decide: {name}", once)
    message = InboundMessage(1, 1, SENDER, RECIPIENT, "Gardener", Encoding.GSM7, NOW)
    decision = decide(message, find_owner(compiled, SENDER, RECIPIENT, message.text, NOW), sender, NOW)
    report("trail as stored", lambda: to_json(decision.trail))


def report(name: str, once: object) -> None:
    """Time `once` and print its row and its JSON line."""
    taken = [seconds / LOOPS * 1e6 for seconds in timeit.repeat(once, number=LOOPS, repeat=RUNS)]
    low, middle, high = min(taken), statistics.median(taken), max(taken)
    print(f"{name:32}{low:8.2f}{middle:8.2f}{high:8.2f}")
    figure = {"figure": name, "value": round(middle, 2), "unit": "us", "min": round(low, 2), "max": round(high, 2)}
    print(json.dumps(figure))


if __name__ == "__main__":
    main()
