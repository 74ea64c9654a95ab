"""Access to the bell and the palette."""

from panel.doors import Door
from recado.apps.notifications.models import Notification
from recado.apps.notifications.services import notify


def a_notification(account, user):
    notify(account, [user], "dialogue.assigned", {"by": "Bob", "name": "Hanna"}, "/inbox/")
    return {"notification_id": Notification.objects.latest("pk").pk}


DOORS = {
    "notifications": Door(),
    "notification": Door(a_notification),
    "notifications-read": Door(method="post"),
    "search": Door(),
}
