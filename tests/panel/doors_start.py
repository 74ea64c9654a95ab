"""Access to the start page."""

from panel.doors import Door
from recado.apps.accounts.models import Role

DOORS = {
    "start": Door(),
    "checklist": Door(refuses=Role.AGENT, method="post"),
}
