"""Pages of unread messages are those that plain counting would give, whichever way they are found; on SQLite and PostgreSQL."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from recado.apps.accounts.services import create_account
from recado.apps.inbox import unread
from recado.apps.inbox.models import Message
from recado.apps.inbox.queries import Wanted
from recado.apps.inbox.unread import unread_page
from recado.apps.numbers.models import Number
from recado.core.number import NumberKind

pytestmark = pytest.mark.usefixtures("orm")
LONG, SHORT, OWN, ECO = NumberKind.SHARED_LONG, NumberKind.SHARED_SHORT, NumberKind.INDIVIDUAL_LONG, NumberKind.ECO


@pytest.fixture
def stored(orm, receive_as):
    """Messages on four numbers, several at the same moment, one of them fetched, and those of a stranger."""
    account, stranger = create_account("Kwiaciarnia Róża"), create_account("Klinika Zdrowie")
    kinds = {"48503340503": LONG, "4301": SHORT, "48664200300": OWN, "48664200301": OWN}
    numbers = [Number.objects.create(digits=digits, kind=kind.value) for digits, kind in kinds.items()]
    receive, strangers = receive_as(account), receive_as(stranger)
    for place in range(24):
        message = receive(numbers[place * 7 % 4], sender=f"4850060070{place % 3}")
        Message.objects.filter(pk=message.pk).update(
            received_at=message.received_at.replace(minute=0) + timedelta(seconds=place // 3), is_read_by_api=place == 5
        )
    strangers(numbers[0])
    return account


def counted_by_hand(account, wanted):
    found = Message.objects.filter(account=account, is_read_by_api=False).select_related("number")
    rows = [
        (one.received_at, one.pk)
        for one in found
        if (wanted.kinds is None or one.number.kind in {kind.value for kind in wanted.kinds})
        and wanted.recipient in {None, one.number.digits}
        and (wanted.senders is None or one.sender in wanted.senders)
        and (wanted.since is None or one.received_at >= wanted.since)
    ]
    return [pk for _at, pk in sorted(rows, reverse=wanted.newest_first)]


WANTED = [
    Wanted(),
    Wanted(kinds=(LONG, SHORT)),
    Wanted(kinds=(OWN,)),
    Wanted(kinds=(LONG,)),
    Wanted(kinds=(ECO,)),
    Wanted(kinds=()),
    Wanted(kinds=(LONG, SHORT, OWN)),
    Wanted(recipient="48664200301"),
    Wanted(kinds=(LONG,), recipient="48664200301"),
    Wanted(senders=("48500600701",)),
    Wanted(kinds=(OWN,), senders=("48500600700", "48500600702")),
]


@pytest.mark.parametrize(("far", "ties", "ahead"), [(1_000, 200, 10_000), (0, 200, 2), (3, 3, 10_000), (3, 1, 2)])
def test_a_page_is_what_counting_would_give(stored, far, ties, ahead, monkeypatch):
    monkeypatch.setattr(unread, "FAR", far)
    monkeypatch.setattr(unread, "TIES", ties)
    monkeypatch.setattr(unread, "COUNT_AHEAD", ahead)
    for wanted, newest_first, start in product(WANTED, (False, True), (0, 2, 7, 40)):
        asked = replace(wanted, newest_first=newest_first)
        expected = counted_by_hand(stored, asked)
        page = unread_page(stored, asked, start, 4)
        assert [message.pk for message in page.messages] == expected[start : start + 4], (asked, start)
        assert page.counted == min(len(expected), start + 4 + ahead), (asked, start)


def test_a_message_without_a_number_is_of_no_type(stored):
    Message.objects.filter(pk=Message.objects.filter(account=stored).earliest("pk").pk).update(number=None)
    everything = unread_page(stored, Wanted(), 0, 100).counted
    assert unread_page(stored, Wanted(kinds=(LONG, SHORT, OWN)), 0, 100).counted == everything - 1
