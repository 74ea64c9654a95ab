"""Carriers in the console: seen by every operator, changed by engineers, secrets written and never shown."""

from dataclasses import replace

import pytest
from django.utils import timezone

from panel.console import down, report
from recado.apps.accounts.models import OperatorRole
from recado.apps.audit.models import AuditEntry
from recado.apps.connections.models import CarrierLog, Connection
from recado.apps.connections.ports import InstallationStatus, TriedStep
from recado.apps.connections.services import add_connection
from recado.apps.ids import next_id
from recado.carriers.registry import CARRIERS
from recado.config import MailListener
from recado.gateway.link_status import LinkState
from recado.panel.operator.carrier_words import STATES
from recado.panel.operator.setting_words import KNOWN, SAME_EVERYWHERE
from recado.protocols.mail.signed import AddressBook, MmsAddress

SECRET = "very-secret-word"
SETTINGS = {"host": "smsc.example", "system_id": "recado", "password": SECRET}
ENTERED = {"host": "other.example", "system_id": "recado", "port": "2776", "bind_mode": "receiver", "password": ""}


@pytest.fixture
def acme(db) -> Connection:
    return add_connection("acme", "smpp", SETTINGS)


def settings_of(connection: Connection) -> dict[str, object]:
    connection.refresh_from_db()
    return connection.settings


def test_every_link_is_shown_with_its_state_in_words(console, gateway, acme):
    gateway.current = InstallationStatus(is_running=True, links=(report(acme.pk, received_count=4711), down(acme.pk)))
    page = console(OperatorRole.AUDITOR).get("/operator/links/").content.decode()
    for shown in ("acme", "Up", "Down", "4711", "The carrier says the password is wrong.", "Next try"):
        assert shown in page
    assert "Add a carrier" not in page


def test_a_secret_is_on_no_page(console, gateway, acme):
    client = console()
    for path in ("/operator/links/", f"/operator/links/{acme.pk}/", "/operator/links/new/"):
        assert SECRET not in client.get(path).content.decode()
    assert "It is set and never shown." in client.get(f"/operator/links/{acme.pk}/").content.decode()


def test_settings_are_saved_and_an_empty_secret_keeps_the_one_there_is(console, acme):
    assert console().post(f"/operator/links/{acme.pk}/settings/", ENTERED).status_code == 302
    saved = settings_of(acme)
    assert (saved["host"], saved["port"], saved["bind_mode"], saved["password"]) == ("other.example", 2776, "receiver", SECRET)
    assert AuditEntry.objects.get().after == {
        "host": "other.example",
        "port": 2776,
        "bind_mode": "receiver",
        "verify_tls": False,
        "receipts": False,
    }


def test_an_administrator_changes_a_secret_and_an_engineer_does_not(console, acme):
    given = ENTERED | {"password": "another"}
    console(OperatorRole.ENGINEER).post(f"/operator/links/{acme.pk}/settings/", given)
    assert settings_of(acme)["password"] == SECRET
    console().post(f"/operator/links/{acme.pk}/settings/", given)
    assert settings_of(acme)["password"] == "another"


@pytest.mark.parametrize("wrong", [{"host": ""}, {"port": "99999"}, {"port": "many"}, {"bind_mode": "sideways"}])
def test_what_cannot_be_used_is_said_and_nothing_is_saved(console, acme, wrong):
    response = console().post(f"/operator/links/{acme.pk}/settings/", ENTERED | wrong)
    assert response.status_code == 422
    assert "Nothing was saved yet" in response.content.decode()
    assert settings_of(acme)["host"] == "smsc.example"


def test_a_carrier_is_added_and_a_name_that_is_taken_is_not(console, db):
    client = console(OperatorRole.ENGINEER)
    given = {"link_name": "acme", "host": "smsc.example", "system_id": "recado", "bind_mode": "both", "links": "2"}
    response = client.post("/operator/links/new/?kind=smpp", given)
    added = Connection.objects.get()
    assert (response["Location"], added.kind, added.settings["links"]) == (f"/operator/links/{added.pk}/", "smpp", 2)
    again = client.post("/operator/links/new/?kind=smpp", given)
    assert (again.status_code, Connection.objects.count()) == (422, 1)


def test_a_kind_without_settings_can_be_added(console, db):
    console().post("/operator/links/new/?kind=simulator", {"link_name": "phones"})
    assert Connection.objects.get().kind == "simulator"


