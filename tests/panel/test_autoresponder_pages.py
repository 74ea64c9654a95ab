"""Pages of autoresponders: list, form, preview, order, what was stopped."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from panel.conversations import dialogue, number, received
from recado.apps.accounts.models import Account
from recado.apps.audit.models import AuditEntry
from recado.apps.autoresponders.drafts import draft_of_content
from recado.apps.autoresponders.models import AnswerDay, Autoresponder, BreakerTrip
from recado.apps.autoresponders.services import AutoresponderContent, add_autoresponder, edit_autoresponder
from recado.apps.contacts.services import add_group
from recado.apps.ids import next_id
from recado.apps.inbox.models import Message
from recado.apps.keywords.examples import broken_examples, save_example
from recado.apps.keywords.queries import autoresponders_of
from recado.apps.keywords.rules import RuleTerms
from recado.apps.keywords.services import reserve_keyword
from recado.apps.plans.models import Plan
from recado.core.action import TripReason
from recado.core.breaker import ANSWERS_WITHIN, IDENTICAL_WITHIN, MOST_ANSWERS, MOST_IDENTICAL, STANDARD_CEILING, STOPPED_FOR
from recado.core.condition import Condition, Occasion, OfficeHours, Standing
from recado.core.number import NumberKind
from recado.core.reply import PLACEHOLDERS
from recado.panel.forms.autoresponder import AutoresponderForm
from recado.panel.fragments import render
from recado.panel.trip_words import REASONS

LIST = "/autoresponders/"
FILLED = {"name": "Closed", "text": "We are closed", "once": "720", "is_enabled": "on", "office_hours": "closed"}


def page(client: Client, path: str = LIST) -> str:
    return " ".join(client.get(path).content.decode().split())


def named(account: Account, *names: str, **fields) -> list[Autoresponder]:
    return [add_autoresponder(account, AutoresponderContent(name, f"Text of {name}", **fields)) for name in names]


def order(account: Account) -> list[str]:
    return list(account.autoresponders.order_by("position").values_list("name", flat=True))


def stopped(account: Account, found: Autoresponder | None, reason: str = "too_many", phone: str = "48600100200", **fields) -> BreakerTrip:
    now = timezone.now()
    about = {"id": next_id(), "msisdn": phone, "reason": reason, "autoresponder_id": found.pk if found else None}
    moments = {"tripped_at": now, "until": now + timedelta(days=1)}
    return BreakerTrip.objects.create(account=account, number=number(account), **{"message_id": 1, **about, **moments, **fields})


def test_an_empty_list_teaches_and_an_example_fills_the_form_in_without_saving(alice_client, account):
    assert "An autoresponder is a text that answers by itself" in page(alice_client)
    filled = page(alice_client, f"{LIST}new/?example=closed")
    assert 'value="We are closed"' in filled
    assert '<option value="closed" selected>' in filled
    assert '<option value="720" selected>' in filled
    assert not Autoresponder.objects.exists()


def test_one_is_added_with_all_that_the_form_says(alice_client, account):
    group, own = add_group(account, "VIP"), number(account)
    given = {"place": f"number-{own.pk}", "not_in_group": group.pk, "daily_ceiling": "12,5", "standing": "opted_out", "occasion": "first"}
    response = alice_client.post(f"{LIST}new/", FILLED | given)
    assert response.status_code == 302
    found = Autoresponder.objects.get()
    assert (found.number, found.not_in_group, found.daily_ceiling, found.once_minutes) == (own, group, 1250, 720)
    assert (found.standing, found.office_hours, found.occasion) == ("opted_out", "closed", "first")
    assert AuditEntry.objects.get().action == "autoresponder.added"


def test_the_form_says_what_is_saved(alice_client, account):
    keyword = reserve_keyword(account, number(account), "ROSE")
    condition = Condition(office_hours=OfficeHours.OPEN, standing=Standing.OPTED_OUT, occasion=Occasion.AGAIN)
    terms = RuleTerms(is_enabled=False, condition=condition, daily_ceiling=4990)
    (found,) = named(account, "A", keyword=keyword, once_minutes=45, terms=terms)
    shown = page(alice_client, f"{LIST}{found.pk}/")
    for selected in (f"keyword-{keyword.pk}", "45", "open", "opted_out", "again"):
        assert f'<option value="{selected}" selected>' in shown
    assert "Once in 45 minutes" in shown
    assert 'value="49,90"' in shown
    fields = dict(re.findall(r'<input[^>]*name="(name|daily_ceiling)"[^>]*value="([^"]*)"', shown))
    changed = {**fields, "text": "New", "once": "45", "place": f"keyword-{keyword.pk}", "office_hours": "open", "standing": "opted_out"}
    assert alice_client.post(f"{LIST}{found.pk}/", changed).status_code == 302
    found.refresh_from_db()
    assert (found.text, found.once_minutes, found.occasion, found.is_enabled, found.daily_ceiling) == ("New", 45, "any", False, 4990)
    entry = AuditEntry.objects.get()
    assert entry.after["text"] == "New"


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"name": ""}, "name", "required"),
        ({"text": " "}, "text", "required"),
        ({"text": "Hi {first} {first} {code_word}"}, "text", "Nothing is filled in for {first}, {code_word}"),
        ({"daily_ceiling": "a lot"}, "daily_ceiling", "Write an amount"),
        ({"once": "7"}, "once", "valid choice"),
        ({"place": "number-999999"}, "place", "valid choice"),
        ({"from_time": "9:00", "until_time": "9:00"}, "until_time", "The hours end when they begin"),
        ({"starts_on": "2026-12-02", "ends_on": "2026-12-01"}, "ends_on", "The end must come after the start"),
        ({"sender_prefixes": "600"}, "sender_prefixes", "country code"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_saved(alice_client, account, given, field, words):
    response = alice_client.post(f"{LIST}new/", FILLED | given)
    assert response.status_code == 422
    shown = response.content.decode()
    found = re.search(rf'id="id_{field}_error">(.*?)</p>', shown, re.DOTALL)
    assert found is not None
    assert words in found[1]
    assert not Autoresponder.objects.exists()


@pytest.mark.parametrize(
    ("written", "minor_units"),
    [
        ("50", 5000),
        ("49,9", 4990),
        ("999.05 zł", 99_905),
        ("1 000", "refused"),
        ("0", 0),
        ("", None),
        ("12,345", "refused"),
        ("-1", "refused"),
    ],
)
def test_an_amount_is_read_as_people_write_it(account, written, minor_units):
    form = AutoresponderForm(account, FILLED | {"daily_ceiling": written})
    assert (form.content().terms.daily_ceiling if form.is_valid() else "refused") == minor_units


def test_a_shared_number_is_offered_where_the_account_has_keywords(account):
    shared = number(None, "48503340503", NumberKind.SHARED_LONG)
    assert f"number-{shared.pk}" not in str(AutoresponderForm(account)["place"])
    reserve_keyword(account, shared, "ROSE")
    assert "503 340 503 (shared: messages with your keywords)" in str(AutoresponderForm(account)["place"])


def test_the_preview_fills_in_samples_counts_and_prices(alice_client, account):
    account.plan = Plan.objects.create(name="Dear")
    account.plan.price_lists.create(starts_at=timezone.now(), prices={"full": 12})
    account.save()
    keyword = reserve_keyword(account, number(account), "TULIP")
    shown = alice_client.post(f"{LIST}preview/", {"text": "{keyword} " + "x" * 160, "place": f"keyword-{keyword.pk}"}).content.decode()
    assert "TULIP xxx" in shown
    assert "2 SMS, 0,24\u00a0zł each time." in shown
    assert "With sample values" in shown
    assert "Nothing is filled in for: first" in alice_client.post(f"{LIST}preview/", {"text": "{first}"}).content.decode()
    assert "Write a text" in alice_client.post(f"{LIST}preview/", {"text": " "}).content.decode()


@pytest.mark.parametrize("name", PLACEHOLDERS)
def test_without_scripts_a_button_puts_a_name_at_the_end_and_saves_nothing(alice_client, account, name):
    response = alice_client.post(f"{LIST}new/", FILLED | {"insert": name, "weekdays": ["1", "2"], "daily_ceiling": "a lot"})
    assert response.status_code == 200
    shown = response.content.decode()
    assert f"We are closed {{{name}}}</textarea>" in shown
    assert 'value="Closed"' in shown
    assert 'value="a lot"' in shown
    assert '<option value="closed" selected>' in shown
    assert not Autoresponder.objects.exists()


def test_the_order_is_changed_by_buttons_and_to_a_place(alice_client, account):
    first, _second, third = named(account, "A", "B", "C")
    response = alice_client.post(f"{LIST}{first.pk}/move/", {"to": "later"}, follow=True)
    assert order(account) == ["B", "A", "C"]
    shown = " ".join(response.content.decode().split())
    assert "A is asked at place 2 of 3 now." in shown
    assert 'value="later" autofocus aria-label="Ask A later"' in shown  # to be pressed again at once
    shown = " ".join(alice_client.post(f"{LIST}{first.pk}/move/", {"to": "later"}, follow=True).content.decode().split())
    assert 'value="earlier" autofocus aria-label="Ask A earlier"' in shown  # it is the last
    alice_client.post(f"{LIST}{third.pk}/move/", {"to": "1"})
    assert order(account) == ["C", "B", "A"]
    alice_client.post(f"{LIST}{third.pk}/move/", {"to": "nowhere"})
    assert order(account) == ["C", "B", "A"]
    assert [entry.after for entry in AuditEntry.objects.order_by("id")] == [{"order": "2/3"}, {"order": "3/3"}, {"order": "1/3"}]


def test_one_is_switched_copied_deleted_and_brought_back(alice_client, account):
    (found,) = named(account, "A")
    alice_client.post(f"{LIST}{found.pk}/switch/", {"to": "off"})
    found.refresh_from_db()
    assert not found.is_enabled
    alice_client.post(f"{LIST}{found.pk}/copy/")
    assert order(account) == ["A", "Copy of A"]
    shown = alice_client.post(f"{LIST}{found.pk}/delete/", follow=True).content.decode()
    assert order(account) == ["Copy of A"]
    carried = re.search(r'name="autoresponder" value="([^"]+)"', shown)
    assert carried is not None
    alice_client.post(f"{LIST}restore/", {"autoresponder": carried[1]})
    assert order(account) == ["A", "Copy of A"]
    said = alice_client.post(f"{LIST}restore/", {"autoresponder": "nonsense"}, follow=True).content.decode()
    assert "It is too late to undo this." in said
    actions = ["switched", "copied", "deleted", "restored"]
    assert list(AuditEntry.objects.order_by("id").values_list("action", flat=True)) == [f"autoresponder.{one}" for one in actions]


def test_what_was_deleted_does_not_come_back_in_another_account(alice_client, charlie_client, account):
    (found,) = named(account, "A", number=number(account))
    shown = alice_client.post(f"{LIST}{found.pk}/delete/", follow=True).content.decode()
    carried = re.search(r'name="autoresponder" value="([^"]+)"', shown)
    assert carried is not None
    charlie_client.post(f"{LIST}restore/", {"autoresponder": carried[1]})
    assert not Autoresponder.objects.exists()


def test_each_row_says_when_it_answers_and_in_what_state_it_is(alice_client, account):
    now, day = timezone.now(), timedelta(days=1)
    own = number(account)
    closed = Condition(office_hours=OfficeHours.CLOSED, occasion=Occasion.FIRST)
    named(account, "Closed", number=own, once_minutes=720, terms=RuleTerms(condition=closed))
    named(account, "All", once_minutes=None)
    named(account, "Never", number=own)
    named(account, "Off", terms=RuleTerms(is_enabled=False))
    named(account, "Over", terms=RuleTerms(ends_at=now - day))
    named(account, "Soon", number=own, terms=RuleTerms(starts_at=now + day))
    spent, _gone = named(account, "Spent", "Gone", terms=RuleTerms(condition=Condition(standing=Standing.OPTED_OUT)))
    elsewhere = number(None, "48503340503", NumberKind.SHARED_LONG)
    Autoresponder.objects.filter(name="Gone").update(number=elsewhere)
    stopped(account, spent, "ceiling")
    AnswerDay.objects.create(
        id=next_id(),
        account=account,
        source="autoresponder",
        source_id=Autoresponder.objects.get(name="Closed").pk,
        day=now.astimezone(account.zone).date().isoformat(),
        answers=12,
        cost=108,
    )
    shown = page(alice_client)
    rows = [re.sub(r"<[^>]+>", " ", row) for row in re.findall(r'<li class="c-answer.*?</li>', shown)]
    said = [" ".join(row.split()) for row in rows]
    expected = [
        (
            "On",
            "Every message to 664 200 300 , only while you are closed, the first time only",
            "12 hours per person",
            "today 12 answers, 1,08",
        ),
        ("On", "Every message", "Each time somebody writes"),
        ("Never answers", "Overtaken by “All”: that one comes first"),
        ("Off",),
        ("Ended", "until "),
        ("Not yet", "from "),
        ("Spent for today", "only for people who opted out", "answers nobody until midnight"),
        ("Its place is gone", "not yours any more"),
    ]
    for row, words in zip(said, expected, strict=True):
        for each in words:
            assert each.replace(" ,", ",") in row.replace(" ,", ","), row
    assert "A person gets at most 5 automatic texts in 10 minutes" in shown


def test_phones_that_are_not_answered_are_listed_with_reason_and_message(alice_client, account):
    (found,) = named(account, "Closed")
    message = received(dialogue(account, "48600100200"), "I am on holiday")
    trip = stopped(account, found, "automatic", message_id=message.pk)
    stopped(account, found, phone="48600100201")
    stopped(account, None, "echo", "48600100203", lifted_at=timezone.now())
    shown = page(alice_client)
    assert "Paused for 2 phones" in shown
    assert f'href="/inbox/{message.dialogue_id}/"' in shown
    assert "“I am on holiday”" in shown
    assert "The message says that it was sent automatically." in shown
    assert "Questions and confirmations: the message is a text you sent yourself" in shown
    alice_client.post(f"{LIST}paused/{trip.pk}/answer/")
    assert "Paused for 1 phone" in page(alice_client)
    said = alice_client.post(f"{LIST}paused/answer-all/", follow=True).content.decode()
    assert "1 phone is answered again." in said
    assert "Paused for" not in page(alice_client)
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["autoresponder.resumed"] * 2


def test_a_ceiling_has_no_button_for_it_would_stop_again_at_once(alice_client, account):
    (found,) = named(account, "Closed")
    trip = stopped(account, found, "ceiling")
    shown = page(alice_client)
    assert "Everybody" in shown
    assert f"paused/{trip.pk}/answer/" not in shown


def test_every_reason_has_words():
    assert set(REASONS) == {reason.value for reason in TripReason}


def test_figures_in_words_are_those_of_the_breaker(alice_client, account):
    named(account, "A")
    guard = (
        f"at most {MOST_ANSWERS} automatic texts in {ANSWERS_WITHIN // timedelta(minutes=1)} minutes, and the same text {MOST_IDENTICAL}"
    )
    assert guard in page(alice_client)
    assert STANDARD_CEILING == 50 * 100  # as the help of the field says
    assert timedelta(hours=1) == IDENTICAL_WITHIN
    assert timedelta(days=1) == STOPPED_FOR


def test_a_conversation_says_why_its_phone_is_not_answered_and_offers_to_answer_again(alice_client, vera_client, account):
    (found,) = named(account, "Closed")
    conversation = dialogue(account, "48600100200")
    trip = stopped(account, found)
    words = "Automatic answers to this phone are paused (Closed): five automatic texts went there within ten minutes."
    assert words in page(alice_client, f"/inbox/{conversation.pk}/")
    assert words in page(vera_client, f"/inbox/{conversation.pk}/")
    assert "Answer again" not in page(vera_client, f"/inbox/{conversation.pk}/")
    response = alice_client.post(f"{LIST}paused/{trip.pk}/answer/", {"conversation": conversation.pk})
    assert response["Location"] == f"/inbox/{conversation.pk}/"
    assert words not in page(alice_client, f"/inbox/{conversation.pk}/")


def test_an_open_conversation_learns_that_its_phone_is_not_answered(alice, vera, account):
    (found,) = named(account, "Closed")
    conversation = dialogue(account, "48600100200")
    received(conversation, "I am on holiday")
    stopped(account, found)
    told = render("message", account.pk, conversation.pk, alice, "en")
    assert f'hx-target="#stopped-{conversation.pk}"' in told
    assert "Automatic answers to this phone are paused (Closed)" in told
    assert "Answer again" in told
    assert "Answer again" not in render("message", account.pk, conversation.pk, vera, "en")


def test_start_tells_of_phones_that_are_not_answered_and_of_spent_money(alice_client, account):
    (found,) = named(account, "Closed")
    assert "Needs attention" not in page(alice_client, "/")
    stopped(account, found)
    assert "Automatic answers to 1 phone are paused" in page(alice_client, "/")
    stopped(account, found, "ceiling")
    assert "An automatic answer cost what it may cost a day" in page(alice_client, "/")


def test_the_tester_is_on_the_page_and_answers_there(alice_client, account):
    named(account, "A")
    number(account)
    shown = page(alice_client, f"{LIST}?text=hello")
    assert 'value="hello"' in shown
    assert "Nothing was sent." in shown


def test_the_tester_says_which_one_answers_and_why_others_do_not(alice_client, account):
    number(account)
    named(account, "Never", terms=RuleTerms(condition=Condition(standing=Standing.OPTED_OUT)))
    named(account, "Always")
    shown = re.sub(r"<[^>]+>", "", page(alice_client, f"{LIST}?text=hello"))
    assert "Autoresponder Never does not answer" in shown
    assert "Autoresponder Always applies" in shown
    assert "“Text of Always”" in shown


@pytest.fixture
def example(account):
    """An example that expects the answer of the only autoresponder."""
    (found,) = named(account, "A")
    save_example(account, number(account), "hello", "48604218377", timezone.now())
    return found


@pytest.mark.parametrize(
    ("address", "data"),
    [("", FILLED | {"office_hours": "any", "text": "Other"}), ("switch/", {"to": "off"}), ("delete/", {})],
)
def test_an_example_that_would_come_out_otherwise_holds_a_change_up(alice_client, account, example, address, data):
    response = alice_client.post(f"{LIST}{example.pk}/{address}", data)
    shown = " ".join(response.content.decode().split())
    assert response.status_code == 422
    assert "Your example “hello” would come out otherwise" in shown
    assert [(one.text, one.is_enabled) for one in account.autoresponders.all()] == [("Text of A", True)]
    mark = re.search(r'name="anyway" value="([^"]+)"', shown)
    assert mark is not None
    assert alice_client.post(f"{LIST}{example.pk}/{address}", {**data, "anyway": mark[1]}).status_code == 302
    assert [(one.text, one.is_enabled) for one in account.autoresponders.all()] != [("Text of A", True)]
    assert not broken_examples(account, timezone.now())  # it expects the new outcome


def test_a_new_one_behind_disturbs_no_example_and_one_before_does(alice_client, account, example):
    assert alice_client.post(f"{LIST}new/", FILLED | {"office_hours": "any", "place": ""}).status_code == 302
    added = Autoresponder.objects.get(name="Closed")
    assert alice_client.post(f"{LIST}{added.pk}/move/", {"to": "earlier"}).status_code == 422
    assert order(account) == ["A", "Closed"]


def test_bringing_one_back_lets_examples_expect_what_they_did(alice_client, account, example):
    shown = alice_client.post(f"{LIST}{example.pk}/delete/").content.decode()
    mark = re.search(r'name="anyway" value="([^"]+)"', shown)
    assert mark is not None
    shown = alice_client.post(f"{LIST}{example.pk}/delete/", {"anyway": mark[1]}, follow=True).content.decode()
    carried = re.search(r'name="autoresponder" value="([^"]+)"', shown)
    assert carried is not None
    alice_client.post(f"{LIST}restore/", {"autoresponder": carried[1]})
    assert not broken_examples(account, timezone.now())


def test_a_change_is_tried_on_last_weeks_messages_of_all_numbers(alice_client, account):
    own, other = number(account), number(account, "48664200301")
    for place in (own, other):
        conversation = dialogue(account, "48600100200", number=place)
        Message.objects.filter(pk=received(conversation, "hello", trail=()).pk).update(received_at=timezone.now())
    response = alice_client.post(f"{LIST}new/", FILLED | {"office_hours": "any", "try_on_past": "1"})
    shown = " ".join(response.content.decode().split())
    assert response.status_code == 200
    assert "Of 2 tried, 2 messages would come out otherwise." in shown
    assert "We are closed" in shown
    assert not Autoresponder.objects.exists()


def test_a_draft_is_what_the_gateway_would_read_once_it_is_saved(account, db):
    terms = RuleTerms(daily_ceiling=100, condition=Condition(office_hours=OfficeHours.CLOSED, occasion=Occasion.FIRST))
    content = AutoresponderContent("B", "Hi {first_name}", number(account), None, 60, terms)
    (first,) = named(account, "A", once_minutes=5)
    draft = draft_of_content(account, content, first)
    edit_autoresponder(first, content)
    assert draft.autoresponders == autoresponders_of([account.pk])


def test_a_viewer_reads_and_is_offered_no_change(vera_client, account):
    (found, _) = named(account, "A", "B")
    stopped(account, found)
    for path in (LIST, f"{LIST}{found.pk}/"):
        shown = page(vera_client, path)
        assert "Text of A" in shown
        assert f'action="{LIST}' not in shown
        assert f"{LIST}preview/" not in shown
    assert vera_client.post(f"{LIST}{found.pk}/", FILLED).status_code == 403
