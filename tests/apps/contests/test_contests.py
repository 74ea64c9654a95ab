"""Contests as such: what is refused before it is saved, what stays once people entered, ending, copying, leaving out, choosing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from panel.contests import contest, entry, over, promised
from panel.conversations import number
from recado.apps.contacts.erasing import erase_contact
from recado.apps.contacts.knowing import known_about
from recado.apps.contacts.services import add_contact, add_group
from recado.apps.contests.content import ContestContent, content_of, problems
from recado.apps.contests.errors import ContestRefusedError, DrawRefusal, DrawRefusedError, Fault
from recado.apps.contests.figures import counts_of, days_of, figures_of
from recado.apps.contests.models import Contest, Entry, Win
from recado.apps.contests.notices import tell_all
from recado.apps.contests.queries import EntryFilter, contests_of, entries_of, get_contest_for, waiting_for_winners
from recado.apps.contests.services import choose, copy_contest, disqualify, edit_contest, end_contest, readmit, unchoose
from recado.apps.contests.standing import Standing, standing_of
from recado.apps.keywords.activities import Kind, keywords_of
from recado.apps.keywords.contest_words import check_age, give_word
from recado.core.contest import EntryRule, EntryState, Refusal
from recado.core.number import NumberKind

pytestmark = pytest.mark.django_db
NOW = timezone.now()
GOOD = ContestContent("Róże", NOW, NOW + timedelta(days=1))
WRONG = {
    ("closes_at", Fault.ENDS_BEFORE): {"closes_at": NOW - timedelta(hours=1)},
    ("closes_at", Fault.OVER_ALREADY): {"opens_at": NOW - timedelta(days=2), "closes_at": NOW - timedelta(days=1)},
    ("every", Fault.NO_NUMBER): {"entry_rule": EntryRule.FIRST},
    ("correct_answers", Fault.NO_ANSWER): {"entry_rule": EntryRule.CORRECT, "correct_answers": " \n "},
    ("winner_count", Fault.NO_WINNERS): {"winner_count": 0},
    ("winner_count", Fault.TOO_MANY): {"winner_count": 9_999, "reserve_count": 2},
    ("limit_total", Fault.NOT_POSITIVE): {"limit_total": 0},
    ("limit_per_day", Fault.DAY_OVER_TOTAL): {"limit_per_day": 2, "limit_total": 1},
    ("min_age", Fault.AGE): {"min_age": 120},
    ("win_text", Fault.NOBODY_FILLS): {"win_text": "Hello {nobody}"},
    ("notify_text", Fault.NOBODY_FILLS): {"notify_text": "Hello {keyword}"},
}


@pytest.mark.parametrize("where", WRONG, ids=str)
def test_what_makes_no_sense_is_said_where_it_stands(account, where):
    assert where in {(one.field, one.fault) for one in problems(account, replace(GOOD, **WRONG[where]), NOW)}


def test_a_contest_that_makes_sense_has_no_problems(account):
    said = {"entered_text": "Entry {entry}, {first_name}", "notify_text": "{contest}: place {place}"}
    assert problems(account, replace(GOOD, **said), NOW) == []


def test_somebody_elses_group_is_none(account):
    other = type(account).objects.create(name="Piekarnia")
    group = add_group(other, "Staff")
    assert [one.fault for one in problems(account, replace(GOOD, excluded_group=group), NOW)] == [Fault.GROUP]


def refused(found: Contest, **fields) -> set[Fault]:
    with pytest.raises(ContestRefusedError) as caught:
        edit_contest(found, replace(content_of(found), **fields), timezone.now())
    return {one.fault for one in caught.value.problems}


def test_the_rule_stays_once_people_entered_and_texts_may_change(account):
    made = contest(account)
    entry(made, is_test=True)
    edit_contest(made, replace(content_of(made), entry_rule=EntryRule.JURY), timezone.now())
    entry(made)
    assert refused(made, entry_rule=EntryRule.EVERY) == {Fault.RULE_FIXED}
    edit_contest(made, replace(content_of(made), entered_text="Thank you!"), timezone.now())
    assert Contest.objects.get(pk=made.pk).entered_text == "Thank you!"


def test_what_a_frozen_list_follows_from_stays(account):
    found = promised(account).contest
    assert refused(get_contest_for(account, found.pk), winner_count=2) == {Fault.LIST_FROZEN}


def test_what_the_rule_has_no_use_for_is_not_kept(account):
    made = contest(account, EntryRule.EVERY, every=5, win_cap=3, winner_count=9, correct_answers=" a \n\n b ")
    assert (made.every, made.win_cap, made.winner_count, made.correct_answers) == (None, None, 1, "a\nb")


def test_ending_early_is_done_once_and_a_later_end_takes_it_back(account):
    made = contest(account)
    now = timezone.now()
    assert end_contest(made, now)
    assert not end_contest(made, now)
    assert standing_of(get_contest_for(account, made.pk), now) is Standing.OVER
    edit_contest(made, replace(content_of(made), closes_at=now + timedelta(days=3)), now)
    assert standing_of(get_contest_for(account, made.pk), now) is Standing.RUNNING


def test_a_copy_has_secrets_of_its_own(account):
    made = contest(account, is_public=True)
    copied = copy_contest(made, "Róże znów", timezone.now())
    assert not {made.salt, made.instant_seed, made.public_token} & {copied.salt, copied.instant_seed, copied.public_token}
    assert (copied.is_public, copied.closes_at - copied.opens_at) == (False, made.closes_at - made.opens_at)


def test_figures_count_people_and_no_tests(account):
    made = contest(account)
    entry(made, 1)
    entry(made, 1, sequence=9, ordinal=2, day_ordinal=2)
    entry(made, 2, state=EntryState.REFUSED.value, reason=Refusal.LATE.value)
    entry(made, 3, is_test=True)
    now = timezone.now()
    found = figures_of(made, now)
    assert (found.entries, found.people, found.refused, found.tests, found.reasons) == (2, 1, 1, 1, {Refusal.LATE: 1})
    assert counts_of([made], now) == {made.pk: (2, 2)}
    assert [day.entries for day in days_of(made, now)] == [0, 2]


def test_who_is_left_out_is_told_of_with_the_reason_and_can_be_let_back(account):
    made = contest(account, EntryRule.EVERY)
    one = entry(made, is_winner=True)
    Win.objects.create(account=account, contest=made, entry=one, msisdn=one.msisdn, place=1)
    assert disqualify(one, " works for us ", None)
    assert not disqualify(one, "again", None)
    assert (one.state, one.disqualified_reason) == (EntryState.DISQUALIFIED, "works for us")
    assert Win.objects.get(entry=one).is_void
    assert list(entries_of(made, EntryFilter(is_winner=True))) == []
    assert readmit(one)
    assert list(entries_of(made, EntryFilter(is_winner=True))) == [one]
    assert not Win.objects.get(entry=one).is_void


def test_a_jury_chooses_each_entry_once_and_more_than_win_are_reserves(account):
    made = over(account, 2, EntryRule.JURY)
    first, second = made.entries.order_by("pk")
    win = choose(first, "the nicest", timezone.now())
    assert choose(second, "", timezone.now()).is_reserve
    with pytest.raises(DrawRefusedError) as caught:
        choose(first, "", timezone.now())
    assert caught.value.reason is DrawRefusal.CHOSEN_ALREADY
    unchoose(win)
    again = choose(first, "", timezone.now())
    assert (again.place, again.is_reserve) == (1, False)
    Win.objects.filter(pk=again.pk).update(notified_at=timezone.now())
    with pytest.raises(DrawRefusedError):
        unchoose(again)


def test_a_keyword_on_an_own_number_takes_answers_and_on_a_shared_one_asks_nobodys_age(account):
    own, shared = number(account), number(None, "48503340503", NumberKind.SHARED_LONG)
    made = contest(account)
    word = give_word(made, own, "ROZA")
    assert (word.kind, keywords_of(account, Kind.ENTER_CONTEST, made.pk)) == ("base", [word])
    other = give_word(made, shared, "OGRODROZA")
    assert (other.kind, other.also_when_text_follows) == ("exact", True)
    made.min_age = 18
    with pytest.raises(ContestRefusedError):
        check_age(made)
    with pytest.raises(ContestRefusedError):
        give_word(made, shared, "ROZAOGROD")


def test_a_contest_that_waits_for_its_winners_is_told_of_once(account):
    from recado.apps.accounts.models import Role, User
    from recado.apps.accounts.services import add_member
    from recado.apps.notifications.models import Notification

    add_member(account, User.objects.create_user("anna@example.com", "a long password"), Role.OWNER)
    made = over(account)
    for _again in range(2):
        tell_all(timezone.now())
    assert [one.kind for one in Notification.objects.all()] == ["contest.over"]
    assert waiting_for_winners(account, timezone.now()) == [made]
    assert contests_of(account).get().is_drawn is False


def test_an_erased_person_leaves_the_entry_and_takes_the_words(account):
    made = contest(account)
    one = entry(made, text="ROZA piwonia", answer="piwonia")
    person = add_contact(account, one.msisdn)
    assert known_about(account, person, str)["contests"][0]["text"] == "ROZA piwonia"
    erase_contact(account, person)
    kept = Entry.objects.get(pk=one.pk)
    assert (kept.text, kept.answer, kept.state) == ("", "", EntryState.ACCEPTED)
