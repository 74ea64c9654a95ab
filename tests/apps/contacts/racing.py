"""Many note one opt-out while others put the person into the group, and many end what is due; prints what is left as JSON.

Run as a process of its own, so that Django meets either database: `python racing.py`.
"""

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recado.server.settings")
HANNA = "48604218377"


def main() -> None:
    import django

    django.setup()
    from django.db import connections
    from django.utils import timezone

    from recado.apps.accounts.services import create_account
    from recado.apps.contacts.memberships import add_to_group, end_due, set_end
    from recado.apps.contacts.models import ConsentRecord, GroupMembership, OptOut
    from recado.apps.contacts.opt_outs import Scope, opt_out
    from recado.apps.contacts.services import add_contact, add_group, join_groups

    account = create_account("Kwiaciarnia Róża", language="en")
    group = add_group(account, "Garden")
    hanna = add_contact(account, HANNA)

    def take_part(turn: int) -> None:
        if turn % 3 == 0:
            opt_out(account, HANNA, Scope.GROUP, group.pk, now=timezone.now())
        elif turn % 3 == 1:
            add_to_group(account, group, [hanna.pk])
        else:
            join_groups(hanna, [group.pk])
        connections.close_all()

    def end(_turn: int) -> int:
        ended = end_due(timezone.now())
        connections.close_all()
        return ended

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(take_part, range(24)))
        news = add_group(account, "News")
        for place in range(40):
            add_contact(account, f"4860421{place:04}", {}, [news.pk])
        for membership in GroupMembership.objects.select_related("group"):
            set_end(membership, timezone.now())
        ended = sum(pool.map(end, range(8)))

    kinds = list(ConsentRecord.objects.filter(msisdn=HANNA).order_by("id").values_list("kind", flat=True))
    left = {
        "opt_outs": OptOut.objects.count(),
        "noted": kinds.count("opted_out"),
        "joined_and_left": kinds.count("joined") - kinds.count("left"),
        "members": GroupMembership.objects.count(),
        "ended": ended,
        "ends_noted": ConsentRecord.objects.filter(kind="ended").count(),
    }
    sys.stdout.write(json.dumps(left) + "\n")


if __name__ == "__main__":
    main()
