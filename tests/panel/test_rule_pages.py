"""Pages of rules: conditions in the form, in words and in the activity log; kinds of keywords; groups that rules need."""

import re
from datetime import UTC, datetime, time

import pytest
from django.utils.translation import override

from panel.forwarding import place
from recado.apps.audit.models import AuditEntry
from recado.apps.contacts.models import Group
from recado.apps.contacts.services import add_contact, add_group
from recado.apps.keywords.errors import RuleRefusal
from recado.apps.keywords.models import Keyword, Rule, Spelling
from recado.apps.keywords.rules import RuleContent, RuleTerms, add_rule, content_of, in_order, terms_of
from recado.apps.keywords.services import reserve_keyword
from recado.apps.numbers.services import add_number
from recado.apps.plans.services import add_plan, edit_plan, set_plan
from recado.core.condition import Condition, Days, Occasion, OfficeHours, Standing
from recado.core.number import NumberKind
from recado.core.routes import MatchKind
from recado.panel.audit_words import differences
from recado.panel.forms.whole_rule import REFUSALS, WholeRuleForm
from recado.panel.keyword_words import EXPLAINED, MATCH_KINDS
from recado.panel.rule_words import DAYS, OCCASIONS, OFFICE_HOURS, STANDINGS, deeds_in_words, hours, prefixes, terms_in_words, weekdays

REASON = "Shared numbers allow exact keywords only. Phrase and base keywords work on your own number."


@pytest.fixture
def shared(db):
    return add_number("48503340503", NumberKind.SHARED_LONG)


@pytest.fixture
def own(account):
    return add_number("48664200300", NumberKind.INDIVIDUAL_LONG, account=account)


@pytest.fixture
def vip(account):
    return add_group(account, "VIP")


@pytest.fixture
def keyword(account, own):
    return reserve_keyword(account, own, "ROSE", RuleContent(reply="Hi"))


def test_a_rule_is_added_with_everything_there_is(alice_client, account, keyword, vip):
    given = {
        "starts_on": "2026-12-01", "ends_on": "2026-12-31", "weekdays": ["1", "2", "5"], "from_time": "09:00", "until_time": "17:00",
        "days": "working", "in_group": vip.pk, "occasion": "again", "sender_prefixes": "+48 600; 0048 601, 49", "is_enabled": "on",
        "new_group": "Gardeners", "join_until": "2026-12-31", "leave_group": vip.pk, "reply": "Hi",
        "office_hours": "open", "standing": "in", "daily_ceiling": "12,50",
    }  # fmt: skip
    refused = alice_client.post(f"/keywords/{keyword.pk}/rules/new/", given)
    assert refused.status_code == 422
    assert str(REFUSALS[RuleRefusal.PREFIXES]) in refused.content.decode()
    response = alice_client.post(f"/keywords/{keyword.pk}/rules/new/", given | {"sender_prefixes": "+48 600; 0048 601, +49"})
    assert response.url == f"/keywords/{keyword.pk}/"
    rule = in_order(keyword.rules.all())[0]
    people = vip.pk, None, Occasion.AGAIN, ("48600", "48601", "49"), OfficeHours.OPEN, Standing.IN
    condition = Condition(frozenset({1, 2, 5}), time(9), time(17), Days.WORKING, *people)
    midnight = datetime(2026, 12, 31, 23, tzinfo=UTC)
    assert terms_of(rule) == RuleTerms(0, True, datetime(2026, 11, 30, 23, tzinfo=UTC), midnight, condition, 1250)
    assert content_of(rule) == RuleContent((Group.objects.get(name="Gardeners"),), "Hi", (), (vip,), midnight)
    page = alice_client.get(f"/rules/{rule.pk}/").content.decode()
    for shown in ('value="2026-12-31"', 'value="09:00"', 'value="+48600, +48601, +49"', '<details class="c-more-fields" open>'):
        assert shown in page
    listed = alice_client.get(f"/keywords/{keyword.pk}/").content.decode()
    assert (
        "from 01.12.2026 until 31.12.2026, only while you are open, Mon, Tue, Fri 9:00–17:00, not on days off, only members of VIP"
        in listed
    )
    assert "leaves VIP, joins Gardeners until 31.12.2026, replies “Hi”" in listed
    assert AuditEntry.objects.get().action == "keyword.rule_added"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"starts_on": "2026-12-02", "ends_on": "2026-12-01"}, "ends_on"),
        ({"from_time": "09:00", "until_time": "09:00"}, "until_time"),
        ({"from_time": "25:00"}, "from_time"),
        ({"weekdays": ["8"]}, "weekdays"),
        ({"days": "never"}, "days"),
        ({"occasion": "twice"}, "occasion"),
        ({"sender_prefixes": "600"}, "sender_prefixes"),
        ({"sender_prefixes": "+48 abc"}, "sender_prefixes"),
        ({"sender_prefixes": ", ".join(f"+4860{number:04}" for number in range(30))}, "sender_prefixes"),
    ],
)
def test_conditions_that_make_no_sense_are_refused(alice_client, keyword, given, field):
    response = alice_client.post(f"/keywords/{keyword.pk}/rules/new/", given | {"reply": "x"})
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert keyword.rules.count() == 1


