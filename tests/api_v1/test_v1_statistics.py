"""`/statistics`: the figures of the panel's pages, for programs."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from panel.conversations import dialogue, number, received, sent
from recado.apps.inbox.models import Message
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import reserve_keyword


@pytest.fixture
def word(account):
    found = reserve_keyword(account, number(account), "RÓŻE", RuleContent((), "", ()))
    hanna = dialogue(account)
    received(hanna, "róże")
    received(hanna, "tulipany")
    Message.objects.filter(text="róże").update(keyword_id=found.pk)
    sent(hanna, "Dzień dobry", state="delivered")
    return found


def today(account) -> date:
    return timezone.localdate(timezone=account.zone)


def test_figures_are_given_beside_those_of_the_period_before(api, account, word):
    found = api("get", "/statistics").json()
    assert (found["first"], found["last"]) == (str(today(account) - timedelta(days=29)), str(today(account)))
    assert found["figures"] == {"received": 2, "new_contacts": 1, "replies": 1, "opt_outs": 0, "people": 1}
    assert set(found["before"].values()) == {0}


def test_a_figure_is_given_day_by_day_or_hour_by_hour(api, account, word):
    days = api("get", f"/statistics/series?first={today(account) - timedelta(days=6)}&measure=replies").json()
    assert [point["count"] for point in days["points"]] == [0, 0, 0, 0, 0, 0, 1]
    hours = api("get", f"/statistics/series?first={today(account)}").json()
    assert len(hours["points"]) in {23, 24, 25}
    assert sum(point["count"] for point in hours["points"]) == 2


def test_keywords_numbers_and_hours_are_counted(api, account, word):
    keywords = {one["word"]: one["received"] for one in api("get", "/statistics/keywords").json()["items"]}
    assert keywords == {"RÓŻE": 1, "": 1}
    (only,) = [one for one in api("get", "/statistics/numbers").json()["items"] if one["received"]]
    assert (only["number"], only["received"], only["share"]) == ("+48664200300", 2, 1.0)
    assert sum(map(sum, api("get", "/statistics/hours").json()["by_weekday"])) == 2


def test_what_was_sent_is_given_by_state(api, account, word):
    (only,) = api("get", "/statistics/sent/states").json()["items"]
    assert (only["state"], only["messages"], only["segments"]) == ("delivered", 1, 1)


def test_one_keyword_is_looked_at_alone(api, word):
    assert api("get", f"/statistics?keyword_id={word.pk}").json()["figures"]["received"] == 1


@pytest.mark.parametrize("name", ["number_id", "keyword_id", "group_id"])
def test_what_is_not_the_accounts_is_not_found(api, strangers_api, word, name):
    assert api("get", f"/statistics?{name}=123456").status_code == 404
    assert strangers_api("get", f"/statistics?keyword_id={word.pk}").status_code == 404


@pytest.mark.parametrize("asked", ["first=2026-11-02&last=2026-11-01", "first=2025-01-01&last=2026-01-02", "first=1999-12-31", "last=x"])
def test_days_that_cannot_be_are_refused(api, asked):
    response = api("get", f"/statistics/series?{asked}")
    assert (response.status_code, response.json()["code"]) == (422, "invalid")


def test_a_key_needs_the_scope(api_with):
    assert api_with("messages:read")("get", "/statistics").json()["code"] == "missing-scope"
    assert api_with("statistics:read")("get", "/statistics").status_code == 200
