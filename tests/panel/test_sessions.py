"""Where somebody is signed in, and ending it from elsewhere."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from panel.signing_in import sign_in
from recado.apps.accounts.models import User
from recado.panel.sign_in.sessions import NOTED_EVERY, device

PHONE = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0"


@pytest.fixture
def phone(alice: User) -> Client:
    client = Client(headers={"User-Agent": PHONE})
    sign_in(client)
    return client


@pytest.fixture
def desk(alice: User) -> Client:
    client = Client(headers={"User-Agent": WINDOWS})
    sign_in(client)
    return client


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (PHONE, "Chrome · Android"),
        (WINDOWS, "Firefox · Windows"),
        (MAC, "Safari · macOS"),
        (EDGE, "Edge · Windows"),
        ("", "Unknown device"),
    ],
)
def test_a_device_has_a_name(user_agent: str, name: str):
    assert device(user_agent) == name


def test_every_session_is_listed_the_one_in_use_first(phone: Client, desk: Client):
    page = desk.get("/settings/security/").content.decode()
    assert page.index("Firefox · Windows") < page.index("Chrome · Android")
    assert page.count("This one") == 1


def test_one_session_is_ended_from_another(phone: Client, desk: Client):
    elsewhere = UserSession.objects.get(user_agent=PHONE)
    assert desk.post(f"/settings/security/sessions/{elsewhere.pk}/").headers["Location"] == "/settings/security/"
    assert phone.get("/inbox/").status_code == 302
    assert desk.get("/inbox/").status_code == 200


def test_all_others_are_ended(phone: Client, desk: Client):
    desk.post("/settings/security/sessions/")
    assert "1 other session is ended." in desk.get("/settings/security/").content.decode()
    assert phone.get("/inbox/").status_code == 302
    assert desk.get("/inbox/").status_code == 200


def test_nobody_ends_the_session_of_somebody_else(phone: Client, charlie_client: Client):
    session = UserSession.objects.get(user_agent=PHONE)
    assert charlie_client.post(f"/settings/security/sessions/{session.pk}/").status_code == 404
    assert phone.get("/inbox/").status_code == 200


def test_a_new_password_ends_all_other_sessions(phone: Client, desk: Client):
    changed = {"oldpassword": "a long password", "password1": "another long one", "password2": "another long one"}
    assert desk.post("/settings/security/password/", changed).headers["Location"] == "/settings/security/"
    assert phone.get("/inbox/").status_code == 302
    assert desk.get("/inbox/").status_code == 200


def test_use_is_noted_now_and_then_and_not_on_every_click(desk: Client, django_assert_num_queries):
    long_ago = timezone.now() - timedelta(days=1)
    UserSession.objects.update(last_seen_at=long_ago)
    desk.get("/inbox/")
    assert UserSession.objects.get().last_seen_at == long_ago
    key = f"session-seen:{desk.session.session_key}"
    cache.set(key, timezone.now() - NOTED_EVERY, 60)
    desk.get("/inbox/")
    assert UserSession.objects.get().last_seen_at > long_ago
