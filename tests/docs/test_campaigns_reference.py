"""The reference of group sends names every state and every reason there is."""

from pathlib import Path

import pytest

from recado.apps.campaigns.audience import MOST_RECIPIENTS
from recado.apps.campaigns.models import Campaign
from recado.apps.campaigns.services import MOST_SEGMENTS
from recado.apps.campaigns.texts import PORTION
from recado.apps.outbox.senders import SenderRefusal
from recado.core.correlation import CORRELATION_WINDOW
from recado.core.personal import PERSON

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "campaigns.md").read_text()


@pytest.mark.parametrize("word", [*Campaign.State.values, *SenderRefusal])
def test_every_state_and_trouble_is_explained(word: str):
    assert f"`{word}`" in PAGE


@pytest.mark.parametrize("name", PERSON)
def test_every_place_is_named(name: str):
    assert f"`{{{name}}}`" in PAGE


def test_figures_are_those_of_the_code():
    assert f"at most {MOST_RECIPIENTS:,}," in PAGE
    assert f"{PORTION} in a transaction" in PAGE
    assert f"At most {MOST_SEGMENTS}" in PAGE
    assert f"within {CORRELATION_WINDOW.days} days" in PAGE
