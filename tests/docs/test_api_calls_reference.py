"""The page about the log of calls quotes the figures of the code."""

from pages import DOCS

from recado.apps.programs import calls, forgetting
from recado.server import call_log

PAGE = (DOCS / "reference" / "api-calls.md").read_text()


def test_the_figures_are_those_of_the_code():
    assert f"{calls.KEPT_CHARACTERS:,} characters" in PAGE
    assert f"{calls.AT_ONCE} wait" in PAGE
    assert f"{calls.MOST_WAITING:,} wait" in PAGE
    assert f"{forgetting.CALLS_KEPT.days} days" in PAGE
    assert f"newest {forgetting.MOST_OF_ACCOUNT:,}" in PAGE
    assert call_log.PAUSE_SECONDS == 1.0
