"""What happens in surveys by itself, told the time: reminders, ends, closing, opt-outs by hand."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from recado.apps.accounts.models import Account
from recado.apps.accounts.services import create_account
from recado.apps.contacts.erasing import erase_contact
from recado.apps.contacts.knowing import known_about
from recado.apps.contacts.models import OptOut
from recado.apps.contacts.opt_outs import note_opt_out
from recado.apps.contacts.services import add_contact
from recado.apps.inbox.models import Message
from recado.apps.outbox.models import Job, OutboundMessage
from recado.apps.surveys import due
from recado.apps.surveys.due import run_due
from recado.apps.surveys.models import Answer, Session, Survey

ANNA = "48501222333"
Say = Callable[[str], int]


@pytest.fixture
def session(survey: Survey, say: Say) -> Session:
    """Anna has been asked the first question."""
    say("flowers")
    return Session.objects.get()


def later(session: Session, **by: float) -> datetime:
    return session.asked_at + timedelta(**by)


def texts() -> list[str]:
    return list(OutboundMessage.objects.order_by("id").values_list("text", flat=True))[1:]


def test_a_reminder_goes_out_once_with_the_question(account: Account, session: Session) -> None:
    add_contact(account, ANNA, {"first_name": "Anna"}, [])
    run_due(later(session, minutes=59))
    assert texts() == []
    for minutes in (60, 61, 90):
        run_due(later(session, minutes=minutes))
    assert texts() == ["Do you remember us, Anna?\nWhich ones?\nA - Roses\nB - Tulips"]
    message = OutboundMessage.objects.latest("id")
    assert (message.survey_id, message.number_id, message.origin) == (session.survey_id, session.number_id, "rule")
    assert message.dialogue_id is not None
    assert Job.objects.filter(outbound_message=message).count() == 1
    session.refresh_from_db()
    assert session.due_at == later(session, days=1)


def test_a_reminder_keeps_the_quiet_hours(account: Account, session: Session) -> None:
    local = later(session, minutes=60).astimezone(ZoneInfo("Europe/Warsaw"))  # the phone's own clock
    account.quiet_from, account.quiet_until = (local - timedelta(minutes=30)).time(), (local + timedelta(minutes=30)).time()
    account.save()
    run_due(later(session, minutes=60))
    assert texts() == []
    run_due(later(session, minutes=89))
    assert texts() == []
    run_due(later(session, minutes=91))
    assert len(texts()) == 1


def test_a_session_ends_when_nobody_answers(session: Session) -> None:
    run_due(later(session, days=1))
    session.refresh_from_db()
    assert (session.state, session.due_at, session.finished_at) == ("expired", None, later(session, days=1))
    assert texts() == []  # too late for a reminder


def test_an_answer_that_comes_at_this_moment_goes_before_the_reminder(session: Session, say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    def answered_meanwhile(*_args: object) -> None:
        say("A")

    monkeypatch.setattr(due, "quiet_until", answered_meanwhile)
    run_due(later(session, minutes=60))
    assert texts() == ["How many?"]
    session.refresh_from_db()
    assert (session.reminded_at, session.version) == (None, 1)


@pytest.mark.parametrize("scope", [OptOut.Scope.ACCOUNT, OptOut.Scope.NUMBER])
def test_an_opt_out_by_hand_stops_the_session_at_once(account: Account, session: Session, say: Say, scope: OptOut.Scope) -> None:
    note_opt_out(account, ANNA, scope, session.number_id if scope == OptOut.Scope.NUMBER else 0, now=later(session, minutes=1))
    session.refresh_from_db()
    assert (session.state, session.due_at) == ("stopped", None)
    say("A")
    run_due(later(session, hours=2))
    assert texts() == []


def test_an_opt_out_of_another_account_or_of_one_group_stops_nothing(account: Account, session: Session) -> None:

    note_opt_out(create_account("Piekarnia"), ANNA, OptOut.Scope.ACCOUNT, now=later(session))
    note_opt_out(account, ANNA, OptOut.Scope.KEYWORD, 5, now=later(session))
    session.refresh_from_db()
    assert session.state == "open"


def test_a_survey_closes_by_itself_and_ends_what_is_open(survey: Survey, session: Session, say: Say) -> None:
    survey.closes_at = later(session, minutes=10)
    survey.save()
    run_due(later(session, minutes=11))
    survey.refresh_from_db()
    session.refresh_from_db()
    assert (survey.state, survey.closed_at, session.state) == ("closed", later(session, minutes=10), "expired")
    say("A")
    assert texts() == [
        "Ta ankieta jest zakonczona. Dziekujemy!" if survey.account.language == "pl" else "This survey is closed. Thank you!"
    ]


def test_a_session_that_something_is_wrong_with_holds_up_no_other(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError("a broken row")

    monkeypatch.setattr(due, "quiet_until", fail)
    run_due(later(session, minutes=60))
    session.refresh_from_db()
    assert (session.state, session.due_at) == ("open", later(session, minutes=120))


def test_much_that_is_due_is_done_in_portions(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(due, "PORTION", 2)
    monkeypatch.setattr(due, "PORTIONS", 2)
    for place in range(5):
        Session.objects.create(
            id=place + 1,
            account_id=session.account_id,
            survey_id=session.survey_id,
            number_id=session.number_id,
            msisdn=f"4860000000{place}",
            is_test=False,
            question_id=session.question_id,
            asked_at=session.asked_at,
            started_at=session.asked_at,
            due_at=session.asked_at,
        )
    run_due(later(session, days=2))
    assert Session.objects.filter(state="open").count() == 2
    run_due(later(session, days=2))
    assert not Session.objects.filter(state="open").exists()


def test_who_is_forgotten_leaves_no_words_in_surveys(account: Account, session: Session, say: Say) -> None:
    contact = add_contact(account, ANNA, {"first_name": "Anna"}, [])
    for text in ("Roses", "7 pkt"):
        say(text)
    assert [one["value"] for one in known_about(account, contact, str)["survey_answers"]] == ["Roses", "7"]
    erase_contact(account, contact)
    assert set(Answer.objects.values_list("text", "value")) == {("", "Roses"), ("", "")}
    assert not Message.objects.filter(trail__contains="Roses").exists()