def test_one_group_cannot_be_asked_for_and_ruled_out(alice_client, keyword, vip):
    response = alice_client.post(f"/keywords/{keyword.pk}/rules/new/", {"in_group": vip.pk, "not_in_group": vip.pk})
    assert response.context["form"].errors.keys() == {"not_in_group"}


@pytest.mark.parametrize("name", ["group", "leave_group", "in_group", "not_in_group"])
def test_foreign_groups_cannot_be_chosen(alice_client, charlie, keyword, name):
    theirs = add_group(charlie.memberships.get().account, "Theirs")
    assert alice_client.post(f"/keywords/{keyword.pk}/rules/new/", {name: theirs.pk}).status_code == 422


def test_a_single_rule_without_conditions_is_as_simple_as_ever(alice_client, keyword):
    page = alice_client.get(f"/keywords/{keyword.pk}/").content.decode()
    assert 'name="reply"' in page
    assert f'href="/rules/{keyword.rules.get().pk}/"' in page
    assert "The first rule that fits acts" not in page


def test_several_rules_are_listed_instead_and_saving_the_keyword_leaves_them(alice_client, account, keyword):
    add_rule(keyword, account, RuleContent(reply="Again"), RuleTerms(condition=Condition(occasion=Occasion.AGAIN)))
    page = alice_client.get(f"/keywords/{keyword.pk}/").content.decode()
    assert 'name="reply"' not in page
    assert "Otherwise, for every message" in page
    alice_client.post(f"/keywords/{keyword.pk}/", {"word": "Rose"})
    keyword.refresh_from_db()
    assert keyword.word == "Rose"
    assert [content_of(rule).reply for rule in in_order(keyword.rules.all())] == ["Again", "Hi"]
    stale = alice_client.post(f"/keywords/{keyword.pk}/", {"word": "Rose", "reply": "Late"})
    assert "Somebody gave the keyword more rules meanwhile." in stale.content.decode()


def test_a_rule_that_never_acts_says_so(alice_client, account, keyword):
    add_rule(keyword, account, RuleContent(reply="Never"))
    assert alice_client.get(f"/keywords/{keyword.pk}/").content.decode().count("Never acts") == 1


def test_rules_change_move_and_go_and_all_of_it_is_noted(alice_client, account, keyword):
    first, second = keyword.rules.get(), add_rule(keyword, account, RuleContent(reply="Second"))
    alice_client.post(f"/rules/{second.pk}/", {"reply": "Second", "weekdays": ["1"]})
    open_again = {"reply": "Second", "is_enabled": "on"}
    warned = alice_client.post(f"/rules/{second.pk}/", open_again)
    assert (warned.status_code, "Rule 2 can never act" in warned.content.decode()) == (422, True)
    alice_client.post(f"/rules/{second.pk}/", {**open_again, "anyway": warned.context["objections"].mark})
    assert "Rule 2 can never act" in alice_client.get(f"/rules/{second.pk}/").content.decode()
    alice_client.post(f"/rules/{second.pk}/move/", {"to": "earlier"})
    assert in_order(keyword.rules.all()) == [second, first]
    alice_client.post(f"/rules/{second.pk}/move/", {"to": "earlier"})
    page = alice_client.post(f"/rules/{second.pk}/delete/", follow=True)
    assert list(keyword.rules.all()) == [first]
    (remembered,) = re.findall(r'name="rule" value="([^"]+)"', page.content.decode())
    alice_client.post("/rules/restore/", {"rule": remembered})
    assert [content_of(rule).reply for rule in in_order(keyword.rules.all())] == ["Second", "Hi"]
    assert list(AuditEntry.objects.order_by("id").values_list("action", flat=True)) == [
        "keyword.rule_changed", "keyword.rule_changed", "keyword.rule_moved", "keyword.rule_deleted", "keyword.rule_restored",
    ]  # fmt: skip


