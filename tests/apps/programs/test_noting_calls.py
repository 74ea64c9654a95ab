"""Calls wait in memory, bounded, and are written together; old ones and too many of one account are forgotten."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from recado.apps.accounts.models import ApiUser
from recado.apps.accounts.services import create_account, create_api_user
from recado.apps.programs import calls as noting
from recado.apps.programs import forgetting
from recado.apps.programs.calls import CallLog, MadeCall, cut
from recado.apps.programs.models import ApiCall
from recado.apps.programs.queries import WantedCalls, calls_of, get_call_for
from recado.server.call_log import CallWriting

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def api_user():
    return create_api_user(create_account("Kwiaciarnia Róża"), "shop", "secret")


@pytest.fixture
def call(api_user):
    return MadeCall(api_user.account_id, api_user.pk, "shop", "compat", "groups/index", 200, 5, "127.0.0.1", "POST /x", "{}", NOW)


def stored(call, **fields):
    log = CallLog()
    log.note(replace(call, **fields))
    log.flush()
    return ApiCall.objects.latest("pk")


def test_calls_wait_until_they_are_written(call):
    log = CallLog()
    log.note(call)
    log.note(replace(call, error_code="1004"))
    assert not ApiCall.objects.exists()
    assert (log.flush(), log.flush()) == (2, 0)
    assert list(ApiCall.objects.order_by("pk").values_list("error_code", flat=True)) == ["", "1004"]


def test_what_waits_is_bounded(call, monkeypatch):
    monkeypatch.setattr(noting, "MOST_WAITING", 3)
    log = CallLog()
    for _ in range(5):
        log.note(call)
    assert log.flush() == 3
    log.note(call)
    assert log.flush() == 1


def test_many_at_once_ask_to_be_written(call, monkeypatch):
    monkeypatch.setattr(noting, "AT_ONCE", 2)
    log = CallLog()
    log.note(call)
    assert not log.wanted.is_set()
    log.note(call)
    assert log.wanted.is_set()
    assert log.flush() == 2
    assert not log.wanted.is_set()


def test_a_login_removed_meanwhile_leaves_its_name(call):
    ApiUser.objects.all().delete()
    row = stored(call)
    assert (row.api_user, row.username) == (None, "shop")


def test_long_bodies_are_cut_after_their_secrets_are_out():
    assert cut("ab") == "ab"
    assert len(cut("x" * 100_000)) == noting.KEPT_CHARACTERS + 1
    assert "Xk7" not in cut('{"password":"' + "Xk7" * 100_000)


def test_old_calls_are_forgotten(call):
    young = stored(call, at=NOW - timedelta(days=29))
    stored(call, at=NOW - timedelta(days=31))
    assert forgetting.forget_calls(NOW) == 1
    assert ApiCall.objects.get() == young


def test_of_a_busy_account_the_newest_stay(call, monkeypatch):
    monkeypatch.setattr(forgetting, "MOST_OF_ACCOUNT", 3)
    other = create_api_user(create_account("Klinika"), "other", "secret")
    rows = [stored(call).pk for _ in range(5)]
    stored(replace(call, account_id=other.account_id, api_user_id=other.pk))
    assert forgetting.forget_calls(NOW) == 2
    assert list(ApiCall.objects.filter(account_id=call.account_id).order_by("pk").values_list("pk", flat=True)) == rows[2:]
    assert ApiCall.objects.count() == 4


def test_calls_are_narrowed(call, api_user):
    good, bad = stored(call), stored(call, error_code="1004", action="contacts/view", at=NOW + timedelta(days=1))
    wanted = {
        WantedCalls(): [bad, good],
        WantedCalls(only_errors=True): [bad],
        WantedCalls(error_code="1004"): [bad],
        WantedCalls(action="GROUPS"): [good],
        WantedCalls(api_user_id=api_user.pk + 1): [],
        WantedCalls(since=NOW + timedelta(hours=1)): [bad],
        WantedCalls(until=NOW + timedelta(hours=1)): [good],
    }
    assert {one: list(calls_of(api_user.account, one)) for one in wanted} == wanted
    assert list(calls_of(create_account("Klinika"), WantedCalls())) == []


def test_a_call_is_found_in_its_account_alone(call, api_user):
    row = stored(call)
    assert get_call_for(api_user.account, row.pk) == row
    with pytest.raises(ApiCall.DoesNotExist):
        get_call_for(create_account("Klinika"), row.pk)


def test_what_waits_when_the_thread_stops_is_written_by_it():
    class Counting(CallLog):
        def __init__(self):
            super().__init__()
            self.flushes = 0

        def flush(self):
            self.flushes += 1
            if self.flushes == 1:
                raise RuntimeError("the first always fails")
            return 0

    log = Counting()
    writing = CallWriting(log, pause=60)
    writing.start()
    log.wanted.set()
    writing.stop()
    assert log.flushes >= 1
