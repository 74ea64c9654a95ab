"""Run as a program with RECADO_* set, after configure.py: let a campaign to so many phones begin, over a link of so many texts a second."""

import sys

import django

django.setup()

from django.db import transaction  # noqa: E402  # after django.setup
from django.utils import timezone  # noqa: E402

from recado.apps.accounts.models import Account  # noqa: E402
from recado.apps.campaigns.models import Campaign  # noqa: E402
from recado.apps.connections.models import Connection  # noqa: E402
from recado.apps.ids import next_id  # noqa: E402
from recado.apps.numbers.models import Number  # noqa: E402
from recado.apps.outbox.models import Origin, OutboundMessage  # noqa: E402

count, per_second = int(sys.argv[1]), int(sys.argv[2])
carrier = Connection.objects.get(name="carrier")
carrier.settings |= {"max_per_second": per_second}
carrier.save()
account, number, now = Account.objects.get(), Number.objects.get(), timezone.now()
common = {"account": account, "number": number, "connection": carrier, "sender": number.digits}
with transaction.atomic():
    campaign = Campaign.objects.create(account=account, name="Sale", number=number, started_at=now, keeps_quiet_hours=False)
    common |= {"campaign_id": campaign.pk, "origin": Origin.CAMPAIGN, "text": "Sale!", "created_at": now}
    OutboundMessage.objects.bulk_create(OutboundMessage(id=next_id(), recipient=f"48{700_000_000 + one}", **common) for one in range(count))
    Campaign.objects.filter(pk=campaign.pk).update(state=Campaign.State.SENDING)
