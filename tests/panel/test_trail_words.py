"""Every step, reason, action and state has words in both languages, and values are never markup."""

import pytest
from django.utils import translation

from recado.core.action import ACTION_NAMES
from recado.core.message import Encoding
from recado.core.number import NumberState
from recado.core.receipt import OutboundState, UndeliveredReason, UnsentReason
from recado.core.trail import SkipReason, TrailEntry, TrailStep
from recado.panel import outbound_words, trail_words

VALUES = {
    "encoding": "gsm7", "parts": 2, "received": 1, "total": 2, "flag": "udh_overrun", "recipient": "4301",
    "number": "4301", "by": "keyword", "state": "suspended", "tokens": "a b", "name": "OGRODNIK", "keyword": "OGRODNIK",
    "reason": "over", "rule_id": 1, "keyword_id": 1, "action": "send_reply", "group": "<i>VIP</i>", "group_id": 1,
    "characters": 5, "destination": "Sklep", "destination_id": 1,
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize("step", list(TrailStep))
def test_every_step_has_a_sentence(step: TrailStep, language: str):
    with translation.override(language):
        said = trail_words.sentence(TrailEntry(step, VALUES))
        assert len(said) > 8
        assert "{" not in said
        assert "<i>" not in said


@pytest.mark.parametrize("step", list(TrailStep))
def test_a_step_without_its_values_is_still_said(step: TrailStep):
    assert trail_words.sentence(TrailEntry(step, {}))


def test_words_are_complete():
    assert set(trail_words.REASONS) == set(SkipReason)
    assert set(trail_words.ACTIONS) == set(ACTION_NAMES.values())
    assert set(trail_words.STATES) == set(NumberState)
    assert set(trail_words.ENCODINGS) == {encoding.name.lower() for encoding in Encoding}
    assert set(outbound_words.STATES) == set(OutboundState)
    assert set(outbound_words.REASONS) == {*UndeliveredReason, *UnsentReason}


def test_summary_says_what_the_rules_did_and_nothing_where_they_did_nothing():
    trail = (
        TrailEntry(TrailStep.RECEIVED, {"encoding": "gsm7", "parts": 1}),
        TrailEntry(TrailStep.MATCHED, {"keyword": "ROSE"}),
        TrailEntry(TrailStep.ADDED_TO_GROUP, {"group": "VIP"}),
    )
    assert trail_words.summary(trail) == "Keyword <b>ROSE</b> matched → added to group <b>VIP</b>"
    assert trail_words.summary(trail[:1]) is None


def test_numbers_are_written_as_on_posters():
    said = trail_words.sentence(TrailEntry(TrailStep.OWNED, {"by": "number", "name": "48664200300"}))
    assert said == "Yours, because the number <b>664 200 300</b> is yours"