def test_the_last_rule_of_a_keyword_stays(alice_client, keyword):
    rule = keyword.rules.get()
    page = alice_client.post(f"/rules/{rule.pk}/delete/", follow=True).content.decode()
    assert str(REFUSALS[RuleRefusal.LAST]) in page
    assert keyword.rules.get() == rule


def test_what_was_tampered_with_is_not_restored(alice_client, keyword):
    alice_client.post("/rules/restore/", {"rule": "nonsense"})
    assert keyword.rules.count() == 1


def test_a_number_has_rules_with_conditions_too(alice_client, account, own):
    given = {"reply": "Good night", "from_time": "22:00", "until_time": "06:00", "is_enabled": "on"}
    alice_client.post(f"/numbers/{own.pk}/rules/new/", given)
    page = alice_client.get(f"/numbers/{own.pk}/").content.decode()
    assert "22:00–6:00" in page
    assert 'name="reply"' not in page
    alice_client.post(f"/numbers/{own.pk}/", {"label": "Shop"})
    rule = Rule.objects.get()
    assert content_of(rule).reply == "Good night"
    alice_client.post(f"/rules/{rule.pk}/delete/")
    assert not Rule.objects.exists()
    actions = list(AuditEntry.objects.order_by("id").values_list("action", "object_name"))
    assert actions == [("number.rule_added", own.digits), ("number.changed", own.digits), ("number.rule_deleted", own.digits)]


def test_shared_numbers_have_no_default(alice_client, shared):
    assert alice_client.get(f"/numbers/{shared.pk}/rules/new/").status_code == 404


@pytest.mark.parametrize(
    ("numbers", "written"), [("", ""), ("1", "Mon"), ("12", "Mon, Tue"), ("12345", "Mon–Fri"), ("123567", "Mon–Wed, Fri–Sun")]
)
def test_weekdays_are_written_as_people_do(numbers, written):
    with override("en"):
        assert weekdays(numbers) == written


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [(None, None, ""), (time(9), time(17, 30), "9:00–17:30"), (time(9), None, "from 9:00"), (None, time(9), "before 9:00")],
)
def test_hours_are_written_as_people_do(start, end, written):
    with override("en"):
        assert hours(start, end) == written


def test_every_code_has_a_word():
    assert (set(DAYS), set(OCCASIONS), set(REFUSALS)) == (set(Days), set(Occasion), set(RuleRefusal))
    assert (set(OFFICE_HOURS), set(STANDINGS)) == (set(OfficeHours), set(Standing))
    assert set(MATCH_KINDS) == set(EXPLAINED) == set(MatchKind)
    assert prefixes("48600 49") == "+48600, +49"


def test_a_rule_that_does_nothing_says_so(account, keyword):
    rule = add_rule(keyword, account, RuleContent(), RuleTerms(is_enabled=False))
    with override("en"):
        assert (terms_in_words(rule), deeds_in_words(rule)) == (["switched off"], ["inbox only"])


def test_the_activity_log_speaks_of_conditions_in_the_readers_words():
    changed = {"match": "base", "weekdays": "12345", "days": "off", "occasion": "first", "sender_prefixes": "48600"}
    changed |= {"office_hours": "closed", "standing": "opted_out"}
    entry = AuditEntry(before={"match": "exact"}, after=changed)
    with override("en"):
        said = {new for _, _, new in differences(entry)}
    hours = {"only while you are closed", "only for people who opted out"}
    assert said == {"Base", "Mon–Fri", "on days off only", "the first time only", "+48600"} | hours


