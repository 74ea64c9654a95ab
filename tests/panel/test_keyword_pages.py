import pytest

from recado.apps.audit.models import AuditEntry
from recado.apps.contacts.models import Group
from recado.apps.contacts.services import add_contact
from recado.apps.inbox.models import Message
from recado.apps.keywords.errors import Refusal
from recado.apps.keywords.models import Keyword
from recado.apps.keywords.rules import RuleContent, content_of
from recado.apps.keywords.services import reserve_keyword
from recado.apps.numbers.services import add_number
from recado.apps.outbox.models import Destination
from recado.core.number import NumberKind
from recado.panel.forms.keyword import REFUSALS


@pytest.fixture
def shared(db):
    return add_number("48503340503", NumberKind.SHARED_LONG)


@pytest.fixture
def own(account):
    return add_number("48664200300", NumberKind.INDIVIDUAL_LONG, account=account)


@pytest.fixture
def keyword(account, shared):
    group = Group.objects.create(account=account, name="Garden news")
    return reserve_keyword(account, shared, "GARDENER", RuleContent((group,), "Thank you"))


def test_reserving_with_a_new_group_reply_and_url(alice_client, account, shared):
    given = {"number": shared.pk, "word": "Gardener", "new_group": "Garden news", "reply": "Thank you"}
    response = alice_client.post("/keywords/new/", given | {"new_url": "https://shop.example/in?n=#NUMER#", "new_method": "POST"})
    keyword = Keyword.objects.get()
    assert response.url == f"/keywords/{keyword.pk}/"
    assert content_of(keyword.rules.get()) == RuleContent((Group.objects.get(),), "Thank you", (Destination.objects.get(),))
    assert Destination.objects.get().method == "POST"


def test_a_taken_word_is_refused_with_free_ones_and_nothing_is_left_behind(alice_client, charlie, shared):
    stranger = charlie.memberships.get().account
    reserve_keyword(stranger, shared, "OGRODNIK")
    response = alice_client.post("/keywords/new/", {"number": shared.pk, "word": "OGRODNIK", "new_group": "New"})
    assert response.status_code == 422
    assert "OGRODNIK is taken on 503 340 503. Free: OGRODNIK2, " in response.content.decode()
    assert not Group.objects.exists()


def test_foreign_numbers_cannot_be_chosen(alice_client, charlie):
    foreign = add_number("48664200301", NumberKind.INDIVIDUAL_LONG, account=charlie.memberships.get().account)
    assert alice_client.post("/keywords/new/", {"number": foreign.pk, "word": "GARDENER"}).status_code == 422
    assert alice_client.get("/keywords/availability/", {"number": foreign.pk, "word": "GARDENER"}).status_code == 404


def test_foreign_groups_and_destinations_cannot_be_chosen(alice_client, charlie, shared):
    stranger = charlie.memberships.get().account
    group = Group.objects.create(account=stranger, name="Theirs")
    destination = Destination.objects.create(account=stranger, name="Theirs", url="https://theirs.example/")
    for choice in ({"group": group.pk}, {"destination": destination.pk}):
        assert alice_client.post("/keywords/new/", {"number": shared.pk, "word": "GARDENER"} | choice).status_code == 422
    assert not Keyword.objects.exists()


def test_a_reply_that_would_show_braces_to_people_is_refused(alice_client, shared):
    response = alice_client.post("/keywords/new/", {"number": shared.pk, "word": "GARDENER", "reply": "Hello {first_name}, {code}"})
    assert response.status_code == 422
    assert "Nothing is filled in for {code}" in response.content.decode()
    assert not Keyword.objects.exists()


@pytest.mark.parametrize("url", ["shop.example", "javascript:alert(1)", "ftp://shop.example/"])
def test_addresses_that_cannot_be_forwarded_to_are_refused(alice_client, shared, url):
    response = alice_client.post("/keywords/new/", {"number": shared.pk, "word": "GARDENER", "new_url": url})
    assert response.status_code == 422
    assert "Write a full web address" in response.content.decode()


@pytest.mark.parametrize(
    ("word", "says"), [("TULIP", "TULIP is free on 503 340 503."), ("GARDENER", "GARDENER is taken"), ("STOP", "opt out")]
)
def test_availability_is_said_while_typing(alice_client, charlie, shared, word, says):
    reserve_keyword(charlie.memberships.get().account, shared, "GARDENER")
    assert says in alice_client.get("/keywords/availability/", {"number": shared.pk, "word": word}).content.decode()


def test_the_words_of_people_are_escaped(alice_client, own):
    response = alice_client.get("/keywords/availability/", {"number": own.pk, "word": "<b>x</b>"})
    assert "<b>x" not in response.content.decode()


