"""Opt-outs, ends of memberships and near misses in a real browser, with the mouse and with the keyboard alone."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from panel.conversations import dialogue, number
from recado.apps.accounts.models import Account
from recado.apps.contacts.models import BlockedSender, GroupMembership
from recado.apps.contacts.opt_outs import Scope, in_force, opt_out
from recado.apps.contacts.services import add_contact, add_group
from recado.apps.ids import next_id
from recado.apps.inbox.models import Message
from recado.apps.keywords.models import Spelling
from recado.apps.keywords.services import reserve_keyword
from recado.apps.outbox.models import OutboundMessage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HANNA = "48604218377"


def test_an_opt_out_is_noted_and_lifted_by_keyboard(visit, account: Account):
    add_contact(account, HANNA, {"first_name": "Hanna", "last_name": "Kowalczyk"})
    page = visit(width=390).open("/contacts/blocked/")
    page.get_by_label("Phone number").last.fill("604218377")
    page.get_by_label("What they said").fill("She called")
    page.get_by_role("button", name="Note the opt-out").press("Enter")
    row = page.get_by_role("row").filter(has_text="Hanna Kowalczyk")
    expect(row).to_contain_text("Everything")
    expect(row).to_contain_text("She called")
    row.get_by_role("link", name="Lift").press("Enter")
    page.get_by_label("Why?").fill("Asked again")
    page.get_by_role("button", name="Lift the opt-out").press("Enter")
    expect(page.get_by_text("Nobody opted out")).to_be_visible()
    page.get_by_role("link", name="Those that were lifted").click()
    expect(page.get_by_text("Alice: Asked again")).to_be_visible()


def test_a_blocked_sender_comes_back_with_undo(visit, account: Account):
    page = visit().open("/contacts/blocked/")
    page.get_by_label("Number or name").fill("604218377")
    page.get_by_role("button", name="Block", exact=True).click()
    expect(page.get_by_role("row").filter(has_text="+48 604 218 377")).to_be_visible()
    page.get_by_role("button", name="Do not block +48 604 218 377 any more").click()
    expect(page.get_by_text("Nobody is blocked")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("row").filter(has_text="+48 604 218 377")).to_be_visible()
    assert BlockedSender.objects.get().account == account


def test_a_near_miss_becomes_a_spelling_with_one_press(visit, account: Account):
    keyword = reserve_keyword(account, number(account), "OGRODNIK")
    Message.objects.create(
        id=next_id(),
        account=account,
        number=keyword.number,
        sender=HANNA,
        recipient=keyword.number.digits,
        text="Ogrodnk",
        received_at=timezone.now(),
    )
    page = visit().open("/keywords/near-misses/")
    page.get_by_role("button", name="Add OGRODNK as another spelling of OGRODNIK").click()
    expect(page.get_by_text("OGRODNK counts as OGRODNIK from now on.")).to_be_visible()
    expect(page.get_by_text("Nobody mistyped your keywords")).to_be_visible()
    assert Spelling.objects.filter(word="OGRODNK").exists()


def test_the_end_of_a_membership_is_set_in_its_row(visit, account: Account):
    group = add_group(account, "Garden news")
    add_contact(account, HANNA, {}, [group.pk])
    page = visit().open(f"/groups/{group.pk}/")
    page.get_by_text("without an end").click()
    page.get_by_label("Last day; empty for no end").fill("2090-05-31")
    page.get_by_role("button", name="Set", exact=True).click()
    expect(page.get_by_text("until 31.05.2090", exact=True)).to_be_visible()
    assert GroupMembership.objects.get().ends_at


def test_writing_to_who_opted_out_takes_a_step_of_its_own(visit, account: Account):
    conversation = dialogue(account, HANNA)
    opt_out(account, HANNA, Scope.ACCOUNT, now=timezone.now(), text="STOP", message_id=5)
    page = visit().open(f"/inbox/{conversation.pk}/")
    expect(page.get_by_text("This person sent STOP on")).to_be_visible()
    expect(page.get_by_label("Your reply")).to_have_count(0)
    page.get_by_role("link", name="Write all the same (service message)").click()
    page.get_by_label("Your reply").fill("Your parcel is here.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("log")).to_contain_text("Queued")
    assert OutboundMessage.objects.count() == 1
    assert in_force(account, HANNA)
