"""Texts ready to be sent, shared by the account or one person's own: canned replies of conversations, templates of group sends.

What belongs here: finding, changing and filling them in. What does not: sending (`services`), finding the places (`core.personal`).
"""

from django.db.models import Q, QuerySet

from recado.apps.accounts.models import Account, User
from recado.apps.dialogues.models import CannedReply, Dialogue
from recado.core.personal import person_values, read, unknown

Use = CannedReply.Use


class UnknownPlaceError(ValueError):
    """Nothing is ever put into a place of a text; `place` is its name."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


def canned_replies_for(account: Account, user: User) -> QuerySet[CannedReply]:
    """List all texts this person can use: the account's and their own, by name."""
    usable = Q(owner=None) | Q(owner=user)
    return CannedReply.objects.filter(usable, account=account).order_by("name", "pk")


def ready_texts_for(account: Account, user: User, use: CannedReply.Use) -> QuerySet[CannedReply]:
    """List those this person can use in conversations, or in group sends; texts for both are in either list."""
    return canned_replies_for(account, user).filter(use__in=(use, Use.BOTH))


def get_canned_reply_for(account: Account, user: User, reply_id: int) -> CannedReply:
    """Return one of those this person can use; raise CannedReply.DoesNotExist for all others."""
    return canned_replies_for(account, user).get(pk=reply_id)


def shared_texts_of(account: Account) -> QuerySet[CannedReply]:
    """List the texts everybody in the account can use, by name; nobody's own ones."""
    return CannedReply.objects.filter(account=account, owner=None).order_by("name", "pk")


def get_shared_text_for(account: Account, text_id: int) -> CannedReply:
    """Return one of those everybody can use; raise CannedReply.DoesNotExist for all others."""
    return shared_texts_of(account).get(pk=text_id)


def use_fitting(text: str, wanted: CannedReply.Use) -> CannedReply.Use:
    """Return what a text can be for: group sends alone if only a file fills its places; in a conversation they would be read as typed."""
    return Use.CAMPAIGN if unknown(text) else wanted


def check_places(text: str, use: CannedReply.Use) -> None:
    """Raise UnknownPlaceError where a text has places that would stay brackets in a conversation; in a group send a file fills them."""
    strange = unknown(text)
    if strange and use != Use.CAMPAIGN:
        raise UnknownPlaceError(strange[0])


def add_canned_reply(account: Account, name: str, text: str, owner: User | None, use: CannedReply.Use = Use.DIALOGUE) -> CannedReply:
    """Keep a text; without an owner the whole account uses it."""
    return CannedReply.objects.create(account=account, name=name, text=text, owner=owner, use=use)


def edit_canned_reply(reply: CannedReply, name: str, text: str, owner: User | None, use: CannedReply.Use) -> None:
    """Change a text, who uses it, or what for."""
    reply.name, reply.text, reply.owner, reply.use = name, text, owner, use
    reply.save(update_fields=["name", "text", "owner", "use"])


def delete_canned_reply(reply: CannedReply) -> None:
    """Forget a text."""
    reply.delete()


def filled(text: str, dialogue: Dialogue) -> str:
    """Put the person's name and our number where the text names them; what is not known leaves no gap."""
    contact = dialogue.contact
    first_name, last_name = (contact.first_name, contact.last_name) if contact else ("", "")
    return read(text).fill(person_values(first_name, last_name, dialogue.number.digits))
