"""An automatic reply that the account's credit does not reach for is not sent."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from core.test_answer import ANNA, asked, replies, routes
from core.test_breaker import ACCOUNT, CONFIRMATION, MESSAGE, RESPONDER, RULE, refused
from recado.core.action import AddToGroup
from recado.core.breaker import Past
from recado.core.trail import SkipReason, TrailStep


def test_a_reply_is_sent_for_exactly_what_is_left():
    for candidate in (RULE, RESPONDER, CONFIRMATION):
        assert refused(Past(credit={ACCOUNT: 9}), candidate) is None
        assert refused(Past(credit={ACCOUNT: 8}), candidate) is SkipReason.NO_CREDIT
        assert refused(Past(credit={ACCOUNT + 1: 0}), candidate) is None


def test_a_test_needs_no_credit():
    assert refused(Past(credit={ACCOUNT: -5}), RULE, replace(MESSAGE, is_test=True)) is None


def test_all_else_of_the_message_is_done_and_the_trail_says_why_there_is_no_reply():
    decision = asked(routes(), "gardener", past=Past(credit={ANNA: 0}))
    assert [type(one) for one in decision.actions] == [AddToGroup]
    assert (decision.trail[-1].step, decision.trail[-1].values["reason"]) == (TrailStep.ACTION_NOT_TAKEN, SkipReason.NO_CREDIT.value)
    assert decision.lacks_credit
    assert replies(asked(routes(), "gardener", past=Past(credit={ANNA: 9}))) != []


@given(left=st.integers(-1000, 1000), segments=st.integers(1, 10))
def test_no_reply_costs_more_than_what_is_left(left: int, segments: int):
    past = Past(credit={ACCOUNT: left}, count_segments=lambda _text: segments)
    assert (refused(past) is None) == (9 * segments <= left)