def test_a_test_shows_every_step_alone_or_on_the_page(console, gateway, acme):
    gateway.steps = [TriedStep("transceiver 1", "connect", "", 12), TriedStep("transceiver 1", "bind", "bind refused: ESME_RINVPASWD", 40)]
    client = console(OperatorRole.ENGINEER)
    whole = client.post(f"/operator/links/{acme.pk}/test/").content.decode()
    part = client.post(f"/operator/links/{acme.pk}/test/", headers={"HX-Request": "true"}).content.decode()
    for page in (whole, part):
        assert "works" in page
        assert "The carrier says the password is wrong." in page
    assert ("<html" in whole, "<html" in part) == (True, False)
    assert gateway.asked[0][1].settings["password"] == SECRET


def test_without_a_gateway_buttons_say_that_nobody_was_asked(console, acme):
    client = console()
    assert "nobody was asked" in client.post(f"/operator/links/{acme.pk}/test/").content.decode()
    assert "nobody was asked" in client.post(f"/operator/links/{acme.pk}/drain/", follow=True).content.decode()
    assert not AuditEntry.objects.exists()


def test_drain_and_resume_are_asked_of_the_gateway(console, gateway, acme):
    client = console(OperatorRole.ENGINEER)
    client.post(f"/operator/links/{acme.pk}/drain/")
    gateway.current = InstallationStatus(is_running=True, links=(report(acme.pk, state="drained", is_draining=True),))
    page = client.get(f"/operator/links/{acme.pk}/").content.decode()
    assert "Drained" in page
    assert "Resume" in page
    client.post(f"/operator/links/{acme.pk}/resume/")
    assert gateway.asked == [("drain", acme.pk), ("resume", acme.pk)]


def test_a_link_is_switched_off_and_on(console, acme):
    client = console()
    for value, is_enabled in (("no", False), ("yes", True)):
        client.post(f"/operator/links/{acme.pk}/switch/", {"enabled": value})
        acme.refresh_from_db()
        assert acme.is_enabled is is_enabled


def test_the_carrier_log_masks_phones_and_shows_octets_only_to_who_may_see_messages(console, acme):
    CarrierLog.objects.create(
        id=next_id(), connection=acme, at=timezone.now(), direction="in", event="unknown_pdu", detail="from 48501222333", octets=b"Tulipan"
    )
    path = f"/operator/links/{acme.pk}/log/?event=unknown_pdu"
    admin, engineer = (console(role).get(path).content.decode() for role in (OperatorRole.ADMIN, OperatorRole.ENGINEER))
    assert "54 75 6c 69 70 61 6e" in admin
    assert "54 75 6c" not in engineer
    assert "48501222333" not in admin + engineer
    assert "4850*****33" in engineer


def test_a_low_role_sees_settings_it_cannot_change(console, acme):
    page = console(OperatorRole.SUPPORT).get(f"/operator/links/{acme.pk}/").content.decode()
    assert "disabled>" in page.replace(" >", ">")
    assert "Test now" not in page
    assert "Save changes" not in page


def test_every_word_of_a_carriers_settings_is_collected_for_translation():
    said = {words for kind in CARRIERS for field in kind.fields for words in (field.label, field.help) if words}
    said |= {words for kind in CARRIERS for words in (kind.label, kind.summary)}
    assert said - SAME_EVERYWHERE == KNOWN


def test_every_state_of_a_link_has_its_word():
    assert set(STATES) == set(LinkState)


def test_every_change_is_shown_with_who_made_it_and_no_secret(console, acme):
    client = console()
    client.post(f"/operator/links/{acme.pk}/settings/", ENTERED | {"password": "another-secret"})
    client.post(f"/operator/links/{acme.pk}/switch/", {"enabled": "no"})
    page = client.get(f"/operator/links/{acme.pk}/").content.decode()
    assert "Carrier link changed: acme" in page
    assert "Carrier link switched off: acme" in page
    assert 'Host: <s class="u-muted">smsc.example</s> → other.example' in page
    assert "another-secret" not in page
    assert "Olga" in page


def test_the_address_for_mailed_mms_is_shown_to_those_who_may_change_the_link(console, gateway, db, settings):
    link = add_connection("mailed", "mms_mail", {"edition": 3})
    page = console(OperatorRole.ENGINEER).get(f"/operator/links/{link.pk}/").content.decode()
    assert "This installation takes no mails yet." in page
    settings.RECADO = replace(settings.RECADO, mail_domain="reply.example.org", mail_listen=MailListener("smtp", "127.0.0.1", 8024))
    book = AddressBook(settings.SECRET_KEY, "reply.example.org")
    page = console(OperatorRole.ENGINEER).get(f"/operator/links/{link.pk}/").content.decode()
    assert f"<code>{book.mms(MmsAddress(link.pk, 3))}</code>" in page
    assert f"<code>{book.mms(MmsAddress(link.pk, 3, '48503340503'))}</code>" in page
    assert "mms+" not in console(OperatorRole.AUDITOR).get(f"/operator/links/{link.pk}/").content.decode()
