"""The provider's words for how a message ended."""

from recado.core.fate import CORRECTED_BY
from recado.core.receipt import OutboundState, UndeliveredReason, UnsentReason
from recado.core.reporting import NEAREST_REASONS, STATE_WORDS, provider_reason


def test_every_end_has_its_word_and_nothing_else_has():
    ends = {state for state in OutboundState if len(CORRECTED_BY[state]) <= 1}
    assert set(STATE_WORDS) == ends


def test_every_reason_of_ours_has_one_of_theirs():
    assert set(NEAREST_REASONS) == set(UnsentReason)
    theirs = {reason.value for reason in UndeliveredReason}
    assert {provider_reason(reason.value) for reason in (*UndeliveredReason, *UnsentReason)} <= theirs
    assert provider_reason("") == ""
