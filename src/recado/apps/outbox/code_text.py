"""The text with a code that asks a phone whether it agrees to forwards.

What belongs here: its words in the account's language. What does not: sending it (`confirming`).
"""

from django.utils import translation
from django.utils.translation import gettext as _

from recado.apps.accounts.models import Account
from recado.protocols.gsm.text import without_accents

LONGEST_NAME = 30
"""Letters of the account's name in the text; with them it is one part."""


def text_with(account: Account, code: str) -> str:
    """Write the text to the phone in the account's language; of the account's name only what cannot be read as an address of the web."""
    letters = "".join(letter if letter.isalnum() or letter in " -&'" else " " for letter in account.name)
    name = " ".join(without_accents(letters).split())[:LONGEST_NAME].strip()
    with translation.override(account.language):
        return _("Code %(code)s: agrees that messages to %(name)s come to this phone. Tell it only to them, and only if you want that.") % {
            "code": code,
            "name": name,
        }
