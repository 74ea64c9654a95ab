"""What people want to be told: by table for the quiet hours, by telling for the rest."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from recado.apps.accounts.models import MailNotices, Membership, Role, User
from recado.apps.accounts.services import add_member, create_account, create_user
from recado.apps.notifications.choices import EVENTS, NoticeChoices, is_quiet, mail_due, save_choices, save_events
from recado.apps.notifications.models import Notification
from recado.apps.notifications.services import notify

WARSAW = ZoneInfo("Europe/Warsaw")
QUIET = [
    (None, None, "12:00", False),
    ("22:00", None, "23:00", False),
    ("22:00", "22:00", "22:00", False),
    ("12:00", "14:00", "11:59", False),
    ("12:00", "14:00", "12:00", True),
    ("12:00", "14:00", "14:00", False),
    ("22:00", "07:00", "21:59", False),
    ("22:00", "07:00", "22:00", True),
    ("22:00", "07:00", "06:59", True),
    ("22:00", "07:00", "07:00", False),
]


def clock(written: str | None) -> time | None:
    return time.fromisoformat(written) if written else None


@pytest.mark.parametrize(("begins", "ends", "now", "expected"), QUIET)
def test_quiet_hours_may_go_over_midnight(begins, ends, now, expected):
    assert is_quiet(clock(begins), clock(ends), time.fromisoformat(now)) is expected


DUE = [
    (MailNotices.OFF, True, "2026-11-26 12:00", None),
    (MailNotices.NOW, False, "2026-11-26 12:00", None),
    (MailNotices.NOW, True, "2026-11-26 12:00", "2026-11-26 12:00"),
    (MailNotices.NOW, True, "2026-11-26 23:00", "2026-11-27 07:00"),
    (MailNotices.NOW, True, "2026-11-27 06:00", "2026-11-27 07:00"),
    (MailNotices.DIGEST, True, "2026-11-26 12:00", "2026-11-27 08:00"),
    (MailNotices.DIGEST, True, "2026-11-26 07:59", "2026-11-26 08:00"),
]


@pytest.mark.parametrize(("wanted", "is_mailed", "now", "expected"), DUE)
def test_a_mail_is_due_at_once_after_the_quiet_or_in_the_morning(wanted, is_mailed, now, expected):
    user = User(mail_notices=wanted, quiet_from=time(22), quiet_until=time(7))
    due = mail_due(user, is_mailed=is_mailed, moment=datetime.fromisoformat(now).replace(tzinfo=WARSAW))
    assert due == (datetime.fromisoformat(expected).replace(tzinfo=WARSAW).astimezone(UTC) if expected else None)


@pytest.fixture
def member(db) -> Membership:
    anna = create_user("anna@example.com", None, name="Anna")
    return add_member(create_account("Kwiaciarnia Róża"), anna, Role.AGENT)


def tell(member: Membership, kind: str = EVENTS[0]) -> None:
    notify(member.account, [member.user], kind, {"by": "Bob", "person": "Hanna"}, "/inbox/1/")


def test_nobody_is_told_what_they_do_not_want_to_hear(member):
    save_events(member, muted=[EVENTS[0]], mailed=[])
    tell(member)
    tell(member, EVENTS[1])
    assert [each.kind for each in Notification.objects.all()] == [EVENTS[1]]


def test_others_are_told_although_one_is_not(member):
    bob = add_member(member.account, create_user("bob@example.com", None), Role.AGENT)
    save_events(member, muted=[EVENTS[0]], mailed=[])
    notify(member.account, [member.user, bob.user], EVENTS[0], {}, "/")
    assert [each.user for each in Notification.objects.all()] == [bob.user]


def test_what_is_no_event_of_the_settings_is_always_told(member):
    save_events(member, muted=["export.ready"], mailed=[])
    tell(member, "export.ready")
    assert Notification.objects.get().kind == "export.ready"


def test_mails_are_due_for_those_who_want_them_of_that_event(member):
    save_choices(member.user, NoticeChoices(False, False, MailNotices.NOW, None, None))
    tell(member)
    save_events(member, muted=[], mailed=[EVENTS[1]])
    tell(member)
    tell(member, EVENTS[1])
    due = [each.mail_due_at is not None for each in Notification.objects.order_by("pk")]
    assert due == [True, False, True]


def test_an_operator_who_is_no_member_is_told_without_a_mail(member):
    olga = create_user("olga@example.com", None)
    save_choices(olga, NoticeChoices(False, False, MailNotices.NOW, None, None))
    notify(member.account, [olga], EVENTS[0], {}, "/")
    assert Notification.objects.get().mail_due_at is None


def test_what_it_is_about_is_told_to_each_person_once(member):
    ben = create_user("ben@example.com", None, name="Ben")
    for people in ([member.user], [member.user, ben], [ben]):
        notify(member.account, people, "forward.dead", {"destination": "shop", "error": "HTTP 500"}, "/", about="forward.dead:7:2026112612")
    assert sorted(Notification.objects.values_list("user__name", flat=True)) == ["Anna", "Ben"]


def test_what_is_about_nothing_is_told_every_time(member):
    for _ in range(2):
        notify(member.account, [member.user], "dialogue.assigned", {"by": "Ben", "name": "Hanna"}, "/inbox/7/")
    assert Notification.objects.count() == 2
