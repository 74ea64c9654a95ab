"""The tester alone, examples kept from it, and what is asked before rules change."""

import re
from urllib.parse import quote

import pytest
from django.utils import timezone

from panel.conversations import dialogue, received
from recado.apps.audit.models import AuditEntry
from recado.apps.contacts.models import Group
from recado.apps.inbox.models import Message
from recado.apps.keywords.examples import expected_of
from recado.apps.keywords.models import Keyword, Rule, RuleExample
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import reserve_keyword
from recado.apps.numbers.services import add_number
from recado.apps.outbox.models import Destination
from recado.core.action import ACTION_NAMES
from recado.core.draft import NEW
from recado.core.number import NumberKind
from recado.panel.outcome_words import DEEDS


@pytest.fixture
def own(account):
    return add_number("48664200300", NumberKind.INDIVIDUAL_LONG, account=account)


@pytest.fixture
def shared(db):
    return add_number("48503340503", NumberKind.SHARED_LONG)


@pytest.fixture
def news(account):
    return Group.objects.create(account=account, name="Garden news")


@pytest.fixture
def rose(account, own, news):
    return reserve_keyword(account, own, "ROSE", RuleContent((news,), "Thank you"))


@pytest.fixture
def example(alice_client, rose):
    alice_client.post(keeping(rose.number), {"text": "rose", "from": "604218377", "note": "the poster"})
    return RuleExample.objects.get()


def keeping(number) -> str:
    return f"/tester/{number.pk}/examples/"


def mark(response) -> str:
    return re.search(r'name="anyway" value="(\w+)"', response.content.decode())[1]


def test_a_text_is_tried_on_any_number_with_its_cost(alice_client, rose, shared):
    page = alice_client.get("/tester/", {"number": rose.number_id, "text": "Rose"}).content.decode()
    assert "Keyword <b>ROSE</b> matched" in page
    assert "Nothing was sent." in page
    assert "It costs 1 SMS, for the reply." in page
    assert "It costs nothing." in alice_client.get("/tester/answer/", {"number": shared.pk, "text": "Rose"}).content.decode()
    assert not Message.objects.exists()


@pytest.mark.parametrize(("who", "says"), [("new", "Added to group"), ("member", "Already in group")])
def test_a_member_is_in_the_groups_that_are_chosen(alice_client, rose, news, who, says):
    asked = {"number": rose.number_id, "text": "rose", "who": who, "group": [news.pk, 999, "x"]}
    assert says in alice_client.get("/tester/answer/", asked).content.decode()


def test_numbers_of_others_cannot_be_tried(alice_client, charlie):
    foreign = add_number("48664200301", NumberKind.INDIVIDUAL_LONG, account=charlie.memberships.get().account)
    for path in ("/tester/", "/tester/answer/"):
        assert alice_client.get(path, {"number": foreign.pk, "text": "x"}).status_code == 404
    assert alice_client.post(keeping(foreign), {"text": "x"}).status_code == 404


def test_without_a_number_the_tester_says_what_is_missing(alice_client):
    assert "No number yet" in alice_client.get("/tester/").content.decode()
    assert alice_client.get("/tester/answer/").status_code == 200


def test_a_test_is_kept_with_what_happens_now(alice_client, example, rose):
    assert (example.text, example.phone, example.sender, example.note) == ("rose", "48604218377", "phone", "the poster")
    assert expected_of(example).keyword_id == rose.pk
    page = alice_client.get("/tester/").content.decode()
    assert "As expected" in page
    assert "joins the group Garden news" in page
    assert AuditEntry.objects.get(action="example.add").object_name == "rose"


def test_keeping_leads_back_to_the_keyword_and_keeps_the_question(alice_client, rose, news):
    asked = {"keyword": rose.pk, "text": "rose", "who": "member", "group": news.pk, "when": "saturday"}
    response = alice_client.post(keeping(rose.number), asked)
    assert response.url.startswith(f"/keywords/{rose.pk}/?number={rose.number_id}&text=rose&")
    kept = RuleExample.objects.get()
    assert (list(kept.groups.all()), kept.weekday, kept.at_time.hour, kept.moment) == ([news], 6, 22, None)
    assert "Saturday 22:00" in alice_client.get("/tester/").content.decode()


def test_whoever_may_only_look_keeps_nothing(vera_client, account, rose):
    assert "Save as example" not in vera_client.get("/tester/", {"text": "rose"}).content.decode()
    assert vera_client.post(keeping(rose.number), {"text": "rose"}).status_code == 403


