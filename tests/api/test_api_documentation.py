"""The reference names every action and every figure a caller may rely on."""

from pathlib import Path

import pytest

from recado.api.compat import auth, call, decode, reports, sending
from recado.api.compat.actions import ACTIONS
from recado.apps.inbox.queries import COUNT_AHEAD
from recado.apps.outbox import sent_messages
from recado.apps.outbox.sending import BULK_FROM
from recado.protocols.gsm.segment import MAX_SEGMENTS

REFERENCE = (Path(__file__).parents[2] / "docs/reference/api-compat.md").read_text()


@pytest.mark.parametrize("action", [*ACTIONS, "error/<code>"])
def test_every_action_is_in_the_reference(action):
    assert f"`{action}`" in REFERENCE


def test_the_reference_names_no_action_that_is_not_there():
    table = [line.split("|")[1] for line in REFERENCE.splitlines() if line.startswith("| `")]
    named = {name.strip(" `") for cell in table for name in cell.split(",")}
    assert named == {*ACTIONS, "error/<code>"}


def test_the_figures_are_those_of_the_code():
    assert f"{call.DEFAULT_LIMIT} by default and at most {call.MAX_LIMIT}" in REFERENCE
    assert f"At most {decode.MAX_BODY // 2**20} MiB" in REFERENCE
    assert f"{COUNT_AHEAD:,} messages ahead" in REFERENCE
    assert f"{sent_messages.COUNT_AHEAD:,} messages ahead" in REFERENCE
    assert f"At most {sending.MOST_NUMBERS:,} numbers, for `send_personalized` {sending.MOST_PERSONAL:,} messages" in REFERENCE
    assert f"more than {BULK_FROM:,} texts" in REFERENCE
    assert f"more than {MAX_SEGMENTS} parts" in REFERENCE
    assert f"at most {reports.MOST_IDS} of both" in REFERENCE
    assert auth.REMEMBERED_FOR.total_seconds() == 5 * 60
