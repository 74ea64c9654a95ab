"""Writing a group send: what is kept, who is added, what is said when something is wrong."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from panel.campaigns import FIRST, draft, people, scheduled
from panel.conversations import number
from recado.apps.accounts.models import Account, User
from recado.apps.campaigns.models import Campaign
from recado.apps.campaigns.queries import groups_of_campaign
from recado.apps.contacts.services import add_contact, add_group
from recado.apps.dialogues.canned_replies import add_canned_reply
from recado.apps.dialogues.models import CannedReply

Use = CannedReply.Use


def text_of(response) -> str:
    return response.content.decode()


def entries(campaign: Campaign) -> list[str]:
    return list(campaign.entries.order_by("msisdn").values_list("msisdn", flat=True))


def posted(client: Client, campaign: Campaign, **data):
    return client.post(f"/sends/{campaign.pk}/edit/", {"when": "now", "sender": f"number-{campaign.number_id}"} | data)


def test_looking_at_a_new_one_twice_makes_one_draft_and_no_list_shows_it(alice_client: Client):
    first, second = alice_client.get("/sends/new/"), alice_client.get("/sends/new/")
    assert first["Location"] == second["Location"]
    assert Campaign.objects.count() == 1
    assert "Nothing was sent to a group yet" in text_of(alice_client.get("/sends/"))


def test_everything_of_the_page_is_kept(account: Account, alice: User, alice_client: Client):
    campaign = draft(account, alice)
    group_id, other_id = people(account, 2, "Róże"), people(account, 1, "Pracownicy")
    tomorrow = timezone.localtime(timezone=ZoneInfo("Europe/Warsaw")) + timedelta(days=1)
    response = posted(
        alice_client,
        campaign,
        name="Róże",
        text=" Róże po 5 zł ",
        groups=[group_id],
        excluded=[other_id],
        when="later",
        day=f"{tomorrow:%Y-%m-%d}",
        clock="09:00",
        per_minute="30",
        validity="360",
        is_flash="on",
        is_test="on",
        do="summary",
    )
    assert response["Location"] == f"/sends/{campaign.pk}/summary/"
    campaign.refresh_from_db()
    assert (campaign.name, campaign.text, campaign.per_minute, campaign.validity_minutes) == ("Róże", " Róże po 5 zł ", 30, 360)
    assert (campaign.is_flash, campaign.is_test, campaign.keeps_quiet_hours) == (True, True, False)
    assert campaign.scheduled_at
    assert f"{campaign.scheduled_at.astimezone(tomorrow.tzinfo):%d %H:%M}" == f"{tomorrow:%d} 09:00"
    assert [one.group_id for one in groups_of_campaign(campaign)] == [group_id]
    assert [one.group_id for one in groups_of_campaign(campaign, excluded=True)] == [other_id]
    page = text_of(alice_client.get(f"/sends/{campaign.pk}/edit/"))
    assert 'value="09:00"' in page


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"when": "later", "day": "2026-01-01", "clock": "09:00"}, "This moment is over."),
        ({"when": "later", "clock": "09:00"}, "Choose a day."),
        ({"when": "later", "day": "2098-01-01", "clock": "09:00"}, "Choose a day within a year."),
        ({"per_minute": "0"}, "greater than or equal to 1"),
        ({"phones": "12, 604218377"}, "1 entry is no phone number: “12”"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_is_kept(account: Account, alice: User, alice_client: Client, data, words):
    campaign = draft(account, alice)
    response = posted(alice_client, campaign, text="Nowy tekst", do="summary", **data)
    assert response.status_code == 422
    assert words in text_of(response)
    campaign.refresh_from_db()
    assert campaign.text == "Nowy tekst"


def test_typed_numbers_become_people_and_what_is_none_stays_in_the_field(account: Account, alice: User, alice_client: Client):
    campaign = draft(account, alice)
    page = text_of(posted(alice_client, campaign, phones="604 218 377, +44 7700 900123\nnikt", do="add"))
    assert entries(campaign) == ["447700900123", "48604218377"]
    assert re.search(r'name="phones" value="nikt"', page)
    posted(alice_client, campaign, do=f"drop-{campaign.entries.first().pk}")
    assert len(entries(campaign)) == 1
    posted(alice_client, campaign, do="drop-all")
    assert entries(campaign) == []


def test_a_list_is_uploaded_and_its_columns_can_be_put_into_the_text(account: Account, alice: User, alice_client: Client):
    campaign = draft(account, alice)
    file = SimpleUploadedFile("lista.csv", "Telefon;Kod\n604218377;A1\n604218378;B2\nzły;C3\n".encode("cp1250"))
    response = posted(alice_client, campaign, text="Twój kod", do="upload", file=file)
    page = text_of(alice_client.get(response["Location"]))
    assert "2 people of the list were added." in page
    assert "1 entry is no phone number: “zły”" in page
    assert 'data-insert="{kod}"' in page
    posted(alice_client, campaign, text="Twój kod", do="insert-kod")
    posted(alice_client, campaign, text="Twój kod {kod}", do="insert-nothing")
    campaign.refresh_from_db()
    assert campaign.text == "Twój kod {kod}"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"imie;miasto\nAnna;Gdynia\n", "No column of this list holds phone numbers."),
        (b"", "Choose a file first."),
        (b"\x00\x01", "no table"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_words(account: Account, alice: User, alice_client: Client, content, words):
    campaign = draft(account, alice)
    data = {"file": SimpleUploadedFile("lista.csv", content)} if content else {}
    response = posted(alice_client, campaign, do="upload", **data)
    assert response.status_code == 422
    assert words in text_of(response)


def test_a_piece_of_the_page_follows_what_is_written(account: Account, alice: User, alice_client: Client):
    campaign = draft(account, alice)
    group_id = people(account, 5, "Więcej")
    data = {"text": "Cześć", "groups": [group_id], "sender": f"number-{campaign.number_id}", "when": "now", "preview": "2"}
    page = text_of(alice_client.post(f"/sends/{campaign.pk}/check/", data))
    assert '<dd class="u-num">5</dd>' in page
    assert "0,45\xa0zł" in page
    assert "2 of 5" in page
    campaign.refresh_from_db()
    assert campaign.text == "Cześć"


def test_a_ready_text_for_group_sends_is_taken_but_no_other(account: Account, alice: User, alice_client: Client, charlie: User):
    campaign = draft(account, alice, text="")
    ready = add_canned_reply(account, "Godziny", "Otwarte do 18.", None, Use.BOTH)
    for_talks = add_canned_reply(account, "Rozmowa", "Dzień dobry!", None)
    foreign = add_canned_reply(charlie.memberships.get().account, "Tajne", "Tajne", None, Use.BOTH)
    for other in (foreign, for_talks):
        posted(alice_client, campaign, do=f"ready-{other.pk}")
    posted(alice_client, campaign, do=f"ready-{ready.pk}")
    campaign.refresh_from_db()
    assert campaign.text == "Otwarte do 18."


def test_groups_and_senders_of_others_are_not_taken(account: Account, alice: User, alice_client: Client, charlie: User):
    campaign = draft(account, alice)
    other = charlie.memberships.get().account
    response = posted(alice_client, campaign, groups=[add_group(other, "Obca").pk], sender=f"number-{number(other, '48664200399').pk}")
    assert response.status_code == 422
    campaign.refresh_from_db()
    assert campaign.number_id == number(account).pk


def test_ticked_contacts_get_a_message(account: Account, alice_client: Client):
    chosen = [add_contact(account, str(FIRST + place)).pk for place in range(2)]
    response = alice_client.post("/contacts/bulk/", {"do": "send", "contact": chosen})
    campaign = Campaign.objects.get()
    assert response["Location"] == f"/sends/{campaign.pk}/edit/"
    assert entries(campaign) == [str(FIRST), str(FIRST + 1)]


def test_a_draft_is_deleted_after_asking(account: Account, alice: User, alice_client: Client):
    campaign = draft(account, alice)
    assert "Delete the draft Tulipany?" in text_of(alice_client.get(f"/sends/{campaign.pk}/delete/"))
    alice_client.post(f"/sends/{campaign.pk}/delete/")
    assert not Campaign.objects.exists()


def test_what_is_no_draft_any_more_cannot_be_written_in(account: Account, alice: User, alice_client: Client):
    campaign = scheduled(account, alice)
    for page in ("edit", "summary", "delete"):
        assert alice_client.post(f"/sends/{campaign.pk}/{page}/", {"text": "Inny"})["Location"] == f"/sends/{campaign.pk}/"
    piece = alice_client.post(f"/sends/{campaign.pk}/check/", {"text": "Inny"})
    assert (piece.status_code, piece["HX-Redirect"]) == (409, f"/sends/{campaign.pk}/")
    campaign.refresh_from_db()
    assert campaign.text != "Inny"


def test_a_new_one_begins_with_the_sender_used_last(account: Account, alice: User, alice_client: Client):
    number(account, "48664200301")
    alice_client.get("/sends/new/")
    assert str(Campaign.objects.get().number) == "48664200301"
    scheduled(account, alice)
    Campaign.objects.filter(state="draft").delete()
    alice_client.get("/sends/new/")
    assert str(Campaign.objects.get(state="draft").number) == "48664200300"
