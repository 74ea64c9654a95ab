"""Whole answers in XML, as client libraries that read XML get them: lists, single values, errors."""

import re
from xml.etree import ElementTree as ET

import pytest
from django.test import Client


@pytest.fixture
def call_xml(token):
    client = Client(headers={"Authorization": f"Bearer {token}"})
    return lambda action, **params: client.post(f"/api2/{action}.xml", params).content.decode().partition("\n")[2]


def rows(answer):
    return [{field.tag: field.text for field in item} for item in ET.fromstring(answer).iterfind("items/item")]


def test_the_blacklist(call_xml):
    assert re.fullmatch("<response><success>true</success><id>[0-9]+</id></response>", call_xml("blacklist/add", phone="500600720"))
    assert call_xml("blacklist/check", phone="500600720") == "<response><exists>true</exists></response>"
    (row,) = rows(call_xml("blacklist/index"))
    assert (list(row), row["phone"]) == (["phone", "added"], "+48500600720")
    assert call_xml("blacklist/add", phone="500600720").startswith("<error><code>4601</code><type>BlacklistPhoneExists</type><message>")
    assert call_xml("blacklist/delete", phone="500600720") == "<response><success>true</success></response>"


def test_templates(call_xml):
    identifier = ET.fromstring(call_xml("templates/add", name="A & B", text="<Hello>")).findtext("id")
    assert rows(call_xml("templates/index")) == [{"id": identifier, "name": "A & B", "text": "<Hello>"}]
    edited = call_xml("templates/edit", id=identifier, name="A")
    assert edited == f"<response><success>true</success><id>{identifier}</id></response>"
    assert call_xml("templates/delete", id=identifier) == "<response><success>true</success></response>"


def test_senders(call_xml):
    assert call_xml("senders/add", name="NewSender") == "<response><success>true</success></response>"
    expected = "<item><name>NewSender</name><agreement>not_required</agreement><status>pending_authorization</status></item>"
    assert f"<items>{expected}</items>" in call_xml("senders/index")
    assert "<type>SenderInvalid</type>" in call_xml("senders/add", name="Róża")