def test_a_change_that_breaks_an_example_comes_back_with_the_difference(alice_client, rose, example):
    response = alice_client.post(f"/keywords/{rose.pk}/", {"word": "ROSE", "reply": "Bye"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Your example “rose” would come out otherwise" in page
    assert "gets the reply “Thank you”" in page
    assert "gets the reply “Bye”" in page
    assert 'name="reply"' in page
    assert rose.rules.get().actions.count() == 2


@pytest.mark.parametrize(("choice", "left"), [("update", "Bye"), ("", "Bye"), ("keep", "Thank you"), ("remove", None)])
def test_saving_all_the_same_does_with_the_example_what_was_chosen(alice_client, rose, example, choice, left):
    given = {"word": "ROSE", "reply": "Bye"}
    given |= {"anyway": mark(alice_client.post(f"/keywords/{rose.pk}/", given))} | ({f"example-{example.pk}": choice} if choice else {})
    assert alice_client.post(f"/keywords/{rose.pk}/", given).status_code == 302
    assert [deed.text for each in RuleExample.objects.all() for deed in expected_of(each).deeds if deed.text] == ([left] if left else [])
    assert ("Different now" in alice_client.get("/tester/").content.decode()) == (choice == "keep")


def test_nobody_agrees_to_what_they_did_not_see(alice_client, rose, example):
    agreed = mark(alice_client.post(f"/keywords/{rose.pk}/", {"word": "ROSE", "reply": "Bye"}))
    response = alice_client.post(f"/keywords/{rose.pk}/", {"word": "ROSE", "reply": "Something else", "anyway": agreed})
    assert response.status_code == 422
    assert "Something else" in response.content.decode()


def test_pausing_and_ending_ask_where_an_example_would_change(alice_client, rose, example):
    response = alice_client.post(f"/keywords/{rose.pk}/state/", {"state": "paused"})
    assert (response.status_code, Keyword.objects.get().state) == (422, "live")
    assert "Your example “rose”" in alice_client.get(f"/keywords/{rose.pk}/end/").content.decode()
    assert alice_client.post(f"/keywords/{rose.pk}/state/", {"state": "paused", "anyway": mark(response)}).status_code == 302
    assert Keyword.objects.get().state == "paused"
    alice_client.post(f"/keywords/{rose.pk}/end/", {f"example-{example.pk}": "remove"})
    assert not Keyword.objects.exists()


def test_the_default_rule_of_a_number_is_checked(alice_client, own):
    alice_client.post(keeping(own), {"text": "hello"})
    given = {"label": "Shop", "reply": "We read it"}
    response = alice_client.post(f"/numbers/{own.pk}/", given)
    assert response.status_code == 422
    assert not Rule.objects.exists()
    assert alice_client.post(f"/numbers/{own.pk}/", given | {"anyway": mark(response)}).status_code == 302
    assert "default rule" in alice_client.get("/tester/").content.decode()


def test_a_keyword_that_would_fight_is_named_before_it_is_reserved(alice_client, rose):
    given = {"number": rose.number_id, "word": "Rose red", "also_when_text_follows": "on"}
    assert alice_client.post("/keywords/new/", given).status_code == 302
    given = {"number": rose.number_id, "word": "Rosé"}
    response = alice_client.post("/keywords/new/", given)
    assert response.status_code == 422
    assert "ROSE and Rosé differ by accents only" in response.content.decode().replace("Rosé and ROSE", "ROSE and Rosé")
    assert Keyword.objects.count() == 2
    assert alice_client.post("/keywords/new/", given | {"anyway": mark(response)}).status_code == 302


def test_a_taken_word_is_refused_before_anything_is_asked(alice_client, rose):
    response = alice_client.post("/keywords/new/", {"number": rose.number_id, "word": "Rose"})
    assert "ROSE is taken" in response.content.decode().replace("Rose is", "ROSE is")
    assert "anyway" not in response.content.decode()


def test_keywords_that_fought_before_are_no_news(alice_client, account, own, rose):
    reserve_keyword(account, own, "rosé")
    given = {"word": "ROSE", "reply": "Thank you", "group": Group.objects.get().pk}
    assert alice_client.post(f"/keywords/{rose.pk}/", given).status_code == 302
    assert "differ by accents only" in alice_client.get(f"/keywords/{rose.pk}/").content.decode()


def test_a_draft_is_tried_on_last_weeks_messages_and_nothing_is_saved(alice_client, account, rose):
    talk = dialogue(account, number=rose.number)
    for text in ("rose", "ROSE", "hello <b>"):
        received(talk, text)
    Message.objects.update(received_at=timezone.now())
    given = {"word": "ROSE", "reply": "Bye", "new_group": "Tulips", "new_url": "https://shop.example/", "try_on_past": "1"}
    response = alice_client.post(f"/keywords/{rose.pk}/", given)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Of 3 tried, 2 messages would come out otherwise." in page
    assert "joins the group Tulips" in page
    assert "is forwarded to https://shop.example/" in page
    assert 'value="Tulips"' in page
    assert (rose.rules.get().actions.count(), Group.objects.count(), Destination.objects.count()) == (2, 1, 0)
    new = alice_client.post("/keywords/new/", {"number": rose.number_id, "word": "hello <b>", "try_on_past": "1"}).content.decode()
    assert "Of 3 tried, 1 message would come out otherwise." in new
    assert "hello <b>" not in new
    assert "All 3 messages" in alice_client.post(f"/numbers/{rose.number_id}/", {"try_on_past": "1"}).content.decode()


def test_an_example_that_changed_by_itself_can_expect_what_happens_now(alice_client, rose, example):
    rose.rules.get().actions.all().delete()
    assert "Different now" in alice_client.get("/tester/").content.decode()
    alice_client.post(f"/tester/examples/{example.pk}/settle/")
    assert "Different now" not in alice_client.get("/tester/").content.decode()


def test_removing_an_example_asks_first(alice_client, example):
    assert alice_client.get(f"/tester/examples/{example.pk}/remove/").status_code == 200
    assert RuleExample.objects.exists()
    alice_client.post(f"/tester/examples/{example.pk}/remove/")
    assert not RuleExample.objects.exists()


def test_a_message_without_keyword_leads_to_the_tester(alice_client, account, own):
    message = received(dialogue(account, number=own), "hello there")
    page = alice_client.get(f"/messages/{message.pk}/").content.decode()
    assert f"/tester/?number={own.pk}&amp;text={quote('hello')}+there" in page


def test_every_action_has_words_for_what_it_does():
    assert set(DEEDS) == set(ACTION_NAMES.values())


def test_an_id_that_is_not_given_yet_is_larger_than_all(rose):
    assert rose.pk < NEW
