"""The provider's older XML API: each action asked as its client does, answered in its XML."""

from datetime import timedelta
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.utils import timezone

from recado.api.legacy.actions import ACTIONS
from recado.apps.accounts.services import create_api_user
from recado.apps.connections.models import Connection
from recado.apps.contacts.models import BlockedSender, Contact
from recado.apps.contacts.services import add_contact, add_group
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import OutboundMessage

PHONE = "48500600700"


@pytest.fixture
def ask(api_user):
    return asker("demo", "demo")


def asker(login, password, path="/zdalnie/"):
    def ask(akcja, *, get=False, **params):
        given = urlencode({"login": login, "haslo": password, "akcja": akcja, **params})
        client = Client()
        response = client.get(f"{path}?{given}") if get else client.post(path, given, content_type="application/x-www-form-urlencoded")
        assert (response.status_code, response["Content-Type"]) == (200, "text/xml; charset=utf-8")
        return ET.fromstring(response.content)

    return ask


@pytest.fixture
def eco(account):
    """A pool number that texts leave from."""
    connection = Connection.objects.create(name="link", kind="simulator")
    return Number.objects.create(digits="48573999001", kind="eco", connection=connection)


def error(root):
    return int(root.find("Blad").get("kod")), root.find("Blad").text


def rows(root, path="SMS"):
    return [dict(one.attrib) for one in root.findall(path)]


def test_what_is_wrong_with_the_caller_is_said_in_its_numbers(ask, api_user):
    assert error(asker("demo", "wrong")("pomoc"))[0] == 101
    assert error(asker("", "")("pomoc"))[0] == 100
    nothing = ask("tanczyc")
    assert (nothing.get("login"), error(nothing)[0]) == ("demo", 106)
    api_user.is_active = False
    api_user.save()
    assert error(ask("pomoc"))[0] == 102


def test_a_suspended_account_and_a_foreign_address_are_refused(ask, api_user, account):
    api_user.allowed_networks = "10.0.0.0/8"
    api_user.save()
    assert error(ask("pomoc"))[0] == 105
    api_user.allowed_networks = ""
    api_user.save()
    account.is_suspended = True
    account.save()
    assert error(ask("pomoc"))[0] == 103


def test_a_text_is_sent_and_every_phone_accounted_for(ask, eco):
    root = ask("wyslij_sms", numer="500600700,600700800,sdf989dsf,999", wiadomosc="Zażółć gęślą jaźń")
    assert root.find("Wiadomosc").text == "Zażółć gęślą jaźń"
    queued = rows(root, "Odbiorcy/Skolejkowane/SMS")
    assert [(one["numer"], len(one["id"])) for one in queued] == [("+48500600700", 12), ("+48600700800", 12)]
    assert all(one["godzina_skolejkowania"] for one in queued)
    assert [one["przyczyna"] != "" for one in rows(root, "Odbiorcy/Niewyslane/SMS")] == [True, True]
    assert OutboundMessage.objects.count() == 2


def test_a_call_by_get_is_the_same(ask, eco):
    root = asker("demo", "demo", "/zdalnie/index.php")("wyslij_sms", get=True, numer="+48500600700", wiadomosc="Test")
    assert [one["numer"] for one in rows(root, "Odbiorcy/Skolejkowane/SMS")] == ["+48500600700"]


def test_each_phone_its_own_text(ask, eco):
    ask("wyslij_sms", spersonalizowane="500600700:Pierwsza]|[600700800:Druga]")
    assert list(OutboundMessage.objects.order_by("pk").values_list("recipient", "text")) == [
        ("48500600700", "Pierwsza"),
        ("48600700800", "Druga"),
    ]


def test_a_test_sends_nothing(ask, eco):
    assert len(rows(ask("wyslij_sms", numer="500600700", wiadomosc="x", test=1), "Odbiorcy/Skolejkowane/SMS")) == 1
    assert not OutboundMessage.objects.exists()


