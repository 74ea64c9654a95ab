"""Tries a keyword, counts, and erases what was tried, on the database of the environment; prints what is left as JSON.

Run as a process of its own, so that Django meets either database: `python trying.py`.
"""

import json
import os
import sys
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recado.server.settings")


def main() -> None:
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from recado.apps.accounts.services import create_account
    from recado.apps.contacts.services import add_group
    from recado.apps.dialogues.test_data import count_test_data, erase_test_data
    from recado.apps.inbox.models import Message
    from recado.apps.keywords.rules import RuleContent
    from recado.apps.keywords.services import reserve_keyword
    from recado.apps.numbers.services import add_number
    from recado.apps.statistics.keyword_days import received_by_day
    from recado.apps.statistics.rolling import roll_up
    from recado.core.number import NumberKind
    from recado.testing.receiving import receiving_directly

    account = create_account("Kwiaciarnia Róża")
    number = add_number("48503340503", NumberKind.SHARED_LONG)
    keyword = reserve_keyword(account, number, "GARDENER", RuleContent((add_group(account, "News"),), "Thank you"))
    with receiving_directly():
        phones_write(number.digits)
    before = received_by_day(account, [keyword.pk], timezone.now())[keyword.pk][-1]
    later = timezone.now() + timedelta(hours=3, minutes=30)
    roll_up(later)
    counted = sum(received_by_day(account, [keyword.pk], later)[keyword.pk])
    again = sum(received_by_day(account, [keyword.pk], later)[keyword.pk])
    found = count_test_data(account)
    with CaptureQueriesContext(connection) as asked:
        erased = erase_test_data(account)
    left = Message.objects.filter(account=account).count()
    said = {"counts": [before, counted, again], "as_said": found == erased, "locked": is_locking(asked), "left": left}
    sys.stdout.write(json.dumps({**said, **remains(account)}))


def is_locking(asked) -> bool:
    """Say whether conversations were locked; SQLite lets one writer in and has no need to."""
    locks = [query for query in asked.captured_queries if 'FROM "dialogues_dialogue"' in query["sql"] and "FOR UPDATE" in query["sql"]]
    return bool(locks) == asked.connection.features.has_select_for_update


def phones_write(recipient: str) -> None:
    """Three real messages of two people and three tried ones of a phone that does not exist."""
    from recado.apps.inbox import ports
    from recado.apps.inbox.services import receive

    through = ports.receiver
    ports.set_receiver(lambda part: through(real(part) if not part.sender.startswith("486000000") else part))
    for sender in ("48604218377", "48604218377", "48660917402", "48600000001", "48600000001", "48600000002"):
        receive(sender, recipient, "Gardener")


def real(part):
    from dataclasses import replace

    return replace(part, is_test=False)


def remains(account) -> dict[str, int]:
    from recado.apps.contacts.models import Contact
    from recado.apps.dialogues.models import Dialogue
    from recado.apps.outbox.models import Job, OutboundMessage

    return {
        "contacts": Contact.objects.filter(account=account).count(),
        "dialogues": Dialogue.objects.filter(account=account).count(),
        "replies": OutboundMessage.objects.filter(account=account).count(),
        "jobs": Job.objects.filter(account=account).count(),
    }


if __name__ == "__main__":
    main()
