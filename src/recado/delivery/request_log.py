"""Writes requests and answers down for the log of attempts, as people read them and without what looks like a secret.

What belongs here: the texts. What does not: keeping them (`store.jobs`), making a command of them (`apps.outbox`).
"""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit, urlunsplit

from recado.core.request_headers import without_secret
from recado.delivery.macros import FORM_TYPE, Call

LOGGED = 64 * 1024
"""Signs of a request, and bytes of an answer, that are kept."""
HEADERS_LOGGED = 8 * 1024
SECRET = re.compile(r"(?i)((?:^|[?&])(?:[^=&#]*(?:token|secret|passw|haslo|auth|signature)[^=&#]*|[^=&#]*(?:key|pass))=)[^&#]*")

_WORDS = re.compile(r"(?i)token|secret|passw|haslo|auth|signature|key|pass")
_ODD = re.compile(r"[^\x21-\x7e]|[@\[\]]")
"""Without such signs an address can be read, and has no password in front of its host."""


def describe(call: Call) -> list[str]:
    """Write a request down: its first line, headers, and after an empty line the body; one that tells several things once for each."""
    head = f"{call.method} {without_secrets(call.url)}{described_headers(call.headers)}"
    is_form = call.headers.get("content-type") == FORM_TYPE
    return [_with_body(head, body, is_form=is_form)[:LOGGED] for body in call.each or (call.body,)]


def _with_body(head: str, body: bytes, *, is_form: bool) -> str:
    if not body:
        return head
    text = body.decode("utf-8", "replace").replace("\x00", "�")
    return f"{head}\n\n{without_secrets('&' + text)[1:] if is_form else text}"


def described_headers(headers: Mapping[str, str]) -> str:
    """Write headers down, each on a line of its own with a line break in front."""
    return "".join(f"\n{name}: {without_secret(name, value)}" for name, value in headers.items())


def answered_headers(headers: Mapping[str, str]) -> str:
    """Write down the headers of an answer, no more of them than is kept."""
    return described_headers(headers)[1:].replace("\x00", "�")[:HEADERS_LOGGED]


def readable(body: bytes) -> str:
    """Return text that both databases can store: no NUL, no broken characters, at most the first LOGGED bytes."""
    return body[:LOGGED].decode("utf-8", "replace").replace("\x00", "�")


def without_secrets(url: str) -> str:
    """Replace a password in front of the host, and values of parameters named like secrets, by `***`."""
    if _ODD.search(url):
        try:
            parts = urlsplit(url)
            if "@" in parts.netloc:
                url = urlunsplit(parts._replace(netloc="***@" + parts.netloc.rpartition("@")[2]))
        except ValueError:
            return "(an address that cannot be read)"
    return SECRET.sub(r"\1***", url) if _WORDS.search(url) else url
