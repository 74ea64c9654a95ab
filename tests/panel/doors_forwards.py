"""Access to forwarding."""

from django.utils import timezone

from panel.doors import Door
from panel.forwarding import attempt, delivery, place
from panel.hostile import MARKUP
from recado.apps.accounts.models import Role
from recado.apps.outbox.models import JobState, PhoneCode


def a_place(account, user):
    return {"destination_id": place(account, name=MARKUP[:80]).pk}


def a_paused_place(account, user):
    found = place(account, name=MARKUP[:80], paused_at=timezone.now(), failing_since=timezone.now())
    attempt(delivery(found, MARKUP, state=JobState.WAITING))
    return {"destination_id": found.pk}


def a_phone_that_was_asked(account, user):
    found = place(account, "phone", MARKUP[:80], confirmed_at=None)
    PhoneCode.objects.create(account=account, msisdn=found.msisdn, digest="", sent_at=timezone.now())
    return {"destination_id": found.pk}


def a_delivery(account, user):
    job = delivery(place(account, name=MARKUP[:80]), MARKUP)
    attempt(job, error="no secure connection: certificate has expired", response_headers=MARKUP, response_body=MARKUP)
    return {"destination_id": job.destination_id, "job_id": job.pk}


DOORS = {
    "forwards": Door(refuses=Role.BILLING),
    "forwards-live": Door(refuses=Role.BILLING),
    "forward-new": Door(refuses=Role.AGENT),
    "forward-preview": Door(refuses=Role.AGENT, method="post", data={"url": "https://shop.example/?t=#WIADOMOSC#", "method": "GET"}),
    "forward": Door(a_paused_place, Role.BILLING),
    "forward-live": Door(a_paused_place, Role.BILLING),
    "forward-edit": Door(a_place, Role.AGENT),
    "forward-test": Door(a_place, Role.AGENT, "post", {"sender": "604218377", "text": "Hej"}),
    "forward-pause": Door(a_place, Role.AGENT, "post"),
    "forward-resume": Door(a_paused_place, Role.AGENT, "post"),
    "forward-try-now": Door(a_paused_place, Role.AGENT, "post"),
    "forward-switch": Door(a_place, Role.AGENT, "post", {"to": "off"}),
    "forward-remove": Door(a_place, Role.AGENT),
    "forward-confirm": Door(a_phone_that_was_asked, Role.AGENT),
    "forward-code": Door(a_phone_that_was_asked, Role.AGENT, "post"),
    "forward-secret": Door(a_place, Role.AGENT),
    "forward-secret-new": Door(a_place, Role.AGENT, "post"),
    "forward-again": Door(a_place, Role.AGENT),
    "forward-delivery": Door(a_delivery, Role.BILLING),
    "forward-delivery-live": Door(a_delivery, Role.BILLING),
    "forward-delivery-again": Door(a_delivery, Role.AGENT, "post"),
}
