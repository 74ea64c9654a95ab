"""Who gets a campaign: groups as they are now, single people, files, without those who must not get it; and what it would cost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from recado.apps.campaigns.audience import Skipped, audience_of
from recado.apps.campaigns.entries import add_contacts, add_phones, add_table, entry_count, guess_columns, remove_entries, written_phones
from recado.apps.campaigns.errors import CampaignError
from recado.apps.campaigns.estimating import estimate, preview
from recado.apps.campaigns.models import Campaign, CampaignEntry
from recado.apps.campaigns.services import create_draft, edit_draft, set_groups
from recado.apps.contacts.blocking import block
from recado.apps.contacts.memberships import get_membership_for, set_end
from recado.apps.contacts.models import GroupMembership
from recado.apps.contacts.opt_outs import Scope, opt_out
from recado.apps.contacts.services import add_contact, add_group
from recado.apps.contacts.table_files import read_pasted
from recado.apps.ids import next_id
from recado.apps.outbox.models import SendKind

HANNA, JAN, OLA = "48604218377", "48600700800", "48600700900"
pytestmark = pytest.mark.django_db


def recipients(campaign: Campaign) -> list[str]:
    return [str(phone) for phone in audience_of(campaign, timezone.now()).phones]


def skipped(campaign: Campaign) -> Skipped:
    return audience_of(campaign, timezone.now()).skipped


def test_members_of_a_group_get_it_while_they_are_in_it(account, draft, garden, member):
    member(HANNA)
    jan = member(JAN)
    assert recipients(draft) == [JAN, HANNA]
    set_end(get_membership_for(account, garden.pk, jan.pk), timezone.now() - timedelta(seconds=1))
    assert recipients(draft) == [HANNA]
    set_end(get_membership_for(account, garden.pk, jan.pk), timezone.now() + timedelta(hours=1))
    assert recipients(draft) == [JAN, HANNA]


def test_members_of_an_excluded_group_get_nothing_by_any_way(account, draft, garden, member):
    staff = add_group(account, "Staff")
    member(HANNA, groups=(garden, staff))
    member(JAN)
    member(OLA, groups=(staff,))
    add_phones(draft, OLA)
    set_groups(draft, [garden], [staff])
    assert recipients(draft) == [JAN]
    assert skipped(draft) == Skipped(excluded=2)
    membership = GroupMembership.objects.get(group=staff, contact__msisdn=OLA)
    set_end(membership, timezone.now() - timedelta(seconds=1))
    assert recipients(draft) == [JAN, OLA]


def test_groups_and_contacts_of_another_account_are_not_taken(account, stranger, draft):
    theirs = add_group(stranger, "Bread")
    contact = add_contact(stranger, HANNA, {}, [theirs.pk])
    set_groups(draft, [theirs], [theirs])
    assert add_contacts(draft, [contact.pk]).added == 0
    assert (draft.audience.count(), recipients(draft)) == (0, [])


def test_opt_outs_of_each_scope(account, draft, garden, number, pool, member):
    for msisdn in (HANNA, JAN, OLA, "48600700901", "48600700902"):
        member(msisdn)
    now = timezone.now()
    opt_out(account, HANNA, Scope.ACCOUNT, now=now)
    opt_out(account, JAN, Scope.NUMBER, number.pk, now=now)
    opt_out(account, OLA, Scope.KEYWORD, 17, now=now)
    opt_out(account, "48600700901", Scope.GROUP, garden.pk, now=now)  # leaves the group
    assert recipients(draft) == [OLA, "48600700902"]
    assert skipped(draft) == Skipped(opted_out=2)
    edit_draft(draft, kind=SendKind.ECO, number=None)
    assert recipients(draft) == [JAN, OLA, "48600700902"]
    opt_out(account, "48600700902", Scope.NUMBER, pool[1].pk, now=now)
    assert recipients(draft) == [JAN, OLA]


def test_who_left_a_group_by_stop_but_is_in_it_on_paper_gets_nothing_through_it(account, draft, garden):
    hanna = add_contact(account, HANNA)
    opt_out(account, HANNA, Scope.GROUP, garden.pk, now=timezone.now())
    GroupMembership.objects.create(id=next_id(), group=garden, contact=hanna)
    assert (recipients(draft), skipped(draft)) == ([], Skipped(opted_out=1))
    add_phones(draft, HANNA)
    assert recipients(draft) == [HANNA]


def test_blocked_phones_short_codes_and_our_own_numbers_get_nothing(account, draft, number, member):
    for msisdn in (HANNA, JAN, "4301", "MyBank", number.digits):
        member(msisdn)
    block(account, JAN)
    assert recipients(draft) == [HANNA]
    assert skipped(draft) == Skipped(invalid=3, blocked=1)


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("604218377, 600 700 800;600-700-900", ["604218377", "600 700 800", "600-700-900"]),
        ("604 218 377 600 700 800", ["604 218 377", "600 700 800"]),
        ("+48 604 218 377 +48600700800 0048 600 700 900", ["+48 604 218 377", "+48600700800", "0048 600 700 900"]),
        ("604218377 600700800\n600700900\t", ["604218377", "600700800", "600700900"]),
        ("+44 7911 123456\n+48 604 218 377 600 700 800", ["+44 7911 123456", "+48 604 218 377", "600 700 800"]),
        ("Anna 604218377", ["Anna", "604218377"]),
        ("", []),
        (" ,; \n", []),
    ],
)
def test_phones_are_typed_in_any_way(typed, numbers):
    assert written_phones(typed) == numbers


def test_bad_numbers_are_named(draft):
    added = add_phones(draft, "604 218 377, 12, +48 604-218-377, what")
    assert (added.added, added.bad, added.bad_count) == (1, ["12", "what"], 2)
    assert recipients(draft) == [HANNA]


def test_a_person_comes_once_whatever_the_way(account, draft, member):
    hanna = member(HANNA)
    add_contacts(draft, [hanna.pk])
    add_phones(draft, "604218377")
    assert recipients(draft) == [HANNA]
    assert skipped(draft) == Skipped(duplicate=2)


def test_a_file_fills_places_and_may_bring_texts_of_its_own(draft):
    rows = read_pasted(
        "Telefon;Imię;Kod rabatowy;Treść\n604218377;Hanna;ABC;\n600700800;;DEF;Just for you: {kod_rabatowy}\nx;;;\n600700900;Ola;;"
    )
    columns, header = guess_columns(rows)
    assert (columns, header) == (["phone", "first_name", "kod_rabatowy", "text"], True)
    added = add_table(draft, rows, columns, has_header=header)
    assert (added.added, added.bad) == (3, ["x"])
    draft.refresh_from_db()
    assert draft.places == ["kod_rabatowy"]
    edit_draft(draft, text="Hello {first_name}, your code: {Kod_rabatowy}. {other}")
    found = estimate(draft, timezone.now())
    assert {one.msisdn: one.text for one in found.previews} == {
        JAN: "Just for you: DEF",
        OLA: "Hello Ola, your code:. {other}",
        HANNA: "Hello Hanna, your code: ABC. {other}",
    }
    assert found.unknown_placeholders == ["other"]
    assert remove_entries(draft) == 3
    assert (draft.places, entry_count(draft)) == ([], 0)


def test_a_table_without_titles_has_phones_in_the_fullest_column():
    assert guess_columns([["Hanna", "604218377"], ["Jan", "600700800"]]) == (["", "phone"], False)


def test_single_people_can_be_taken_off_again(draft):
    add_phones(draft, f"{HANNA}, {JAN}")
    first = CampaignEntry.objects.get(msisdn=HANNA)
    assert remove_entries(draft, [first.pk]) == 1
    assert recipients(draft) == [JAN]


def test_only_drafts_are_changed(draft):
    Campaign.objects.update(state=Campaign.State.SENDING)
    for change in (
        lambda: add_phones(draft, HANNA),
        lambda: remove_entries(draft),
        lambda: set_groups(draft, []),
        lambda: edit_draft(draft, text="x"),
    ):
        with pytest.raises(CampaignError):
            change()


def test_an_estimate_counts_segments_and_money_of_each_text(draft, member):
    member(HANNA, "Hanna")
    member(JAN, "x" * 80)
    member(OLA, "Łucja")
    edit_draft(draft, text="y" * 75 + " {first_name}")
    found = estimate(draft, timezone.now())
    assert (found.recipient_count, found.fewest_segments, found.most_segments, found.segment_count) == (3, 1, 2, 4)
    assert (found.cost, found.unicode_count) == (4 * 9, 1)
    edit_draft(draft, is_test=True)
    assert estimate(draft, timezone.now()).cost == 0


def test_previews_go_from_person_to_person(draft, member):
    member(JAN, "Jan", "Kowalski")
    member(HANNA)
    now = timezone.now()
    first, second = preview(draft, now, 0), preview(draft, now, 1)
    assert first is not None
    assert second is not None
    assert (first.msisdn, first.name, first.text) == (JAN, "Jan Kowalski", "Hello Jan!")
    assert (second.msisdn, second.name, second.text) == (HANNA, "", "Hello!")
    assert preview(draft, now, 2) is None
    assert preview(draft, now, -1) is None


def test_a_draft_with_nothing_is_nothing(account):
    found = estimate(create_draft(account), timezone.now())
    assert (found.recipient_count, found.segment_count, found.cost, found.previews) == (0, 0, 0, [])
