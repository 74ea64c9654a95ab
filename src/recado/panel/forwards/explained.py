"""Why an attempt failed, in words of somebody who runs a shop: what it means and what to do.

What belongs here: sentences for the reasons `delivery` writes down. What does not: those reasons; one that is not known here stands for
itself.
"""

import re
from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EXPLANATIONS: Sequence[tuple[str, Promise]] = (
    (
        r"no secure connection.*expired",
        _(
            "The certificate of the address has expired. Whoever runs the server must renew it; until then "
            "nothing can be sent there safely."
        ),
    ),
    (
        r"no secure connection.*(hostname|mismatch|doesn't match|not valid for)",
        _(
            "The certificate belongs to another name than the one in the address. Check the address for a slip; "
            "else the server needs a certificate for this name."
        ),
    ),
    (
        r"no secure connection.*self.signed",
        _(
            "The server shows a certificate it made itself, which nobody can check. It needs one of a known "
            "authority, such as Let’s Encrypt."
        ),
    ),
    (
        r"no secure connection.*(unable to get local issuer|verify failed)",
        _(
            "The certificate cannot be checked, mostly because the server leaves out an intermediate one. "
            "Whoever runs it must install the full chain."
        ),
    ),
    (
        r"no secure connection",
        _(
            "No encrypted connection could be made. Does the address speak https on this port? Whoever runs the "
            "server finds more in its log."
        ),
    ),
    (
        r"which forwards must not reach|private|loopback|link-local|metadata",
        _(
            "The address leads into a private network, and forwards may only go to the public internet. Use an "
            "address the whole world can reach."
        ),
    ),
    (
        r"no complete answer within|timed? ?out",
        _("The other side took too long: an answer must come within 10 seconds. Let the program answer first and work afterwards."),
    ),
    (
        r"cannot be resolved|has no address",
        _("The name in the address does not exist. Check it for a slip; a new name can take hours to be known everywhere."),
    ),
    (r"answered HTTP 410", _("The other side says that this address is gone for good. Write the new one.")),
    (r"redirects are not followed", _("The address leads on to another one. Write that other address here: forwards follow no detours.")),
    (r"answered HTTP (401|403|407)", _("The other side refuses the call. Does the address hold the right key or password?")),
    (r"answered HTTP 404", _("The other side knows no such page. Check the path of the address.")),
    (r"answered HTTP 405", _("The other side does not take this method. Change it from GET to POST, or back.")),
    (r"answered HTTP 429", _("The other side asks for fewer calls. Recado waits as long as it asks and then goes on.")),
    (r"answered HTTP 5", _("The program on the other side broke, or is being repaired. Recado tries again; its log says what happened.")),
    (r"answered HTTP 4", _("The other side did not like the call. What it answered below mostly says why.")),
    (
        r"answered nothing instead of OK",
        _("The program took the call but did not answer OK. It must answer the two letters OK and nothing else."),
    ),
    (
        r"answered .* instead of OK",
        _(
            "The program answered something else than OK, so Recado does not know whether it kept the message. "
            "It must answer the two letters OK and nothing else."
        ),
    ),
    (r"no connection", _("Nobody answers at the address. Is the server running, and does its firewall let calls in?")),
    (r"the connection broke", _("The connection broke in the middle. If it happens again and again, look into the log of the server.")),
    (
        r"the port \d+",
        _("The port in the address belongs to another kind of service. Web servers listen on 443 or 80, and those need no port."),
    ),
    (
        r"begin with http|names no host|cannot be used|macros may stand|does not exist|user name or password|port",
        _("The address itself is wrong. Change it."),
    ),
    (r"switched off", _("The place was switched off, so nothing was sent.")),
    (r"credit", _("Your credit did not reach for it. Top it up, then deliver again.")),
    (r"daily limit|a day", _("More messages came than may be forwarded there in a day. Raise the limit if that was right.")),
)
"""Pattern of a reason, and what it means. The first that fits is taken."""
_COMPILED = [(re.compile(pattern, re.IGNORECASE), words) for pattern, words in EXPLANATIONS]


def explanation(error: str) -> str:
    """Say what a reason means and what to do; empty where nothing more can be said than the reason itself."""
    return next((str(words) for pattern, words in _COMPILED if pattern.search(error)), "") if error else ""
