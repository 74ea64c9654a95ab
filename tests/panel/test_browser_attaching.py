"""Answering with files in a real browser: by keyboard, dropped and pasted; what is refused and what fails loses nothing."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from panel.conversations import dialogue, number, received
from recado.apps.accounts.models import Account
from recado.apps.dialogues.models import Dialogue
from recado.apps.mms.models import Attachment, SentMms, UnsentFile
from recado.apps.outbox.models import OutboundMessage
from recado.core.number import NumberKind
from recado.testing.media_files import media_file

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHOTO = {"name": "roses.jpg", "mimeType": "image/jpeg", "buffer": media_file("jpg")}
CARD = {"name": "shop.vcf", "mimeType": "text/x-vcard", "buffer": media_file("vcf")}
PROGRAM = {"name": "setup.exe", "mimeType": "application/x-msdownload", "buffer": b"MZ\x90\0" + bytes(99)}
GIVE = """(files, name) => {
  const given = new DataTransfer();
  given.items.add(new File(["Turn left"], name, { type: "text/plain" }));
  const event = name === "dropped.txt" ? new DragEvent("drop", { dataTransfer: given, bubbles: true, cancelable: true })
    : new ClipboardEvent("paste", { clipboardData: given, bubbles: true, cancelable: true });
  files.dispatchEvent(event);
}"""


@pytest.fixture
def hanna(account: Account, tmp_path, settings) -> Dialogue:
    settings.RECADO = replace(settings.RECADO, data=tmp_path)
    found = dialogue(account, name="Hanna", number=number(account, "48664200401", NumberKind.INDIVIDUAL_LONG_MMS), is_test=True)
    received(found, "Have you got a photo?")
    return found


@pytest.fixture
def window(visit):
    """A window in which the browser's own notes about what failed on purpose are no complaint."""
    made = visit()
    yield made
    made.complaints = [text for text in made.complaints if "422" not in text and "ERR_FAILED" not in text]


def files_of(page):
    return page.locator(".c-attach__file")


def test_files_are_attached_taken_off_and_sent_with_a_subject(window, hanna: Dialogue):
    page = window.open(f"/inbox/{hanna.pk}/")
    page.set_input_files("[data-attach-input]", [PHOTO, PROGRAM])
    expect(files_of(page)).to_have_count(1)
    expect(page.get_by_text("setup.exe is of a kind that phones do not show")).to_be_visible()
    expect(page.get_by_text("Leaves as an MMS")).to_be_visible()
    expect(page.locator("[data-count]")).to_be_hidden()
    page.set_input_files("[data-attach-input]", [CARD])
    expect(files_of(page)).to_have_count(2)
    page.get_by_label("Subject").fill("For you")
    page.get_by_label("Take shop.vcf off").press("Enter")
    expect(files_of(page)).to_have_count(1)
    expect(page.get_by_label("Subject")).to_have_value("For you")
    page.reload()
    expect(files_of(page)).to_have_count(1)
    page.get_by_label("Subject").fill("For you")
    page.get_by_role("button", name="Send", exact=True).press("Enter")
    expect(page.locator(".c-mms__subject")).to_have_text("For you")
    expect(files_of(page)).to_have_count(0)
    expect(page.locator("[data-pending]")).to_have_count(0)
    assert (SentMms.objects.get().subject, Attachment.objects.get().name) == ("For you", "roses.jpg")
    assert not UnsentFile.objects.exists()


def test_what_is_dropped_or_pasted_is_attached(window, hanna: Dialogue):
    page = window.open(f"/inbox/{hanna.pk}/")
    for count, name in enumerate(("dropped.txt", "pasted.txt"), 1):
        page.get_by_label("Your reply").evaluate(GIVE, name)
        expect(files_of(page)).to_have_count(count)
    page.get_by_label("Your reply").evaluate("field => field.focus()")
    page.keyboard.type("Text of its own")
    expect(page.get_by_label("Your reply")).to_have_value("Text of its own")


def test_enter_in_the_subject_sends_and_a_refusal_brings_everything_back(window, hanna: Dialogue):
    page = window.open(f"/inbox/{hanna.pk}/")
    page.set_input_files("[data-attach-input]", [PHOTO])
    expect(files_of(page)).to_have_count(1)
    page.get_by_label("Your reply").fill("Look")
    UnsentFile.objects.all().delete()  # in another window
    page.get_by_label("Subject").press("Enter")
    expect(page.get_by_text("not there any more")).to_be_visible()
    expect(page.get_by_label("Your reply")).to_have_value("Look")
    expect(files_of(page)).to_have_count(1)
    assert not OutboundMessage.objects.exists()


def test_files_that_do_not_come_through_are_said(window, hanna: Dialogue):
    page = window.open(f"/inbox/{hanna.pk}/")
    page.route("**/attach/", lambda route: route.abort())
    page.set_input_files("[data-attach-input]", [PHOTO])
    expect(page.get_by_text("The files did not come through")).to_be_visible()
    page.unroute("**/attach/")
    page.set_input_files("[data-attach-input]", [PHOTO])
    expect(files_of(page)).to_have_count(1)
    expect(page.get_by_text("The files did not come through")).to_be_hidden()
