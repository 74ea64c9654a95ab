"""Sending a campaign, once, now or later; taking that back; preparing it; what comes of it."""

from dataclasses import asdict
from datetime import timedelta
from sqlite3 import IntegrityError

import pytest
from django.utils import timezone

from recado.apps.accounts.models import Account, User
from recado.apps.campaigns import preparing, texts
from recado.apps.campaigns.entries import add_phones, add_table
from recado.apps.campaigns.errors import CampaignError, CampaignRefusal, NoSuchCampaignError
from recado.apps.campaigns.estimating import estimate
from recado.apps.campaigns.models import Campaign, CampaignEntry
from recado.apps.campaigns.preparing import due_campaigns, in_own_transaction, prepare
from recado.apps.campaigns.queries import campaigns_of, count_by_state, get_campaign_for, groups_of_campaign
from recado.apps.campaigns.report import messages_of, opt_outs_of, progress, replies_of, report_rows
from recado.apps.campaigns.services import (
    cancel_schedule,
    copy,
    create_draft,
    delete_draft,
    edit_draft,
    send,
    send_to_myself,
)
from recado.apps.contacts.erasing import erase_contact
from recado.apps.contacts.knowing import known_about
from recado.apps.contacts.opt_outs import OptedOutError, Scope, opt_out
from recado.apps.dialogues.models import Dialogue
from recado.apps.ids import next_id
from recado.apps.inbox.models import Message
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import Job, OutboundMessage, PoolUse, SendKind
from recado.apps.outbox.senders import NoSenderError, SenderRefusal
from recado.apps.plans.price_lists import add_list, today
from recado.apps.plans.services import add_plan, set_plan
from recado.apps.senders.models import SenderName
from recado.core.price import Service

HANNA, JAN, OLA = "48604218377", "48600700800", "48600700900"
pytestmark = pytest.mark.django_db


def refusal(campaign: Campaign, **given: object) -> CampaignRefusal:
    with pytest.raises(CampaignError) as caught:
        send(campaign, **({"now": timezone.now()} | given))
    return caught.value.reason


def sent(campaign: Campaign) -> Campaign:
    """Send and prepare."""
    assert send(campaign, now=timezone.now())
    assert prepare(campaign.pk, timezone.now())
    campaign.refresh_from_db()
    return campaign


def messages(campaign: Campaign) -> list[OutboundMessage]:
    return list(OutboundMessage.objects.filter(campaign_id=campaign.pk).order_by("id"))


# --- drafts ---


def test_a_stranger_finds_nothing(account, stranger, draft):
    assert get_campaign_for(account, draft.pk) == draft
    assert list(campaigns_of(account)) == [draft]
    assert list(campaigns_of(stranger)) == []
    with pytest.raises(NoSuchCampaignError):
        get_campaign_for(stranger, draft.pk)


def test_campaigns_are_listed_by_state_and_name(account, draft):
    edit_draft(draft, name="Spring")
    other = create_draft(account, name="Summer")
    Campaign.objects.filter(pk=other.pk).update(state=Campaign.State.SENT)
    assert list(campaigns_of(account, ["draft"])) == [draft]
    assert list(campaigns_of(account, search="summ")) == [other]
    assert count_by_state(account) == {"draft": 1, "sent": 1}


def test_a_copy_has_everything_but_the_time(account, draft, garden, member):
    add_table(draft, [[HANNA, "ABC", "Hi {code}"]], ["phone", "code", "text"], has_header=False)
    draft.refresh_from_db()
    edit_draft(draft, per_minute=100, is_flash=True)
    original = sent(draft)
    author = User.objects.create_user("olga@example.com", None)
    again = copy(original, author=author)
    assert (again.state, again.scheduled_at, again.recipient_count, again.author) == ("draft", None, 0, author)
    assert [one.group for one in groups_of_campaign(again)] == [garden]
    now = timezone.now()
    assert asdict(estimate(again, now)) == asdict(estimate(original, now))


def test_a_draft_can_be_deleted_and_what_was_sent_stays(account, draft, member):
    member(HANNA)
    other = create_draft(account)
    add_phones(other, HANNA)
    delete_draft(other)
    sent(draft)
    with pytest.raises(CampaignError):
        delete_draft(draft)
    assert list(campaigns_of(account)) == [draft]


