"""Words for the kinds and states of numbers; in words first, the provider's abbreviation second (panel.md §7).

What belongs here: one name per kind and state. What does not: what a kind may do (`core.number`).
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from recado.core.number import CAPABILITIES, Capabilities, NumberKind, NumberState

KINDS = {
    NumberKind.SHARED_LONG: gettext_lazy("Shared long number (ND)"),
    NumberKind.SHARED_SHORT: gettext_lazy("Shared short code (SC)"),
    NumberKind.INDIVIDUAL_LONG: gettext_lazy("Own long number (NDI)"),
    NumberKind.INDIVIDUAL_LONG_MMS: gettext_lazy("Own long number with MMS (NDI MMS)"),
    NumberKind.INDIVIDUAL_SHORT: gettext_lazy("Own short code (SCI)"),
    NumberKind.ECO: gettext_lazy("Pool number (ECO+)"),
}
STATES = {
    NumberState.IN_STOCK: gettext_lazy("In stock"),
    NumberState.ASSIGNED: gettext_lazy("Active"),
    NumberState.SUSPENDED: gettext_lazy("Suspended"),
    NumberState.QUARANTINED: gettext_lazy("Quarantine"),
}


CAPABILITY_NAMES = {
    "exact_keywords": gettext_lazy("Exact keywords"),
    "advanced_keywords": gettext_lazy("Base, phrase and removing keywords"),
    "all_messages": gettext_lazy("Every message is yours"),
    "surveys_contests_statistics": gettext_lazy("Surveys, contests, statistics"),
    "mms": gettext_lazy("MMS"),
    "pre_paid": gettext_lazy("Can be paid in advance"),
    "post_paid": gettext_lazy("Can be paid by invoice"),
    "installation_fee": gettext_lazy("Fee for setting it up"),
    "subscription": gettext_lazy("Monthly subscription"),
}
"""The columns of the table that a plan may change."""


def short_name(kind: str) -> str:
    """Name a kind of number."""
    return str(KINDS[NumberKind(kind)])


def state_name(state: str) -> str:
    """Name the state of a number."""
    return str(STATES[NumberState(state)])


def explanation(kind: str) -> str:
    """Say what the kind means for messages that arrive."""
    if NumberKind(kind) in {NumberKind.SHARED_LONG, NumberKind.SHARED_SHORT}:
        return _(
            "Others use this number, too. The first word of a message decides whose it is: "
            "you see only messages that start with your keyword."
        )
    if NumberKind(kind) is NumberKind.ECO:
        return _("What you send without a sender name leaves from such a number, and replies to it come back to you.")
    return _("Every message on this number is yours, with or without a keyword.")


def quota_sentence(used: int, allowed: int) -> str:
    """Say that a plan includes no more keywords on a kind of shared number."""
    return ngettext(
        "You have %(used)s keyword on numbers of this kind, and your plan includes %(allowed)s. End one, or ask for another plan.",
        "You have %(used)s keywords on numbers of this kind, and your plan includes %(allowed)s. End one, or ask for another plan.",
        used,
    ) % {"used": used, "allowed": allowed}


@dataclass(frozen=True, slots=True)
class Ability:
    """One thing a kind of number can do, or why not."""

    is_there: bool
    words: str
    is_locked: bool = False
    """Whether another plan would include it."""


def abilities(kind: str, on_plan: Capabilities | None = None, quota: int | None = None) -> list[Ability]:
    """Say the kind's row of the capability table in words, what it can do first; where given, as the account's plan has it."""
    shipped = CAPABILITIES[NumberKind(kind)]
    can = on_plan or shipped
    told = [
        _told(
            can.exact_keywords,
            shipped.exact_keywords,
            _("Exact keywords: the whole message is the word"),
            _("No keywords: a reply is tied to the message it answers"),
        ),
        _told(
            can.advanced_keywords,
            shipped.advanced_keywords,
            _("Base, phrase and removing keywords"),
            _("No base, phrase or removing keywords: on a shared number the first words decide whose a message is"),
        ),
        _told(
            can.all_messages,
            shipped.all_messages,
            _("Every message is yours, with or without a keyword, and can be answered or forwarded"),
            _("No messages without your keyword, because others use this number, too"),
        ),
        _keywords(can, quota),
        _told(
            can.surveys_contests_statistics,
            shipped.surveys_contests_statistics,
            _("Surveys, contests and statistics"),
            _("No surveys and contests: they need a number of your own"),
        ),
        _told(can.mms, shipped.mms, _("SMS and MMS"), _("SMS only, no MMS: this kind of number has no MMS at the carrier")),
        Ability(True, _("Receiving costs nothing")),
    ]
    return sorted(told, key=lambda ability: not ability.is_there)


def _told(is_there: bool, is_shipped: bool, yes: str, no: str) -> Ability:  # a cell of the table
    if is_shipped and not is_there:
        return Ability(False, _("Not in your plan: %(ability)s") % {"ability": yes}, is_locked=True)
    return Ability(is_there, yes if is_there else no)


def _keywords(can: Capabilities, quota: int | None) -> Ability:
    if not can.keyword_quota:
        return Ability(can.exact_keywords, _("As many keywords as you like") if can.exact_keywords else _("No keywords of your own"))
    if quota is None:
        return Ability(False, _("Keywords are limited by your plan, because everybody shares the words"))
    words = ngettext("Your plan includes %(count)s keyword here", "Your plan includes %(count)s keywords here", quota)
    return Ability(quota > 0, words % {"count": quota})
