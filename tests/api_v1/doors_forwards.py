"""Doors of `/forwards` and `/deliveries`."""

from django.utils import timezone

from api_v1.doors import Door
from panel.conversations import number
from panel.forwarding import attempt, delivery, place
from recado.apps.outbox.models import JobState

SINCE = "2026-01-01T00:00:00Z"


def a_webhook(account):
    return {"forward_id": place(account).pk}


def a_paused_place(account):
    return {"forward_id": place(account, paused_at=timezone.now()).pk}


def a_phone(account):
    return {"forward_id": place(account, "phone").pk}


def a_phone_that_can_be_asked(account):
    found = number(account)
    found.can_send = True
    found.save()
    return {"forward_id": place(account, "phone", confirmed_at=None).pk}


def a_delivery(account):
    job = delivery(place(account), state=JobState.DEAD)
    attempt(job)
    return {"delivery_id": job.pk}


DOORS = {
    "list_forwards": Door(),
    "add_forward": Door(body={"kind": "webhook", "url": "https://shop.example/in"}),
    "preview_forward": Door(body={"kind": "url", "url": "https://shop.example/?t=#WIADOMOSC#"}),
    "get_forward": Door(a_webhook),
    "edit_forward": Door(a_webhook, body={"name": "Shop"}),
    "delete_forward": Door(a_webhook),
    "try_out_forward": Door(a_webhook, body={}),
    "pause_forward": Door(a_webhook),
    "resume_forward": Door(a_paused_place),
    "try_forward_now": Door(a_webhook),
    "switch_forward_on": Door(a_webhook),
    "switch_forward_off": Door(a_webhook),
    "deliver_forwards_again": Door(a_webhook, body={"since": SINCE}),
    "send_forward_code": Door(a_phone_that_can_be_asked),
    "confirm_forward": Door(a_phone, body={"code": "123456"}),
    "list_forward_secrets": Door(a_webhook),
    "rotate_forward_secret": Door(a_webhook, body={}),
    "list_deliveries": Door(),
    "get_delivery": Door(a_delivery),
    "deliver_again": Door(a_delivery, body={}),
}