# --- sending ---


def test_a_double_click_sends_once(draft, member):
    member(HANNA)
    assert send(draft, now=timezone.now(), expected_count=1, expected_cost=9)
    assert not send(draft, now=timezone.now(), expected_count=1, expected_cost=9)
    assert prepare(draft.pk, timezone.now())
    assert not prepare(draft.pk, timezone.now())
    assert len(messages(draft)) == 1


def test_what_changed_since_it_was_shown_is_not_sent(draft, member):
    member(HANNA)
    assert refusal(draft, expected_count=2) == CampaignRefusal.COUNT_CHANGED
    assert refusal(draft, expected_count=1, expected_cost=18) == CampaignRefusal.COUNT_CHANGED
    assert Campaign.objects.get().state == "draft"


def test_what_cannot_be_sent_is_refused_with_the_reason(account, draft, member, monkeypatch):
    assert refusal(draft) == CampaignRefusal.NO_RECIPIENTS
    member(HANNA)
    member(JAN)
    assert refusal(draft, scheduled_at=timezone.now() - timedelta(hours=1)) == CampaignRefusal.IN_THE_PAST
    edit_draft(draft, text=" ")
    assert refusal(draft) == CampaignRefusal.NO_TEXT
    edit_draft(draft, text="x" * 1531)
    assert refusal(draft) == CampaignRefusal.TEXT_TOO_LONG
    monkeypatch.setattr("recado.apps.campaigns.services.MOST_RECIPIENTS", 1)
    assert refusal(draft) == CampaignRefusal.TOO_MANY_RECIPIENTS
    edit_draft(draft, number=None)
    with pytest.raises(NoSenderError):
        send(draft, now=timezone.now())


def test_a_campaign_for_later_waits_and_can_be_taken_back(draft, member):
    member(HANNA)
    now = timezone.now()
    later = now + timedelta(hours=2)
    assert send(draft, now=now, scheduled_at=later)
    assert (draft.state, draft.scheduled_at, draft.name) == ("scheduled", later, "Hello {first_name}!")
    assert due_campaigns(now) == []
    assert due_campaigns(later) == [draft.pk]
    assert not prepare(draft.pk, now)
    assert cancel_schedule(draft)
    assert (draft.state, draft.scheduled_at) == ("draft", None)
    assert not cancel_schedule(draft)
    assert due_campaigns(later) == []


def test_one_copy_goes_to_myself_and_counts_nowhere(account, draft, member):
    member(HANNA, "Hanna")
    message = send_to_myself(draft, JAN, now=timezone.now())
    assert (message.recipient, message.text, message.campaign_id, message.cost) == (JAN, "Hello Hanna!", None, 9)
    assert Job.objects.filter(outbound_message=message).exists()
    opt_out(account, JAN, Scope.ACCOUNT, now=timezone.now())
    with pytest.raises(OptedOutError):
        send_to_myself(draft, JAN, now=timezone.now())


def test_without_people_i_see_the_text_without_a_name(draft):
    assert send_to_myself(draft, JAN, now=timezone.now()).text == "Hello!"


# --- preparing ---


def test_each_person_gets_a_message_of_their_own(account, draft, number, member):
    plan = add_plan("Small")
    add_list(plan, today(timezone.now()), {Service.FULL: 5}, (), timezone.now())
    set_plan(account, plan)
    member(HANNA, "Hanna")
    member(JAN)
    dialogue = Dialogue.objects.create(id=next_id(), account=account, number=number, msisdn=HANNA, last_message_at=timezone.now())
    edit_draft(draft, is_flash=True, validity_minutes=60)
    found = estimate(draft, timezone.now())
    campaign = sent(draft)
    jan, hanna = messages(campaign)
    assert (jan.recipient, jan.text, jan.dialogue_id) == (JAN, "Hello!", None)
    assert (hanna.recipient, hanna.text, hanna.dialogue_id) == (HANNA, "Hello Hanna!", dialogue.pk)
    assert (hanna.number, hanna.sender, hanna.connection, hanna.account) == (number, number.digits, number.connection, account)
    assert (hanna.state, hanna.origin, hanna.kind, hanna.cost, hanna.is_flash) == ("queued", "campaign", "full", 5, True)
    assert hanna.valid_until == campaign.started_at + timedelta(hours=1)
    assert (campaign.state, campaign.recipient_count, campaign.cost) == ("sending", found.recipient_count, found.cost)
    assert not Job.objects.exists()  # they are the feeder's


