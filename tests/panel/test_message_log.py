"""All messages: what the log shows, what it is narrowed to, how one gets to older ones, what is exported."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from panel.conversations import dialogue, received, sent
from recado.apps.contacts.services import add_group
from recado.apps.ids import first_id_at, next_id
from recado.apps.inbox import log
from recado.apps.inbox.models import Message
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import reserve_keyword
from recado.apps.mms.models import Attachment, ReceivedMms
from recado.apps.outbox.models import Origin


@pytest.fixture
def conversation(account):
    return dialogue(account, name="Hanna Lis")


@pytest.fixture
def keyword(account, conversation):
    return reserve_keyword(account, conversation.number, "Ogrodnik", RuleContent((add_group(account, "Ogród"),)))


def page_of(client, **query):
    return client.get("/messages/", query).content.decode()


def exported(client, **query):
    response = client.get("/messages/export/", query)
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content)))


def at(message, moment):
    """Let a message have arrived at another time, as the gateway would have stored it."""
    Message.objects.filter(pk=message.pk).update(id=first_id_at(moment), received_at=moment)


def test_a_line_says_from_whom_what_and_what_was_done(alice_client, conversation):
    message = received(conversation, "ogrodnik <b>")
    sent(conversation, "Dzięki", origin=Origin.RULE, in_reply_to_id=message.pk, state="delivered")
    page = page_of(alice_client)
    for words in ("Hanna Lis", "+48 604 218 377", "ogrodnik &lt;b&gt;", "664 200 300", "Newsletter ogrodniczy", "Delivered"):
        assert words in page
    assert f'href="/messages/{message.pk}/"' in page


def test_without_messages_the_page_teaches(alice_client):
    assert "Every message that arrives is listed here" in page_of(alice_client)


def test_a_filter_that_leaves_nothing_says_so(alice_client, conversation):
    received(conversation, "Halo")
    assert "No message fits" in page_of(alice_client, q="nobody wrote this")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "ŻÓŁĆ"}, {"Żółć"}),
        ({"q": "604218377"}, {"Żółć", "Ogrodnik", "test"}),
        ({"q": "218 37"}, {"Żółć", "Ogrodnik", "test"}),
        ({"q": "600000000"}, set()),
        ({"matched": "yes"}, {"Ogrodnik"}),
        ({"matched": "no", "test": "no"}, {"Żółć"}),
        ({"test": "yes"}, {"test"}),
        ({"kind": "mms"}, {"test"}),
        ({"kind": "sms"}, {"Żółć", "Ogrodnik"}),
        ({"keyword": "KEYWORD"}, {"Ogrodnik"}),
        ({"group": "GROUP"}, {"Ogrodnik"}),
        ({"number": "NUMBER"}, {"Żółć", "Ogrodnik", "test"}),
        ({"number": "no number", "since": "yesterday", "before": "x"}, {"Żółć", "Ogrodnik", "test"}),
    ],
)
def test_filters_leave_what_fits(alice_client, conversation, keyword, query, found):
    received(conversation, "Żółć")
    rule = keyword.rules.get()
    Message.objects.filter(pk=received(conversation, "Ogrodnik").pk).update(keyword_id=keyword.pk, rule_id=rule.pk)
    Message.objects.filter(pk=received(conversation, "test").pk).update(is_test=True)
    ReceivedMms.objects.create(id=Message.objects.get(text="test").pk)
    names = {"KEYWORD": keyword.pk, "GROUP": rule.actions.get().group_id, "NUMBER": keyword.number_id}
    rows = exported(alice_client, **{name: names.get(value, value) for name, value in query.items()})[1:]
    assert {row[4] for row in rows} == found


def test_days_are_those_of_the_account(alice_client, account, conversation):
    for text, moment in (("late", datetime(2026, 11, 20, 22, 59, tzinfo=UTC)), ("next day", datetime(2026, 11, 20, 23, 1, tzinfo=UTC))):
        at(received(conversation, text), moment)
    assert [row[4] for row in exported(alice_client, since="2026-11-20", until="2026-11-20")[1:]] == ["late"]
    assert [row[4] for row in exported(alice_client, since="2026-11-21", matched="no")[1:]] == ["next day"]


def test_one_gets_to_older_messages_and_back(alice_client, account, conversation, monkeypatch):
    monkeypatch.setattr(log, "PAGE", 2)
    ids = [received(conversation, f"number {count}").pk for count in range(5)]
    first = log.message_log(account, log.LogFilters())
    second = log.message_log(account, log.LogFilters(), before=first.older_than)
    third = log.message_log(account, log.LogFilters(), before=second.older_than)
    shown = [[row.message.pk for row in page.rows] for page in (first, second, third)]
    assert shown == [[ids[4], ids[3]], [ids[2], ids[1]], [ids[0]]]
    assert (first.newer_than, third.older_than) == (None, None)
    back = log.message_log(account, log.LogFilters(), after=third.newer_than)
    assert [row.message.pk for row in back.rows] == shown[1]
    assert "Newest" in page_of(alice_client, before=second.older_than)


def test_looking_for_what_is_rare_stops_says_so_and_goes_on(alice_client, account, conversation, monkeypatch):
    monkeypatch.setattr(log, "WINDOW", 3)
    rare = received(conversation, "rare")
    Message.objects.filter(pk=rare.pk).update(is_test=True)
    for count in range(5):
        received(conversation, f"number {count}")
    page = page_of(alice_client, test="yes")
    assert "Looked through everything back to" in page
    assert "Look further back" in page
    older = log.message_log(account, log.LogFilters(is_test=True)).older_than
    assert [row.message for row in log.message_log(account, log.LogFilters(is_test=True), before=older).rows] == [rare]


def test_an_export_holds_every_page_newest_first_up_to_its_limit(account, conversation, monkeypatch):
    monkeypatch.setattr(log, "_AT_ONCE", 2)
    ids = [received(conversation, str(count)).pk for count in range(5)]
    assert [row.message.pk for row in log.whole_log(account, log.LogFilters(), 10)] == ids[::-1]
    assert [row.message.pk for row in log.whole_log(account, log.LogFilters(), 3)] == ids[:1:-1]


def test_texts_that_would_be_formulas_are_harmless_in_the_file(alice_client, conversation):
    received(conversation, "=HYPERLINK(1)")
    assert exported(alice_client)[1][4] == "'=HYPERLINK(1)"
    sheet = alice_client.get("/messages/export/?as=xlsx")
    assert sheet["Content-Type"].endswith("sheet")
    sheet.close()


def test_an_export_names_subject_and_files_of_an_mms(alice_client, conversation):
    message = received(conversation, "Look")
    received(conversation, "words alone")
    ReceivedMms.objects.create(id=message.pk, subject="Beach", slides="[]")
    for position, (role, name) in enumerate((("layout", "a.smil"), ("media", "sea.jpg"), ("text", "t.txt"), ("media", ""))):
        about = {"sha256": "0" * 64, "size": 1, "content_type": "image/jpeg", "name": name, "role": role}
        Attachment.objects.create(id=next_id(), message_id=message.pk, position=position, **about)
    header, *lines = exported(alice_client)
    rows = [dict(zip(header, line, strict=True)) for line in lines]
    assert [[row[name] for name in ("Text", "Kind", "Subject", "Files")] for row in rows] == [
        ["words alone", "SMS", "", ""],
        ["Look", "MMS", "Beach", "sea.jpg, image/jpeg"],
    ]


def test_nothing_of_another_account_is_shown_or_exported(charlie_client, conversation, keyword):
    message = received(conversation, "Secret")
    assert "Secret" not in page_of(charlie_client)
    assert len(exported(charlie_client, keyword=keyword.pk)) == 1
    assert exported(charlie_client, q=message.sender)[1:] == []


def test_old_messages_are_found_by_day_however_many_came_later(account, conversation, monkeypatch):
    monkeypatch.setattr(log, "WINDOW", 2)
    at(old := received(conversation, "old"), timezone.now() - timedelta(days=30))
    for count in range(5):
        received(conversation, str(count))
    until = timezone.now() - timedelta(days=29)
    rows = log.message_log(account, log.LogFilters(is_matched=False, until=until)).rows
    assert [row.message.text for row in rows] == [old.text]
