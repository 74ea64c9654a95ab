"""Descriptor of MM7 connections: every setting with its default and the sentence that explains it."""

from recado.carriers.base import CarrierKind, SettingField, SettingType
from recado.protocols.mm7.dialect import DEFAULT_DIALECT, DIALECTS

_INTEGER, _CHOICE = SettingType.INTEGER, SettingType.CHOICE

MM7 = CarrierKind(
    "mm7",
    "MM7 (MMS)",
    (
        SettingField("submit_url", "Address to send to", help="http:// or https://, as the carrier gave it; empty: nothing is sent."),
        SettingField("submit_user", "User for sending", help="The login the carrier gave you."),
        SettingField("submit_password", "Password for sending", SettingType.SECRET),
        SettingField("client_certificate", "Certificate for sending", help="A file with certificate and key, if the carrier asks for one."),
        SettingField(
            "dialect",
            "Dialect",
            _CHOICE,
            DEFAULT_DIALECT.name,
            "Which release of MM7 the carrier's message centre speaks.",
            choices=tuple(DIALECTS),
        ),
        SettingField("vasp_id", "VASP id", help="Who you are to the carrier."),
        SettingField("vas_id", "VAS id", help="Which of your services it is, if the carrier asks for it."),
        SettingField("service_code", "Service code", help="For the carrier's billing, if it asks for one."),
        SettingField(
            "max_send_bytes",
            "Largest MMS to send",
            _INTEGER,
            300 * 1024,
            "Bytes the carrier takes; larger pictures are made smaller.",
            minimum=10_000,
            maximum=20_000_000,
        ),
        SettingField("window_size", "Window", _INTEGER, 4, "Unanswered submissions at once.", minimum=1, maximum=100),
    ),
    summary="Multimedia messages over HTTP, from and to a carrier's message centre.",
)
