"""messages/recived and its alias messages/received."""

from datetime import UTC, datetime

import pytest

from recado.apps.contacts.services import add_contact
from recado.apps.inbox.models import Message
from recado.apps.numbers.models import Number


def ids(answer):
    return [row["id"] for row in answer["items"]]


@pytest.mark.parametrize("action", ["messages/recived", "messages/received"])
def test_a_row_has_the_fields_of_the_contract_under_both_spellings(call, receive, shared_long, action):
    message = receive(shared_long, "Zażółć", at=datetime(2026, 7, 1, 10, 30, 5, 999, tzinfo=UTC), is_test=True)
    assert call(action) == {
        "paging": {"page": 1, "count": 1},
        "items": [
            {
                "id": message.pk,
                "type": "nd",
                "phone": "+48500600700",
                "recived": "2026-07-01 12:30:05",
                "received": "2026-07-01 12:30:05",
                "blacklist": False,
                "text": "Zażółć",
            }
        ],
    }


def test_messages_on_individual_numbers_say_where_they_arrived(call, receive, individual):
    receive(individual, sender="4301")
    row = call("messages/recived")["items"][0]
    assert (row["type"], row["to_number"], row["phone"]) == ("ndi", "+48664200300", "4301")


def test_answers_on_pool_numbers_name_the_message_they_answer(call, receive):
    eco = Number.objects.create(digits="48664200999", kind="eco")
    answered, other = receive(eco), receive(eco)
    Message.objects.filter(pk=answered.pk).update(answers_id=0xEBA39E4FE1)
    rows = {row["id"]: row for row in call("messages/recived", type="eco")["items"]}
    assert (rows[answered.pk]["type"], rows[answered.pk]["message_id"]) == ("eco", "eba39e4fe1")
    assert rows[other.pk]["message_id"] == ""


def test_the_type_narrows_and_an_unknown_one_gives_nothing(call, receive, account, shared_long, short_code, individual):
    eco = Number.objects.create(digits="48664200999", kind="eco")
    code = Number.objects.create(digits="7301", kind="individual_short", account=account)
    nd, sc, ndi, sci, reply = (receive(each).pk for each in (shared_long, short_code, individual, code, eco))
    expected = {
        "nd": [nd, sc],
        "ndi": [ndi, sci],
        "eco": [reply],
        "pre": [],
        "mms": [],
        "2way": [],
        "full": [],
        "": [nd, sc, ndi, sci, reply],
    }
    assert {type_: ids(call("messages/recived", type=type_)) for type_ in expected} == expected
    assert len(ids(call("messages/recived", type=None))) == 5


def test_the_sender_narrows_one_or_several_in_any_spelling(call, receive, shared_long, individual):
    first, second, code = receive(shared_long), receive(individual, sender="48500600701"), receive(shared_long, sender="MyBank")
    assert ids(call("messages/recived", phone="500600700")) == [first.pk]
    assert ids(call("messages/recived", phone=["+48500600700", "+48 500 600 701"])) == [first.pk, second.pk]
    assert ids(call("messages/recived", phone="500600700,500600701")) == [first.pk, second.pk]
    assert ids(call("messages/recived", phone="MyBank")) == [code.pk]
    assert ids(call("messages/recived", phone="500600709")) == []


