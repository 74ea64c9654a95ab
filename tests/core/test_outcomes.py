"""Every text gets exactly one outcome: it is one account's or nobody's, at most one rule acted, and the trail ends in one way."""

from collections.abc import Iterator

from hypothesis import event, given, settings

from core.configurations import SITUATIONS, decided
from recado.core.action import FORWARDS, LiftOptOut, OptOut, SendReply
from recado.core.decide import Decision, Flag
from recado.core.trail import TrailStep

ENDS = {
    TrailStep.MATCHED: "a keyword's rule acted",
    TrailStep.DEFAULT_RULE: "the number's rule acted",
    TrailStep.INBOX_ONLY: "kept for its owner",
    TrailStep.UNMATCHED: "kept for the operator",
    TrailStep.NUMBER_UNKNOWN: "not to a number of ours",
    TrailStep.NUMBER_NOT_ACTIVE: "the number does not work",
    TrailStep.BLOCKED: "the sender is blocked",
    TrailStep.OPTED_OUT_BEFORE: "opted out before",
    TrailStep.OPT_OUT_OF_NOTHING: "nothing to opt out of",
    TrailStep.OPT_OUT_ASKED: "asked what was meant",
}
"""The ways a trail can say by one step how it ended; `outcomes` adds those that several steps of one kind tell."""


def outcomes(decision: Decision) -> Iterator[str]:
    """Say how a message ended, once for each way its trail tells."""
    steps = [entry.step for entry in decision.trail]
    yield from (ENDS[step] for step in steps if step in ENDS)
    if ENDS.keys().isdisjoint(steps):
        if any(isinstance(action, OptOut) for action in decision.actions):
            yield "opted out"
        elif any(isinstance(action, LiftOptOut) for action in decision.actions):
            yield "opted in again"
        elif decision.actions and all(isinstance(action, FORWARDS) for action in decision.actions):
            yield "handed on: text followed the keyword"


@given(SITUATIONS)
@settings(max_examples=150, deadline=None)
def test_every_text_gets_exactly_one_outcome(situation):
    configuration, asked = situation
    decision = decided(configuration.compiled(), asked)
    (outcome,) = outcomes(decision)
    event(outcome)
    steps = [entry.step for entry in decision.trail]
    is_nobodys = outcome in {"kept for the operator", "not to a number of ours", "nothing to opt out of"}
    assert is_nobodys <= (decision.account_id is None)
    assert (outcome in {"kept for its owner", "a keyword's rule acted", "the number's rule acted"}) <= (decision.account_id is not None)
    assert steps.count(TrailStep.OWNED) + steps.count(TrailStep.REPLY_TO_SOLE_WRITER) <= 1
    assert (decision.flag is Flag.BLOCKED) == (outcome == "the sender is blocked")
    assert (decision.rule_id is not None) == (outcome.endswith("rule acted") or outcome.startswith("handed on"))


@given(SITUATIONS)
@settings(max_examples=80, deadline=None)
def test_there_is_at_most_one_answer_and_the_trail_tells_every_action(situation):
    configuration, asked = situation
    decision = decided(configuration.compiled(), asked)
    replies = [action for action in decision.actions if isinstance(action, SendReply)]
    assert len(replies) <= 1
    assert all(reply.text.strip() for reply in replies)
    steps = [entry.step for entry in decision.trail]
    assert steps.count(TrailStep.REPLY) == len(replies)
    assert steps.count(TrailStep.OPTED_OUT) == sum(isinstance(action, OptOut) for action in decision.actions)
    assert steps.count(TrailStep.FORWARD_URL) == sum(isinstance(action, FORWARDS) for action in decision.actions)
