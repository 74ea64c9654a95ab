"""Which report counts, and what segments mean for a message."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.fate import CORRECTED_BY, ON_ITS_WAY, Fate, of_message
from recado.core.receipt import OutboundState, UndeliveredReason

SENT, DELIVERED, UNDELIVERED = OutboundState.SENT, OutboundState.DELIVERED, OutboundState.UNDELIVERED
ARRIVED = Fate(DELIVERED)
VAGUE = Fate(UNDELIVERED, "other_error", "0D3")
PRECISE = Fate(UNDELIVERED, "wrong_number", "001")
QUEUED, UNCERTAIN = Fate(OutboundState.QUEUED), Fate(OutboundState.UNCERTAIN)
UNSENT = Fate(OutboundState.UNSENT, "cancelled")


def test_every_state_says_what_may_still_correct_it():
    assert set(CORRECTED_BY) == set(OutboundState)
    assert not CORRECTED_BY[DELIVERED]
    assert not CORRECTED_BY[OutboundState.UNSENT]


@pytest.mark.parametrize(
    ("report", "earlier", "counts"),
    [
        (ARRIVED, ON_ITS_WAY, True),
        (ARRIVED, VAGUE, True),
        (ARRIVED, ARRIVED, False),
        (VAGUE, ARRIVED, False),
        (VAGUE, VAGUE, False),
        (PRECISE, VAGUE, True),
        (VAGUE, PRECISE, False),
        (ON_ITS_WAY, VAGUE, False),
        (ON_ITS_WAY, ARRIVED, False),
        (VAGUE, UNCERTAIN, True),
    ],
)
def test_a_report_counts_by_what_it_says(report, earlier, counts):
    assert report.counts_after(earlier) is counts


@pytest.mark.parametrize(
    ("now", "expected", "segments", "is_corrected", "becomes"),
    [
        (ON_ITS_WAY, 1, [ARRIVED], False, ARRIVED),
        (QUEUED, 1, [ARRIVED], False, ARRIVED),
        (UNCERTAIN, 1, [ARRIVED], False, ARRIVED),
        (UNCERTAIN, 2, [ARRIVED], False, None),
        (ON_ITS_WAY, 2, [ARRIVED, ON_ITS_WAY], False, None),
        (ON_ITS_WAY, 2, [VAGUE, PRECISE], False, PRECISE),
        (ON_ITS_WAY, 2, [ARRIVED, VAGUE], False, VAGUE),
        (VAGUE, 2, [PRECISE, ON_ITS_WAY], False, PRECISE),
        (VAGUE, 1, [ARRIVED], True, ARRIVED),
        (VAGUE, 1, [ARRIVED], False, None),
        (VAGUE, 2, [ARRIVED, ON_ITS_WAY], True, ON_ITS_WAY),
        (VAGUE, 2, [PRECISE], False, None),
        (ARRIVED, 1, [VAGUE], False, None),
        (UNSENT, 1, [ARRIVED], True, None),
    ],
)
def test_a_message_follows_its_segments(now, expected, segments, is_corrected, becomes):
    assert of_message(now, expected, segments, is_corrected=is_corrected) == becomes


FATES = st.one_of(
    st.just(ON_ITS_WAY),
    st.just(ARRIVED),
    st.builds(Fate, st.just(UNDELIVERED), st.sampled_from(UndeliveredReason), st.text("0B1", max_size=2)),
)


@given(st.lists(FATES, max_size=4))
def test_the_order_of_reports_does_not_matter(reports):
    def last(order):
        fate = ON_ITS_WAY
        for report in order:
            fate = report if report.counts_after(fate) else fate
        return fate

    assert len({last(order) for order in permutations(reports)}) <= 1
