"""The error table, and error/<code>, which shows it to anybody."""

import json

import pytest
from django.test import Client

from recado.api.compat.error_table import ROWS
from recado.api.compat.errors import ERRORS

TYPES = {
    "InvalidAction": [1000], "InvalidUser": [1001], "InvalidRole": [1002, 1005, 1007, 1008], "InvalidIP": [1003, 1009], "InvalidID": [1004],
    "InvalidData": [1006], "SystemError": [1010], "InvalidToken": [1011, 1012], "ValidationRequiredError": [2000],
    "ValidationPhoneError": [2001], "ValidationCodeError": [2002],
    "SendError": [*range(3000, 3010), *range(3100, 3112), *range(3200, 3203)], "MessageError": [3330, 3331],
    "FileError": [4000, 4001], "FileInvalid": [4002], "PhoneError": [*range(4100, 4107)], "PremiumError": [4200, 4201],
    "AccountError": [*range(4300, 4314), *range(4320, 4326)], "SenderExists": [4400], "SenderError": [4401, *range(4403, 4408)],
    "SenderInvalid": [4402], "SubaccountError": [*range(4500, 4505)], "BlacklistError": [4600, 4602], "BlacklistPhoneExists": [4601],
}  # fmt: skip
"""The contract, code by code."""
CODES = sorted(code for codes in TYPES.values() for code in codes)


def test_the_table_has_every_code_of_the_contract_once():
    assert [row[0] for row in ROWS] == CODES
    assert {row[0]: row[1] for row in ROWS} == {code: type_ for type_, codes in TYPES.items() for code in codes}


def test_every_error_has_a_text_of_its_own_in_both_languages():
    for language in ("en", "pl"):
        texts = [error.message(language) for error in ERRORS.values()]
        assert all(text[0].isupper() and not text.endswith(".") for text in texts)
        assert all(error.english != error.polish for error in ERRORS.values())


@pytest.mark.parametrize("code", CODES)
def test_each_code_can_be_shown(client, code):
    error = client.get(f"/api2/error/{code}").json()["error"]
    assert (error["code"], error["type"]) == (code, ERRORS[code].type)


@pytest.mark.parametrize("code", ["9999", "0", "abc", "10010", "-1", "", "²"])
def test_an_unknown_code_is_an_error_itself(client, code):
    assert client.get(f"/api2/error/{code}").json()["error"]["code"] in {2002, 1000}
    assert client.post(f"/api2/error/9{code}.json").json()["error"] == client.get("/api2/error/9999").json()["error"]


def test_an_empty_body_without_a_content_type_is_enough():
    response = Client().generic("POST", "/api2/error/1001.json", b"", content_type="")
    assert json.loads(response.content)["error"]["type"] == "InvalidUser"


@pytest.mark.parametrize(("accepted", "beginning"), [("pl,en;q=0.5", "Błędna"), ("en", "Wrong"), ("de", "Wrong")])
def test_the_text_is_in_the_callers_language(client, accepted, beginning):
    error = client.get("/api2/error/1001", headers={"Accept-Language": accepted}).json()["error"]
    assert error["message"].startswith(beginning)


def test_the_text_is_in_the_accounts_language_once_it_is_known(call, account):
    assert call("groups/view", id=1)["error"]["message"].startswith("There is nothing")
    account.language = "pl"
    account.save()
    assert call("groups/view", id=1)["error"]["message"].startswith("Nie ma niczego")
