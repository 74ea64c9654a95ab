"""Where somebody is signed in: noting that a session is in use, and naming its device.

What belongs here: the middleware and the words. What does not: ending sessions (`security`).
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

GetResponse = Callable[[HttpRequest], HttpResponse]

NOTED_EVERY = timedelta(minutes=5)
"""A row written for every click would cost more than the click."""
REMEMBERED_SECONDS = 3600
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
"""What a browser says about itself, the more special first: every one claims to be the ones below it."""
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "CrOS": "ChromeOS",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}
PHONES = ("iPhone", "iPad", "Android")


def seen(get_response: GetResponse) -> GetResponse:
    """Note now and then that a session is in use (a Django middleware)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        key = request.session.session_key
        if key and _is_due(f"session-seen:{key}", timezone.now()) and request.user.is_authenticated:
            UserSession.objects.create_from_request(request)
        return get_response(request)

    return middleware


def _is_due(name: str, now: datetime) -> bool:
    """Whether the last note is old; the first look at a session only begins to count, because signing in has noted it."""
    noted = cache.get(name)
    if noted and now - noted < NOTED_EVERY:
        return False
    cache.set(name, now, REMEMBERED_SECONDS)
    return noted is not None


def device(user_agent: str) -> str:
    """Name browser and system for people: `Firefox · Windows`."""
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS.items() if mark in user_agent), "")
    return " · ".join(filter(None, [browser, system])) or _("Unknown device")


def is_phone(user_agent: str) -> bool:
    """Whether the device is one people hold in their hands."""
    return any(mark in user_agent for mark in PHONES)
