"""Rules of a keyword or a number's default: their terms, their order, deleting one and taking that back."""

from datetime import UTC, datetime, time, timedelta

import pytest

from recado.apps.contacts.models import Group
from recado.apps.contacts.services import GroupInUseError, add_contact, add_group, delete_groups
from recado.apps.keywords.errors import RuleError, RuleRefusal, RuleRefusedError
from recado.apps.keywords.models import Rule
from recado.apps.keywords.queries import default_rules_of, get_rule_for
from recado.apps.keywords.rule_undo import remember, restore_rule
from recado.apps.keywords.rules import (
    RuleContent,
    RuleTerms,
    add_rule,
    content_of,
    delete_rule,
    edit_rule,
    in_order,
    move_rule,
    save_default_rule,
    terms_of,
)
from recado.apps.keywords.services import reserve_keyword
from recado.apps.numbers.models import RoutingVersion
from recado.apps.outbox.destinations import create_destination
from recado.core.condition import ALWAYS, Condition, Days, Occasion, OfficeHours, Standing
from recado.core.keyword import in_order as core_order
from recado.core.routes import Rule as CoreRule

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
NIGHT = Condition(frozenset({1, 5}), time(22), time(6))


@pytest.fixture
def vip(alice):
    return add_group(alice, "VIP")


@pytest.fixture
def keyword(alice, own):
    return reserve_keyword(alice, own, "ROSE", RuleContent(reply="Hi"))


@pytest.fixture
def whole(alice, vip):
    """Content and terms with everything there is."""
    others = add_group(alice, "Others")
    people = vip.pk, others.pk, Occasion.FIRST, ("48600", "49")
    condition = Condition(frozenset({1, 2}), time(9), time(17), Days.WORKING, *people, OfficeHours.OPEN, Standing.OPTED_OUT)
    content = RuleContent((vip,), "Hi", (create_destination(alice, "http://127.0.0.1:8009/x"),), (others,), NOW + timedelta(days=30))
    return content, RuleTerms(3, False, NOW, NOW + timedelta(days=9), condition, 2500)


def test_a_rule_is_read_back_with_all_its_terms(alice, keyword, whole):
    rule = add_rule(keyword, alice, *whole)
    found = get_rule_for(alice, rule.pk)
    assert (content_of(found), terms_of(found)) == whole
    edit_rule(found, RuleContent(reply="Bye"), RuleTerms())
    found = get_rule_for(alice, rule.pk)
    assert (content_of(found), terms_of(found)) == (RuleContent(reply="Bye"), RuleTerms())


@pytest.mark.parametrize(
    ("terms", "refusal"),
    [
        (RuleTerms(starts_at=NOW, ends_at=NOW), RuleRefusal.PERIOD),
        (RuleTerms(condition=Condition(from_time=time(9), until_time=time(9))), RuleRefusal.HOURS),
        (RuleTerms(condition=Condition(in_group_id=1, not_in_group_id=1)), RuleRefusal.GROUPS),
        (RuleTerms(condition=Condition(sender_prefixes=("+48600",))), RuleRefusal.PREFIXES),
        (RuleTerms(condition=Condition(sender_prefixes=("",))), RuleRefusal.PREFIXES),
        (RuleTerms(daily_ceiling=-1), RuleRefusal.CEILING),
        (RuleTerms(condition=Condition(sender_prefixes=("4" * 16,))), RuleRefusal.PREFIXES),
        (RuleTerms(condition=Condition(sender_prefixes=("48600",) * 40)), RuleRefusal.PREFIXES),
    ],
)
def test_terms_that_contradict_themselves_are_refused(alice, keyword, terms, refusal):
    with pytest.raises(RuleRefusedError) as refused:
        add_rule(keyword, alice, RuleContent(), terms)
    assert refused.value.reason is refusal
    assert keyword.rules.count() == 1


@pytest.mark.parametrize("condition", [{"in_group_id": -1}, {"not_in_group_id": -1}])
def test_only_groups_of_the_account_can_be_conditions(alice, charlie, keyword, condition):
    theirs = add_group(charlie, "Theirs").pk
    with pytest.raises(RuleError):
        add_rule(keyword, alice, RuleContent(), RuleTerms(condition=Condition(**dict.fromkeys(condition, theirs))))


def test_groups_of_others_are_never_joined_or_left(alice, charlie, keyword):
    theirs = add_group(charlie, "Theirs")
    for content in (RuleContent((theirs,)), RuleContent(leaves=(theirs,))):
        with pytest.raises(RuleError):
            add_rule(keyword, alice, content)


def test_rules_belong_to_keywords_and_own_numbers_of_the_account(alice, charlie, keyword, own, shared):
    for place, account in ((keyword, charlie), (own, charlie), (shared, alice)):
        with pytest.raises(RuleError):
            add_rule(place, account, RuleContent())


def test_strangers_find_no_rule(charlie, keyword):
    with pytest.raises(Rule.DoesNotExist):
        get_rule_for(charlie, keyword.rules.get().pk)


