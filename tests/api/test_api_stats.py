"""The action stats/index: group sends and single texts in one list."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from recado.apps.campaigns.models import Campaign
from recado.apps.ids import first_id_at
from recado.apps.outbox.models import OutboundMessage

NOON = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
NOVEMBER = {"begin": "2026-11-01", "end": "2026-11-30"}


def campaign(account, minutes: int = 0, **fields: object) -> Campaign:
    at = NOON + timedelta(minutes=minutes)
    return Campaign.objects.create(
        **({"account": account, "name": "Spring", "text": "Tulips!", "state": "sent", "started_at": at} | fields)
    )


def text(account, minutes: float = 0, **fields: object) -> OutboundMessage:
    at = NOON + timedelta(minutes=minutes)
    given = {"id": first_id_at(at), "account": account, "recipient": "48500600700", "text": "Hello", "origin": "api", "created_at": at}
    return OutboundMessage.objects.create(**(given | fields))


def ids(answer):
    return [row["id"] for row in answer["items"]]


def test_a_group_send_is_shown_with_what_came_of_its_messages(call, account, stranger):
    sent = campaign(account, kind="full", finished_at=NOON + timedelta(hours=1))
    states = ["delivered", "delivered", "queued", "sent", "uncertain", "undelivered", "unsent"]
    for place, state in enumerate(states):
        text(account, place, origin="campaign", campaign_id=sent.pk, state=state)
    assert call("stats/index", **NOVEMBER) == {"paging": {"page": 1, "count": 1}, "items": [{
        "id": sent.pk, "name": "Spring", "delivered": 2, "pending": 3, "undelivered": 1, "unsent": 1,
        "begin": "2026-11-20 12:00:00", "end": "2026-11-20 13:00:00", "text": "Tulips!", "type": "full",
    }]}  # fmt: skip


def test_a_single_text_is_shown_without_a_name(call, account):
    message = text(account, state="delivered", kind="eco")
    assert call("stats/index", **NOVEMBER)["items"] == [{
        "id": message.pk, "name": "", "delivered": 1, "pending": 0, "undelivered": 0, "unsent": 0,
        "begin": "2026-11-20 12:00:00", "end": "", "text": "Hello", "type": "eco",
    }]  # fmt: skip


def test_both_come_in_one_order_page_by_page(call, account, django_assert_num_queries):
    expected = []
    for minute in range(0, 10, 2):
        expected += [campaign(account, minute).pk, text(account, minute + 1).pk]
    expected.reverse()
    assert ids(call("stats/index", **NOVEMBER)) == expected
    with django_assert_num_queries(8):  # login, two counts, two lists, both kinds of rows, states
        pages = call("stats/index", limit=4, page=2, **NOVEMBER)
    assert (ids(pages), pages["paging"]) == (expected[4:8], {"page": 2, "count": 3})
    assert ids(call("stats/index", limit=4, page=9, **NOVEMBER)) == []


def test_what_nobody_sent_is_left_out(call, account):
    campaign(account, is_test=True)
    campaign(account, state="draft", started_at=None)
    text(account, 1, origin="rule")
    text(account, 2, origin="forward")
    text(account, 3, is_test=True)
    assert ids(call("stats/index", **NOVEMBER)) == []


def test_sendings_are_asked_for_by_type_and_time(call, account):
    eco, full = campaign(account, 0, kind="eco").pk, text(account, 1, kind="full").pk
    december = text(account, 60 * 24 * 15, kind="full").pk
    assert ids(call("stats/index", type="eco", **NOVEMBER)) == [eco]
    assert ids(call("stats/index", type="FULL", **NOVEMBER)) == [full]
    assert ids(call("stats/index", begin="2026-12-01", end="2026-12-31")) == [december]
    assert ids(call("stats/index", begin="2026-11-20 12:01:00", end="2026-11-20")) == [full]
    assert ids(call("stats/index", type="voice")) == ids(call("stats/index", type="nonsense")) == []


def test_without_a_beginning_the_last_month_is_shown(call, account, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOON + timedelta(days=31))
    text(account, -1)
    lately = text(account, 1).pk
    assert ids(call("stats/index")) == [lately]
    assert ids(call("stats/index", end="0001-01-02")) == []


@pytest.mark.parametrize(("params", "code"), [({"begin": "soon"}, 1006), ({"limit": 1001}, 3331)])
def test_misuse_is_answered_with_the_code_of_the_table(call, params, code):
    assert call("stats/index", **params)["error"]["code"] == code
