"""Writing in a real browser: canned replies, notes, drafts, a whole day's work by keyboard, hostile texts, narrow screens."""

import pytest
from playwright.sync_api import expect

from panel.conversations import dialogue, received
from recado.apps.accounts.models import Account, User
from recado.apps.dialogues.canned_replies import add_canned_reply
from recado.apps.dialogues.models import Dialogue, Note
from recado.apps.dialogues.services import add_note
from recado.apps.outbox.models import OutboundMessage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOSTILE = (
    '<img src=x onerror="window.broken=1"><b hx-get="/logout/" hx-trigger="load">x</b><hx-partial hx-target="body">y</hx-partial>',
    "\u202etxet desrever\u202c \u2066isolated",
    "x" * 2000,
    "👩‍👩‍👧‍👦🏳️‍🌈" * 60,
    "{{ request.user }} {% now 'Y' %} </div></li></textarea><script>window.broken=1</script>",
)


@pytest.fixture
def hanna(account: Account) -> Dialogue:
    conversation = dialogue(account, name="Hanna Kowalczyk")
    received(conversation, "Macie tulipany?")
    return conversation


@pytest.fixture
def jan(account: Account) -> Dialogue:
    conversation = dialogue(account, "48660917411", "Jan Nowak")
    received(conversation, "Róże", minutes=5)
    return conversation


def test_a_slash_opens_canned_replies_and_enter_puts_one_in(visit, account: Account, hanna: Dialogue):
    add_canned_reply(account, "Adres", "Rynek 1", None)
    add_canned_reply(account, "Godziny", "Dzień dobry {first_name}, czynne od 9.", None)
    page = visit().open(f"/inbox/{hanna.pk}/")
    page.get_by_label("Your reply").press("/")
    expect(page.locator("#canned")).to_be_visible()
    expect(page.locator("[data-canned-text]")).to_have_count(2)
    page.keyboard.type("godz")
    page.keyboard.press("Enter")
    expect(page.locator("#canned")).to_be_hidden()
    expect(page.get_by_label("Your reply")).to_be_focused()
    expect(page.get_by_label("Your reply")).to_have_value("Dzień dobry Hanna, czynne od 9.")
    page.keyboard.press("/")
    expect(page.locator("#canned")).to_be_hidden()  # a slash in a text is a slash


def test_canned_replies_are_walked_with_arrows_and_left_with_escape(visit, account: Account, hanna: Dialogue):
    for name in ("Adres", "Godziny"):
        add_canned_reply(account, name, name, None)
    page = visit().open(f"/inbox/{hanna.pk}/")
    page.get_by_label("Canned replies", exact=True).first.click()
    expect(page.locator("[data-canned-text]")).to_have_count(2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-canned-text]").last).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#canned")).to_be_hidden()
    expect(page.get_by_label("Your reply")).to_be_focused()


def test_a_draft_is_there_again_after_a_reload_and_per_conversation(visit, hanna: Dialogue, jan: Dialogue):
    page = visit().open(f"/inbox/{hanna.pk}/")
    page.get_by_label("Your reply").press_sequentially("Tak, m")
    page.locator(f"#c-{jan.pk} a").click()
    expect(page.locator("h1", has_text="Jan Nowak")).to_be_visible()
    expect(page.get_by_label("Your reply")).to_have_value("")
    page.locator(f"#c-{hanna.pk} a").click()
    expect(page.get_by_label("Your reply")).to_have_value("Tak, m")
    page.reload()
    expect(page.get_by_label("Your reply")).to_have_value("Tak, m")


def test_a_day_at_the_inbox_by_keyboard_alone(visit, hanna: Dialogue, jan: Dialogue):
    page = visit().open("/inbox/")
    page.keyboard.press("j")
    expect(page.locator("h1", has_text="Jan Nowak")).to_be_visible()
    page.keyboard.press("n")
    page.keyboard.type("Oddzwonić jutro")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".c-message--note")).to_contain_text("Oddzwonić jutro")
    expect(page.get_by_label("Your note")).to_have_value("")
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.keyboard.type("Mamy")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".c-message--out").last).to_contain_text("Queued")
    page.keyboard.press("Escape")
    page.keyboard.press("E")
    expect(page.locator("h1", has_text="Hanna Kowalczyk")).to_be_visible()
    expect(page.locator(f"#c-{jan.pk}")).to_have_count(0)
    page.keyboard.press("z")
    expect(page.locator(f"#c-{jan.pk}")).to_have_count(1)
    assert (Note.objects.count(), OutboundMessage.objects.count()) == (1, 1)


def test_done_and_on_goes_on_though_live_news_renewed_the_list_and_the_form_meanwhile(visit, hanna: Dialogue, jan: Dialogue):
    page = visit().open(f"/inbox/{jan.pk}/")

    def answer_late(route) -> None:
        answer = route.fetch()
        page.evaluate(
            "document.querySelectorAll('[data-state-form], #conversations li').forEach(old => old.replaceWith(old.cloneNode(true)))"
        )
        page.evaluate("htmx.process(document.body)")
        route.fulfill(response=answer)

    page.route(f"**/inbox/{jan.pk}/state/", answer_late)
    page.keyboard.press("E")
    expect(page.locator("h1", has_text="Hanna Kowalczyk")).to_be_visible()
    expect(page.locator(f"#c-{jan.pk}")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 320])
def test_hostile_texts_break_nothing(visit, account: Account, alice: User, width: int):
    conversation = dialogue(account, name=f"{'W' * 39} {'M' * 39}")
    for text in HOSTILE:
        received(conversation, text)
        add_note(conversation, alice, text)
    page = visit(width=width).open("/inbox/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator(f"#c-{conversation.pk} a").click()
    expect(page.locator(".c-message--in")).to_have_count(len(HOSTILE))
    expect(page.locator(".c-message--note")).to_have_count(len(HOSTILE))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("window.broken") is None
    assert page.locator(".c-message__body :is(img, b, script, [hx-get])").count() == 0
    expect(page.get_by_label("Your reply")).to_be_visible()


def test_notes_and_canned_replies_work_without_scripts(visit, account: Account, hanna: Dialogue):
    add_canned_reply(account, "Adres", "Rynek 1", None)
    page = visit(java_script_enabled=False).open(f"/inbox/{hanna.pk}/")
    page.locator(".c-composer").get_by_text("Note", exact=True).click()
    page.get_by_label("Your note").fill("Stały klient")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.get_by_role("log")).to_contain_text("Stały klient")
    page.get_by_label("Canned replies", exact=True).first.click()
    page.get_by_role("link", name="Adres").click()
    expect(page.get_by_label("Your reply")).to_have_value("Rynek 1")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("log")).to_contain_text("Rynek 1")


def test_any_screen_is_two_actions_from_an_answer(visit, hanna: Dialogue):
    page = visit().open("/keywords/")
    page.get_by_role("link", name="Inbox").first.click()
    page.get_by_role("link", name="Hanna Kowalczyk").click()
    expect(page.get_by_label("Your reply")).to_be_visible()
