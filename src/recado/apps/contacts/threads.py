"""Ties conversations to the contact that has their phone number, so that the inbox shows the name at once.

What belongs here: that tie, for contacts written by people and programs; the gateway ties those it makes itself. What does not: contacts
(`services`). Conversations are looked up by name, because their app builds on this one.
"""

from collections.abc import Collection

from django.apps import apps
from django.db.models import OuterRef, Subquery

from recado.apps.accounts.models import Account
from recado.apps.contacts.models import Contact


def tie_conversations(account: Account, msisdns: Collection[str]) -> None:
    """Tie the account's conversations with these phones to whoever has the number now, or to nobody; call in a transaction."""
    owner = Contact.objects.filter(account=account, msisdn=OuterRef("msisdn")).values("pk")[:1]
    conversations = apps.get_model("dialogues", "Dialogue").objects.filter(account=account, msisdn__in=msisdns)
    conversations.update(contact=Subquery(owner))
