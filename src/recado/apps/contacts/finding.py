"""Finding a few contacts by how their name begins or by a piece of their number, quickly however many there are.

What belongs here: what the palette asks while somebody types. What does not: lists with pages and filters (`queries`).
"""

from django.db.models import Q

from recado.apps.accounts.models import Account
from recado.apps.contacts.models import Contact
from recado.apps.spellings import spellings

_FEWEST_DIGITS = 3
_NAMES = ("first_name", "last_name", "company")


def contacts_named(account: Account, words: str, limit: int) -> list[Contact]:
    """Return contacts of whom every word begins a name or the company, or whose number contains the digits."""
    digits = "".join(filter(str.isdecimal, words))
    contacts = Contact.objects.filter(account=account)
    if not any(map(str.isalpha, words)):
        return list(contacts.filter(msisdn__contains=digits)[:limit]) if len(digits) >= _FEWEST_DIGITS else []
    for word in words.split():
        contacts = contacts.filter(_begins(word))
    return list(contacts[:limit])


def _begins(word: str) -> Q:
    found = Q()
    for spelling in spellings(word):
        for name in _NAMES:
            found |= Q(**{f"{name}__istartswith": spelling})
    return found