def test_saving_a_keyword_changes_what_it_does(alice_client, keyword):
    response = alice_client.post(f"/keywords/{keyword.pk}/", {"word": "Gardener", "reply": "Hi", "ends_on": "2099-05-31"})
    keyword.refresh_from_db()
    assert response.status_code == 302
    assert (keyword.word, keyword.ends_at.isoformat()) == ("Gardener", "2099-05-31T22:00:00+00:00")
    assert content_of(keyword.rules.get()) == RuleContent(reply="Hi")


def test_the_last_day_is_shown_as_it_was_given(alice_client, keyword):
    alice_client.post(f"/keywords/{keyword.pk}/", {"word": "Gardener", "ends_on": "2099-05-31"})
    page = alice_client.get(f"/keywords/{keyword.pk}/").content.decode()
    assert 'value="2099-05-31"' in page
    assert "until 31.05.2099" in page


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2020-01-01", "nonsense"])
def test_impossible_periods_are_refused(alice_client, keyword, day):
    assert alice_client.post(f"/keywords/{keyword.pk}/", {"word": "Gardener", "ends_on": day}).status_code == 422


def test_a_shared_word_cannot_be_renamed(alice_client, keyword):
    response = alice_client.post(f"/keywords/{keyword.pk}/", {"word": "TULIP"})
    assert response.status_code == 422
    assert str(REFUSALS[Refusal.RENAMED]) in response.content.decode()


def test_pausing_and_resuming(alice_client, keyword):
    alice_client.post(f"/keywords/{keyword.pk}/state/")
    assert "Paused" in alice_client.get("/keywords/").content.decode()
    alice_client.post(f"/keywords/{keyword.pk}/state/")
    assert Keyword.objects.get().state == Keyword.State.LIVE


def test_ending_asks_first(alice_client, keyword):
    assert alice_client.get(f"/keywords/{keyword.pk}/end/").status_code == 200
    assert Keyword.objects.get().state == Keyword.State.LIVE
    alice_client.post(f"/keywords/{keyword.pk}/end/")
    assert Keyword.objects.get().state == Keyword.State.QUARANTINE
    assert alice_client.get(f"/keywords/{keyword.pk}/").status_code == 404


def test_groups_and_forwards_beyond_the_first_survive_saving(alice_client, account, keyword):
    second = Group.objects.create(account=account, name="Second")
    first = Group.objects.get(name="Garden news")
    rule = keyword.rules.get()
    rule.actions.create(kind="add_to_group", group=second, position=5)
    alice_client.post(f"/keywords/{keyword.pk}/", {"word": "Gardener", "group": first.pk})
    assert content_of(keyword.rules.get()).groups == (first, second)


def test_every_refusal_has_a_sentence():
    assert set(REFUSALS) == set(Refusal)


def test_the_default_rule_of_an_own_number_is_saved(alice_client, account, own):
    alice_client.post(f"/numbers/{own.pk}/", {"label": "Shop", "reply": "We answer soon"})
    own.refresh_from_db()
    assert own.label == "Shop"
    assert "We answer soon" in alice_client.get(f"/numbers/{own.pk}/").content.decode()


def test_a_dry_run_says_what_would_happen_and_does_nothing(alice_client, keyword):
    steps = alice_client.get(f"/keywords/{keyword.pk}/dry-run/", {"text": "gardener", "from": "604218377"}).content.decode()
    assert "Keyword <b>GARDENER</b> matched" in steps
    assert "Added to group <b>Garden news</b>" in steps
    assert not Message.objects.exists()
    longer = alice_client.get(f"/keywords/{keyword.pk}/dry-run/", {"text": "gardener 2 pcs"}).content.decode()
    assert "more text follows the keyword" in longer


def test_a_dry_run_knows_who_is_in_the_group(alice_client, account, keyword):
    add_contact(account, "48604218377", {}, [Group.objects.get().pk])
    steps = alice_client.get(f"/keywords/{keyword.pk}/dry-run/", {"text": "gardener", "from": "604218377"}).content.decode()
    assert "Already in group" in steps


def test_a_dry_run_names_nothing_of_another_account(alice_client, charlie, keyword):
    stranger = charlie.memberships.get().account
    group = Group.objects.create(account=stranger, name="Secret group")
    reserve_keyword(stranger, keyword.number, "TULIP", RuleContent((group,), "Secret reply"))
    steps = alice_client.get(f"/keywords/{keyword.pk}/dry-run/", {"text": "tulip"}).content.decode()
    assert "belongs to another account" in steps
    assert "Secret" not in steps


def test_the_page_itself_answers_what_would_happen(alice_client, keyword):
    page = alice_client.get(f"/keywords/{keyword.pk}/", {"text": "gardener", "who": "member"}).content.decode()
    assert "Arrives on 503 340 503" in page
    assert "Already in group <b>Garden news</b>" in page
    assert "Is not forwarded" in page


