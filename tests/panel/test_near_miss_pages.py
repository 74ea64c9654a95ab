"""Near misses on pages: seen, added with one press, put aside, and nothing of anybody's message on a shared number."""

import re

import pytest
from django.utils import timezone

from panel.conversations import dialogue, number
from recado.apps.ids import next_id
from recado.apps.inbox.models import Message
from recado.apps.keywords.models import Keyword
from recado.apps.keywords.near_misses import near_misses_of
from recado.apps.keywords.queries import synonyms_of
from recado.apps.keywords.services import reserve_keyword
from recado.apps.numbers.services import add_number
from recado.core.number import NumberKind


def typed(on, text, account=None):
    return Message.objects.create(
        id=next_id(), account=account, number=on, sender="48604218377", recipient=on.digits, text=text, received_at=timezone.now()
    )


@pytest.fixture
def keyword(account):
    return reserve_keyword(account, number(account), "OGRODNIK")


def test_a_near_miss_is_shown_and_becomes_a_spelling_with_one_press(alice_client, account, keyword):
    typed(keyword.number, "ogrodnk proszę", account)
    typed(keyword.number, "Ogrodnk", account)
    for address in ("/keywords/near-misses/", f"/keywords/{keyword.pk}/"):
        page = alice_client.get(address).content.decode()
        assert "OGRODNK" in page
        assert "Add OGRODNK as another spelling of OGRODNIK" in page
    answer = alice_client.post(f"/keywords/{keyword.pk}/near-misses/add/", {"spelling": "ogrodnk"}, follow=True)
    assert "OGRODNK counts as OGRODNIK from now on." in answer.content.decode()
    assert [one.word for one in synonyms_of(keyword)] == ["OGRODNK"]
    assert not near_misses_of(account, timezone.now())


def test_ignoring_is_taken_back(alice_client, account, keyword):
    typed(keyword.number, "ogrodnk", account)
    address = f"/keywords/{keyword.pk}/near-misses/ignore/"
    page = alice_client.post(address, {"spelling": "ogrodnk"}, follow=True).content.decode()
    assert "OGRODNK is not shown any more." in page
    assert not near_misses_of(account, timezone.now())
    alice_client.post(address, dict(re.findall(r'type="hidden" name="(spelling|again)" value="([^"]*)"', page)))
    assert [row.spelling for row in near_misses_of(account, timezone.now())] == ["ogrodnk"]


def test_what_is_not_near_is_not_added(alice_client, account, keyword):
    alice_client.post(f"/keywords/{keyword.pk}/near-misses/add/", {"spelling": "tulipan"})
    assert Keyword.objects.count() == 1


def test_on_a_shared_number_the_owner_sees_the_word_and_nothing_else(alice_client, charlie_client, account):
    shared = add_number("48503340503", NumberKind.SHARED_LONG)
    reserve_keyword(account, shared, "OGRODNIK")
    typed(shared, "ogrodnk Kwiatowa 5")
    page = alice_client.get("/keywords/near-misses/").content.decode()
    assert "OGRODNK" in page
    assert "Kwiatowa" not in page
    assert "604" not in page
    assert "OGRODNK" not in charlie_client.get("/keywords/near-misses/").content.decode()


def test_a_conversation_is_left_as_it_is(alice_client, account, keyword):
    conversation = dialogue(account)
    typed(keyword.number, "ogrodnk", account)
    alice_client.get("/keywords/near-misses/")
    conversation.refresh_from_db()
    assert conversation.unread_count == 0
