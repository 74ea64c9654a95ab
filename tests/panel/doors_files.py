"""Access to the files that are kept."""

from panel.doors import Door
from recado.apps.accounts.models import Role
from recado.apps.media.services import keep_file


def a_file(account, user):
    return {"public_id": keep_file(account, "map.txt", b"Turn left").public_id}


DOORS = {
    "files": Door(refuses=Role.BILLING),
    "file-remove": Door(a_file, Role.VIEWER, "post"),
}
