"""Trips of the loop and money breaker: what is in force, lifting one, and who is told, how often."""

from datetime import UTC, datetime, timedelta

import pytest

from recado.apps.accounts.models import Role
from recado.apps.accounts.services import add_member, create_user
from recado.apps.autoresponders.models import BreakerTrip
from recado.apps.autoresponders.notices import tell_all
from recado.apps.autoresponders.services import AutoresponderContent, add_autoresponder
from recado.apps.autoresponders.trips import get_trip_for, lift, past_trips, source_names, source_of, trips_for, trips_in_force
from recado.apps.keywords.services import reserve_keyword
from recado.apps.notifications.models import Notification

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def closed(alice):
    return add_autoresponder(alice, AutoresponderContent("Closed", "We are closed"))


@pytest.fixture
def people(alice, charlie):
    """Return the owner and the admin of the account; its agent and the stranger are told nothing."""
    members = [(alice, "olga", Role.OWNER), (alice, "adam", Role.ADMIN), (alice, "anna", Role.AGENT), (charlie, "carl", Role.OWNER)]
    users = {}
    for account, name, role in members:
        users[name] = create_user(f"{name}@example.com", "a long password", name=name)
        add_member(account, users[name], role)
    return {users["olga"].pk, users["adam"].pk}


def told():
    return list(Notification.objects.order_by("id").values_list("user_id", "kind", "values"))


def test_a_trip_is_in_force_until_its_end_or_until_somebody_lifts_it(alice, charlie, closed, trip):
    running = trip(alice, NOW, NOW + DAY, autoresponder_id=closed.pk)
    over = trip(alice, NOW - DAY, NOW)
    trip(charlie, NOW, NOW + DAY)
    assert list(trips_in_force(alice, NOW)) == [running]
    assert trips_for(alice, running.msisdn, NOW) == [running]
    assert trips_for(alice, "48700", NOW) == []
    assert past_trips(alice, NOW) == [over]
    assert lift([running], NOW) == 1
    assert lift([running], NOW) == 0
    assert not trips_in_force(alice, NOW).exists()
    assert set(past_trips(alice, NOW)) == {running, over}


def test_a_stranger_finds_no_trip(alice, charlie, trip):
    found = trip(alice, NOW, NOW + DAY)
    assert get_trip_for(alice, found.pk) == found
    with pytest.raises(BreakerTrip.DoesNotExist):
        get_trip_for(charlie, found.pk)


def test_what_the_ceiling_stopped_is_not_lifted(alice, trip):
    found = trip(alice, NOW, NOW + DAY, reason="ceiling")
    assert lift([found], NOW) == 0
    assert trips_in_force(alice, NOW).exists()


def test_what_was_stopped_has_a_name_while_it_is_there(alice, own, closed, trip):
    rule = reserve_keyword(alice, own, "ROSE").rules.get()
    default = alice.rules.create(number=own)
    fields = [{"autoresponder_id": closed.pk}, {"rule_id": rule.pk}, {"rule_id": default.pk}, {"rule_id": 999}, {}]
    trips = [trip(alice, NOW, NOW + DAY, **one) for one in fields]
    names = source_names(alice, trips)
    assert [names.get(source_of(one)) for one in trips] == ["Closed", "ROSE", own.digits, None, None]


def test_owners_and_admins_are_told_once_and_many_trips_within_an_hour_are_one_notice(alice, people, closed, trip):
    trip(alice, NOW, NOW + DAY, autoresponder_id=closed.pk)
    trip(alice, NOW, NOW + DAY, msisdn="48600100201", autoresponder_id=closed.pk)
    tell_all(NOW)
    tell_all(NOW)
    values = {"phone": "48600100200", "name": "Closed", "trip": "too_many"}
    assert {(user, kind) for user, kind, _ in told()} == {(user, "answers.paused") for user in people}
    assert [given for _, _, given in told()] == [values, values]
    for minutes in (30, 55):  # still told by the first notice, whose hour does not begin anew
        trip(alice, NOW, NOW + DAY, msisdn=f"486001002{minutes}", autoresponder_id=closed.pk)
        tell_all(NOW + timedelta(minutes=minutes))
    assert len(told()) == 2
    trip(alice, NOW, NOW + DAY, msisdn="48600100299", autoresponder_id=closed.pk)
    tell_all(NOW + timedelta(minutes=61))
    assert len(told()) == 4
    assert not BreakerTrip.objects.filter(notified_at=None).exists()


def test_each_rule_and_the_ceiling_are_told_apart(alice, people, own, closed, trip):
    rule = reserve_keyword(alice, own, "ROSE").rules.get()
    trip(alice, NOW, NOW + DAY, autoresponder_id=closed.pk)
    trip(alice, NOW, NOW + DAY, rule_id=rule.pk, reason="echo")
    trip(alice, NOW, NOW + DAY, autoresponder_id=closed.pk, reason="ceiling")
    trip(alice, NOW, NOW + DAY, reason="automatic")
    tell_all(NOW)
    said = {(kind, tuple(values.items())) for _, kind, values in told()}
    phone = ("phone", "48600100200")
    assert said == {
        ("answers.paused", (phone, ("name", "Closed"), ("trip", "too_many"))),
        ("answers.paused", (phone, ("name", "ROSE"), ("trip", "echo"))),
        ("answers.ceiling", (("name", "Closed"),)),
        ("answers.paused", (phone, ("name", own.digits), ("trip", "automatic"))),
    }


def test_nobody_is_told_of_the_installations_own_answers_and_a_suspended_account_waits(alice, people, trip):
    trip(None, NOW, NOW + DAY)
    alice.is_suspended = True
    alice.save()
    waiting = trip(alice, NOW, NOW + DAY)
    trip(alice, NOW - DAY, NOW)  # over before anybody was told
    tell_all(NOW)
    assert told() == []
    assert list(BreakerTrip.objects.filter(notified_at=None)) == [waiting]
