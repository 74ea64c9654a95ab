"""Samples of texts that answer by themselves, for the page with every component.

What belongs here: invented rows that are nowhere stored. What does not: the page (`guide`).
"""

from collections.abc import Iterator
from typing import Any

from recado.apps.autoresponders.models import AnswerDay, Autoresponder
from recado.apps.autoresponders.preview import Preview
from recado.apps.autoresponders.standing import AutoresponderState
from recado.panel.autoresponders.listing import ListedAutoresponder

TEXT = "Dziękujemy, wiadomość dotarła. Odpiszemy, gdy otworzymy."
SAMPLES = (
    ("Zamknięte", AutoresponderState.ON, "", 2),
    ("Urlop", AutoresponderState.NOT_YET, "", 0),
    ("Pierwsza wiadomość", AutoresponderState.OVERTAKEN, "Zamknięte", 0),
    ("Stary numer", AutoresponderState.HOMELESS, "", 0),
    ("Konkurs", AutoresponderState.SPENT, "", 0),
    ("Wakacje", AutoresponderState.ENDED, "", 0),
    ("Na próbę", AutoresponderState.OFF, "", 0),
)


def answers() -> dict[str, Any]:
    """Return one row for each state, and a text on a phone."""
    return {"answers": list(_rows()), "previewed": Preview(TEXT, 1, 9, is_filled=True, missing=["kod"])}


def _rows() -> Iterator[ListedAutoresponder]:
    for place, (name, state, earlier, phones) in enumerate(SAMPLES, 1):
        found = Autoresponder(pk=0, name=name, text=TEXT, is_enabled=state is not AutoresponderState.OFF)
        today = AnswerDay(answers=12, cost=108) if place == 1 else None
        yield ListedAutoresponder(found, place, "664 200 300", [], "", "12 h", state, earlier, phones, today, place == len(SAMPLES))
