"""What each problem of our own API means and what to do about it.

What belongs here: sentences for codes and, for those of a single route whose answer says all, for statuses. What does not: the problems
themselves (`recado.api.v1`), which the panel does not know.
"""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from recado.panel.developers.error_words import Explanation

_PROBLEMS: tuple[tuple[str, Explanation], ...] = (
    (
        "bad-request",
        Explanation(
            _("The body cannot be read, for example because the JSON is broken."),
            _("Look at the request on this page, letter for letter. Often a comma or a quotation mark is missing."),
        ),
    ),
    ("no-key", Explanation(_("The call had no key."), _("Send the header Authorization with the word Bearer, a space and the key."))),
    (
        "unknown-key",
        Explanation(
            _("Nobody has this key: it was replaced by a new one, or is not copied whole."),
            _("Make a new token under API, and put it into the program."),
        ),
    ),
    ("expired-key", Explanation(_("The key has passed its last day."), _("Make a new token under API, and put it into the program."))),
    (
        "key-switched-off",
        Explanation(_("The key is right, but it is switched off."), _("Switch the key on under API, or use another one.")),
    ),
    (
        "wrong-network",
        Explanation(
            _("The key may only be used from certain addresses, and the call came from another one."),
            _("Compare the address of the call with the networks of the key, and add it there if the call is yours."),
        ),
    ),
    (
        "account-suspended",
        Explanation(
            _("The account is suspended: nothing can be called."), _("Ask the operator of this installation what has to be settled.")
        ),
    ),
    (
        "missing-scope",
        Explanation(_("The key lacks the right that this call needs."), _("Give it the right under API, or use a key that has it.")),
    ),
    (
        "not-found",
        Explanation(
            _("The account has nothing at this address: the id is wrong, it was removed, or it belongs to another account."),
            _("Compare the address with the documentation, and take the id from the list."),
        ),
    ),
    (
        "invalid",
        Explanation(
            _("One or more fields are wrong; the answer names each of them and why."),
            _("Change the fields that the answer names, and send the call again."),
        ),
    ),
    (
        "bad-cursor",
        Explanation(
            _("The cursor is none that this list gave."),
            _("Begin again without it, and send next of each page as cursor for the one after."),
        ),
    ),
    (
        "gone",
        Explanation(
            _("The file of this attachment is not kept any more, because its time was up or it is lost."),
            _("Do without it. Fetch files soon after the message came; Settings, Data retention says how long they are kept."),
        ),
    ),
    (
        "in-use",
        Explanation(
            _("Something else depends on what should be removed or changed."),
            _("Change what depends on it first; the answer says what that is."),
        ),
    ),
    (
        "internal",
        Explanation(
            _("Something failed on our side; the call is not to blame."),
            _("Send the same call again in a minute. If it stays, tell the operator the time of the call."),
        ),
    ),
    (
        "too-many-calls",
        Explanation(
            _("The program called more often than the key may."),
            _("Wait as many seconds as the header Retry-After says, and let the program do so by itself."),
        ),
    ),
    (
        "key-reused",
        Explanation(
            _("The Idempotency-Key was used before for another call."),
            _("Let the program make a new key for each thing it does, and repeat one only to repeat the same call."),
        ),
    ),
    (
        "in-progress",
        Explanation(
            _("The first call with this Idempotency-Key is still being worked on."),
            _("Send it again after as many seconds as the header Retry-After says."),
        ),
    ),
    (
        "answer-not-kept",
        Explanation(
            _("The first call with this Idempotency-Key was done, but its answer was too large to keep."),
            _("Do not do it again: read what there is now."),
        ),
    ),
    ("changed", Explanation(_("Somebody changed it since the program read it."), _("Read it again, and decide with what it is now."))),
    ("body-too-large", Explanation(_("The body is larger than what is taken."), _("Cut it into several calls."))),
    (
        "wrong-content-type",
        Explanation(_("The body is of a kind that is not taken here."), _("Send JSON, with the header Content-Type: application/json.")),
    ),
    (
        "opted-out",
        Explanation(
            _("The person opted out of texts from you."), _("Leave the phone out. Only the person, or you with their word, can lift that.")
        ),
    ),
    (
        "no-credit",
        Explanation(
            _("The credit does not reach for this; nothing was sent."), _("Top up under Plan and billing, or write to fewer people.")
        ),
    ),
    (
        "test-key not-a-test",
        Explanation(
            _("The key is for tests, and this would have reached people."), _("Mark it as a test, or use a key that is not for tests.")
        ),
    ),
    ("phone-taken", Explanation(_("Another contact of the account has this phone."), _("Change or delete the other contact first."))),
)
"""Codes of problems; several with a space between where they mean the same."""
_STATUSES: tuple[tuple[str, Explanation], ...] = (
    ("400", Explanation(_("The call cannot be read."), _("Compare it with the documentation."))),
    ("401", Explanation(_("The call was not let in."), _("Check the key that the program sends."))),
    ("403", Explanation(_("The key may not do this."), _("Look at the rights of the key under API."))),
    (
        "404",
        Explanation(
            _("There is nothing at this address."), _("Compare the address with the documentation, and take the id from the list.")
        ),
    ),
    (
        "405",
        Explanation(
            _("The address exists, but not with this method."),
            _("See in the documentation whether it is read with GET, or changed with POST, PATCH or DELETE."),
        ),
    ),
    (
        "409",
        Explanation(
            _("The call is right, but things are not so that it can be done now."),
            _("The answer says what stands in the way. Change that, then call again."),
        ),
    ),
    ("412", Explanation(_("Somebody changed it since the program read it."), _("Read it again, and decide with what it is now."))),
    ("413", Explanation(_("The body is larger than what is taken."), _("Cut it into several calls."))),
    (
        "415",
        Explanation(_("The body is of a kind that is not taken here."), _("Send JSON, with the header Content-Type: application/json.")),
    ),
    (
        "422",
        Explanation(
            _("The call can be read, but something in it is wrong."), _("The answer says what. Change it, and send the call again.")
        ),
    ),
    (
        "429",
        Explanation(
            _("The program called more often than the key may."),
            _("Wait as many seconds as the header Retry-After says, and let the program do so by itself."),
        ),
    ),
    (
        "500",
        Explanation(
            _("Something failed on our side; the call is not to blame."),
            _("Send the same call again in a minute. If it stays, tell the operator the time of the call."),
        ),
    ),
    ("503", Explanation(_("Something is not available at the moment."), _("Send the same call again in a minute."))),
)
"""For problems that have no words of their own here."""
PROBLEMS: Mapping[str, Explanation] = MappingProxyType({code: one for codes, one in _PROBLEMS for code in codes.split()})
STATUSES: Mapping[int, Explanation] = MappingProxyType({int(status): one for status, one in _STATUSES})
