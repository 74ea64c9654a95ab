"""The pages of contests: making one with its keyword, its entries, the draw step by step, telling winners, what anybody may see."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from panel.contests import contest, drawn, entry, over
from panel.conversations import number
from recado.apps.accounts.models import Account
from recado.apps.contests.models import Contest, Draw, Entry, Win
from recado.apps.contests.queries import standing_wins
from recado.apps.keywords.activities import Kind, keywords_of
from recado.apps.keywords.models import Keyword
from recado.apps.outbox.models import OutboundMessage
from recado.core.contest import EntryRule, EntryState
from recado.core.draw_protocol import faults, read
from recado.panel.contests.masking import masked
from recado.panel.contests.starting import STARTS, initial

pytestmark = pytest.mark.django_db


def written(account: Account, **fields) -> dict[str, str]:
    shown = initial(account, timezone.now())
    for name in ("opens_at", "closes_at"):
        shown[name] = f"{shown[name]:%Y-%m-%dT%H:%M}"
    return {"name": "Róże", **{name: "" if value is None else str(value) for name, value in shown.items()}, **fields}


def test_an_empty_list_teaches_with_starting_points(alice_client: Client):
    page = alice_client.get("/contests/").content.decode()
    assert "No contest yet" in page
    assert all(f"?start={start}" in page for start in STARTS)


@pytest.mark.parametrize("start", STARTS)
def test_a_starting_point_can_be_saved_as_it_is(alice_client: Client, account: Account, start):
    given = {name: "" if value is None else str(value) for name, value in STARTS[start].fields.items()}
    assert alice_client.post("/contests/new/", written(account, **given)).status_code == 302
    assert Contest.objects.get().entry_rule == STARTS[start].fields["entry_rule"]


def test_saving_makes_the_keyword_that_lets_people_enter(alice_client: Client, account: Account):
    there = number(account)
    alice_client.post("/contests/new/", written(account, number=str(there.pk), word="ROZA"))
    made = Contest.objects.get()
    assert [word.word for word in keywords_of(account, Kind.ENTER_CONTEST, made.pk)] == ["ROZA"]
    assert "Nobody can enter yet" not in alice_client.get(f"/contests/{made.pk}/").content.decode()


def test_a_word_that_is_taken_saves_nothing_and_says_so(alice_client: Client, account: Account):
    there = number(account)
    alice_client.post("/contests/new/", written(account, number=str(there.pk), word="ROZA"))
    answer = alice_client.post("/contests/new/", written(account, name="Tulipany", number=str(there.pk), word="ROZA"))
    assert answer.status_code == 422
    assert "ROZA is taken" in answer.content.decode()
    assert (Contest.objects.count(), Keyword.objects.count()) == (1, 1)


def test_what_makes_no_sense_is_said_in_words(alice_client: Client, account: Account):
    answer = alice_client.post("/contests/new/", written(account, entry_rule="first", every="", entered_text="Hi {nobody}"))
    page = answer.content.decode()
    assert "Write a number from 1 on." in page
    assert "Nothing is filled in for {nobody}" in page


def test_entries_are_narrowed_and_taken_away_as_they_are_shown(alice_client: Client, account: Account):
    made = contest(account)
    entry(made, 1, text="ROZA piwonia")
    entry(made, 2, text="ROZA za pozno", state=EntryState.REFUSED.value, reason="late")
    entry(made, 3, text="ROZA proba", is_test=True)
    page = alice_client.get(f"/contests/{made.pk}/?state=accepted").content.decode()
    assert ("piwonia" in page, "za pozno" in page, "proba" in page) == (True, False, False)
    file = b"".join(alice_client.get(f"/contests/{made.pk}/export/?test=yes&as=csv").streaming_content).decode()
    assert ("proba" in file, "piwonia" in file) == (True, False)


def test_leaving_out_needs_a_reason_and_can_be_undone(alice_client: Client, account: Account):
    one = entry(contest(account))
    where = f"/contests/{one.contest_id}/entries/{one.pk}/"
    assert "Write a reason" in alice_client.post(f"{where}leave-out/", {"reason": " "}, follow=True).content.decode()
    assert "Undo" in alice_client.post(f"{where}leave-out/", {"reason": "works for us"}, follow=True).content.decode()
    assert Entry.objects.get(pk=one.pk).state == EntryState.DISQUALIFIED
    alice_client.post(f"{where}readmit/")
    assert Entry.objects.get(pk=one.pk).state == EntryState.ACCEPTED


def test_the_draw_goes_step_by_step_and_no_seed_is_seen_before_it(alice_client: Client, account: Account):
    made = over(account, 4, reserve_count=1)
    where = f"/contests/{made.pk}/draw/"
    for step in ("freeze", "freeze", "promise", "promise"):
        alice_client.post(where, {"do": step})
    found = Draw.objects.get(contest=made)
    page = alice_client.get(where).content.decode()
    assert found.list_sha256 in page
    assert found.seed_sha256 in page
    for _press in range(2):
        alice_client.post(where, {"do": "draw", "beacon": "12 44 3"})
    found.refresh_from_db()
    protocol = read(json.loads(found.protocol))
    assert faults(protocol, found.list_sha256, found.seed_sha256) == []
    assert protocol.beacon == "12 44 3"
    assert protocol.seed not in page
    assert Win.objects.filter(draw=found).count() == 2


def test_somebody_who_may_not_configure_sees_the_draw_and_takes_no_step(account: Account, vera_client: Client):
    made = over(account)
    assert vera_client.post(f"/contests/{made.pk}/draw/", {"do": "freeze"}).status_code == 403
    assert not Draw.objects.exists()


def test_a_place_is_taken_away_with_a_reason(alice_client: Client, account: Account):
    found = drawn(account, 4, reserve_count=1)
    win = standing_wins(found.contest).get()
    where = reverse("contest-win-replace", args=[found.contest_id, win.pk])
    assert "The place goes to the first reserve" in alice_client.get(where).content.decode()
    alice_client.post(where, {"reason": "cannot be reached"})
    page = alice_client.get(f"/contests/{found.contest_id}/draw/").content.decode()
    assert "Lost their place" in page
    assert "cannot be reached" in page


def test_the_protocol_is_a_file_to_check_and_a_page_to_read(alice_client: Client, account: Account):
    found = drawn(account)
    where = reverse("contest-protocol", args=[found.contest_id, found.pk])
    assert alice_client.get(where).content.decode() == found.protocol
    assert alice_client.get(f"{where}?as=pdf").content.startswith(b"%PDF-")


def test_winners_are_told_at_the_cost_on_the_button(alice_client: Client, account: Account):
    there = number(account)
    found = drawn(account).contest
    where = f"/contests/{found.pk}/notify/"
    sent = {"text": "You won in {contest}.", "sender": f"number-{there.pk}", "do": "send", "count": "1"}
    changed = alice_client.post(where, {**sent, "cost": "1"})
    assert (changed.status_code, OutboundMessage.objects.count()) == (422, 0)
    for _press in range(2):
        alice_client.post(where, {**sent, "cost": "9"})
    assert [one.text for one in OutboundMessage.objects.all()] == ["You won in Róże."]


def test_a_jury_chooses_and_takes_back(alice_client: Client, account: Account):
    made = over(account, 1, EntryRule.JURY)
    where = f"/contests/{made.pk}/entries/{made.entries.get().pk}/choose/"
    alice_client.post(where, {"note": "the nicest"})
    win = Win.objects.get()
    assert (win.note, win.is_void) == ("the nicest", False)
    alice_client.post(reverse("contest-win-take-back", args=[made.pk, win.pk]))
    assert Win.objects.get().is_void


def test_the_public_page_is_for_everybody_only_where_it_is_switched_on(account: Account):
    made = contest(account)
    where = reverse("contest-public", args=[made.public_token])
    assert Client().get(where).status_code == 404
    Contest.objects.filter(pk=made.pk).update(is_public=True)
    assert "Róże" in Client().get(where).content.decode()


def test_the_public_page_speaks_the_accounts_language_to_every_browser(account: Account):
    made = contest(account, is_public=True)
    polish = Client(headers={"Accept-Language": "pl"})
    assert "Winners are drawn at the end" in polish.get(reverse("contest-public", args=[made.public_token])).content.decode()
    page = Client().get(reverse("contest-public-in", args=[made.public_token, "pl"])).content.decode()
    assert "Winners are drawn at the end" not in page
    assert "losowani" in page


def test_nobodys_phone_is_public_and_winners_only_where_the_organiser_wants_it(account: Account):
    found = drawn(account, is_public=True)
    made, win = found.contest, standing_wins(found.contest).get()
    where = reverse("contest-public", args=[made.public_token])
    page = Client().get(where).content.decode()
    assert found.list_sha256 in page
    assert masked(win.msisdn) not in page
    Contest.objects.filter(pk=made.pk).update(shows_winners=True)
    page = Client().get(reverse("contest-public-in", args=[made.public_token, "pl"])).content.decode()
    assert masked(win.msisdn) in page
    assert win.msisdn not in page.replace(" ", "")


def test_phones_are_shown_without_the_digits_in_the_middle():
    assert masked("48501222333") == "+48 501 *** 333"
    assert masked("4915123456789").startswith("+4915 *** ")


def test_a_contest_that_waits_for_its_winners_stands_on_the_first_page(alice_client: Client, account: Account):
    made = over(account)
    assert f"/contests/{made.pk}/draw/" in alice_client.get("/").content.decode()


def test_a_copy_begins_tomorrow_and_an_end_is_asked_about(alice_client: Client, account: Account):
    made = contest(account)
    alice_client.post(f"/contests/{made.pk}/copy/")
    assert Contest.objects.latest("pk").opens_at > timezone.now() + timedelta(hours=23)
    assert "Let it go on" in alice_client.get(f"/contests/{made.pk}/end/").content.decode()
    alice_client.post(f"/contests/{made.pk}/end/")
    assert Contest.objects.get(pk=made.pk).closed_at is not None