def test_who_was_left_out_is_counted(account, draft, member):
    hanna = member(HANNA)
    member(JAN)
    member("4301")
    opt_out(account, JAN, Scope.ACCOUNT, now=timezone.now())
    add_phones(draft, hanna.msisdn)
    campaign = sent(draft)
    assert (campaign.recipient_count, campaign.duplicate_count, campaign.opted_out_count, campaign.invalid_count) == (1, 1, 1, 1)


@pytest.fixture
def crowd(draft, monkeypatch) -> Campaign:
    """Ten people, written three at a time."""
    monkeypatch.setattr(texts.portions, "__defaults__", (3,))
    monkeypatch.setattr(preparing, "PORTION", 3)
    add_phones(draft, ",".join(f"48600700{place:03}" for place in range(10)))
    return draft


@pytest.mark.parametrize("written", [0, 1, 2, 3])
def test_preparing_goes_on_after_it_was_killed_and_writes_nobody_twice(crowd, written):
    send(crowd, now=timezone.now())
    left = [written]

    def dying(work):
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        return in_own_transaction(work)

    with pytest.raises(KeyboardInterrupt):
        prepare(crowd.pk, timezone.now(), dying)
    crowd.refresh_from_db()
    assert (crowd.state, crowd.recipient_count) == ("preparing", 3 * written)
    assert due_campaigns(timezone.now()) == [crowd.pk]
    assert prepare(crowd.pk, timezone.now())
    crowd.refresh_from_db()
    assert [one.recipient for one in messages(crowd)] == [f"48600700{place:03}" for place in range(10)]
    assert (crowd.recipient_count, crowd.segment_count, crowd.cost) == (10, 10, 90)


def test_a_portion_that_fails_leaves_nothing_behind(crowd, monkeypatch):
    send(crowd, now=timezone.now())

    def failing(*_given):
        raise RuntimeError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr("recado.store.insert.Insert.run", failing)
        with pytest.raises(RuntimeError):
            prepare(crowd.pk, timezone.now())
    crowd.refresh_from_db()
    assert (crowd.recipient_count, crowd.prepared_to, messages(crowd)) == (0, 0, [])
    assert prepare(crowd.pk, timezone.now())
    assert len(messages(crowd)) == 10


def test_who_stops_it_meanwhile_stops_it(crowd):
    send(crowd, now=timezone.now())
    turns = []

    def stopped_after_one(work):
        if turns:
            Campaign.objects.update(state=Campaign.State.STOPPED)
        turns.append(work)
        return in_own_transaction(work)

    assert not prepare(crowd.pk, timezone.now(), stopped_after_one)
    crowd.refresh_from_db()
    assert (crowd.state, crowd.recipient_count, len(messages(crowd))) == ("stopped", 3, 3)


def test_two_who_prepare_one_campaign_write_nobody_twice(crowd):
    send(crowd, now=timezone.now())
    turns = []

    def overtaken(work):
        if not turns:
            turns.append(work)
            assert prepare(crowd.pk, timezone.now())
        return in_own_transaction(work)

    assert not prepare(crowd.pk, timezone.now(), overtaken)
    assert len(messages(crowd)) == 10


def test_a_sender_lost_meanwhile_stops_it_with_the_reason(draft, number, member):
    member(HANNA)
    send(draft, now=timezone.now())
    Number.objects.filter(pk=number.pk).update(state="suspended")
    assert not prepare(draft.pk, timezone.now())
    draft.refresh_from_db()
    assert (draft.state, draft.trouble, messages(draft)) == ("stopped", SenderRefusal.CANNOT_SEND, [])


def test_campaigns_of_a_suspended_account_wait(account, draft, member):
    member(HANNA)
    send(draft, now=timezone.now())
    Account.objects.filter(pk=account.pk).update(is_suspended=True)
    assert due_campaigns(timezone.now()) == []
    assert not prepare(draft.pk, timezone.now())


