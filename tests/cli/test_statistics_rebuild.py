"""Statistics are counted anew by a command, of one account or of all."""

from datetime import UTC, datetime

from recado.apps.accounts.models import Account
from recado.apps.ids import first_id_at
from recado.apps.inbox.models import Message
from recado.apps.statistics.models import Book, DayTally


def test_statistics_are_counted_anew(recado):
    for name in ("Alice", "Bob"):
        account = Account.objects.create(name=name)
        at = datetime(2026, 5, 1, 12, tzinfo=UTC)
        pk = first_id_at(at) + account.pk
        Message.objects.create(pk=pk, account=account, sender="48501000001", recipient="1", text="x", received_at=at)
    assert recado(f"statistics rebuild --account {account.pk}").output == f"Account {account.pk} “Bob”: counted anew.\n"
    assert [book.account_id for book in Book.objects.all()] == [account.pk]
    DayTally.objects.update(received=7)
    assert recado("statistics rebuild").output.count("counted anew") == 2
    assert set(DayTally.objects.values_list("received", flat=True)) == {1}


def test_an_account_that_is_not_there_is_told(recado):
    assert recado("statistics rebuild --account 99").exit_code == 2