def test_a_form_shows_what_it_was_given(account, vip):
    condition = Condition(frozenset({6, 7}), None, time(12), Days.OFF, None, vip.pk, Occasion.FIRST, ("48600",), OfficeHours.CLOSED)
    terms = RuleTerms(5, False, datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC), condition, 4990)
    shown = WholeRuleForm(account, content=RuleContent((vip,), "Hi"), terms=terms)
    given = {name: shown[name].value() for name in shown.fields}
    form = WholeRuleForm(account, {name: getattr(value, "pk", value) for name, value in given.items() if value}, terms=terms)
    assert form.is_valid(), form.errors
    assert form.rule_terms() == terms


def test_a_form_names_the_places_beyond_the_first(alice_client, account, keyword):
    shop, office = place(account, "url", "Sklep"), place(account, "email", "Biuro")
    rule = add_rule(keyword, account, RuleContent((), "", (shop, office)))
    assert "And to Biuro." in alice_client.get(f"/rules/{rule.pk}/").text


@pytest.mark.parametrize("kind", ["base", "phrase", "removing"])
def test_a_shared_number_takes_exact_keywords_only_and_says_why(alice_client, shared, vip, kind):
    response = alice_client.post("/keywords/new/", {"number": shared.pk, "word": "VOTE", "kind": kind, "leave_group": vip.pk})
    page = response.content.decode()
    assert response.status_code == 422
    assert response.context["form"].errors["kind"] == [REASON]
    assert page.count('disabled aria-describedby="kind-reason"') == 3
    assert not Keyword.objects.exists()


@pytest.mark.parametrize("kind", MatchKind)
def test_an_own_number_takes_every_kind(alice_client, own, vip, kind):
    given = {"number": own.pk, "word": "VOTE", "kind": kind.value, "reply": "Hi"}
    alice_client.post("/keywords/new/", given | ({"leave_group": vip.pk} if kind is MatchKind.REMOVING else {}))
    assert Keyword.objects.get().kind == kind
    page = alice_client.get("/keywords/").content.decode()
    assert str(MATCH_KINDS[kind]) in page


def test_a_removing_keyword_needs_the_group_people_leave(alice_client, own):
    response = alice_client.post("/keywords/new/", {"number": own.pk, "word": "ENOUGH", "kind": "removing"})
    assert response.context["form"].errors == {"leave_group": ["Choose the group people leave."]}


def test_the_kind_of_an_own_keyword_can_be_changed_where_its_word_is_free(alice_client, account, own, keyword):
    alice_client.post(f"/keywords/{keyword.pk}/", {"word": "ROSE", "kind": "base", "reply": "Hi"})
    keyword.refresh_from_db()
    assert keyword.kind == "base"
    assert AuditEntry.objects.get().after["match"] == "base"
    other = reserve_keyword(account, own, "ROSE")
    page = alice_client.post(f"/keywords/{other.pk}/", {"word": "ROSE", "kind": "base"})
    assert page.status_code == 422
    assert "ROSE is taken on 664 200 300." in page.content.decode()
    alice_client.post(f"/keywords/{other.pk}/", {"word": "ROSE", "reply": "Bye"})
    other.refresh_from_db()
    assert other.kind == "exact"


def on_plan_without(account, column):
    plan = add_plan("Small")
    edit_plan(plan, "Small", {(NumberKind.INDIVIDUAL_LONG, column): False}, {})
    set_plan(account, plan)


def test_saving_never_changes_a_kind_that_is_allowed_no_more(alice_client, account, own, keyword):
    Keyword.objects.update(kind="base")
    Spelling.objects.update(kind="base")
    on_plan_without(account, "advanced_keywords")
    page = alice_client.get(f"/keywords/{keyword.pk}/").content.decode()
    assert re.search(r'value="base"[^>]* checked>', page)
    assert page.count('disabled aria-describedby="kind-reason"') == 2
    assert alice_client.post(f"/keywords/{keyword.pk}/", {"word": "ROSE", "kind": "base", "reply": "Hi"}).status_code == 302
    keyword.refresh_from_db()
    assert keyword.kind == "base"


def test_a_kind_the_plan_leaves_out_is_refused_with_that_reason(alice_client, account, own, keyword):
    on_plan_without(account, "advanced_keywords")
    reason = "Your plan does not include this kind of keyword on this number."
    assert reason in alice_client.get("/keywords/kinds/", {"number": own.pk}).content.decode()
    for page, given in (("/keywords/new/", {"number": own.pk, "word": "VOTE"}), (f"/keywords/{keyword.pk}/", {"word": "ROSE"})):
        response = alice_client.post(page, given | {"kind": "base"})
        assert response.status_code == 422
        assert response.context["form"].errors["kind"] == [reason]