def test_eco_takes_numbers_of_the_pool_and_names_them(account, stranger, draft, pool, member):
    for msisdn in (HANNA, JAN, OLA):
        member(msisdn)
    for other in (stranger, Account.objects.create(name="Third")):
        theirs = create_draft(other, text="Bread!")
        add_phones(theirs, HANNA)
        sent(theirs)
    edit_draft(draft, kind=SendKind.ECO, number=None, text="Answer to {number}", per_minute=1)
    campaign = sent(draft)
    jan, ola, hanna = messages(campaign)
    assert (hanna.state, hanna.reason, hanna.sender, hanna.cost, hanna.finished_at is None) == ("unsent", "no_pool_number", "", 0, False)
    for message in (jan, ola):
        assert message.text == f"Answer to {message.sender}"
        assert message.number in pool
        assert (message.kind, message.cost, message.connection) == ("eco", 7, message.number.connection)
    assert campaign.cost == 14
    uses = {use.msisdn: use for use in PoolUse.objects.filter(account=account)}
    assert set(uses) == {JAN, OLA}
    waits = uses[OLA].used_at - uses[JAN].used_at
    assert timedelta(seconds=50) < waits < timedelta(seconds=70)  # the throttle puts each off by a minute
    assert progress(campaign, timezone.now()).by_reason == {("unsent", "no_pool_number"): 1}


@pytest.mark.parametrize("kind", [SendKind.FULL, SendKind.ECO])
def test_segments_are_counted_as_the_connection_joins_them(draft, carrier, pool, member, kind):
    """Longer references leave room for one letter less."""
    member(HANNA)
    edit_draft(draft, text="x" * 306, kind=kind, number=draft.number if kind == SendKind.FULL else None)
    assert estimate(draft, timezone.now()).segment_count == 2
    carrier.settings = {"reference_bits": "16"}
    carrier.save()
    found = estimate(draft, timezone.now())
    assert found.previews[0].segmentation.count == 3
    (message,) = messages(sent(draft))
    assert message.segment_count == found.segment_count == 3
    assert message.cost == found.cost
    assert send_to_myself(draft, JAN, now=timezone.now()).segment_count == 3


def test_an_approved_name_writes_to_everybody(account, draft, member):
    member(HANNA)
    name = SenderName.objects.create(account=account, name="ROZA", state=SenderName.State.AUTHORIZED)
    edit_draft(draft, sender_name=name, text="From {number}")
    (message,) = messages(sent(draft))
    assert (message.sender, message.number, message.text) == ("ROZA", None, "From ROZA")


def test_a_test_goes_to_the_simulator_and_costs_nothing(account, draft, pool, member):
    member(HANNA)
    edit_draft(draft, is_test=True)
    (message,) = messages(sent(draft))
    assert (message.is_test, message.cost, message.connection.kind) == (True, 0, "simulator")
    eco = copy(draft)
    edit_draft(eco, kind=SendKind.ECO, number=None)
    (message,) = messages(sent(eco))
    assert message.number in pool
    assert not PoolUse.objects.exists()


def test_ids_of_programs_are_kept_and_never_twice(draft):
    rows = [[HANNA, "Order1"], [JAN, "Order1"], [OLA, "no good"]]
    add_table(draft, rows, ["phone", "unique_id"], has_header=False)
    given = {one.recipient: one.unique_id for one in messages(sent(draft))}
    assert given == {JAN: "Order1", OLA: None, HANNA: None}
    assert [one.unique_id for one in messages(sent(copy(draft)))] == [None] * 3


def test_who_waits_crosswise_for_pool_numbers_tries_again(account, draft, pool, member):
    member(HANNA)
    edit_draft(draft, kind=SendKind.ECO, number=None)
    send(draft, now=timezone.now())
    failures = [IntegrityError("as a deadlock"), IntegrityError("again")]

    def crosswise(work):
        if failures:
            raise failures.pop()
        return in_own_transaction(work)

    assert prepare(draft.pk, timezone.now(), crosswise)
    assert len(messages(draft)) == 1


def test_an_erased_person_is_forgotten_in_campaigns_too(account, stranger, draft, member):
    hanna = member(HANNA, "Hanna")
    add_phones(draft, f"{HANNA}, {JAN}")
    sent(draft)
    theirs = create_draft(stranger)
    add_phones(theirs, HANNA)
    assert [one["text"] for one in known_about(account, hanna, str)["sent"]] == ["Hello Hanna!"]
    erase_contact(account, hanna)
    assert {one.recipient: (one.text, one.state) for one in messages(draft)} == {JAN: ("Hello!", "queued"), HANNA: ("", "unsent")}
    assert list(CampaignEntry.objects.order_by("pk").values_list("msisdn", flat=True)) == [JAN, HANNA]
    assert theirs.entries.exists()


