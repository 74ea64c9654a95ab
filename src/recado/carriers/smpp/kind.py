"""Descriptor of SMPP connections: every setting with its default and the sentence that explains it."""

from recado.carriers.base import CarrierKind, SettingField, SettingType
from recado.carriers.smpp.own_errors import read_own_errors

_INTEGER, _BOOLEAN, _CHOICE = SettingType.INTEGER, SettingType.BOOLEAN, SettingType.CHOICE

SMPP = CarrierKind(
    "smpp",
    "SMPP 3.4",
    (
        SettingField("host", "Host", is_required=True, help="Name or address of the carrier's message centre."),
        SettingField("port", "Port", _INTEGER, 2775, minimum=1, maximum=65535),
        SettingField("system_id", "System id", is_required=True, help="The login the carrier gave you."),
        SettingField("password", "Password", SettingType.SECRET),
        SettingField("system_type", "System type", help="Only if the carrier asks for it."),
        SettingField("address_range", "Address range", help="Numbers to receive for, if the carrier asks for it."),
        SettingField(
            "bind_mode",
            "Bind as",
            _CHOICE,
            "transceiver",
            "Transceiver sends and receives on one link; receiver and transmitter do one each; both opens one of each.",
            choices=("transceiver", "receiver", "transmitter", "both"),
        ),
        SettingField("links", "Links", _INTEGER, 1, "How many links to keep open at once.", minimum=1, maximum=32),
        SettingField("window_size", "Window", _INTEGER, 10, "Unanswered submissions per link.", minimum=1, maximum=1000),
        SettingField(
            "max_per_second", "Messages per second", _INTEGER, 0, "The carrier's limit for sending; 0 means none.", maximum=100_000
        ),
        SettingField("use_tls", "TLS", _BOOLEAN, False),
        SettingField("verify_tls", "Check the certificate", _BOOLEAN, True, "Switch off only for a carrier with a home-made certificate."),
        SettingField(
            "enquire_link_seconds",
            "Keep-alive after seconds",
            _INTEGER,
            30,
            "Ask whether the peer lives after so much silence.",
            minimum=1,
            maximum=3600,
        ),
        SettingField(
            "response_timeout_seconds",
            "Wait for answers",
            _INTEGER,
            10,
            "Seconds until an unanswered request counts as lost.",
            minimum=1,
            maximum=600,
        ),
        SettingField("reconnect_seconds", "Longest pause between attempts", _INTEGER, 60, minimum=1, maximum=3600),
        SettingField(
            "default_alphabet",
            "Meaning of data_coding 0",
            _CHOICE,
            "gsm7",
            "What the carrier sends and expects when it says 'default alphabet'.",
            choices=("gsm7", "latin1"),
        ),
        SettingField("reference_bits", "Reference of long messages", _CHOICE, "8", choices=("8", "16")),
        SettingField("national_prefix", "Country code", help="Put before numbers the carrier calls national (TON 2): 48."),
        SettingField("service_type", "Service type", help="Only if the carrier asks for it."),
        SettingField("receipts", "Ask for delivery receipts", _BOOLEAN, True),
        SettingField(
            "receipt_ids",
            "Ids in receipts",
            _CHOICE,
            "as_given",
            "Some carriers answer with a hexadecimal id and report with the same number in decimal digits, or the other way round.",
            choices=("as_given", "hex_in_answer", "hex_in_receipt"),
        ),
        SettingField(
            "error_codes",
            "Errors of this carrier",
            help="What its own error numbers in receipts mean where they are not the GSM network's: 0x04=wrong_number, 27=message_expired.",
            check=read_own_errors,
        ),
    ),
    "A link to a message centre of an operator or aggregator.",
)
