"""The error table, and error/<code>, which shows it to anybody."""

import json

import pytest
from django.test import Client

from recado.api.compat.error_table import ROWS
from recado.api.compat.errors import ERRORS

CODES = [
    *range(1000, 1013), *range(2000, 2003), *range(3000, 3010), *range(3100, 3112), *range(3200, 3203), 3330, 3331, *range(4000, 4003),
    *range(4100, 4107), 4200, 4201, *range(4300, 4314), *range(4320, 4326), *range(4400, 4408), *range(4500, 4505), *range(4600, 4603),
]  # fmt: skip
TYPES = {
    "InvalidAction", "InvalidUser", "InvalidRole", "InvalidIP", "InvalidID", "InvalidData", "SystemError", "InvalidToken",
    "ValidationRequiredError", "ValidationPhoneError", "ValidationCodeError", "SendError", "MessageError", "FileError", "FileInvalid",
    "PhoneError", "PremiumError", "AccountError", "SenderExists", "SenderError", "SenderInvalid", "SubaccountError", "BlacklistError",
    "BlacklistPhoneExists",
}  # fmt: skip


def test_the_table_has_every_code_of_the_contract_once():
    assert [row[0] for row in ROWS] == CODES
    assert {row[1] for row in ROWS} == TYPES


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
