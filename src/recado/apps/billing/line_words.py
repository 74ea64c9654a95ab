"""What the lines of invoices say, written in the language of the account when the invoice is made.

What belongs here: the sentences; an invoice keeps them as they were. What does not: the lines (`core.billing`), the document around them
(`panel.invoices`).
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recado.core.billing import FEES, Line, LineCode
from recado.core.number import CAPABILITIES, NumberKind
from recado.core.phone_forward import readable

USAGE: Mapping[LineCode, Promise] = {
    LineCode.FULL: gettext_lazy("SMS from your own number or sender name, %(month)s"),
    LineCode.ECO: gettext_lazy("SMS from a pool number (ECO+), %(month)s"),
    LineCode.MMS: gettext_lazy("MMS, %(month)s"),
    LineCode.FORWARD: gettext_lazy("SMS forwarded to a phone, %(month)s"),
}


def text_of(line: Line) -> str:
    """Say what a line is for, in the language that is active."""
    if line.code in USAGE:
        return str(USAGE[line.code]) % {"month": f"{line.month:%m.%Y}"}
    return _fee_text(line) if line.code in FEES else line.subject


def subject_text(subject: str) -> str:
    """Name what is subscribed to: `number 503 340 503 (NDI)`, `package of keywords 20 (ND)`."""
    kind, package, digits = subject.split("|")
    named = {"kind": CAPABILITIES[NumberKind(kind)].abbreviation, "package": package, "number": readable(digits)}
    return (_("number %(number)s (%(kind)s)") if digits else _("package of keywords %(package)s (%(kind)s)")) % named


def _fee_text(line: Line) -> str:
    what = subject_text(line.subject)
    if line.code is LineCode.INSTALLATION:
        return _("Installation: %(what)s") % {"what": what}
    if line.from_day is None or line.to_day is None:
        return _("Subscription %(month)s: %(what)s") % {"month": f"{line.month:%m.%Y}", "what": what}
    days = f"{line.from_day:%d.%m}–{line.to_day:%d.%m.%Y}"
    return _("Subscription %(days)s: %(what)s") % {"days": days, "what": what}
