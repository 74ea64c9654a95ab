"""The Operator Console in a browser: figures that renew themselves, without taking the focus, and a test without a reload."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from panel.browser import Visit
from panel.console import PluggedGateway, down, report
from recado.apps.accounts.models import OperatorRole, User
from recado.apps.connections.models import Connection
from recado.apps.connections.ports import InstallationStatus, TriedStep
from recado.apps.connections.services import add_connection

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def olga(settings) -> User:
    settings.OPERATORS_NEED_SECOND_FACTOR = False
    return User.objects.create_user("olga@ops.example", "a long password", name="Olga", operator_role=OperatorRole.ADMIN, language="en")


@pytest.fixture
def acme(olga) -> Connection:
    return add_connection("acme", "smpp", {"host": "smsc.example", "system_id": "recado"})


def test_the_overview_turns_red_and_green_again_by_itself(visit: Callable[..., Visit], gateway: PluggedGateway, acme, olga):
    gateway.current = InstallationStatus(is_running=True, links=(report(acme.pk),))
    page = visit(olga).open("/operator/")
    expect(page.get_by_text("Everything works")).to_be_visible()
    gateway.current = InstallationStatus(is_running=True, links=(down(acme.pk),))
    expect(page.get_by_text("acme is down. The carrier says the password is wrong.").first).to_be_visible()
    expect(page.get_by_text("Everything works")).to_be_hidden()
    gateway.current = InstallationStatus(is_running=True, links=(report(acme.pk),))
    expect(page.get_by_text("Everything works")).to_be_visible()


def test_when_recado_fails_the_page_keeps_what_it_shows_and_says_that_it_is_old(
    visit: Callable[..., Visit], gateway: PluggedGateway, acme, olga
):
    gateway.current = InstallationStatus(is_running=True, links=(report(acme.pk),))
    window = visit(olga)
    page = window.open("/operator/")
    expect(page.get_by_text("Everything works")).to_be_visible()
    page.route("**/operator/?part=live", lambda route: route.fulfill(status=500, body="<h1>Server error</h1>"))
    expect(page.get_by_text("What you see is old.")).to_be_visible()
    expect(page.get_by_text("Everything works")).to_be_visible()
    expect(page.get_by_text("Server error")).to_be_hidden()
    page.unroute("**/operator/?part=live")
    expect(page.get_by_text("What you see is old.")).to_be_hidden()
    window.complaints.clear()  # the browser's own notes about the failures


def test_renewing_takes_neither_focus_nor_what_was_typed(visit: Callable[..., Visit], gateway: PluggedGateway, acme, olga):
    gateway.current = InstallationStatus(is_running=True, links=(report(acme.pk, received_count=1),))
    page = visit(olga).open(f"/operator/links/{acme.pk}/")
    page.get_by_label("Host").fill("other.example")
    gateway.current = InstallationStatus(is_running=True, links=(report(acme.pk, received_count=2222),))
    expect(page.get_by_text("2222")).to_be_visible()
    expect(page.get_by_label("Host")).to_be_focused()
    expect(page.get_by_label("Host")).to_have_value("other.example")


def test_a_test_of_a_link_shows_its_steps_without_a_reload(visit: Callable[..., Visit], gateway: PluggedGateway, acme, olga):
    gateway.steps = [TriedStep("transceiver 1", "connect", "", 3), TriedStep("transceiver 1", "bind", "bind refused: ESME_RALYBND", 9)]
    page = visit(olga).open(f"/operator/links/{acme.pk}/")
    page.get_by_label("Host").fill("other.example")
    page.get_by_role("button", name="Test now").click()
    expect(page.get_by_text("The carrier allows no further session")).to_be_visible()
    expect(page.get_by_label("Host")).to_have_value("other.example")


@pytest.mark.parametrize(
    "path", ["/operator/", "/operator/links/", "/operator/links/new/", "/operator/jobs/", "/operator/quarantine/", "/operator/system/"]
)
@pytest.mark.parametrize("width", [320, 390])
def test_nothing_is_wider_than_a_phone(visit: Callable[..., Visit], gateway: PluggedGateway, acme, olga, path: str, width: int):
    gateway.current = InstallationStatus(is_running=True, links=(report(acme.pk), down(acme.pk)))
    page = visit(olga, width=width).open(path)
    assert page.evaluate("document.querySelector('.l-page').scrollWidth <= document.querySelector('.l-page').clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_scripts_the_console_can_be_used(visit: Callable[..., Visit], gateway: PluggedGateway, acme, olga):
    gateway.steps = [TriedStep("transceiver 1", "connect", "", 3)]
    page = visit(olga, java_script_enabled=False).open(f"/operator/links/{acme.pk}/")
    page.get_by_role("button", name="Test now").click()
    expect(page.get_by_text("works")).to_be_visible()
