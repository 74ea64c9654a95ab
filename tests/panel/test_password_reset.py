"""Replacing a forgotten password, with the mail read from a real mail server."""

import email
import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from django.core.cache import cache
from django.test import Client

from panel.signing_in import set_up_app, sign_in
from recado.apps.accounts.models import User
from recado.apps.audit.models import AuditEntry

NEW = {"password1": "five green tulips", "password2": "five green tulips"}


class Mailbox:
    """Keeps what it is handed."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: ARG002, N802  # the library's interface
        self.mails.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


class MailServer(Controller):
    """Listens where the system chooses."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def mailbox(settings) -> Iterator[Mailbox]:
    box = Mailbox()
    server = MailServer(box, hostname="127.0.0.1", port=0)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = server.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield box
    server.stop()


@pytest.fixture(autouse=True)
def _no_limits_of_other_tests() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body
    return body.get_content()


def link_in(mail: EmailMessage) -> str:
    found = re.search(r"http://testserver(/password/reset/\S+)", text(mail))
    assert found
    return found[1]


def test_the_link_in_the_mail_sets_a_new_password_once(client: Client, alice: User, mailbox: Mailbox):
    assert client.post("/password/reset/", {"email": "Alice@example.com"}).headers["Location"] == "/password/reset/sent/"
    link = link_in(mailbox.mails[0])
    form = client.get(link).headers["Location"]
    assert "At least 10 characters" in client.get(form).content.decode()
    assert client.post(form, NEW).headers["Location"] == "/password/reset/done/"
    assert sign_in(Client(), password="five green tulips").headers["Location"] == "/"
    assert "This link has ended" in Client().get(link).content.decode()
    assert mailbox.mails[1]["Subject"] == "Your password was changed"
    assert AuditEntry.objects.filter(action="login.password_reset", user=alice).exists()


def test_the_mail_is_in_the_language_of_who_gets_it(client: Client, alice: User, mailbox: Mailbox):
    alice.language = "pl"
    alice.save()
    client.post("/password/reset/", {"email": alice.email})
    assert mailbox.mails[0]["Subject"] == "Wybierz nowe hasło logowania"
    assert "Ustaw je tutaj:" in text(mailbox.mails[0])


def test_nobody_learns_whether_an_address_has_a_login(client: Client, alice: User, mailbox: Mailbox):
    known = client.post("/password/reset/", {"email": alice.email})
    unknown = client.post("/password/reset/", {"email": "nobody@example.com"})
    assert known.headers["Location"] == unknown.headers["Location"]
    assert [mail["To"] for mail in mailbox.mails] == [alice.email, "nobody@example.com"]
    assert "/password/reset/" not in text(mailbox.mails[1])


def test_a_weak_password_is_refused_in_words(client: Client, alice: User, mailbox: Mailbox):
    client.post("/password/reset/", {"email": alice.email})
    form = client.get(link_in(mailbox.mails[0])).headers["Location"]
    assert "too short" in client.post(form, {"password1": "short", "password2": "short"}).content.decode()
    assert "the same password" in client.post(form, NEW | {"password2": "five red tulips"}).content.decode()


def test_a_new_password_does_not_pass_the_second_step(alice_client: Client, alice: User, mailbox: Mailbox):
    set_up_app(alice_client)
    client = Client()
    client.post("/password/reset/", {"email": alice.email})
    client.post(client.get(link_in(mailbox.mails[-1])).headers["Location"], NEW)
    assert sign_in(client, password="five green tulips").headers["Location"] == "/login/2fa/"


def test_a_mail_server_that_is_out_breaks_no_page(client: Client, alice: User, mailbox: Mailbox, settings):
    settings.EMAIL_PORT = 9
    assert client.post("/password/reset/", {"email": alice.email}).status_code == 302


def test_asking_again_and_again_is_stopped_with_the_time_to_wait(client: Client, alice: User, mailbox: Mailbox):
    for _ in range(5):
        client.post("/password/reset/", {"email": alice.email})
    response = client.post("/password/reset/", {"email": alice.email})
    assert (response.status_code, response.headers["Retry-After"]) == (429, "60")
    assert "Wait a minute" in response.content.decode()
    assert len(mailbox.mails) == 5
