"""The activity log: what is kept of a change, and how it is searched."""

from datetime import UTC, datetime, timedelta

import pytest

from recado.apps.accounts.services import create_account, create_user
from recado.apps.audit.models import AuditEntry
from recado.apps.audit.queries import LogSearch, entries_of, page_of
from recado.apps.audit.services import record

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.fixture
def account():
    return create_account("Kwiaciarnia Róża")


@pytest.fixture
def anna():
    return create_user("anna@example.com", None, name="Anna")


def test_only_what_differs_is_kept(account, anna):
    entry = record(account, anna, "number.changed", "503340503", 7, before={"label": "a", "x": 1}, after={"label": "b", "x": 1})
    assert (entry.before, entry.after, entry.actor) == ({"label": "a"}, {"label": "b"}, "Anna")


def test_the_name_stays_when_the_login_goes(account, anna):
    record(account, anna, "number.changed")
    anna.delete()
    entry = AuditEntry.objects.get()
    assert (entry.user, entry.actor) == (None, "Anna")


@pytest.fixture
def log(account, anna):
    """One entry of each kind, an hour apart, the oldest first; and one of somebody else's account."""
    record(create_account("Klinika"), anna, "keyword.end", "OTHER")
    entries = [
        record(account, anna, "keyword.end", "A"),
        record(account, None, "keywordish.end", "B"),
        record(account, create_user("bob@example.com", None), "member.removed", "C", is_operator=True),
    ]
    for hour, entry in enumerate(entries):
        AuditEntry.objects.filter(pk=entry.pk).update(at=NOON + timedelta(hours=hour))
    return entries


SEARCHES = [
    (LogSearch(), "CBA"),
    (LogSearch(kind="keyword"), "A"),
    (LogSearch(kind="nothing"), ""),
    (LogSearch(only_operators=True), "C"),
    (LogSearch(since=NOON + timedelta(hours=1)), "CB"),
    (LogSearch(until=NOON + timedelta(hours=1)), "A"),
    (LogSearch(since=NOON + timedelta(hours=1), until=NOON + timedelta(hours=2)), "B"),
]


@pytest.mark.parametrize(("search", "names"), SEARCHES)
def test_the_log_is_searched(search, names, account, log):
    assert "".join(entry.object_name for entry in entries_of(account, search)) == names


def test_the_log_is_searched_by_person(account, anna, log):
    assert [entry.object_name for entry in entries_of(account, LogSearch(user_id=anna.pk))] == ["A"]


def test_pages_follow_each_other_without_gaps(account, log):
    for number in range(4):
        record(account, None, "keyword.end", str(number))
    seen, before = "", None
    while True:
        page, before = page_of(entries_of(account, LogSearch()), 3, before_id=before)
        seen += "".join(entry.object_name for entry in page)
        if before is None:
            break
    assert seen == "3210CBA"
