"""The pages of the statistics, with what the helpers of these tests receive and send: everything of it came just now."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from panel.asked import answered, collecting
from panel.conversations import dialogue, number, received, sent
from recado.apps.accounts.models import Account, User
from recado.apps.contacts.services import add_contact, add_group
from recado.apps.inbox.models import Message
from recado.apps.keywords.models import Keyword
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import reserve_keyword
from recado.apps.outbox.models import Origin
from recado.panel.statistics.cards import change_of
from recado.panel.statistics.files import DAYS, WEEK
from recado.panel.statistics.tables import KINDS

PAGES = ["statistics", "statistics-keywords", "statistics-people", "statistics-sending"]


@pytest.fixture
def roses(account: Account) -> Keyword:
    return reserve_keyword(account, number(account), "RÓŻE", RuleContent((add_group(account, "Miłośnicy róż"),), "Dziękujemy!", ()))


@pytest.fixture
def busy(account: Account, roses: Keyword) -> Account:
    """Three messages, two of them by keyword, a reply that arrived and one that did not."""
    hanna, adam = dialogue(account, "48604218377", "Hanna Kowalczyk"), dialogue(account, "48660917411")
    asked = received(hanna, "róże")
    received(hanna, "róże")
    received(adam, "Czy są tulipany?")
    Message.objects.filter(text="róże").update(keyword_id=roses.pk)
    sent(hanna, "Dziękujemy!", origin=Origin.RULE, state="delivered", in_reply_to_id=asked.pk)
    sent(adam, "Są.", state="undelivered", reason="wrong_number")
    return account


def shown(client: Client, page: str = "statistics", **asked: str) -> str:
    response = client.get(reverse(page), asked)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def cards(page: str) -> dict[str, str]:
    found = re.findall(r'class="c-kpi".*?class="u-muted">(.*?)</span><strong[^>]*>(.*?)</strong>', page)
    return dict(found)


def test_the_cards_say_what_came_and_went(busy: Account, alice_client: Client):
    assert cards(shown(alice_client)) == {"Received": "3", "New contacts": "2", "Replies sent": "2", "Opt-outs": "0"}


def test_test_messages_are_counted_nowhere(busy: Account, alice_client: Client):
    received(dialogue(busy, "48501000111", is_test=True), "róże")
    assert cards(shown(alice_client))["Received"] == "3"


@pytest.mark.parametrize(("period", "per"), [("today", "hour"), ("7d", "day"), ("30d", "day"), ("12m", "month")])
def test_every_period_has_its_chart_and_the_same_as_a_table(busy: Account, alice_client: Client, period: str, per: str):
    page = shown(alice_client, period=period)
    assert f"Messages received per {per}" in page
    assert 'role="img" aria-labelledby="stats-chart-title stats-chart-says"' in page
    assert "Show as table" in page
    assert cards(page)["Received"] == "3"


def test_a_card_chooses_what_the_chart_shows(busy: Account, alice_client: Client):
    page = shown(alice_client, measure="replies", period="7d")
    assert "Replies sent per day" in page
    assert re.search(r'href="\?measure=replies&amp;period=7d" aria-current="true"', page)


@pytest.mark.parametrize(
    ("page", "headings"),
    [
        ("statistics", ["Keyword popularity", "By number", "When people write"]),
        ("statistics-keywords", ["Keyword popularity", "From poster to member"]),
        ("statistics-people", ["By group", "By carrier"]),
        ("statistics-sending", ["What became of messages you sent", "Why messages were not delivered", "How long people waited"]),
    ],
)
def test_a_viewer_sees_every_section(busy: Account, vera_client: Client, page: str, headings: list[str]):
    text = shown(vera_client, page)
    for heading in headings:
        assert heading in text


def test_a_row_narrows_everything_and_says_so(busy: Account, alice_client: Client, roses: Keyword):
    assert f'href="?keyword={roses.pk}">RÓŻE</a>' in shown(alice_client)
    page = shown(alice_client, keyword=str(roses.pk))
    assert cards(page)["Received"] == "2"
    assert "Keyword: RÓŻE" in page
    assert "Clear the filters" in page


def test_what_makes_no_sense_in_the_address_narrows_nothing(busy: Account, alice_client: Client, charlie: User):
    foreign = reserve_keyword(
        charlie.memberships.get().account, number(None, "48503340503", "shared_long"), "OBCE", RuleContent((), "", ())
    )
    for asked in (
        {"keyword": str(foreign.pk)},
        {"number": "x"},
        {"group": "9" * 30},
        {"measure": "money", "period": "soon", "from": "2026-13-40"},
    ):
        page = shown(alice_client, **asked)
        assert cards(page)["Received"] == "3"
        assert "OBCE" not in page


def test_a_stranger_sees_nothing_of_it(busy: Account, charlie_client: Client):
    for page in PAGES:
        assert "RÓŻE" not in shown(charlie_client, page)
    assert "Nothing to count yet" in shown(charlie_client)


def test_an_account_without_messages_is_told_what_will_be_here(account: Account, alice_client: Client):
    page = shown(alice_client)
    assert "Nothing to count yet" in page
    assert reverse("simulator") in page


def test_a_period_without_messages_offers_the_nearest_with_some(busy: Account, alice_client: Client):
    page = shown(alice_client, **{"from": "2025-03-01", "to": "2025-03-10"})
    assert "Nothing came in this period" in page
    today = timezone.localdate(timezone=busy.zone)
    assert re.search(rf'href="\?from=[-\d]+&amp;to={today}">Show ', page)


def test_filters_that_leave_nothing_can_be_cleared(busy: Account, alice_client: Client, roses: Keyword):
    page = shown(alice_client, keyword=str(roses.pk), **{"from": "2025-03-01", "to": "2025-03-10"})
    assert "Nothing fits these filters" in page
    assert "Clear the filters" in page


def test_nothing_earlier_is_no_change(busy: Account, alice_client: Client):
    page = shown(alice_client)
    assert "nothing earlier to compare with" in page
    assert "Hide previous" not in page


def test_what_changed_meanwhile_is_given_in_pieces_that_lead_to_whole_pages(busy: Account, alice_client: Client):
    page = shown(alice_client, part="live", period="7d")
    assert "<html" not in page
    for piece in ("stats-cards", "stats-chart", "stats-chart-table", "stats-keywords", "stats-week"):
        assert f'hx-target="#{piece}"' in page
    assert "part=live" not in page
    assert "?period=7d&amp;measure=replies" in page


def test_pages_of_other_days_do_not_ask_for_news(busy: Account, alice_client: Client):
    yesterday = str(timezone.localdate(timezone=busy.zone) - timedelta(days=1))
    assert 'id="stats-news"' in shown(alice_client)
    assert 'id="stats-news"' not in shown(alice_client, **{"from": "2026-01-01", "to": yesterday})


@pytest.mark.parametrize("table", [DAYS, WEEK, *KINDS])
def test_every_table_can_be_taken_away(busy: Account, alice_client: Client, roses: Keyword, table: str):
    response = alice_client.get(reverse("statistics-export"), {"table": table, "as": "csv", "keyword": str(roses.pk), "period": "7d"})
    header, *rows = csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig")))
    assert all(len(row) == len(header) for row in rows)
    assert re.search(rf"recado-{table}-\d{{4}}-\d\d-\d\d-\d{{4}}-\d\d-\d\d\.csv", response["Content-Disposition"])
    if table == "keywords":
        assert ["RÓŻE", "2"] in [row[:2] for row in rows]
    if table == DAYS:
        assert (len(rows), rows[-1][1]) == (7, "2")


def test_excel_gets_figures_as_figures(busy: Account, alice_client: Client):
    response = alice_client.get(reverse("statistics-export"), {"table": "numbers", "as": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert [cell.value for cell in sheet[2]][:3] == ["664 200 300", 3, 1]


def test_a_table_that_is_none_is_not_found(busy: Account, alice_client: Client):
    assert alice_client.get(reverse("statistics-export"), {"table": "salaries"}).status_code == 404


def test_people_who_are_in_a_group_can_be_looked_at_alone(busy: Account, alice_client: Client):
    gardeners = add_group(busy, "Ogrodnicy")
    add_contact(busy, "48660917411", group_ids=[gardeners.pk])
    assert cards(shown(alice_client, group=str(gardeners.pk)))["Received"] == "1"


def test_surveys_lead_to_their_results(busy: Account, alice: User, vera_client: Client):
    survey = collecting(busy, alice)
    answered(survey, ("5", "A", "More benches"), ("4", "B"))
    answered(survey, ("1",), is_test=True, first=48_602_000_000)
    page = shown(vera_client, "statistics-people")
    assert re.search(rf'href="{reverse("survey-results", args=[survey.pk])}" hx-boost="false">Visits</a>.*?>5</td> *<td[^>]*>2</td>', page)
    assert "Visits" not in shown(vera_client, "statistics-people", **{"from": "2025-03-01", "to": "2025-03-10"})


def test_groups_are_not_called_missing_within_a_keyword(busy: Account, alice_client: Client, roses: Keyword):
    page = shown(alice_client, "statistics-people", keyword=str(roses.pk))
    assert "By carrier" in page
    assert "You have no groups yet" not in page


@pytest.mark.parametrize(
    ("now", "before", "is_good", "said"),
    [
        (112, 100, True, ("▲", "12% more", "good")),
        (88, 100, True, ("▼", "12% fewer", "bad")),
        (21, 18, False, ("▲", "3 more", "bad")),
        (18, 21, False, ("▼", "3 fewer", "good")),
        (5, 0, True, ("▲", "5 more", "good")),
        (7, 7, True, ("", "unchanged", "")),
        (100_001, 100_000, True, ("", "nearly unchanged", "")),
    ],
)
def test_a_change_is_said_in_words_and_more_opt_outs_are_no_good(now: int, before: int, is_good: bool, said: tuple[str, str, str]):
    change = change_of(now, before, is_good=is_good)
    assert (change.arrow, change.words, change.tone) == said


@pytest.mark.browser
def test_choosing_exchanges_the_page_without_loading_it_and_keys_choose_too(visit, busy: Account):
    page = visit().open(reverse("statistics"))
    page.evaluate("() => { window.kept = true; }")
    page.get_by_role("link", name="7 days").click()
    page.wait_for_url("**/stats/?period=7d")
    page.get_by_role("link", name=re.compile("^Replies sent")).click()
    page.get_by_role("heading", name="Replies sent per day").wait_for()
    page.keyboard.press("y")
    page.get_by_role("heading", name="Replies sent per month").wait_for()
    page.keyboard.press("ArrowLeft")
    page.get_by_text("Nothing came in this period").wait_for()
    page.go_back()
    page.get_by_role("heading", name="Replies sent per month").wait_for()
    assert page.evaluate("() => window.kept")
