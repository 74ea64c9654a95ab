"""Descriptor of connections over which operators and aggregators mail MMS."""

from recado.carriers.base import CarrierKind, SettingField, SettingType
from recado.carriers.networks import read_networks

MMS_MAIL = CarrierKind(
    "mms_mail",
    "MMS by mail",
    (
        SettingField(
            "networks",
            "Allowed mail servers",
            help="Addresses or networks of who hands mails to this installation, with blanks between; empty: any.",
            check=read_networks,
        ),
        SettingField("default_recipient", "Number where the carrier names none", help="Digits with the country code."),
        SettingField(
            "edition",
            "Edition of the address",
            SettingType.INTEGER,
            1,
            "Raise it where the mail address has become known to others: a new one is made, mails to the old one are refused.",
            minimum=1,
            maximum=1_000_000,
        ),
    ),
    "A carrier mails received MMS to an address of this connection. It takes nothing to send.",
    only_receives=True,
)
