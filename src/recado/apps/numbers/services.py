"""Writes about access numbers, and the counter that tells gateways to load their routes anew.

What belongs here: changing numbers, bumping the routing version. What does not: keywords and rules (`apps.keywords`), reads (`queries`).
"""

from django.db import transaction
from django.db.models import F

from recado.apps.numbers.models import RoutingVersion


def bump_routing() -> None:
    """Make gateways load their routes anew; call it in the transaction of the change they must see."""
    with transaction.atomic():
        RoutingVersion.objects.get_or_create(pk=1)
        RoutingVersion.objects.filter(pk=1).update(version=F("version") + 1)