def test_voice_and_mms_are_refused(ask):
    assert error(ask("wyslij_sms", numer="500600700", wiadomosc="x", glosowy=1))[0] == 1007
    assert error(ask("wyslij_sms", numer="500600700", wiadomosc="x", mms=1, plikmms="708e4e2d1a"))[0] == 1005
    assert error(ask("wyslij_sms", wiadomosc="x"))[0] == 3104


def test_what_was_sent_is_reported_and_what_waits_taken_back(ask, eco):
    later = f"{timezone.now() + timedelta(days=1):%Y-%m-%d %H:%M:%S}"
    ask("wyslij_sms", numer="500600700", wiadomosc="Kiedyś", data_wysylki=later, usmsid="abc1")
    ask("wyslij_sms", numer="600700800", wiadomosc="Teraz")
    reports = rows(ask("sprawdz_sms"))
    assert [(one["numer"], one["stan"]) for one in reports] == [("+48600700800", "oczekiwanie"), ("+48500600700", "zaplanowane")]
    assert [one["usmsid"] for one in rows(ask("sprawdz_sms", stan="zaplanowane"))] == ["abc1"]
    taken = ask("usun_zaplanowane", smsid=f"{reports[1]['id']},{reports[0]['id']},0000000000")
    assert [one.text for one in taken.findall("ZAPLANOWANE")] == ["OK", "ERR", "ERR"]
    assert error(ask("usun_zaplanowane"))[0] == 2000


def test_received_messages_carry_the_older_apis_ids_and_are_marked_read(ask, receive, individual, shared_long):
    eco = Number.objects.create(digits="48573999002", kind="eco")
    received = receive(eco, "Tak"), receive(individual, "Cześć"), receive(shared_long, "GARDENER")
    found = rows(ask("sprawdz_odpowiedzi"))
    assert [one["id"] for one in found] == [f"ECO{received[0].pk}", str(received[1].pk), str(received[2].pk)]
    assert [one.get("na_numer") for one in found] == [None, "+48664200300", None]
    assert [one["tresc"] for one in rows(ask("sprawdz_odpowiedzi", typ=1, pokaz_powiazanie=1))] == ["Tak"]
    assert [one["tresc"] for one in rows(ask("sprawdz_odpowiedzi", typ=3, odczyt=1))] == ["Cześć"]
    assert [one["tresc"] for one in rows(ask("sprawdz_odpowiedzi", numer=f"+{PHONE}"))] == ["Tak", "GARDENER"]
    assert rows(ask("pobierz_mms")) == []


def test_contacts_and_groups(ask, account):
    group = ask("kontakty", operacja="dodaj_grupe", grupa="Ogrodnicy").find("GRUPA")
    assert group.text == "OK"
    added = ask("kontakty", operacja="dodaj_kontakt", dane=f"{group.get('id')}:500600700:ada@example.org:Ada:Łoś:Firma").find("KONTAKT")
    ask("kontakty", operacja="dodaj_kontakt", dane="nieprzypisane:600700800")
    assert [(one.get("ilosc"), one.find("NAZWA").text) for one in ask("kontakty", operacja="lista_grup")] == [("1", "Ogrodnicy")]
    listed = ask("kontakty", operacja="lista_kontaktow", grupa=group.get("id")).find("GRUPA/KONTAKT")
    assert [one.text for one in listed] == ["+48500600700", "ada@example.org", "Firma", "Ada", "Łoś"]
    loose = ask("kontakty", operacja="lista_kontaktow", grupa="nieprzypisane").findall("GRUPA/KONTAKT/TELEFON")
    assert [one.text for one in loose] == ["+48600700800"]
    ask("kontakty", operacja="usun_kontakt", kontakt="500600700", grupa=group.get("id"))
    assert Contact.objects.get(pk=int(added.get("id"))).groups.count() == 0
    ask("kontakty", operacja="usun_kontakt", kontakt=added.get("id"))
    assert ask("kontakty", operacja="usun_grupe", grupa=group.get("id")).find("GRUPA").text == "OK"
    assert Contact.objects.count() == 1
    assert error(ask("kontakty", operacja="tanczyc"))[0] == 106


