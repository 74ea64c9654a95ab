"""The address that a carrier mails MMS to, for those connections that are mailed to.

What belongs here: writing it. What does not: reading it (`protocols.mail.signed`), taking the mails (`server`).
"""

from django.conf import settings

from recado.apps.connections.models import Connection
from recado.carriers.mms_mail.kind import MMS_MAIL
from recado.protocols.mail.signed import AddressBook, MmsAddress


def is_mailed_to(connection: Connection) -> bool:
    """Say whether messages come over it as mails."""
    return connection.kind == MMS_MAIL.name


def mail_address(connection: Connection, number: str = "") -> str:
    """Return the address, for one number where digits are given; empty where this installation takes no mails, or none of the kind's.

    Whoever knows it can hand in messages. Raises SettingsError where the settings cannot be used.
    """
    if not is_mailed_to(connection) or settings.RECADO.mail_listen is None:
        return ""
    edition = int(MMS_MAIL.clean(connection.settings)["edition"])
    return AddressBook(settings.SECRET_KEY, settings.RECADO.mail_domain).mms(MmsAddress(connection.pk, edition, number))
