"""Settings of carriers in the reader's language: carriers describe themselves in English, without knowing of translations.

What belongs here: every label and help that a `CarrierKind` has, listed so that they are collected; a test keeps the list complete. What
does not: which settings there are (`carriers.*.kind`).
"""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

KNOWN = frozenset(
    {
        _("A link to a message centre of an operator or aggregator."),
        _("Host"),
        _("Name or address of the carrier's message centre."),
        _("Port"),
        _("System id"),
        _("The login the carrier gave you."),
        _("Password"),
        _("System type"),
        _("Only if the carrier asks for it."),
        _("Address range"),
        _("Numbers to receive for, if the carrier asks for it."),
        _("Bind as"),
        _("Transceiver sends and receives on one link; receiver and transmitter do one each; both opens one of each."),
        _("Links"),
        _("How many links to keep open at once."),
        _("Window"),
        _("Unanswered submissions per link."),
        _("Messages per second"),
        _("The carrier's limit for sending; 0 means none."),
        _("Check the certificate"),
        _("Switch off only for a carrier with a home-made certificate."),
        _("Keep-alive after seconds"),
        _("Ask whether the peer lives after so much silence."),
        _("Wait for answers"),
        _("Seconds until an unanswered request counts as lost."),
        _("Longest pause between attempts"),
        _("Meaning of data_coding 0"),
        _("What the carrier sends and expects when it says 'default alphabet'."),
        _("Reference of long messages"),
        _("Country code"),
        _("Put before numbers the carrier calls national (TON 2): 48."),
        _("Service type"),
        _("Ask for delivery receipts"),
        _("Ids in receipts"),
        _("Some carriers answer with a hexadecimal id and report with the same number in decimal digits, or the other way round."),
        _("Errors of this carrier"),
        _("What its own error numbers in receipts mean where they are not the GSM network's: 0x04=wrong_number, 27=message_expired."),
        _("Multimedia messages over HTTP, from and to a carrier's message centre."),
        _("Address to send to"),
        _("http:// or https://, as the carrier gave it; empty: nothing is sent."),
        _("User for sending"),
        _("Password for sending"),
        _("Certificate for sending"),
        _("A file with certificate and key, if the carrier asks for one."),
        _("Dialect"),
        _("Which release of MM7 the carrier's message centre speaks."),
        _("Who you are to the carrier."),
        _("Which of your services it is, if the carrier asks for it."),
        _("Service code"),
        _("For the carrier's billing, if it asks for one."),
        _("Largest MMS to send"),
        _("Bytes the carrier takes; larger pictures are made smaller."),
        _("Unanswered submissions at once."),
        _("User for receiving"),
        _("The login the carrier calls us with."),
        _("Password for receiving"),
        _("Allowed addresses"),
        _("Addresses or networks it calls from, with blanks between; empty: any."),
        _("Addresses or networks it calls from, with blanks between. Without these, a password or a certificate nobody may call."),
        _("Certificate of the caller"),
        _("What the proxy in front writes into X-Client-Certificate, if the carrier shows a certificate."),
        _("Number where the carrier names none"),
        _("Digits with the country code."),
        _("Largest message in MB"),
        _("MMS over HTTP (JSON)"),
        _("An aggregator posts received MMS to /mms/<id of the connection>. It takes nothing to send."),
        _("Token"),
        _("What the aggregator sends as `Authorization: Bearer <token>`."),
        _("MMS by mail"),
        _("A carrier mails received MMS to an address of this connection. It takes nothing to send."),
        _("Allowed mail servers"),
        _("Addresses or networks of who hands mails to this installation, with blanks between; empty: any."),
        _("Edition of the address"),
        _("Raise it where the mail address has become known to others: a new one is made, mails to the old one are refused."),
        _("Phone simulator"),
        _("Phones on a page of the panel. Messages never leave this installation."),
    }
)
SAME_EVERYWHERE = frozenset({"SMPP 3.4", "TLS", "MM7 (MMS)", "VASP id", "VAS id"})


def translated(words: str) -> str:
    """Say a label or a help of a carrier's setting in the reader's language."""
    return gettext(words) if words in KNOWN else words