def test_a_plan_without_a_default_shows_its_rules_and_takes_no_new_ones(alice_client, account, own):
    add_rule(own, account, RuleContent(reply="Hi"), RuleTerms(condition=Condition(weekdays=frozenset({1}))))
    on_plan_without(account, "all_messages")
    page = alice_client.get(f"/numbers/{own.pk}/").content.decode()
    assert "your plan does not include answering or forwarding them" in page
    assert f"/rules/{own.rules.get().pk}/delete/" in page
    assert "/rules/new/" not in page
    assert alice_client.get(f"/numbers/{own.pk}/rules/new/").status_code == 404


def test_the_kind_of_a_shared_keyword_stays(alice_client, account, shared):
    keyword = reserve_keyword(account, shared, "ROSE")
    assert REASON in alice_client.get(f"/keywords/{keyword.pk}/").content.decode()
    alice_client.post(f"/keywords/{keyword.pk}/", {"word": "ROSE", "kind": "base"})
    keyword.refresh_from_db()
    assert keyword.kind == "exact"


def test_the_cards_follow_the_number(alice_client, charlie, own, shared):
    assert REASON in alice_client.get("/keywords/kinds/", {"number": shared.pk, "kind": "base"}).content.decode()
    fragment = alice_client.get("/keywords/kinds/", {"number": own.pk, "kind": "base"}).content.decode()
    assert REASON not in fragment
    assert 'value="base" checked' in fragment
    theirs = add_number("48664200301", NumberKind.INDIVIDUAL_LONG, account=charlie.memberships.get().account)
    assert alice_client.get("/keywords/kinds/", {"number": theirs.pk}).status_code == 404
    assert alice_client.get("/keywords/kinds/", {"number": "x", "kind": "y"}).status_code == 200


def test_availability_asks_for_the_kind(alice_client, account, own):
    reserve_keyword(account, own, "VOTE", kind=MatchKind.BASE)
    asked = {"number": own.pk, "word": "VOTE"}
    assert "is taken" in alice_client.get("/keywords/availability/", asked | {"kind": "base"}).content.decode()
    assert "is free" in alice_client.get("/keywords/availability/", asked | {"kind": "exact"}).content.decode()


def test_a_group_that_rules_need_cannot_be_deleted_and_the_page_says_which(alice_client, account, keyword, own, vip):
    terms = RuleTerms(condition=Condition(in_group_id=vip.pk))
    add_rule(keyword, account, RuleContent(), terms)
    add_rule(own, account, RuleContent(), terms)
    for ask in (alice_client.get, alice_client.post):
        assert "VIP cannot be deleted: rules of ROSE, 664 200 300" in ask(f"/groups/{vip.pk}/delete/").content.decode()
    assert Group.objects.filter(pk=vip.pk).exists()


def test_the_tester_says_which_conditions_kept_a_rule_from_acting(alice_client, account, keyword, vip):
    add_rule(keyword, account, RuleContent(reply="VIP"), RuleTerms(condition=Condition(in_group_id=vip.pk)))
    asked = {"text": "rose", "from": "604218377"}
    steps = alice_client.get(f"/keywords/{keyword.pk}/dry-run/", asked).content.decode()
    assert "the sender is not in the group" in steps
    assert "only members of VIP" in steps
    add_contact(account, "48604218377", group_ids=[vip.pk])
    assert "1 SMS: “VIP”" in alice_client.get(f"/keywords/{keyword.pk}/dry-run/", asked).content.decode()
    asked = {"text": "rose", "from": "604218378", "who": "member"}
    assert "1 SMS: “VIP”" in alice_client.get(f"/keywords/{keyword.pk}/dry-run/", asked).content.decode()


def test_viewers_see_rules_and_cannot_change_them(vera_client, keyword):
    rule = keyword.rules.get()
    assert '<fieldset class="l-stack" disabled>' in vera_client.get(f"/rules/{rule.pk}/").content.decode()
    assert vera_client.post(f"/rules/{rule.pk}/", {"reply": "x"}).status_code == 403