def test_a_keyword_keeps_its_last_rule(alice, keyword):
    first, second = keyword.rules.get(), add_rule(keyword, alice, RuleContent())
    delete_rule(first)
    with pytest.raises(RuleRefusedError) as refused:
        delete_rule(second)
    assert refused.value.reason is RuleRefusal.LAST
    assert list(keyword.rules.all()) == [second]


def test_the_default_of_a_number_can_have_no_rule_or_several(alice, own):
    night = add_rule(own, alice, RuleContent(reply="Good night"), RuleTerms(condition=NIGHT))
    save_default_rule(alice, own, RuleContent(reply="Good night, indeed"))
    assert [content_of(rule).reply for rule in default_rules_of(alice, own)] == ["Good night, indeed"]
    plain = add_rule(own, alice, RuleContent(reply="Hello"))
    assert default_rules_of(alice, own) == [night, plain]
    save_default_rule(alice, own, RuleContent())
    assert default_rules_of(alice, own) == [plain]
    delete_rule(plain)
    assert default_rules_of(alice, own) == []


def test_narrower_rules_are_asked_first_and_equal_ones_in_the_order_chosen(alice, keyword):
    first, second, third = keyword.rules.get(), add_rule(keyword, alice, RuleContent()), add_rule(keyword, alice, RuleContent())
    narrow = add_rule(keyword, alice, RuleContent(), RuleTerms(condition=NIGHT))
    assert in_order(keyword.rules.all()) == [narrow, first, second, third]
    assert move_rule(third, up=True)
    assert in_order(keyword.rules.all()) == [narrow, first, third, second]
    assert move_rule(first, up=False)
    assert in_order(keyword.rules.all()) == [narrow, third, first, second]
    for rule, up in ((third, True), (second, False), (narrow, True), (narrow, False)):
        assert not move_rule(Rule.objects.get(pk=rule.pk), up=up)
    assert in_order(keyword.rules.all()) == [narrow, third, first, second]


def test_the_order_shown_is_the_order_of_decisions(alice, keyword):
    for priority, condition in ((0, NIGHT), (2, ALWAYS), (1, Condition(occasion=Occasion.FIRST)), (0, ALWAYS), (5, NIGHT)):
        add_rule(keyword, alice, RuleContent(), RuleTerms(priority, condition=condition))
    rules = list(keyword.rules.all())
    decided = core_order(CoreRule(rule.pk, alice.pk, (), priority=rule.priority, condition=rule.condition) for rule in rules)
    assert [rule.pk for rule in in_order(rules)] == [rule.id for rule in decided]


def test_every_change_reaches_routing(alice, keyword):
    versions = [RoutingVersion.objects.get().version]
    rule = add_rule(keyword, alice, RuleContent())
    for change in (lambda: edit_rule(rule, RuleContent(), RuleTerms()), lambda: move_rule(rule, up=True), lambda: delete_rule(rule)):
        change()
        versions.append(RoutingVersion.objects.get().version)
    assert versions == sorted(set(versions))


def test_a_deleted_rule_comes_back_as_it_was(alice, keyword, own, whole):
    for place in (keyword, own):
        rule = add_rule(place, alice, *whole)
        remembered = remember(get_rule_for(alice, rule.pk))
        delete_rule(rule)
        back = restore_rule(alice, remembered)
        assert (content_of(back), terms_of(back)) == whole
        assert (back.keyword, back.number) == (rule.keyword, rule.number)


def test_a_rule_deleted_before_a_condition_was_known_comes_back_without_it(alice, keyword, whole):
    remembered = dict(remember(add_rule(keyword, alice, *whole)))
    for name in ("office_hours", "standing", "daily_ceiling"):
        del remembered[name]
    terms = terms_of(restore_rule(alice, remembered))
    assert (terms.condition.office_hours, terms.condition.standing, terms.daily_ceiling) == (OfficeHours.ANY, Standing.ANY, None)


def test_a_rule_does_not_come_back_without_what_restricted_it(alice, charlie, keyword, vip):
    rule = add_rule(keyword, alice, RuleContent(), RuleTerms(condition=Condition(in_group_id=vip.pk)))
    remembered = remember(rule)
    delete_rule(rule)
    with pytest.raises(RuleError):
        restore_rule(charlie, remembered)
    delete_groups(alice, [vip])
    with pytest.raises(RuleError):
        restore_rule(alice, remembered)
    assert keyword.rules.count() == 1


@pytest.mark.parametrize("side", ["in_group_id", "not_in_group_id"])
def test_a_group_that_is_a_condition_cannot_be_deleted(alice, keyword, own, vip, side):
    contact = add_contact(alice, "48500600700", group_ids=[vip.pk])
    terms = RuleTerms(condition=Condition(**{side: vip.pk}))
    rules = [add_rule(keyword, alice, RuleContent(), terms), add_rule(own, alice, RuleContent(), terms)]
    with pytest.raises(GroupInUseError) as refused:
        delete_groups(alice, [vip], with_contacts=True)
    assert (refused.value.keywords, refused.value.numbers) == (("ROSE",), (own.digits,))
    contact.refresh_from_db()
    for rule in rules:
        delete_rule(rule)
    delete_groups(alice, [vip])
    assert not Group.objects.exists()
