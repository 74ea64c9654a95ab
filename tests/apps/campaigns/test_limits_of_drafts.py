"""What a draft may ask for, whoever writes it."""

from datetime import UTC, datetime, timedelta

import pytest

from recado.apps.campaigns.errors import CampaignError, CampaignRefusal
from recado.apps.campaigns.limits import LONGEST_AHEAD, check_moment

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("ahead", "reason"),
    [
        (-SECOND, CampaignRefusal.IN_THE_PAST),
        (timedelta(), CampaignRefusal.IN_THE_PAST),
        (SECOND, None),
        (LONGEST_AHEAD, None),
        (LONGEST_AHEAD + SECOND, CampaignRefusal.TOO_FAR_AHEAD),
    ],
)
def test_a_draft_begins_later_but_within_a_year(ahead, reason):
    if reason is None:
        check_moment(NOW + ahead, NOW)
        return
    with pytest.raises(CampaignError) as refused:
        check_moment(NOW + ahead, NOW)
    assert refused.value.reason is reason
