"""What each error of the APIs means and what to do about it, for somebody who did not write the program.

What belongs here: sentences for every code, complete by a test. What does not: the errors (`recado.api`), which the panel does not know;
what a call said itself stands beside these sentences.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Explanation:
    """An error in words."""

    means: Promise
    to_do: Promise


_PROVIDER: tuple[tuple[str, Explanation], ...] = (
    (
        "1000",
        Explanation(
            _("The address names no action there is, or the call was not a POST."),
            _("Compare the part of the address after /api2/ with the list of actions in the documentation, and send it with POST."),
        ),
    ),
    (
        "1001",
        Explanation(
            _("The user name or the password is wrong, or the call had neither these nor a token."),
            _("Check what the program sends. Somebody may have set a new password: then put it into the program."),
        ),
    ),
    ("1002", Explanation(_("The login is right, but it is switched off."), _("Switch the key on under API, or use another one."))),
    (
        "1003",
        Explanation(
            _("The key may only be used from certain addresses, and the call came from another one."),
            _("Compare the address of the call with the networks of the key, and add it there if the call is yours."),
        ),
    ),
    (
        "1004",
        Explanation(
            _("The account has nothing with this id. It may have been removed, or it belongs to another account."),
            _("List what there is with the index action, and take the id from there."),
        ),
    ),
    (
        "1005",
        Explanation(_("The key lacks the right that this action needs."), _("Give it the right under API, or use a key that has it.")),
    ),
    (
        "1006",
        Explanation(
            _("A parameter, or the whole body, cannot be read: broken JSON, a text where a number belongs, a text too long."),
            _("Look at the request on this page, letter for letter, and compare it with the documentation of the action."),
        ),
    ),
    (
        "1007",
        Explanation(
            _("The account is suspended: nothing can be called."), _("Ask the operator of this installation what has to be settled.")
        ),
    ),
    ("1008", Explanation(_("The key may not see phone numbers."), _("Give it the right to read messages and contacts under API."))),
    (
        "1009",
        Explanation(
            _("Too many wrong passwords came from this address within a minute. Tokens still work."),
            _("Wait a minute, correct the password in the program, or better let it use a token."),
        ),
    ),
    (
        "1010",
        Explanation(
            _("Something failed on our side; the call is not to blame."),
            _("Send the same call again in a minute. If it stays, tell the operator the time of the call."),
        ),
    ),
    ("1011", Explanation(_("The token has passed its last day."), _("Make a new token under API, and put it into the program."))),
    (
        "1012",
        Explanation(
            _("Nobody has this token: it was replaced by a new one, or is not copied whole."),
            _("Make a new token under API, and put it into the program."),
        ),
    ),
    (
        "2000",
        Explanation(
            _("A parameter is missing that this action cannot do without, or it is empty."),
            _("See in the documentation which parameters the action needs, and whether the program gives them a value."),
        ),
    ),
    (
        "2001",
        Explanation(
            _("What stands in phone is no phone number."),
            _("Write numbers as +48500600700, or nine digits for Poland; foreign ones always with + and the country."),
        ),
    ),
    (
        "2002",
        Explanation(
            _("There is no error with the code that was asked about."), _("Codes have four digits and are listed in the documentation.")
        ),
    ),
    (
        "3000",
        Explanation(
            _("The credit or the limit of this key does not reach for ECO+, or every number of the pool is in use with this phone."),
            _("Look at Plan and billing, and at the limit of the key. Write to fewer phones, or later."),
        ),
    ),
    (
        "3001",
        Explanation(
            _("This installation has no pool of numbers that ECO+ could be sent from."), _("Name a sender, or ask the operator for ECO+.")
        ),
    ),
    (
        "3002",
        Explanation(
            _("The credit, or the limit of this key, does not reach for messages with an own sender."),
            _("Look at Plan and billing, and at the limit of the key."),
        ),
    ),
    (
        "3003",
        Explanation(
            _("This installation has no connection that messages with an own sender could leave by."),
            _("Leave the sender out, or ask the operator."),
        ),
    ),
    ("3004 3005", Explanation(_("MMS cannot be sent from here."), _("Send a text with a link to the picture instead."))),
    ("3006 3007", Explanation(_("Voice messages cannot be sent from here."), _("Send a text instead."))),
    ("3008", Explanation(_("The key may not send messages that show at once without being opened."), _("Leave flash out."))),
    ("3009", Explanation(_("The key may not send messages."), _("Give it the right to send under API."))),
    (
        "3100",
        Explanation(
            _("The person opted out of texts from you, or is blocked."), _("Leave the phone out. Only the person can sign up again.")
        ),
    ),
    ("3101", Explanation(_("The text is empty."), _("See why the program gives no text: often a template without its values."))),
    (
        "3102",
        Explanation(_("The text needs more parts than one message may have."), _("Shorten the text, or cut it into several messages.")),
    ),
    (
        "3103",
        Explanation(_("No phone has this number, or it is a number of this installation itself."), _("Correct the number in your list.")),
    ),
    (
        "3104",
        Explanation(
            _("The call names nobody to write to: no phone, no contact, and the groups are empty."),
            _("Give phone, contact_id or group_id. See whether the group has anybody in it."),
        ),
    ),
    ("3105", Explanation(_("Business cards and WAP push cannot be sent."), _("Leave vcard and wap_push out, and write a plain text."))),
    (
        "3106",
        Explanation(
            _("The sender is no name that was approved for you, and no number of yours that can send."),
            _("Ask for the name under Settings, Sender names, or take one that is approved. Capitals and spaces count."),
        ),
    ),
    ("3107", Explanation(_("The key may not send each phone its own text."), _("Give it the right to send under API."))),
    (
        "3108",
        Explanation(
            _("The date cannot be read, or is past."),
            _("Write it as 2026-11-30 14:00:00 in Polish time, and check the clock of the program."),
        ),
    ),
    ("3109", Explanation(_("The file cannot be used for a message."), _("Send a text without it."))),
    ("3110", Explanation(_("One call may name 100,000 numbers, or 10,000 with a text each."), _("Cut the list into several calls."))),
    ("3111", Explanation(_("Messages that must be different are the same."), _("See whether the program sends its list twice."))),
    (
        "3200",
        Explanation(
            _("An own identifier (unique_id) has 3 to 50 letters and digits and nothing else."),
            _("Leave out hyphens and other signs, and make short numbers longer: order0007 instead of 7."),
        ),
    ),
    (
        "3201",
        Explanation(
            _("A message with this identifier (unique_id) was sent before. Nothing was sent now, so nobody gets it twice."),
            _("If the program repeated a call whose answer got lost, all is well. Otherwise give each message an identifier of its own."),
        ),
    ),
    (
        "3202",
        Explanation(
            _("The call has more phones than identifiers (unique_id), or fewer."),
            _("Give as many as there are phones, in the same order, or none at all."),
        ),
    ),
    ("3330", Explanation(_("There is no message that fits."), _("Ask with fewer conditions."))),
    (
        "3331",
        Explanation(
            _("The call asks for more rows at once than are given."), _("Ask for at most 1,000 with limit, and turn pages with page.")
        ),
    ),
    ("4000", Explanation(_("The file is larger than what is taken."), _("Make it smaller and send it again."))),
    (
        "4001",
        Explanation(
            _("The call has no file, or there is none with this id."), _("Send the file itself, or an address it can be fetched from.")
        ),
    ),
    (
        "4002",
        Explanation(
            _("The file is damaged, or of a kind that is not taken."),
            _("Open it on a computer to see whether it is whole, and compare its kind with the documentation."),
        ),
    ),
    (
        "4100 4101 4102 4103 4104 4105 4106",
        Explanation(_("Networks cannot be asked about phones from here."), _("Use phones/test: it tells whether a number can be one.")),
    ),
    (
        "4200 4201",
        Explanation(
            _("There is no Premium message that could be answered."),
            _("Look at Inbox: messages to your other numbers are answered there or with messages/send_sms."),
        ),
    ),
    (
        "4300 4301 4302 4303 4304 4305 4306 4307 4308 4309 4310 4311 4312 4313",
        Explanation(_("Programs cannot open accounts here."), _("Ask the operator of this installation for an account.")),
    ),
    (
        "4320 4321 4322 4323 4324 4325",
        Explanation(
            _("Programs cannot change anybody's password here."),
            _("Change passwords in the panel: of a key under API, your own under Settings."),
        ),
    ),
    (
        "4400",
        Explanation(
            _("You have this sender name already, or it waits for approval."), _("Look under Settings, Sender names, how it stands.")
        ),
    ),
    ("4401", Explanation(_("The sender name is a phone number, or reads like one."), _("Choose a name made of letters."))),
    (
        "4402",
        Explanation(
            _("Sender names have up to 11 letters without accents, digits, spaces, dots and hyphens."),
            _("Shorten the name, and leave other signs out."),
        ),
    ),
    (
        "4403 4404 4405 4406 4407",
        Explanation(
            _("Sender names are approved by the operator, without codes and without a phone."),
            _("Ask for the name with senders/add, or under Settings, Sender names."),
        ),
    ),
    (
        "4500",
        Explanation(_("The key may not make or remove sub-accounts."), _("Give it that right under API, or make the key there by hand.")),
    ),
    (
        "4501",
        Explanation(_("The call came from a sub-account, which cannot make others."), _("Call with the key that made the sub-account.")),
    ),
    ("4502", Explanation(_("Somebody on this installation has the user name already."), _("Choose another user name."))),
    (
        "4503",
        Explanation(_("The account has no login with the id that shall be the template."), _("Take subaccount_id from subaccounts/index.")),
    ),
    (
        "4504",
        Explanation(
            _("The user name has signs that are not taken, or the password is too short."),
            _("Compare both with the documentation of subaccounts/add."),
        ),
    ),
    ("4600", Explanation(_("The call names no number."), _("Give phone a value."))),
    ("4601", Explanation(_("The number is on the blacklist already."), _("Nothing has to be done."))),
    (
        "4602",
        Explanation(
            _("The number is not on the blacklist."), _("Nothing has to be done. Check how the number is written if you expected it there.")
        ),
    ),
)
"""Codes of the provider's APIs; several with a space between where they mean the same here."""
PROVIDER_ERRORS: Mapping[str, Explanation] = MappingProxyType({code: one for codes, one in _PROVIDER for code in codes.split()})