# --- the report ---


def answered(campaign: Campaign, message: OutboundMessage, text: str) -> Message:
    return Message.objects.create(
        id=next_id(),
        account=campaign.account,
        number=campaign.number,
        sender=message.recipient,
        recipient=message.sender,
        text=text,
        received_at=timezone.now(),
        answers_id=message.pk,
        campaign_id=campaign.pk,
    )


def test_a_report_counts_states_reasons_replies_and_opt_outs(account, crowd):
    campaign = sent(crowd)
    some = messages(campaign)
    ids = [one.pk for one in some]
    mine = OutboundMessage.objects.filter(campaign_id=campaign.pk)
    mine.filter(pk__in=ids[:5]).update(state="delivered")
    mine.filter(pk=ids[5]).update(state="undelivered", reason="wrong_number")
    mine.filter(pk=ids[6]).update(state="unsent", reason="opted_out")
    answered(campaign, some[0], "Yes please")
    stop = answered(campaign, some[1], "STOP")
    opt_out(account, some[1].recipient, Scope.ACCOUNT, now=timezone.now(), message_id=stop.pk)
    opt_out(account, HANNA, Scope.ACCOUNT, now=timezone.now())
    found = progress(campaign, timezone.now())
    assert found.by_state == {"queued": 3, "delivered": 5, "undelivered": 1, "unsent": 1}
    assert found.by_reason == {("undelivered", "wrong_number"): 1, ("unsent", "opted_out"): 1}
    assert (found.waiting, found.handed_over, found.reply_count, found.opt_out_count) == (3, 6, 2, 1)
    assert (found.segment_count, found.cost, found.finished_by) == (9, 81, None)
    assert [one.msisdn for one in opt_outs_of(campaign)] == [some[1].recipient]
    assert [one.text for one in replies_of(campaign).items] == ["STOP", "Yes please"]
    assert [one.pk for one in messages_of(campaign, state="delivered", size=2).items] == [ids[4], ids[3]]
    assert [one.pk for one in messages_of(campaign, state="undelivered", reason="wrong_number").items] == [ids[5]]
    assert [one.pk for one in messages_of(campaign, search=some[7].recipient).items] == [ids[7]]
    page = messages_of(campaign, size=4)
    assert [one.pk for one in messages_of(campaign, before=page.next_before, size=4).items] == ids[2:6][::-1]


def test_a_rate_says_when_it_will_be_over(crowd):
    campaign = sent(crowd)
    now = timezone.now()
    for place, one in enumerate(messages(campaign)[:5]):
        OutboundMessage.objects.filter(pk=one.pk).update(state="sent", sent_at=now - timedelta(seconds=place / 2))
        Campaign.objects.update(released_to=one.pk)
    campaign.refresh_from_db()
    found = progress(campaign, now)
    assert found.per_second == pytest.approx(2)
    assert found.finished_by == pytest.approx(now + timedelta(seconds=2.5), abs=timedelta(seconds=0.01))
    assert progress(campaign, now + timedelta(minutes=5)).finished_by is None
    campaign.per_minute = 60
    assert progress(campaign, now).finished_by == now + timedelta(seconds=5)


def test_rows_for_a_file_go_through_all_messages(account, crowd, member, monkeypatch):
    member("48600700004", "Hanna", "Nowak", groups=())
    monkeypatch.setattr("recado.apps.campaigns.report._AT_ONCE", 3)
    rows = list(report_rows(sent(crowd)))
    assert [row.msisdn for row in rows] == [f"48600700{place:03}" for place in range(10)]
    assert (rows[4].name, rows[4].text, rows[4].cost, rows[4].state) == ("Hanna Nowak", "Hello Hanna!", 9, "queued")
    assert len(list(report_rows(crowd, limit=4))) == 4


def test_who_comes_after_the_beginning_gets_nothing(draft, member):
    member(HANNA)
    campaign = sent(draft)
    member(JAN)
    assert [one.recipient for one in messages(campaign)] == [HANNA]
