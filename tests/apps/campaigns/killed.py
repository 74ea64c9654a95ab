"""One step of a campaign that is killed while it is prepared; prints how far it is, a line for each portion, then what there is.

Run as a process of its own, so that Django meets either database and can be killed: `python killed.py fill|prepare`.
"""

import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recado.server.settings")
PEOPLE = 3_000


def main() -> None:
    import django

    django.setup()
    {"fill": fill, "prepare": go_on}[sys.argv[1]]()


def fill() -> None:
    """Send a campaign to a group, from the pool."""
    from django.utils import timezone

    from recado.apps.accounts.services import create_account
    from recado.apps.campaigns.services import create_draft, send, set_groups
    from recado.apps.connections.models import Connection
    from recado.apps.contacts.models import Contact, GroupMembership
    from recado.apps.contacts.services import add_group
    from recado.apps.ids import next_id
    from recado.apps.numbers.models import Number

    account = create_account("Kwiaciarnia Róża", language="en")
    carrier = Connection.objects.create(name="Carrier", kind="simulator")
    for place in range(3):
        Number.objects.create(digits=f"4866000000{place}", kind="eco", connection=carrier)
    group = add_group(account, "Garden")
    people = [Contact(id=next_id(), account=account, msisdn=f"4860000{place:04}", first_name=f"Ola{place}") for place in range(PEOPLE)]
    Contact.objects.bulk_create(people)
    GroupMembership.objects.bulk_create([GroupMembership(id=next_id(), group=group, contact=one) for one in people])
    draft = create_draft(account, text="Hello {first_name}, answer to {number}")
    set_groups(draft, [group])
    send(draft, now=timezone.now(), expected_count=PEOPLE)


def go_on() -> None:
    """Prepare what is due."""
    from django.db.models import Count
    from django.utils import timezone

    from recado.apps.billing.models import Wallet
    from recado.apps.campaigns.models import Campaign
    from recado.apps.campaigns.preparing import due_campaigns, in_own_transaction, prepare
    from recado.apps.outbox.models import OutboundMessage, PoolUse

    def write(work):
        done = in_own_transaction(work)
        sys.stdout.write("written\n")
        sys.stdout.flush()
        return done

    for campaign_id in due_campaigns(timezone.now()):
        prepare(campaign_id, timezone.now(), write)
    campaign = Campaign.objects.get()
    twice = OutboundMessage.objects.values("recipient").annotate(times=Count("pk")).filter(times__gt=1)
    left = {
        "state": campaign.state,
        "counted": campaign.recipient_count,
        "cost": campaign.cost,
        "held": campaign.held,
        "reserved": Wallet.objects.get().reserved,
        "messages": OutboundMessage.objects.count(),
        "twice": twice.count(),
        "numbers": PoolUse.objects.count(),
        "named": sum(text.endswith(sender) for text, sender in OutboundMessage.objects.values_list("text", "sender")),
    }
    sys.stdout.write(json.dumps(left) + "\n")


if __name__ == "__main__":
    main()
