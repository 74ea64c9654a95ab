"""Examples are checked against drafts, and past messages run against them; nothing of other accounts is told."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from panel.conversations import dialogue, received
from recado.apps.accounts.models import Account
from recado.apps.contacts.erasing import erase_contact
from recado.apps.contacts.knowing import known_about
from recado.apps.contacts.models import Group
from recado.apps.contacts.services import add_contact
from recado.apps.inbox.models import Message
from recado.apps.keywords import rerun as rerunning
from recado.apps.keywords.drafts import draft_of_default, draft_of_end, draft_of_keyword, draft_of_state, drafted_row
from recado.apps.keywords.errors import KeywordError
from recado.apps.keywords.examples import (
    TooManyExamplesError,
    broken_examples,
    check_examples,
    current_outcome,
    expected_of,
    moment_of,
    save_example,
    settle_example,
)
from recado.apps.keywords.models import Keyword, RuleExample
from recado.apps.keywords.rerun import past_messages, rerun
from recado.apps.keywords.rules import RuleContent, save_default_rule
from recado.apps.keywords.services import edit_keyword, end_keyword, pause_keyword, reserve_keyword
from recado.apps.numbers.lifecycle import release_number
from recado.apps.numbers.models import Number
from recado.apps.numbers.services import add_number
from recado.core.condition import Occasion
from recado.core.draft import NEW, Draft
from recado.core.number import NumberKind
from recado.core.outcome import Owner, from_values, to_values
from recado.core.routes import MatchKind

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)
PHONE = "48604218377"


@pytest.fixture
def news(alice):
    return Group.objects.create(account=alice, name="News")


@pytest.fixture
def keyword(alice, own, news):
    return reserve_keyword(alice, own, "ROSE", RuleContent((news,), "Thank you"))


def kept(account, number, text, **fields):
    return save_example(account, number, text, PHONE, NOW, **fields)


def redrafted(keyword: Keyword, content: RuleContent, **fields) -> Draft:
    row = drafted_row(keyword.account, keyword.number, keyword, fields.pop("word", keyword.word), **fields)
    return draft_of_keyword(row, content, keyword.rules.first())


def test_an_example_expects_what_happens_when_it_is_kept(alice, own, keyword, news):
    expected = expected_of(kept(alice, own, "rose"))
    assert (expected.owner, expected.keyword, expected.rule_id) == (Owner.YOURS, "ROSE", keyword.rules.get().pk)
    assert [(deed.action, deed.target_id, deed.text) for deed in expected.deeds] == [
        ("add_to_group", news.pk, ""),
        ("send_reply", None, "Thank you"),
    ]
    assert from_values(to_values(expected)) == expected


def test_a_draft_that_changes_nothing_for_an_example_is_silent(alice, own, keyword, news):
    kept(alice, own, "rose")
    assert check_examples(alice, own, redrafted(keyword, RuleContent((news,), "Thank you"), word="Rose"), NOW) == []
    new = drafted_row(alice, own, None, "TULIP")
    assert check_examples(alice, own, draft_of_keyword(new, RuleContent()), NOW) == []


def test_a_draft_that_breaks_an_example_is_told_with_before_and_after(alice, own, keyword):
    example = kept(alice, own, "rose")
    (found,) = check_examples(alice, own, redrafted(keyword, RuleContent(reply="Bye")), NOW)
    assert (found.subject, found.text) == (example, "rose")
    assert [deed.action for deed in found.before.deeds] == ["add_to_group", "send_reply"]
    assert [deed.text for deed in found.after.deeds] == ["Bye"]
    assert Keyword.objects.get().rules.get().actions.count() == 2


def removing(keyword: Keyword, word: str) -> Draft:
    return draft_of_keyword(drafted_row(keyword.account, keyword.number, None, word, kind=MatchKind.REMOVING), RuleContent())


@pytest.mark.parametrize(
    ("draft", "keyword_after"),
    [
        (draft_of_end, None),
        (lambda keyword: draft_of_state(keyword, Keyword.State.PAUSED), None),
        (lambda keyword: removing(keyword, "Rose"), NEW),
        (lambda keyword: redrafted(keyword, RuleContent(), starts_at=NOW + DAY), None),
    ],
    ids=["ended", "paused", "another keyword goes before it", "begins later"],
)
def test_whatever_takes_an_example_from_its_keyword_is_found(alice, own, keyword, draft, keyword_after):
    kept(alice, own, "rose")
    (found,) = check_examples(alice, own, draft(keyword), NOW)
    assert (found.before.keyword_id, found.after.keyword_id) == (keyword.pk, keyword_after)


def test_the_default_rule_is_checked_like_a_keyword(alice, own, keyword):
    kept(alice, own, "hello")
    (found,) = check_examples(alice, own, draft_of_default(alice, own, RuleContent(reply="We read it"), None), NOW)
    assert (found.after.is_default, found.after.deeds[0].text) == (True, "We read it")
    rule = save_default_rule(alice, own, RuleContent(reply="We read it"))
    (found,) = check_examples(alice, own, draft_of_default(alice, own, RuleContent(reply="Else"), rule), NOW)
    assert found.before.is_default
    assert check_examples(alice, own, draft_of_default(alice, own, RuleContent(), rule), NOW) == []  # that is what was kept


def test_what_broke_before_is_no_objection_to_an_unrelated_change(alice, own, keyword):
    example = kept(alice, own, "rose")
    keyword.rules.get().actions.all().delete()
    assert list(broken_examples(alice, NOW)) == [example.pk]
    assert check_examples(alice, own, draft_of_keyword(drafted_row(alice, own, None, "TULIP"), RuleContent()), NOW) == []
    settle_example(example, NOW)
    assert broken_examples(alice, NOW) == {}


def test_a_change_that_mends_an_example_is_welcome(alice, own, keyword, news):
    kept(alice, own, "rose")
    content = RuleContent((news,), "Thank you")
    keyword.rules.get().actions.all().delete()
    assert check_examples(alice, own, redrafted(keyword, content), NOW) == []


def test_an_example_knows_its_sender(alice, own, keyword, news):
    new = kept(alice, own, "rose", sender="new")
    member = kept(alice, own, "rose", sender="member", groups=[news])
    assert [deed.action for deed in expected_of(new).deeds] == ["add_to_group", "send_reply"]
    assert [deed.action for deed in expected_of(member).deeds] == ["send_reply"]


def test_groups_of_others_are_not_kept(alice, charlie, own):
    theirs = Group.objects.create(account=charlie, name="Theirs")
    assert not kept(alice, own, "rose", sender="member", groups=[theirs]).groups.exists()


def test_an_example_arrives_now_then_or_on_the_next_such_day(alice, own):
    assert moment_of(kept(alice, own, "a"), NOW) == NOW
    assert moment_of(kept(alice, own, "a", moment=NOW - DAY), NOW) == NOW - DAY
    saturday = moment_of(kept(alice, own, "a", weekday=6, at_time=time(22)), NOW)
    assert (saturday.isoweekday(), saturday.hour, saturday.date().isoformat()) == (6, 22, "2026-11-21")


def test_a_number_has_so_many_examples_and_no_more(alice, own, monkeypatch):
    monkeypatch.setattr("recado.apps.keywords.examples.MOST_EXAMPLES", 1)
    kept(alice, own, "a")
    with pytest.raises(TooManyExamplesError):
        kept(alice, own, "b")


def test_examples_go_with_the_person_and_with_the_number(alice, own):
    contact = add_contact(alice, PHONE, {})
    kept(alice, own, "rose")
    assert known_about(alice, contact, str)["examples"] == [{"text": "rose", "note": ""}]
    erase_contact(alice, contact)
    assert not RuleExample.objects.exists()
    kept(alice, own, "rose")
    release_number(own, NOW)
    assert not RuleExample.objects.exists()


def test_past_messages_are_run_at_their_own_time_with_what_was_known_then(alice, own, keyword):
    keyword.rules.update(occasion=Occasion.FIRST)
    talk = dialogue(alice, PHONE, number=own)
    first, second = received(talk, "rose"), received(talk, "rose", minutes=1)
    Message.objects.update(keyword_id=keyword.pk)
    messages = list(Message.objects.order_by("id"))
    (found,) = rerun(alice, own, redrafted(keyword, RuleContent(reply="Bye")), messages, NOW)
    assert (found.subject, second.pk > first.pk) == (first, True)
    over = redrafted(keyword, RuleContent(reply="Bye"), ends_at=first.received_at)
    assert [one.after.keyword_id for one in rerun(alice, own, over, messages, NOW)] == [None]


def test_groups_in_a_rerun_are_those_of_now(alice, own, keyword, news):
    received(dialogue(alice, PHONE, number=own), "rose")
    add_contact(alice, PHONE, {}, [news.pk])
    (found,) = rerun(alice, own, redrafted(keyword, RuleContent()), list(Message.objects.all()), NOW)
    assert [deed.action for deed in found.before.deeds] == ["send_reply"]


def test_an_answer_on_a_shared_number_stays_an_answer_in_a_rerun(alice, shared):
    received(dialogue(alice, PHONE, number=shared), "thank you")
    messages = list(Message.objects.all())
    assert rerun(alice, shared, draft_of_keyword(drafted_row(alice, shared, None, "TULIP"), RuleContent()), messages, NOW) == []
    (found,) = rerun(alice, shared, draft_of_keyword(drafted_row(alice, shared, None, "thank you"), RuleContent(reply="x")), messages, NOW)
    assert (found.before.owner, found.before.keyword_id, found.after.keyword_id) == (Owner.YOURS, None, NEW)


def test_a_week_of_the_accounts_messages_is_tried_and_more_is_cut(alice, charlie, shared, monkeypatch):
    now, talk = timezone.now(), dialogue(alice, PHONE, number=shared)
    made = [received(talk, f"text {number}") for number in range(4)]
    received(dialogue(charlie, PHONE, number=shared), "theirs")
    Message.objects.update(received_at=now)
    Message.objects.filter(pk=received(talk, "long ago").pk).update(received_at=now - 8 * DAY)
    found = past_messages(alice, shared, now)
    assert ({message.text for message in found.messages}, found.is_cut) == ({message.text for message in made}, False)
    monkeypatch.setattr(rerunning, "MOST_MESSAGES", 3)
    cut = past_messages(alice, shared, now)
    assert ([message.text for message in cut.messages], cut.is_cut) == ([message.text for message in made[:0:-1]], True)


WORDS = st.lists(st.sampled_from(["rose", "red", "łaska", "laska"]), min_size=1, max_size=3).map(" ".join)


class TwoAccountsOnOneNumber(TestCase):
    """Whatever two accounts have on a shared number, an example and a rerun of one tell nothing of the other's."""

    @settings(max_examples=40, deadline=None)
    @given(mine=st.sets(WORDS, max_size=3), theirs=st.sets(WORDS, max_size=3), text=WORDS, drafted=WORDS, follows=st.booleans())
    def test_nothing_of_another_account_is_told(self, mine, theirs, text, drafted, follows):
        alice, charlie = Account.objects.create(name="Alice"), Account.objects.create(name="Charlie")
        shared = Number.objects.create(digits="48503340503", kind="shared_long")
        secret = Group.objects.create(account=charlie, name="Secret group")
        for account, words, content in ((charlie, theirs, RuleContent((secret,), "Secret reply")), (alice, mine, RuleContent())):
            for word in words:
                with suppress(KeywordError):  # somebody else has it, or one that looks like it
                    reserve_keyword(account, shared, word, content, also_when_text_follows=follows)
        strange = set(Keyword.objects.filter(account=charlie).values_list("pk", flat=True))
        example = save_example(alice, shared, text, PHONE, NOW)
        received(dialogue(alice, PHONE, number=shared), text)
        draft = draft_of_keyword(drafted_row(alice, shared, None, drafted, also_when_text_follows=follows), RuleContent(reply="Mine"))
        messages = list(Message.objects.filter(account=alice))
        once = check_examples(alice, shared, draft, NOW), rerun(alice, shared, draft, messages, NOW)
        assert once == (check_examples(alice, shared, draft, NOW), rerun(alice, shared, draft, messages, NOW))
        outcomes = [expected_of(example), current_outcome(example, NOW)]
        outcomes += [outcome for found in once for one in found for outcome in (one.before, one.after)]
        for outcome in outcomes:
            assert "Secret" not in repr(outcome)
            assert outcome.owner is Owner.YOURS or outcome == type(outcome)(outcome.owner)
            assert outcome.keyword_id not in strange
            assert secret.pk not in {deed.target_id for deed in outcome.deeds}


