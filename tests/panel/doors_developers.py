"""Access to the keys of programs."""

from panel.doors import Door
from recado.apps.accounts.models import Role

DOORS = {
    "developers": Door(refuses=Role.EDITOR),
}
