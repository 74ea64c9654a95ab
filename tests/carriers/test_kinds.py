"""Descriptors of carrier kinds: defaults, checks, secrets."""

from dataclasses import fields

import pytest

from recado.carriers.base import SettingsError, SettingType
from recado.carriers.registry import CARRIERS, carrier_kind
from recado.carriers.smpp.kind import SMPP
from recado.carriers.smpp.settings import SmppSettings, read_settings

GOOD = {"host": "smsc.example", "system_id": "recado", "password": "secret"}


@pytest.mark.parametrize("kind", CARRIERS, ids=lambda kind: kind.name)
def test_every_default_is_a_value_the_field_accepts(kind):
    for field in kind.fields:
        if not field.is_required:
            assert field.clean(field.default) == field.default


@pytest.mark.parametrize("kind", CARRIERS, ids=lambda kind: kind.name)
def test_choices_are_given_for_choice_fields_only(kind):
    assert all(bool(field.choices) == (field.type is SettingType.CHOICE) for field in kind.fields)


def test_the_settings_of_smpp_are_those_of_its_descriptor():
    assert [field.name for field in SMPP.fields] == [field.name for field in fields(SmppSettings)]


def test_stored_settings_become_typed_with_defaults():
    settings = read_settings({**GOOD, "port": "2776", "use_tls": "yes"})
    assert (settings.port, settings.use_tls, settings.links, settings.bind_mode) == (2776, True, 1, "transceiver")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"host": ""}, "host is missing"),
        ({"port": "70000"}, "port is '70000'; write a whole number from 1 to 65535"),
        ({"port": "abc"}, "port"),
        ({"bind_mode": "sideways"}, "one of transceiver, receiver, transmitter, both"),
        ({"use_tls": "perhaps"}, "write yes or no"),
        ({"error_codes": "27"}, "write each error with what it means, as in 0x04=wrong_number"),
        ({"error_codes": "27=away"}, "27 means 'away'; write one of message_expired, "),
        ({"prot": 1}, "prot is no setting"),
    ],
)
def test_a_bad_setting_is_named_with_what_to_write(change, named):
    with pytest.raises(SettingsError, match=named):
        read_settings({**GOOD, **change})


def test_secrets_are_hidden_and_everything_else_is_shown():
    assert SMPP.redact({**GOOD, "port": 1}) == {**GOOD, "port": 1, "password": "********"}
    assert SMPP.redact({"password": ""}) == {"password": ""}


def test_a_password_does_not_show_in_a_representation():
    assert "secret" not in repr(read_settings(GOOD))


def test_an_unknown_kind_is_refused_with_those_that_exist():
    with pytest.raises(SettingsError, match="smpp, mm7, mms_http, mms_mail, simulator"):
        carrier_kind("pigeon")
