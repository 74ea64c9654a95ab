"""The console's first page: what is wrong in sentences, worst first, and the figures of this moment."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from panel.console import down, report
from recado.apps.accounts.models import Account
from recado.apps.connections.models import Quarantine
from recado.apps.connections.ports import InstallationStatus
from recado.apps.connections.services import add_connection
from recado.apps.ids import next_id
from recado.apps.installation.health import Problem, Severity
from recado.apps.outbox.models import Destination, Job
from recado.panel.operator.overview import per_minute
from recado.panel.operator.problem_words import SENTENCES, told

ACME = {"host": "smsc.example", "system_id": "recado"}
VALUES = {"name": "acme", "reason": "ESME", "up": 1, "total": 2, "count": 3, "account": "Róża", "megabytes": 7}


@pytest.fixture(autouse=True)
def nothing_remembered():
    cache.clear()


@pytest.fixture
def acme(db):
    return add_connection("acme", "smpp", ACME)


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def test_when_all_is_well_one_line_says_so(console, gateway, acme):
    gateway.current = InstallationStatus(is_running=True, links=(report(acme.pk),))
    page = words(console().get("/operator/").content.decode())
    assert "Everything works: messages come in, are stored and leave." in page
    assert "Links up 1 / 1" in page


def test_a_link_that_is_down_is_said_first_in_words_with_a_way_to_it(console, gateway, acme, account):
    now = timezone.now()
    Job.objects.create(id=next_id(), account=account, kind="submit", state="dead", next_attempt_at=now, created_at=now)
    gateway.current = InstallationStatus(is_running=True, links=(down(acme.pk),))
    page = console().get("/operator/").content.decode()
    assert "acme is down. The carrier says the password is wrong." in page
    assert "bind refused: ESME_RINVPASWD" in page
    assert f'href="/operator/links/{acme.pk}/"' in page
    assert page.index("acme is down") < page.index("1 job was given up")
    assert "Everything works" not in page


def test_what_is_only_worth_a_look_does_not_alarm(console, gateway, acme):
    gateway.current = InstallationStatus(is_running=True, links=(report(acme.pk), down(acme.pk)))
    page = console().get("/operator/").content.decode()
    assert "acme has only 1 of 2 links up." in page
    assert "Nothing is urgent" in page


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ({"is_database_ok": False, "database_reason": "disk full"}, "the database does not work"),
        ({"routes_error": "locked"}, "do not reach the gateway"),
        ({"delivery_trouble": "locked"}, "Nothing leaves"),
        ({"queue_length": 4, "queue_oldest_at": timezone.now() - timedelta(minutes=2)}, "4 messages wait to be stored"),
        ({"misconfigured": {"acme": "port is many"}}, "acme cannot be opened with its settings"),
        ({"links": "drained"}, "acme is drained"),
    ],
)
def test_trouble_of_the_gateway_is_said(console, gateway, acme, status, sentence):
    if status.get("links") == "drained":
        status = {"links": (report(acme.pk, state="drained", is_draining=True),)}
    gateway.current = InstallationStatus(is_running=True, **status)
    assert sentence in words(console().get("/operator/").content.decode())


def test_without_a_gateway_in_this_process_nothing_is_claimed(console, acme):
    page = words(console().get("/operator/").content.decode())
    assert "No gateway runs in this process" in page
    assert "In per minute" not in page
    assert "acme is down" not in page


def test_what_the_database_knows_is_counted(console, gateway, acme, account: Account):
    now = timezone.now()
    shop = Destination.objects.create(account=account, name="shop", url="https://shop.example/")
    for _ in range(2):
        Job.objects.create(
            id=next_id(), account=account, kind="forward_url", destination=shop, attempt_count=1, next_attempt_at=now, created_at=now
        )
    Quarantine.objects.create(id=next_id(), connection=acme, received_at=now, sender="", recipient="", raw=b"", traceback="")
    page = words(console().get("/operator/").content.decode())
    assert "1 message could not be processed." in page
    assert "shop of Kwiaciarnia Róża does not take messages; 2 wait." in page
    assert "Jobs waiting 2" in page


def test_the_live_part_comes_alone(console, gateway):
    part = console().get("/operator/?part=live").content.decode()
    assert "In per minute" in words(part)
    assert "<html" not in part


def test_a_sparkline_speaks(console, gateway):
    gateway.current = InstallationStatus(is_running=True, received=(*[0] * 58, 7, 3))
    assert "Messages received: 10 in the last hour, at most 7 a minute." in console().get("/operator/").content.decode()


@pytest.mark.parametrize(("counts", "seconds", "rate"), [((0, 60, 0), 0, 60), ((0, 60, 30), 30, 60), ((0, 0, 9), 59, 9), ((0, 0, 0), 5, 0)])
def test_the_rate_is_that_of_the_last_sixty_seconds(counts, seconds, rate):
    assert per_minute(counts, seconds) == rate


@pytest.mark.parametrize("code", SENTENCES)
@pytest.mark.django_db
def test_every_problem_has_its_sentence(code):
    sentence = told(Problem(code, Severity.BAD, VALUES)).sentence
    assert sentence
    assert "%(" not in sentence


def test_an_operator_who_signs_in_comes_to_the_console(console):
    console()
    response = Client().post("/login/", {"login": "admin@ops.example", "password": "a long password"})
    assert (response.status_code, response["Location"]) == (302, "/operator/")
