"""Notifications by e-mail: what a mail says, to whom it goes, and that nothing goes out twice or too late."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from recado.apps.accounts.models import Account, MailNotices, Role, User
from recado.apps.accounts.services import add_member, create_user
from recado.apps.notifications.choices import NoticeChoices, save_choices
from recado.apps.notifications.models import Notification
from recado.apps.notifications.services import mark_all_read, notify
from recado.panel.notice_mail import send_due

BASE = "https://sms.example.org/"


@pytest.fixture
def anna(account: Account) -> User:
    user = create_user("anna@example.com", None, name="Anna", language="pl")
    add_member(account, user, Role.AGENT)
    save_choices(user, NoticeChoices(False, False, MailNotices.NOW, None, None))
    return user


def tell(account: Account, user: User, name: str = "Hanna\r\nBcc: all@example.com") -> None:
    notify(account, [user], "dialogue.assigned", {"by": "Bob", "name": name}, "/inbox/7/")


def test_one_thing_is_said_in_the_subject_in_the_readers_language(account, anna):
    tell(account, anna)
    assert send_due(timezone.now(), BASE) == 1
    sent = mail.outbox[0]
    assert sent.to == ["anna@example.com"]
    assert "\n" not in sent.subject
    assert "Bob" in sent.subject
    assert "Cześć Anna," in sent.body
    assert "https://sms.example.org/inbox/7/" in sent.body
    assert "https://sms.example.org/settings/notifications/" in sent.body


def test_what_has_gathered_comes_in_one_mail_for_each_account(account, anna, charlie):
    other = charlie.memberships.get().account
    add_member(other, anna, Role.AGENT)
    for where in (account, account, other):
        tell(where, anna)
    assert send_due(timezone.now(), BASE) == 2
    assert mail.outbox[0].subject.startswith("2 ")


def test_nothing_is_sent_twice(account, anna):
    tell(account, anna)
    send_due(timezone.now(), BASE)
    assert send_due(timezone.now() + timedelta(days=1), BASE) == 0


def test_nothing_is_sent_before_it_is_due(account, anna):
    anna.mail_notices = MailNotices.DIGEST
    anna.save()
    tell(account, anna)
    assert send_due(timezone.now(), BASE) == 0
    assert send_due(timezone.now() + timedelta(days=1), BASE) == 1


class NoServer:
    """A mail server that takes nothing."""

    def __init__(self, *args: object, **options: object) -> None:
        pass

    def send_messages(self, messages: list[object]) -> int:
        assert messages
        raise ConnectionRefusedError("no mail server")


def test_what_the_mail_server_does_not_take_is_tried_again(account, anna, settings):
    tell(account, anna)
    settings.EMAIL_BACKEND = f"{__name__}.NoServer"
    assert send_due(timezone.now(), BASE) == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_due(timezone.now(), BASE) == 0
    assert send_due(timezone.now() + timedelta(minutes=11), BASE) == 1


def reads(account: Account, user: User) -> None:
    mark_all_read(account, user)


def leaves(account: Account, user: User) -> None:
    user.memberships.all().delete()


def wants_none(account: Account, user: User) -> None:
    User.objects.update(mail_notices=MailNotices.OFF)


def is_switched_off(account: Account, user: User) -> None:
    User.objects.update(is_active=False)


def is_old(account: Account, user: User) -> None:
    Notification.objects.update(created_at=datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("happens", [reads, leaves, wants_none, is_switched_off, is_old])
def test_what_nobody_wants_any_more_stays(happens, account, anna):
    tell(account, anna)
    happens(account, anna)
    assert send_due(timezone.now(), BASE) == 0
    assert Notification.objects.get().mail_due_at is None
