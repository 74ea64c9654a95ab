"""Contents over HTTP: whoever holds a link sees it while it is good, and nothing runs in a page."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.media.links import LinkExpiredError, Variant, absolute_media_link, media_link, read_link
from recado.apps.media.models import Content, ScanState
from recado.apps.media.services import blobs
from recado.blobs.base import keep
from recado.blobs.links import Linked, Links
from recado.panel.media.ranges import asked_range
from recado.panel.media.serving import PLAYED
from recado.testing.media_files import TYPES

pytestmark = pytest.mark.django_db
BYTES = bytes(range(256)) * 4


@pytest.fixture
def account():
    return Account.objects.create(name="A", language="pl")


def content(content_type, **more):
    sha256 = keep(blobs(), BYTES)
    return Content.objects.create(sha256=sha256, size=len(BYTES), content_type=content_type, created_at=timezone.now(), **more)


def opened(client, account, found, variant=Variant.ORIGINAL, name="a b.mp4", **headers):
    return client.get(media_link(found.pk, found.content_type, account=account, name=name, variant=variant), **headers)


@pytest.mark.parametrize(
    ("content_type", "shown_as", "is_inline"),
    [
        ("audio/mpeg", "audio/mpeg", True),
        ("video/mp4", "video/mp4", True),
        ("image/jpeg", "image/jpeg", False),
        ("image/svg+xml", "application/octet-stream", False),
        ("text/html", "application/octet-stream", False),
        ("application/smil", "application/octet-stream", False),
        ("application/java-archive", "application/octet-stream", False),
        ("text/plain", "application/octet-stream", False),
    ],
)
def test_only_sounds_and_films_are_inline_and_nothing_is_active(client, account, content_type, shown_as, is_inline):
    answer = opened(client, account, content(content_type))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == BYTES
    assert answer["Content-Type"] == shown_as
    assert answer["Content-Disposition"].startswith("inline" if is_inline else "attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


def test_a_picture_is_inline_as_preview_and_stripped_copy_alone(client, account):
    small = keep(blobs(), b"small")
    found = content("image/jpeg", preview_sha256=small, stripped_sha256=small)
    for variant, shown_as in ((Variant.PREVIEW, "image/webp"), (Variant.STRIPPED, "image/jpeg")):
        answer = opened(client, account, found, variant)
        assert (b"".join(answer.streaming_content), answer["Content-Type"]) == (b"small", shown_as)
        assert answer["Content-Disposition"].startswith("inline")


def test_players_may_jump(client, account):
    found = content("video/mp4")
    answer = opened(client, account, found, HTTP_RANGE="bytes=1000-")
    assert (answer.status_code, answer["Content-Range"]) == (206, "bytes 1000-1023/1024")
    assert b"".join(answer.streaming_content) == BYTES[1000:]
    assert opened(client, account, found, HTTP_RANGE="bytes=5000-").status_code == 416


@pytest.mark.parametrize(
    ("header", "expected"),
    [("bytes=0-9", (0, 10)), ("bytes=-10", (90, 100)), ("bytes=90-500", (90, 100)), ("bytes=1-2,5-6", None), ("bytes=-", None), ("", None)],
)
def test_one_range_is_read(header, expected):
    assert asked_range(header, 100) == expected


def test_what_is_dangerous_is_not_handed_out(client, account):
    assert opened(client, account, content("video/mp4", scan_state=ScanState.INFECTED)).status_code == 403


def test_copies_go_with_their_original_and_a_copy_that_is_dangerous_itself_is_not_handed_out(client, account):
    copy = keep(blobs(), b"copy")
    found = content("image/jpeg", preview_sha256=copy, stripped_sha256=copy, scan_state=ScanState.INFECTED)
    assert [opened(client, account, found, variant).status_code for variant in Variant] == [403] * len(Variant)
    Content.objects.update(scan_state=ScanState.CLEAN)
    Content.objects.create(pk=copy, size=4, content_type="image/jpeg", scan_state=ScanState.INFECTED, created_at=timezone.now())
    answers = {variant: opened(client, account, found, variant) for variant in Variant}
    assert {variant: answer.status_code for variant, answer in answers.items()} == {
        Variant.ORIGINAL: 200,
        Variant.PREVIEW: 403,
        Variant.STRIPPED: 403,
    }
    answers[Variant.ORIGINAL].close()


def test_an_altered_link_leads_nowhere_and_an_old_one_says_so(client, account):
    found = content("video/mp4")
    link = media_link(found.pk, "video/mp4", account=account, name="x.mp4")
    token = link.split("/")[2]
    assert client.get(link.replace(token, token[:-3] + "AAA")).status_code == 404
    with pytest.raises(LinkExpiredError):
        read_link(token, timezone.now() + timedelta(hours=26))
    old = Links(settings.SECRET_KEY).path(Linked(found.pk, "video/mp4", account.pk, Variant.ORIGINAL), "x.mp4", 5)
    assert client.get(old).status_code == 410


def test_bytes_that_are_gone_are_said_to_be_gone(client, account):
    found = Content.objects.create(sha256="0" * 64, size=1, content_type="video/mp4", created_at=timezone.now())
    assert opened(client, account, found).status_code == 404


def test_no_file_of_any_kind_is_active_in_a_page(client, account):
    for kind in sorted(set(TYPES.values())):
        answer = opened(client, account, Content(pk=keep(blobs(), BYTES), content_type=kind), name="x.svg")
        assert b"".join(answer.streaming_content) == BYTES
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        is_played = answer["Content-Type"] in PLAYED
        assert is_played or (answer["Content-Disposition"].startswith("attachment") and "ml" not in answer["Content-Type"])


def test_files_may_have_a_host_of_their_own_that_hands_out_nothing_else(client, account, settings):
    settings.RECADO = replace(settings.RECADO, media_host="media.example.org")
    settings.ALLOWED_HOSTS = ["media.example.org", "testserver"]
    found = content("video/mp4")
    link = media_link(found.pk, "video/mp4", account=account, name="x.mp4")
    assert link.startswith("https://media.example.org/media/")
    assert absolute_media_link(found.pk, "video/mp4", account=account, name="x.mp4") == link
    there = {"HTTP_HOST": "media.example.org"}
    answer = client.get(link.removeprefix("https://media.example.org"), **there)
    assert b"".join(answer.streaming_content) == BYTES
    assert (answer.status_code, answer["Cross-Origin-Resource-Policy"]) == (200, "cross-origin")
    for path in ("/login/", "/", "/static/panel/app.css", "/api/v1/"):
        assert client.get(path, **there).status_code == 404
    assert client.get("/login/").status_code == 200


def test_a_picture_whose_copy_is_not_made_yet_is_not_there(client, account):
    found = content("image/jpeg")
    for variant in (Variant.PREVIEW, Variant.STRIPPED):
        assert opened(client, account, found, variant).status_code == 404
