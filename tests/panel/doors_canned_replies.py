"""Access to canned replies."""

from panel.doors import Door
from recado.apps.accounts.models import Role
from recado.apps.dialogues.canned_replies import add_canned_reply


def a_canned_reply(account, user):
    return {"reply_id": add_canned_reply(account, "Godziny", "Otwarte od 9 do 17.", None).pk}


DOORS = {
    "canned-replies": Door(refuses=Role.BILLING),
    "canned-reply": Door(a_canned_reply, Role.VIEWER),
    "canned-reply-delete": Door(a_canned_reply, Role.VIEWER, "post"),
}
