"""Ages nobody answered, and instant wins as they are shown when they are over."""

from datetime import UTC, datetime, timedelta

import pytest

from recado.apps.accounts.models import Account
from recado.apps.contests.entering import refuse_unanswered
from recado.apps.contests.models import Contest, Entry
from recado.apps.contests.winning import instant_protocol, promised
from recado.apps.dialogues.test_data import erase_test_data
from recado.core.instant_protocol import faults, read
from recado.core.instant_win import hits

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
SEED = bytes(range(32))


@pytest.fixture
def contest(db):
    account = Account.objects.create(name="Shop")
    period = {"opens_at": NOW - timedelta(days=2), "closes_at": NOW}
    return Contest.objects.create(account=account, name="Bike", entry_rule="instant", every=3, instant_seed=SEED.hex(), salt="s", **period)


def entry(contest, key, **fields):
    given = {"msisdn": f"4850{key}", "is_test": False, "message_id": key, "text": "bike", "day": "2026-11-26", "entered_at": NOW, **fields}
    return Entry.objects.create(id=key, account=contest.account, contest=contest, **given)


def test_an_age_nobody_said_in_a_day_does_not_count_and_uses_up_nothing(contest):
    for key, hours in ((1, 24), (2, 23)):
        entry(contest, key, state="pending", ordinal=1, day_ordinal=1, age_asked_at=NOW - timedelta(hours=hours))
    assert refuse_unanswered(NOW) == 1
    assert refuse_unanswered(NOW) == 0
    found = list(Entry.objects.order_by("id").values_list("state", "reason", "ordinal", "day_ordinal"))
    assert found == [("refused", "age_unknown", None, None), ("pending", "", 1, 1)]


def test_instant_wins_are_shown_once_nothing_can_be_won_any_more_and_hold(contest):
    for key in range(1, 9):
        entry(contest, key, sequence=key, is_winner=hits(SEED, key, 3))
    entry(contest, 20, is_test=True, sequence=1, is_winner=True)
    assert instant_protocol(contest, NOW - timedelta(seconds=1)) is None
    found = instant_protocol(contest, NOW)
    assert faults(read(found), promised(contest)) == []
    assert len(found["entries"]) == 8
    entry(contest, 21, state="pending", age_asked_at=NOW)
    assert instant_protocol(contest, NOW) is None


def test_entries_of_simulated_phones_go_with_what_was_tried(contest):
    entry(contest, 1)
    entry(contest, 2, is_test=True)
    erase_test_data(contest.account)
    assert list(Entry.objects.values_list("pk", flat=True)) == [1]
