"""Settings of who may call us over MM7 and what they may bring.

What belongs here: the fields. What does not: the fields for sending (`kind`), asking who calls (`server.mm7.door`).
"""

from typing import Final

from recado.carriers.base import SettingField, SettingType
from recado.carriers.networks import read_networks

INCOMING: Final = (
    SettingField("receive_user", "User for receiving", help="The login the carrier calls us with."),
    SettingField("receive_password", "Password for receiving", SettingType.SECRET),
    SettingField(
        "networks",
        "Allowed addresses",
        help="Addresses or networks it calls from, with blanks between. Without these, a password or a certificate nobody may call.",
        check=read_networks,
    ),
    SettingField(
        "caller_certificate",
        "Certificate of the caller",
        help="What the proxy in front writes into X-Client-Certificate, if the carrier shows a certificate.",
    ),
    SettingField("default_recipient", "Number where the carrier names none", help="Digits with the country code."),
    SettingField("max_receive_megabytes", "Largest message in MB", SettingType.INTEGER, 10, minimum=1, maximum=30),
)
