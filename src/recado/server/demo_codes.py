"""The demo's codes: a discount for regular customers, some of it handed out.

What belongs here: one pool with its keyword and whose codes are whose. What does not: handing out (`store.codes`).
"""

from datetime import timedelta

from recado.apps.accounts.models import Account
from recado.apps.codes.importing import add_codes
from recado.apps.codes.models import Code
from recado.apps.codes.services import PoolContent, add_pool
from recado.apps.inbox.models import Message
from recado.apps.keywords.activities import Activity, Kind
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import reserve_keyword
from recado.apps.numbers.models import Number
from recado.server.demo_story import OWN

NAME = "Kupon 15 zł"
CODES = tuple(f"ROZA-{number:04d}" for number in range(4017, 4977, 24))
"""Forty of them."""
HANDED = 11


def load(flowers: Account) -> None:
    """Make the pool; the first codes were handed out to those who wrote first."""
    already = "Masz już kod: {code}. Jest ważny do końca miesiąca."
    pool = add_pool(flowers, PoolContent(NAME, "Wszystkie kupony są już rozdane. Zajrzyj za miesiąc!", already, low_at=10))
    add_codes(pool, CODES)
    own = Number.objects.get(digits=OWN)
    content = RuleContent((), "Twój kod: {code}. Pokaż go przy kasie.", (), activities=(Activity(Kind.GIVE_CODE, pool.pk),))
    reserve_keyword(flowers, own, "Kupon", content, also_when_text_follows=True)
    writers: dict[str, Message] = {}
    for message in Message.objects.filter(account=flowers, is_test=False).order_by("id"):
        writers.setdefault(message.sender, message)
    codes = list(Code.objects.filter(pool=pool).order_by("id"))
    for code, message in zip(codes, list(writers.values())[:HANDED], strict=False):
        code.msisdn, code.message_id, code.handed_at = message.sender, message.pk, message.received_at + timedelta(seconds=1)
        code.save(update_fields=["msisdn", "message_id", "handed_at"])
