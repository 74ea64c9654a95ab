"""Secrets are taken out of whatever shape they come in; who may not read messages sees the form of a call and no person."""

import json
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.apps.programs.secrets import HIDDEN, masked, without_secrets

SECRET = "Xk7 vq%2"
SPELLINGS = {
    "json": json.dumps({"username": "demo", "password": SECRET, "text": "Hello"}),
    "json with blanks": '{"token" : "Xk7 vq%2", "a": 1}',
    "json with quotes inside": json.dumps({"password": 'Xk7"Xk7', "text": "Hello"}),
    "json cut in the middle": '{"text": "Hello", "password": "Xk7 vq',
    "json number": '{"password":Xk7,"text":"Hello"}',
    "form": urlencode({"username": "demo", "password": SECRET, "text": "Hello"}),
    "form cut": "text=Hello&subaccount_password=Xk7",
    "form of the old API": "login=demo&haslo=Xk7&akcja=wyslij_sms",
    "address": "GET /zdalnie/?login=demo&haslo=Xk7&akcja=sprawdz_sms",
    "first in the address": "GET /api2/x?password=Xk7",
    "nested": "user[password]=Xk7&user[name]=Ada",
    "answer with a secret": '{"id":1,"signing_secret":"Xk7"}',
    "xml": "<a><token>Xk7</token></a>",
    "attribute": '<a token="Xk7" name="b"/>',
    "header": '{"headers": {"Authorization": "Bearer Xk7"}}',
}


@pytest.mark.parametrize("text", SPELLINGS.values(), ids=SPELLINGS)
def test_a_secret_is_taken_out(text):
    shown = without_secrets(text)
    assert "Xk7" not in shown
    assert HIDDEN in shown


@pytest.mark.parametrize("text", ['{"text":"my password is good","phone":"1"}', "text=the+token&phone=1", "<text>secret</text>", ""])
def test_everything_else_stays(text):
    assert without_secrets(text) == text


PERSONAL = {
    "json": json.dumps({"phone": "+48500600700", "text": "Hello Ada", "details": True}),
    "json list": json.dumps({"phone": ["+48500600700", "500600700"], "text": "Hello Ada"}),
    "json objects": json.dumps({"messages": [{"phone": "500600700", "text": "Hello Ada"}]}),
    "json in json": json.dumps({"contact": json.dumps([{"phone": "500600700", "first_name": "Ada"}])}),
    "json numbers": '{"phone":48500600700,"name":"Ada"}',
    "json cut": '{"phone":"500600700","text":"Hello Ad',
    "form": urlencode({"phone": "+48500600700", "text": "Hello Ada"}),
    "packed": urlencode({"messages": "500600700:Hello Ada]|["}),
    "brackets": "contact[0][phone]=500600700&contact[0][first_name]=Ada",
    "whole request": "POST /api2/x.json?phone=500600700\nContent-Type: application/json\n\n" + json.dumps({"text": "Hello Ada"}),
    "xml": "<response><items><item><phone>+48500600700</phone><text>Hello Ada</text></item></items></response>",
    "old xml": '<SerwerSMS login="demo"><SMS id="1" numer="+48500600700" tresc="Hello Ada"></SMS></SerwerSMS>',
}


@pytest.mark.parametrize("text", PERSONAL.values(), ids=PERSONAL)
def test_people_are_masked(text):
    shown = masked(text)
    assert "Ada" not in shown
    assert "500600" not in shown


def test_the_form_of_a_masked_call_stays_readable():
    head = "POST /api2/messages/send_sms.json\nContent-Type: application/json\n\n"
    text = head + '{"phone":"+48500600700","text":"Hello","details":true,"id":5}'
    assert masked(text) == head + '{"phone":"…700","text":"… (5)","details":true,"id":5}'


@given(st.text(max_size=60))
def test_any_text_can_be_masked(text):
    without_secrets(text)
    masked(text)


@given(st.text(alphabet="Xk7qZ", min_size=3, max_size=20), st.text(max_size=20))
def test_no_password_is_left_of_a_form_or_of_json(password, text):
    for written in (json.dumps({"text": "", "password": password}), urlencode([("password", password), ("other", "")])):
        assert password not in without_secrets(written)
