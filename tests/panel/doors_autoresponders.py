"""Access to autoresponders and to answers that were stopped."""

from datetime import timedelta

from django.utils import timezone

from panel.conversations import dialogue, number, received
from panel.doors import Door
from recado.apps.accounts.models import Role
from recado.apps.autoresponders.models import BreakerTrip
from recado.apps.autoresponders.services import AutoresponderContent, add_autoresponder
from recado.apps.ids import next_id
from recado.apps.keywords.services import reserve_keyword


def an_autoresponder(account, user):
    keyword = reserve_keyword(account, number(account), "Ogrodnik")
    content = AutoresponderContent("Zamknięte", "Teraz jest zamknięte, {keyword}. Odpiszemy jutro.", keyword=keyword, once_minutes=720)
    add_autoresponder(account, content)
    return {"autoresponder_id": add_autoresponder(account, content).pk}


def a_trip(account, user):
    found = add_autoresponder(account, AutoresponderContent("Zamknięte", "Teraz jest zamknięte."))
    message = received(dialogue(account, "48600100200"), "Automatyczna odpowiedź: jestem na urlopie")
    now = timezone.now()
    trip = BreakerTrip.objects.create(
        id=next_id(),
        account=account,
        number=number(account),
        autoresponder_id=found.pk,
        msisdn="48600100200",
        reason="automatic",
        message_id=message.pk,
        tripped_at=now,
        until=now + timedelta(days=1),
    )
    return {"trip_id": trip.pk}


DOORS = {
    "autoresponders": Door(refuses=Role.BILLING),
    "autoresponder-new": Door(refuses=Role.AGENT),
    "autoresponder-preview": Door(refuses=Role.AGENT, method="post", data={"text": "Hej {keyword}"}),
    "autoresponder-restore": Door(refuses=Role.AGENT, method="post"),
    "autoresponder": Door(an_autoresponder, Role.BILLING),
    "autoresponder-move": Door(an_autoresponder, Role.AGENT, "post", {"to": "earlier"}),
    "autoresponder-switch": Door(an_autoresponder, Role.AGENT, "post", {"to": "off"}),
    "autoresponder-copy": Door(an_autoresponder, Role.AGENT, "post"),
    "autoresponder-delete": Door(an_autoresponder, Role.AGENT, "post"),
    "trip-lift": Door(a_trip, Role.VIEWER, "post"),
    "trips-lift": Door(refuses=Role.VIEWER, method="post"),
}
