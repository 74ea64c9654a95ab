"""Access to the address of delivery reports, which may hold a secret of the company's program."""

from panel.doors import Door
from recado.apps.accounts.models import Role

DOORS = {
    "settings-delivery-reports": Door(refuses=Role.AGENT),
}
