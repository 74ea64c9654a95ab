"""What is told anywhere in the source can be said, and can be switched off if it is an event."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import recado
from recado.apps.keywords.disputes import TAKEN_AWAY
from recado.apps.keywords.reminders import ENDING
from recado.apps.notifications.choices import EVENTS
from recado.panel.notification_words import SENTENCES

SOURCE = Path(recado.__file__).parent
CONSTANTS = {"ENDING": ENDING, "TAKEN_AWAY": TAKEN_AWAY}


def told() -> Iterator[tuple[str, set[str]]]:
    """Yield kind and names of the values of every call of `notify`, the demo's aside."""
    for path in SOURCE.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "notify" and not path.name.startswith("demo"):
                kind, values = call.args[2:4]
                named = CONSTANTS[kind.id] if isinstance(kind, ast.Name) else ast.literal_eval(kind)
                yield named, {ast.literal_eval(key) for key in values.keys if key}


def test_everything_told_is_an_event_one_can_switch_off_and_nothing_else_is():
    assert {kind for kind, _values in told()} == set(EVENTS)


@pytest.mark.parametrize(("kind", "values"), list(told()))
def test_every_sentence_gets_the_values_it_names(kind, values):
    assert str(SENTENCES[kind]) % dict.fromkeys(values, "x")