def test_an_own_number_of_another_account_takes_no_part(alice, charlie):
    theirs = add_number("48664200309", NumberKind.INDIVIDUAL_LONG, account=charlie)
    reserve_keyword(charlie, theirs, "ROSE", RuleContent(reply="Secret"))
    assert check_examples(alice, theirs, Draft(), NOW) == []
    assert rerun(alice, theirs, Draft(), [], NOW) == []


TEXTS = ["rose", "Rose red", "tulip", "TULIP please", "say rose now", "hello", ""]
CHANGES = {
    "a new word": (
        lambda keyword: draft_of_keyword(drafted_row(keyword.account, keyword.number, None, "Tulip"), RuleContent(reply="T")),
        lambda keyword: reserve_keyword(keyword.account, keyword.number, "Tulip", RuleContent(reply="T")),
    ),
    "another word, where text may follow": (
        lambda keyword: redrafted(keyword, RuleContent(reply="T"), word="tulip", also_when_text_follows=True),
        lambda keyword: edit_keyword(keyword, "tulip", RuleContent(reply="T"), also_when_text_follows=True),
    ),
    "a beginning": (
        lambda keyword: redrafted(keyword, RuleContent(), starts_at=NOW + DAY),
        lambda keyword: edit_keyword(keyword, "ROSE", RuleContent(), starts_at=NOW + DAY),
    ),
    "a pause": (lambda keyword: draft_of_state(keyword, Keyword.State.PAUSED), pause_keyword),
    "an end": (draft_of_end, end_keyword),
    "a default rule": (
        lambda keyword: draft_of_default(keyword.account, keyword.number, RuleContent(reply="D"), None),
        lambda keyword: save_default_rule(keyword.account, keyword.number, RuleContent(reply="D")),
    ),
}
ON_OWN_NUMBERS = {"another word, where text may follow", "a default rule"}


@pytest.mark.parametrize(
    ("on", "change"), [(on, change) for change in CHANGES for on in ("own", "shared") if on == "own" or change not in ON_OWN_NUMBERS]
)
def test_a_draft_shows_what_saving_does(alice, own, shared, on, change):
    number = own if on == "own" else shared
    keyword = reserve_keyword(alice, number, "ROSE", RuleContent(reply="R"))
    draft, save = CHANGES[change]
    examples = [kept(alice, number, text) for text in TEXTS]
    told = {found.subject.pk: found.after for found in check_examples(alice, number, draft(keyword), NOW)}
    assert told
    save(Keyword.objects.get(pk=keyword.pk))
    newest = Keyword.objects.order_by("-pk").values_list("pk", flat=True).first()
    for example in examples:
        expected = told.get(example.pk, expected_of(example))
        expected = replace(expected, keyword_id=newest) if expected.keyword_id == NEW else expected
        assert current_outcome(example, NOW) == expected
