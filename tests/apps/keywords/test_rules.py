import pytest

from recado.apps.contacts.models import Group
from recado.apps.keywords.errors import RuleError
from recado.apps.keywords.models import Keyword, Rule, RuleAction
from recado.apps.keywords.queries import default_rule_of, get_keyword_for, keywords_of
from recado.apps.keywords.rules import RuleContent, content_of, save_default_rule, save_rule
from recado.apps.keywords.services import pause_keyword, reserve_keyword, resume_keyword
from recado.apps.outbox.destinations import DestinationUrlError, create_destination


@pytest.fixture
def content(alice):
    group = Group.objects.create(account=alice, name="Garden news")
    return RuleContent((group,), "Thank you", (create_destination(alice, "http://127.0.0.1:8009/x?n=#NUMER#"),))


def test_a_rule_is_read_back_as_saved(alice, shared, content):
    keyword = reserve_keyword(alice, shared, "GARDENER", content)
    assert content_of(get_keyword_for(alice, keyword.pk).rules.get()) == content
    assert list(RuleAction.objects.values_list("kind", flat=True)) == ["add_to_group", "send_reply", "forward_to_url"]


def test_saving_again_replaces_what_was(alice, shared, content):
    keyword = reserve_keyword(alice, shared, "GARDENER", content)
    save_rule(keyword, RuleContent(reply="Hi"))
    assert content_of(keyword.rules.get()) == RuleContent(reply="Hi")
    assert RuleAction.objects.count() == 1


def test_groups_and_destinations_of_others_are_refused(alice, charlie, shared, content):
    with pytest.raises(RuleError):
        reserve_keyword(charlie, shared, "CARS", content)
    assert not Keyword.objects.exists()


def test_pausing_keeps_the_word(alice, shared):
    keyword = reserve_keyword(alice, shared, "GARDENER")
    pause_keyword(keyword)
    assert get_keyword_for(alice, keyword.pk).state == Keyword.State.PAUSED
    resume_keyword(keyword)
    assert get_keyword_for(alice, keyword.pk).state == Keyword.State.LIVE


def test_an_own_number_has_one_default_rule(alice, own, content):
    save_default_rule(alice, own, content)
    save_default_rule(alice, own, RuleContent(reply="We are closed"))
    assert Rule.objects.count() == 1
    assert content_of(default_rule_of(alice, own)) == RuleContent(reply="We are closed")
    save_default_rule(alice, own, RuleContent())
    assert default_rule_of(alice, own) is None


def test_neither_shared_numbers_nor_strangers_have_default_rules(alice, charlie, shared, own):
    with pytest.raises(RuleError):
        save_default_rule(alice, shared, RuleContent(reply="x"))
    with pytest.raises(RuleError):
        save_default_rule(charlie, own, RuleContent(reply="x"))


def test_the_list_takes_the_same_queries_however_long_it_is(alice, shared, content, django_assert_num_queries):
    for count in range(5):
        reserve_keyword(alice, shared, f"WORD{count}", content)
    with django_assert_num_queries(3):
        assert [content_of(rule).reply for keyword in keywords_of(alice) for rule in keyword.rules.all()] == ["Thank you"] * 5


@pytest.mark.parametrize(
    "url", ["", "shop.example", "ftp://shop.example/", "http://", "http://a b.example/", "https://[::1", "http://x:99999/"]
)
def test_addresses_that_cannot_be_forwarded_to_are_refused(alice, url):
    with pytest.raises(DestinationUrlError):
        create_destination(alice, url)


def test_a_destination_is_called_after_its_host(alice):
    assert create_destination(alice, "https://shop.example/in?n=#NUMER#").name == "shop.example"
