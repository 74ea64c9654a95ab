"""The chain of the activity log: it holds by itself, and every change behind its back shows."""

import pytest

from recado.apps.accounts.models import Account
from recado.apps.accounts.services import create_account, create_user
from recado.apps.audit.chain import Broken, broken_chains
from recado.apps.audit.models import AuditEntry, AuditHead
from recado.apps.audit.services import record
from recado.apps.installation.checkup import Severity, activity_log

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    return create_account("Kwiaciarnia Róża")


@pytest.fixture
def entries(account: Account) -> list[AuditEntry]:
    """Three entries of an account, between those of others."""
    anna = create_user("anna@example.com", None, name="Anna Różańska")
    made = []
    for number in range(3):
        record(create_account(f"Klinika {number}"), anna, "company.changed")
        record(None, anna, "link.added", after={"port": 2775})
        made.append(record(account, anna, "keyword.change", "Żółw", number, before={"reply": "ä\n", "n": 1.5}, after={"reply": None}))
    return made


def test_a_log_that_nobody_touched_holds(entries):
    assert list(broken_chains()) == []
    assert {head.chain for head in AuditHead.objects.filter(account=None)} == {0}
    assert AuditHead.objects.get(chain=entries[0].account_id).entry_count == 3


CHANGES = [
    {"actor": "Somebody else"},
    {"action": "keyword.end"},
    {"object_name": "Tulipan"},
    {"object_id": 77},
    {"before": {}},
    {"after": {"reply": "x"}},
    {"is_operator": True},
    {"at": "2026-01-01T00:00:00Z"},
    {"previous_sha256": "0" * 64},
    {"sha256": "0" * 64},
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: next(iter(change)))
def test_every_change_of_an_entry_shows(change, entries):
    AuditEntry.objects.filter(pk=entries[1].pk).update(**change)
    assert list(broken_chains()) == [Broken(entries[1].account_id, entries[1].pk)]


@pytest.mark.parametrize(("taken", "seen"), [(0, 1), (1, 2), (2, None)])
def test_an_entry_taken_out_shows(taken, seen, entries):
    found = entries[seen].pk if seen is not None else None
    AuditEntry.objects.filter(pk=entries[taken].pk).delete()
    assert list(broken_chains()) == [Broken(entries[0].account_id, found)]


def test_an_entry_moved_to_another_account_shows_in_both(entries, account):
    AuditEntry.objects.filter(pk=entries[2].pk).update(account=None)
    assert {broken.chain for broken in broken_chains()} == {0, account.pk}


def test_deleting_a_login_or_a_whole_account_breaks_nothing(entries, account):
    entries[0].user.delete()
    account.delete()
    assert list(broken_chains()) == []


def test_entries_older_than_the_chain_are_let_be(account):
    AuditEntry.objects.create(account=account, actor="Anna", action="keyword.end")
    record(account, None, "keyword.end")
    assert list(broken_chains()) == []


def test_the_checkup_says_how_the_log_is(entries):
    assert (activity_log().severity, activity_log().found) == (Severity.GOOD, "9 entries, unchanged since they were written")
    AuditEntry.objects.filter(pk=entries[2].pk).delete()
    assert activity_log().severity is Severity.BAD
