"""What tests of signing in share: doing it, and the code an authenticator app would show (RFC 6238, not computed by what is tested)."""

import base64
import hashlib
import hmac
import re
import time

from django.core.cache import cache
from django.test import Client

PASSWORD = "a long password"


def sign_in(client: Client, email: str = "alice@example.com", password: str = PASSWORD, path: str = "/login/"):
    return client.post(path, {"login": email, "password": password})


def confirm(client: Client, path: str = "/settings/security/"):
    """Show again who one is, as every change to a login asks for."""
    return client.post("/login/again/", {"password": PASSWORD, "next": path})


def code_now(secret: str) -> str:
    counter = int(time.time()) // 30
    digest = hmac.new(base64.b32decode(secret), counter.to_bytes(8, "big"), hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(int.from_bytes(digest[offset : offset + 4], 'big') & 0x7FFFFFFF) % 10**6:06}"


def set_up_app(client: Client) -> str:
    """Set an authenticator app up as people do; return its key."""
    confirm(client)
    page = client.get("/settings/security/app/").content.decode()
    secret = re.search(r"<code[^>]*>([A-Z2-7]{32})</code>", page)
    assert secret
    done = client.post("/settings/security/app/", {"code": code_now(secret[1])})
    assert done.headers["Location"] == "/settings/security/codes/"
    cache.clear()  # a code works once, and the next step of a test may come within its half minute
    return secret[1]


def codes_shown(client: Client) -> list[str]:
    return re.findall(r"<code[^>]*>(\d{8})</code>", client.get("/settings/security/codes/").content.decode())