def test_an_individual_number_narrows(call, receive, account, individual):
    other = Number.objects.create(digits="48664200301", kind="individual_long", account=account)
    receive(other)
    wanted = receive(individual)
    assert ids(call("messages/recived", ndi="+48664200300")) == [wanted.pk]
    assert ids(call("messages/recived", type="ndi", ndi="664200399")) == []


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"date_from": "2026-11-21 00:00:00"}, "BC"),
        ({"date_from": "2026-11-21"}, "BC"),
        ({"date_to": "2026-11-20 23:59:59"}, "A"),
        ({"date_to": "2026-11-20"}, "A"),
        ({"date_from": "2026-11-21", "date_to": "2026-11-21"}, "B"),
        ({"date_from": "2026-11-21 00:00:01", "date_to": "2026-11-21 23:59"}, ""),
        ({"date_from": None, "date_to": ""}, "ABC"),
    ],
)
def test_dates_are_warsaw_time_and_a_bare_date_is_the_whole_day(call, receive, shared_long, params, expected):
    for text, at in {"A": "2026-11-20 22:59:59", "B": "2026-11-20 23:00:00", "C": "2026-11-22 12:00:00"}.items():
        receive(shared_long, text, at=datetime.fromisoformat(at).replace(tzinfo=UTC))
    assert "".join(row["text"] for row in call("messages/recived", **params)["items"]) == expected


def test_read_marks_what_is_returned_and_it_never_comes_again(call, receive, shared_long):
    first, second, third = (receive(shared_long).pk for _ in range(3))
    assert ids(call("messages/recived", read=False)) == [first, second, third]
    assert ids(call("messages/recived", read="1", limit=2)) == [first, second]
    assert ids(call("messages/recived")) == [third]
    assert ids(call("messages/recived", read=True)) == [third]
    assert call("messages/recived", read=True) == {"paging": {"page": 1, "count": 1}, "items": []}
    assert Message.objects.filter(is_read_by_api=True).count() == 3


def test_show_contact_adds_who_it_is_where_known(call, receive, account, shared_long):
    contact = add_contact(account, "48500600700", {"first_name": "Ada", "email": "ada@example.com"})
    receive(shared_long)
    receive(shared_long, sender="48500600799")
    known, unknown = call("messages/recived", show_contact="true")["items"]
    assert (known["contact"]["id"], known["contact"]["first_name"], known["contact"]["phone"]) == (contact.pk, "Ada", "+48500600700")
    assert set(known["contact"]) >= {"last_name", "company", "email", "tax_id", "city", "address", "description"}
    assert "contact" not in unknown
    assert "contact" not in call("messages/recived")["items"][0]


def test_pages_and_order(call, receive, shared_long):
    stored = [receive(shared_long).pk for _ in range(5)]
    second = call("messages/recived", page=2, limit=2)
    assert (second["paging"], ids(second)) == ({"page": 2, "count": 3}, stored[2:4])
    assert ids(call("messages/recived", page="0", limit="2")) == stored[:2]
    assert ids(call("messages/recived", order="desc")) == stored[::-1]
    assert ids(call("messages/recived", page=10**15)) == []


def test_the_same_queries_for_two_messages_as_for_fifty(call, receive, account, shared_long, django_assert_num_queries):
    for digit in range(50):
        receive(shared_long, sender=f"485006007{digit:02}")
        add_contact(account, f"485006007{digit:02}")
    for limit in (2, 50):
        with django_assert_num_queries(7):  # login, count, page, numbers, contacts, blacklist
            assert len(ids(call("messages/recived", limit=limit, show_contact=True))) == limit


def test_counting_pages_stops_some_way_ahead(call, receive, shared_long, monkeypatch):
    monkeypatch.setattr("recado.apps.inbox.unread.COUNT_AHEAD", 3)
    for _ in range(10):
        receive(shared_long)
    assert call("messages/recived", limit=2)["paging"] == {"page": 1, "count": 3}
    assert call("messages/recived", limit=2, page=3)["paging"] == {"page": 3, "count": 5}


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"limit": 1001}, 3331),
        ({"limit": "x"}, 1006),
        ({"page": [1]}, 1006),
        ({"date_from": "yesterday"}, 1006),
        ({"date_from": "0001-01-01"}, 1006),
        ({"phone": "+1"}, 2001),
        ({"ndi": "x"}, 2001),
        ({"read": "maybe"}, 1006),
    ],
)
def test_misuse_is_answered_with_the_code_of_the_table(call, params, code):
    assert call("messages/recived", **params)["error"]["code"] == code
