"""Descriptor of connections over which aggregators hand in MMS as JSON."""

from recado.carriers.base import CarrierKind, SettingField, SettingType
from recado.carriers.networks import read_networks

MMS_HTTP = CarrierKind(
    "mms_http",
    "MMS over HTTP (JSON)",
    (
        SettingField(
            "token", "Token", SettingType.SECRET, is_required=True, help="What the aggregator sends as `Authorization: Bearer <token>`."
        ),
        SettingField(
            "networks",
            "Allowed addresses",
            help="Addresses or networks it calls from, with blanks between; empty: any.",
            check=read_networks,
        ),
        SettingField("max_megabytes", "Largest message in MB", SettingType.INTEGER, 10, minimum=1, maximum=30),
    ),
    "An aggregator posts received MMS to /mms/<id of the connection>. It takes nothing to send.",
    only_receives=True,
    called_at="/mms/{id}",
)