@pytest.mark.parametrize(("who", "says"), [("new", "Added to group"), ("member", "Already in group"), ("nonsense", "Added to group")])
def test_the_tester_can_be_told_who_writes(alice_client, keyword, who, says):
    assert says in alice_client.get(f"/keywords/{keyword.pk}/dry-run/", {"text": "gardener", "who": who}).content.decode()


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"when": "moment", "moment": "2098-01-01T12:00"}, "Keyword <b>GARDENER</b> matched"),
        ({"when": "moment", "moment": "2099-07-01T12:00"}, "its time is over and the word rests"),
        ({"when": "saturday"}, "22:00. Nothing was sent."),
        ({"when": "moment", "moment": "9999-99-99T99:99"}, "Nothing was sent."),
    ],
)
def test_the_tester_can_be_told_when(alice_client, keyword, asked, says):
    alice_client.post(f"/keywords/{keyword.pk}/", {"word": "GARDENER", "ends_on": "2099-05-31"})
    assert says in alice_client.get(f"/keywords/{keyword.pk}/dry-run/", {"text": "gardener", **asked}).content.decode()


def test_what_a_reply_says_is_shown_filled_in_and_escaped(alice_client, account, shared):
    keyword = reserve_keyword(account, shared, "TULIP", RuleContent((), "<b>Hi</b> {keyword}"))
    answer = alice_client.get(f"/keywords/{keyword.pk}/dry-run/").content.decode()
    assert "1 SMS: “&lt;b&gt;Hi&lt;/b&gt; TULIP”" in answer


def test_pausing_can_be_undone(alice_client, keyword):
    page = alice_client.post(f"/keywords/{keyword.pk}/state/", follow=True).content.decode()
    assert f'action="/keywords/{keyword.pk}/state/" class="c-undo"' in page
    alice_client.post(f"/keywords/{keyword.pk}/state/", {"state": "live"})
    alice_client.post(f"/keywords/{keyword.pk}/state/", {"state": "live"})
    assert Keyword.objects.get().state == Keyword.State.LIVE


def test_the_list_is_narrowed_in_the_address(alice_client, account, shared, keyword):
    reserve_keyword(account, shared, "TULIP")
    alice_client.post(f"/keywords/{keyword.pk}/state/")
    assert "TULIP" not in alice_client.get("/keywords/?status=paused").content.decode()
    assert "GARDENER" not in alice_client.get("/keywords/?q=tulip&number=").content.decode()
    nothing = alice_client.get("/keywords/?q=nobody&number=999999999999999999999&status=x").content.decode()
    assert "No keyword fits" in nothing
    assert "Show all keywords" in nothing


def test_who_writes_without_accents_is_told_to_match(alice_client, shared):
    words = alice_client.get("/keywords/availability/", {"number": shared.pk, "word": "ŻÓŁW"}).content.decode()
    assert "can write ZOLW" in words


def test_the_winner_of_two_keywords_is_named(alice_client, account, own):
    first = reserve_keyword(account, own, "ROSE", also_when_text_follows=True)
    reserve_keyword(account, own, "ROSE RED")
    page = alice_client.get(f"/keywords/{first.pk}/").content.decode()
    assert "ROSE RED can match the same text, such as “ROSE RED”. ROSE RED wins." in page


def test_asking_back_is_switched_in_the_form_and_noted(alice_client, shared):
    alice_client.post("/keywords/new/", {"number": shared.pk, "word": "TULIP", "asks_back": "on"})
    keyword = Keyword.objects.get()
    assert keyword.asks_back
    assert (
        'name="asks_back" aria-describedby="id_asks_back_helptext" id="id_asks_back" checked'
        in alice_client.get(f"/keywords/{keyword.pk}/").content.decode()
    )
    alice_client.post(f"/keywords/{keyword.pk}/", {"word": "TULIP", "reply": "Hello"})
    keyword.refresh_from_db()
    assert not keyword.asks_back
    after = AuditEntry.objects.order_by("id").values_list("after", flat=True)
    assert [each["asks_back"] for each in after] == ["yes", "no"]


def test_reserving_and_ending_are_in_the_activity_log(alice_client, shared):
    alice_client.post("/keywords/new/", {"number": shared.pk, "word": "TULIP"})
    alice_client.post(f"/keywords/{Keyword.objects.get().pk}/end/")
    noted = list(AuditEntry.objects.order_by("id").values_list("action", "object_name", "actor"))
    assert noted == [("keyword.reserve", "TULIP", "Alice"), ("keyword.end", "TULIP", "Alice")]