def test_the_blacklist(ask):
    ask("czarna_lista", operacja="dodaj", numer="500600700")
    assert [one.text for one in ask("czarna_lista", operacja="lista").findall("CZARNALISTA/NUMER")] == ["+48500600700"]
    assert len(ask("czarna_lista", operacja="sprawdz", numer="500600700").findall("CZARNALISTA/NUMER")) == 1
    assert error(ask("czarna_lista", operacja="dodaj", numer="500600700"))[0] == 4601
    ask("czarna_lista", operacja="usun", numer="500600700")
    assert not BlockedSender.objects.exists()


def test_the_account(ask):
    limits = ask("ilosc_sms", pokaz_typ_konta=1)
    assert [(one.get("typ"), one.text) for one in limits.findall("SMS")][:3] == [
        ("ECO", "niedostępne"), ("FULL", "brak limitu"), ("VOICE", "niedostępne"),
    ]  # fmt: skip
    assert limits.find("KONTO").text == "postpaid"
    assert ask("nazwa_nadawcy", operacja="dodanie", nazwa="Kwiaty").find("NADAWCA").text == "OK"
    assert [one.attrib for one in ask("nazwa_nadawcy", operacja="lista")] == [{"nazwa": "Kwiaty"}]
    assert [one.tag for one in ask("pomoc")] == ["Telefon", "Infolinia", "Email", "Formularz", "Faq", "Opiekun"]
    assert list(ask("faktury")) == []
    assert list(ask("premium_api", operacja="lista")) == []
    assert error(ask("premium_api", operacja="wyslij_sms", idsms="1", numer="500600700", bramka="71200", wiadomosc="x"))[0] == 4201
    assert error(ask("quiz", quiz=100))[0] == 1004
    assert {error(ask(akcja, numer="500600700"))[0] for akcja in ("hlr", "lookup", "nat")} == {4102}


@pytest.mark.parametrize("akcja", ACTIONS)
def test_a_stranger_reaches_nothing(ask, stranger, account, receive, individual, eco, akcja):
    group = add_group(account, "Ogrodnicy")
    contact = add_contact(account, PHONE, group_ids=[group.pk])
    receive(individual, "Tajne")
    ask("wyslij_sms", numer="500600700", wiadomosc="Tajne")
    create_api_user(stranger, "stranger", "secret")
    strangers = asker("stranger", "secret")
    asked = {
        "kontakty": [
            {"operacja": "lista_grup"},
            {"operacja": "lista_kontaktow", "grupa": group.pk},
            {"operacja": "usun_grupe", "grupa": group.pk},
            {"operacja": "usun_kontakt", "kontakt": contact.pk},
            {"operacja": "usun_kontakt", "kontakt": PHONE},
        ],
        "wyslij_sms": [{"numer": "500600700", "wiadomosc": "x", "nadawca": individual.digits}, {"grupa": group.pk, "wiadomosc": "x"}],
        "usun_zaplanowane": [{"smsid": "0" * 10}],
        "czarna_lista": [{"operacja": "lista"}],
        "nazwa_nadawcy": [{"operacja": "lista"}],
    }
    for params in asked.get(akcja, [{}]):
        shown = ET.tostring(strangers(akcja, **params), encoding="unicode")
        assert "Tajne" not in shown
        assert "Ogrodnicy" not in shown
        assert PHONE not in shown
    assert (group.contacts.count(), OutboundMessage.objects.count()) == (1, 1)


def test_signs_that_xml_has_none_for_do_not_break_an_answer(ask, receive, individual):
    receive(individual, "a\x0bb<&>\"'")
    assert [one["tresc"] for one in rows(ask("sprawdz_odpowiedzi"))] == ["a\ufffdb<&>\"'"]
