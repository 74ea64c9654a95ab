"""The trail of a message in the reader's language: one sentence for every `core.trail.TrailStep`.

What belongs here: words. What does not: what the steps mean; that is decided in `core.decide`. A test keeps the table complete.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from recado.core.action import TripReason
from recado.core.number import NumberState
from recado.core.trail import SkipReason, TrailEntry, TrailStep
from recado.panel.activity_words import ACTIVITY_STEPS, activity_parts
from recado.panel.rule_words import UNMET
from recado.panel.templatetags.formats import calendar_day
from recado.panel.templatetags.recado import own_number

Values = Mapping[str, str | int]

ENCODINGS = {
    "gsm7": gettext_lazy("GSM alphabet"),
    "latin1": gettext_lazy("Latin-1"),
    "ucs2": gettext_lazy("Unicode"),
    "binary": gettext_lazy("binary data"),
}
STATES = {
    NumberState.IN_STOCK: gettext_lazy("not in use yet"),
    NumberState.ASSIGNED: gettext_lazy("in use"),
    NumberState.SUSPENDED: gettext_lazy("suspended"),
    NumberState.QUARANTINED: gettext_lazy("resting after its last owner"),
}
REASONS = {
    SkipReason.NOT_YET: gettext_lazy("its period has not begun"),
    SkipReason.OVER: gettext_lazy("its period is over"),
    SkipReason.DISABLED: gettext_lazy("it is switched off"),
    SkipReason.PAUSED: gettext_lazy("the keyword is paused"),
    SkipReason.HELD: gettext_lazy("the keyword is reserved but not live yet"),
    SkipReason.QUARANTINE: gettext_lazy("its time is over and the word rests"),
    SkipReason.TEXT_FOLLOWS: gettext_lazy("more text follows the keyword"),
    SkipReason.NO_TEXT: gettext_lazy("its reply would have been empty"),
    SkipReason.NUMBER_KIND: gettext_lazy("this kind of number does not allow it"),
    SkipReason.PLAN: gettext_lazy("the plan does not include it"),
    SkipReason.OPTED_OUT: gettext_lazy("the sender wants no messages"),
    SkipReason.ANSWERED_LATELY: gettext_lazy("the phone got it less than a day ago"),
    SkipReason.ASKED_BACK: gettext_lazy("the sender is asked first what they meant"),
    SkipReason.ONCE: gettext_lazy("the sender got it already in its period"),
    SkipReason.ANSWERED: gettext_lazy("the text answers a question the sender was asked"),
    SkipReason.OTHER_ANSWER: gettext_lazy("an autoresponder answers instead"),
    SkipReason.OWN_NUMBER: gettext_lazy("the sender is one of our own numbers"),
    SkipReason.NO_PHONE: gettext_lazy("the sender is a name or unknown, so nobody can be answered"),
    SkipReason.SHORT_CODE: gettext_lazy("the sender is a short number, so a machine"),
    SkipReason.BREAKER: gettext_lazy("automatic answers to this phone are paused"),
    SkipReason.CEILING: gettext_lazy("what its answers may cost today is used up"),
    SkipReason.NO_CREDIT: gettext_lazy("your credit does not reach for it"),
    **UNMET,
}
ACTIONS = {
    "add_to_group": gettext_lazy("adding to the group"),
    "remove_from_group": gettext_lazy("removing from the group"),
    "opt_out": gettext_lazy("noting the opt-out"),
    "lift_opt_out": gettext_lazy("ending the opt-out"),
    "send_reply": gettext_lazy("the automatic reply"),
    "forward_to_url": gettext_lazy("forwarding to the URL"),
    "forward_to_email": gettext_lazy("forwarding to the e-mail address"),
    "forward_to_phone": gettext_lazy("forwarding to the phone"),
    "answer_survey": gettext_lazy("the survey"),
    "enter_contest": gettext_lazy("the contest"),
    "give_code": gettext_lazy("the code"),
    "post_to_board": gettext_lazy("the board"),
    "ask_back": gettext_lazy("asking what was meant"),
    "close_question": gettext_lazy("noting the answer"),
    "trip_breaker": gettext_lazy("pausing automatic answers"),
}
TRIPS: Mapping[str, Promise] = {
    TripReason.IDENTICAL: gettext_lazy("Automatic answers to this phone are paused: it got the same text again and again"),
    TripReason.TOO_MANY: gettext_lazy("Automatic answers to this phone are paused: it got too many within a few minutes"),
    TripReason.CEILING: gettext_lazy("Automatic answers are paused until tomorrow: they cost as much as they may on one day"),
    TripReason.AUTOMATIC: gettext_lazy("Automatic answers to this phone are paused: the message says that a machine wrote it"),
    TripReason.ECHO: gettext_lazy("Automatic answers to this phone are paused: the message is a text that was sent from here"),
}

OPT_OUTS = {
    "account": gettext_lazy("Opted out: wants no messages at all"),
    "number": gettext_lazy("Opted out of this number"),
    "group": gettext_lazy("Opted out of group {name}"),
    "keyword": gettext_lazy("Opted out of keyword {name}"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a trace."""

    sentence: SafeString
    tone: str
    """`yes`: it happened; `no`: why something did not; `bad`: something was wrong."""
    icon: str


def steps(trail: tuple[TrailEntry, ...]) -> list[Step]:
    """Say a whole trail, in its order."""
    return [Step(sentence(entry), *_LOOKS.get(entry.step, ("yes", "check"))) for entry in trail]


def sentence(entry: TrailEntry) -> SafeString:
    """Say one step of a trail."""
    return SENTENCES[entry.step](entry.values)


def summary(trail: tuple[TrailEntry, ...]) -> SafeString | None:
    """Say in one line what the rules did, for the system line of a thread; None where they did nothing."""
    said = [_SHORT[entry.step](entry.values) for entry in trail if entry.step in _SHORT]
    if not said:
        return None
    line = said[0]
    for part in said[1:]:
        line = format_html("{} → {}", line, part)
    return line


def _word(table: Mapping[Any, object], key: str | int) -> str:
    return str(table.get(str(key), key))


def _bold(value: str | int) -> SafeString:
    return format_html("<b>{}</b>", value)


def _number(values: Values, key: str) -> str:
    return own_number(str(values.get(key, "")))


def _say(text: str, **values: str | int | SafeString) -> SafeString:
    """Fill a translated sentence; values are escaped and set in bold."""
    return format_html(text, "", **{name: _bold(value) for name, value in values.items()})


def _received(values: Values) -> SafeString:
    parts = int(values.get("parts", 1))
    text = ngettext("Received in one part, {encoding}", "Received in {parts} parts, {encoding}", parts)
    return format_html(text, parts=parts, encoding=_word(ENCODINGS, values.get("encoding", "")))


def _owned(values: Values) -> SafeString:
    if values.get("by") == "keyword":
        return _say(_("Yours, because the keyword {name} is reserved by you"), name=values["name"])
    return _say(_("Yours, because the number {name} is yours"), name=_number(values, "name"))


def _skipped(values: Values) -> SafeString:
    reason = _word(REASONS, values.get("reason", ""))
    if values.get("keyword"):
        return _say(_("Keyword {keyword} was passed over: {reason}"), keyword=values["keyword"], reason=reason)
    return _say(_("The default rule was passed over: {reason}"), reason=reason)


def _matched(values: Values) -> SafeString:
    if values.get("spelling"):
        return _say(_("Keyword {keyword} matched by its spelling {spelling}"), keyword=values["keyword"], spelling=values["spelling"])
    return _say(_("Keyword {keyword} matched"), keyword=values.get("keyword", ""))


def _added(values: Values) -> SafeString:
    if values.get("until"):
        until = calendar_day(datetime.fromisoformat(str(values["until"])))
        return _say(_("Added to group {group} until {day}"), group=values["group"], day=until)
    return _say(_("Added to group {group}"), group=values.get("group", ""))


def _not_active(values: Values) -> SafeString:
    state = _word(STATES, values.get("state", ""))
    return _say(_("The number {number} is {state}: kept, nothing else done"), number=_number(values, "number"), state=state)


def _not_taken(values: Values) -> SafeString:
    action, reason = _word(ACTIONS, values.get("action", "")), _word(REASONS, values.get("reason", ""))
    return _say(_("Left out: {action}, because {reason}"), action=action, reason=reason)


def _reply(values: Values) -> SafeString:
    characters = int(values.get("characters", 0))
    text = ngettext("Automatic reply of {characters} character", "Automatic reply of {characters} characters", characters)
    return _say(text, characters=characters)


def _activity(step: TrailStep, values: Values) -> SafeString:
    frame, name, done = activity_parts(step, values)
    said = _say(frame, name=name)
    return format_html("{}: {}", said, done) if done else said


def _stopped(values: Values) -> SafeString:
    return format_html("{}", TRIPS.get(str(values.get("reason", "")), gettext_lazy("Automatic answers are paused")))


def _not_answering(values: Values) -> SafeString:
    reason = _word(REASONS, values.get("reason", ""))
    return _say(_("Autoresponder {name} does not answer: {reason}"), name=values.get("name", ""), reason=reason)


def _answered(values: Values) -> SafeString:
    if values.get("answer") == "yes":
        return _say(_("Said yes to our question, so it counts as keyword {keyword}"), keyword=values.get("keyword", ""))
    return _say(_("Said no to our question about keyword {keyword}: nothing else done"), keyword=values.get("keyword", ""))


SENTENCES: Mapping[TrailStep, Callable[[Values], SafeString]] = {
    TrailStep.RECEIVED: _received,
    TrailStep.JOINED: lambda v: _say(_("Joined from {parts} parts"), parts=v.get("parts", "")),
    TrailStep.INCOMPLETE: lambda v: _say(
        _("Only {received} of {total} parts arrived in time"), received=v.get("received", ""), total=v.get("total", "")
    ),
    TrailStep.AMENDED: lambda v: _say(
        _("A late part was added: {received} of {total}"), received=v.get("received", ""), total=v.get("total", "")
    ),
    TrailStep.FLAGGED: lambda v: _say(_("Something odd was overlooked in it: {flag}"), flag=v.get("flag", "")),
    TrailStep.NUMBER_UNKNOWN: lambda v: _say(_("Nobody has the number {recipient} here"), recipient=_number(v, "recipient")),
    TrailStep.NUMBER_NOT_ACTIVE: _not_active,
    TrailStep.TOKENS: lambda v: _say(_("Words looked up: {tokens}"), tokens=v.get("tokens", "")),
    TrailStep.OWNED: _owned,
    TrailStep.ASSIGNED: lambda v: _say(_("Given to {account} by the operator"), account=v.get("account", "")),
    TrailStep.RULE_SKIPPED: _skipped,
    TrailStep.MATCHED: _matched,
    TrailStep.DEFAULT_RULE: lambda _v: _say(_("No keyword matched, so the number’s default rule applies")),
    TrailStep.REPLY_TO_SOLE_WRITER: lambda v: _say(
        _("Taken as a reply to you: nobody else wrote to this phone from {number} lately"), number=_number(v, "number")
    ),
    TrailStep.UNMATCHED: lambda v: _say(_("No keyword on {number} matched: kept for the operator"), number=_number(v, "number")),
    TrailStep.WORD_RESTS: lambda v: _say(_("The keyword {word} has ended not long ago and rests"), word=v.get("word", "")),
    TrailStep.INBOX_ONLY: lambda _v: _say(_("Kept in the inbox, nothing else to do")),
    TrailStep.ACTION_NOT_TAKEN: _not_taken,
    TrailStep.ADDED_TO_GROUP: _added,
    TrailStep.ALREADY_IN_GROUP: lambda v: _say(_("Already in group {group}"), group=v.get("group", "")),
    TrailStep.REMOVED_FROM_GROUP: lambda v: _say(_("Removed from group {group}"), group=v.get("group", "")),
    TrailStep.OPTED_OUT: lambda v: _say(_word(OPT_OUTS, v.get("scope", "account")), name=v.get("name", "")),
    TrailStep.OPTED_OUT_BEFORE: lambda _v: _say(_("Had opted out before: nothing to confirm again")),
    TrailStep.OPT_OUT_OF_NOTHING: lambda _v: _say(_("Wants no messages, but nobody writes to this phone from this number")),
    TrailStep.OPT_OUT_LIFTED: lambda _v: _say(_("Wants messages again: an opt-out has ended")),
    TrailStep.OPT_OUT_ASKED: lambda v: _say(_("May have meant {word}: asked back"), word=str(v.get("word", "")).upper()),
    TrailStep.OPT_OUT_FLAGGED: lambda v: _say(_("Says {word} within a sentence: somebody should read it"), word=v.get("word", "")),
    TrailStep.ASKED_BACK: lambda v: _say(_("One letter from {keyword}: asks “Did you mean {keyword}?”"), keyword=v.get("keyword", "")),
    TrailStep.ANSWERED_QUESTION: _answered,
    TrailStep.HANDED_OVER: lambda v: _say(_("Yours since the sender confirmed that {keyword} was meant"), keyword=v.get("keyword", "")),
    TrailStep.BLOCKED: lambda _v: _say(_("The sender is blocked: kept, nothing else done")),
    TrailStep.NOT_IN_GROUP: lambda v: _say(_("Was not in group {group}"), group=v.get("group", "")),
    TrailStep.REPLY: _reply,
    TrailStep.AUTORESPONDER: lambda v: _say(_("Autoresponder {name} applies"), name=v.get("name", "")),
    TrailStep.AUTORESPONDER_SKIPPED: _not_answering,
    TrailStep.BREAKER_TRIPPED: _stopped,
    TrailStep.FORWARD_URL: lambda v: _say(_("To be forwarded to {destination}"), destination=v.get("destination", "")),
    TrailStep.FORWARD_EMAIL: lambda v: _say(_("To be forwarded to {destination}"), destination=v.get("destination", "")),
    TrailStep.FORWARD_PHONE: lambda v: _say(_("To be forwarded to {destination}"), destination=v.get("destination", "")),
    **{step: partial(_activity, step) for step in ACTIVITY_STEPS},
}

_SHORT: Mapping[TrailStep, Callable[[Values], SafeString]] = {
    TrailStep.MATCHED: SENTENCES[TrailStep.MATCHED],
    TrailStep.DEFAULT_RULE: lambda _v: _say(_("Default rule")),
    TrailStep.REPLY_TO_SOLE_WRITER: lambda _v: _say(_("Taken as a reply to you")),
    TrailStep.ADDED_TO_GROUP: lambda v: _say(_("added to group {group}"), group=v.get("group", "")),
    TrailStep.ALREADY_IN_GROUP: lambda v: _say(_("already in group {group}"), group=v.get("group", "")),
    TrailStep.REMOVED_FROM_GROUP: lambda v: _say(_("removed from group {group}"), group=v.get("group", "")),
    TrailStep.OPTED_OUT: lambda _v: _say(_("opted out")),
    TrailStep.OPT_OUT_LIFTED: lambda _v: _say(_("opted in again")),
    TrailStep.OPT_OUT_ASKED: lambda _v: _say(_("asked back")),
    TrailStep.ASKED_BACK: lambda v: _say(_("asked “Did you mean {keyword}?”"), keyword=v.get("keyword", "")),
    TrailStep.ANSWERED_QUESTION: lambda _v: _say(_("answer to our question")),
    TrailStep.BLOCKED: lambda _v: _say(_("blocked sender")),
    TrailStep.AUTORESPONDER: SENTENCES[TrailStep.AUTORESPONDER],
    TrailStep.BREAKER_TRIPPED: lambda _v: _say(_("automatic answers paused")),
    TrailStep.FORWARD_URL: lambda v: _say(_("to be forwarded to {destination}"), destination=v.get("destination", "")),
    TrailStep.FORWARD_EMAIL: lambda v: _say(_("to be forwarded to {destination}"), destination=v.get("destination", "")),
    TrailStep.FORWARD_PHONE: lambda v: _say(_("to be forwarded to {destination}"), destination=v.get("destination", "")),
    **{step: SENTENCES[step] for step in ACTIVITY_STEPS},
    TrailStep.INCOMPLETE: lambda _v: _say(_("incomplete")),
}

_LOOKS: Mapping[TrailStep, tuple[str, str]] = {
    TrailStep.RECEIVED: ("yes", "phone-incoming"),
    TrailStep.INCOMPLETE: ("bad", "alert-triangle"),
    TrailStep.FLAGGED: ("bad", "alert-triangle"),
    TrailStep.NUMBER_UNKNOWN: ("bad", "alert-triangle"),
    TrailStep.NUMBER_NOT_ACTIVE: ("bad", "alert-triangle"),
    TrailStep.TOKENS: ("yes", "search"),
    TrailStep.OWNED: ("yes", "user"),
    TrailStep.RULE_SKIPPED: ("no", "x"),
    TrailStep.MATCHED: ("yes", "key"),
    TrailStep.DEFAULT_RULE: ("yes", "key"),
    TrailStep.UNMATCHED: ("no", "x"),
    TrailStep.WORD_RESTS: ("no", "clock"),
    TrailStep.INBOX_ONLY: ("no", "inbox"),
    TrailStep.ASSIGNED: ("yes", "user-check"),
    TrailStep.ACTION_NOT_TAKEN: ("no", "x"),
    TrailStep.ADDED_TO_GROUP: ("yes", "users"),
    TrailStep.ALREADY_IN_GROUP: ("no", "users"),
    TrailStep.REMOVED_FROM_GROUP: ("yes", "users"),
    TrailStep.NOT_IN_GROUP: ("no", "users"),
    TrailStep.OPTED_OUT_BEFORE: ("no", "x"),
    TrailStep.OPT_OUT_OF_NOTHING: ("no", "x"),
    TrailStep.OPT_OUT_FLAGGED: ("bad", "alert-triangle"),
    TrailStep.ASKED_BACK: ("yes", "search"),
    TrailStep.BLOCKED: ("bad", "alert-triangle"),
    TrailStep.REPLY: ("yes", "robot"),
    TrailStep.AUTORESPONDER: ("yes", "robot"),
    TrailStep.AUTORESPONDER_SKIPPED: ("no", "robot"),
    TrailStep.BREAKER_TRIPPED: ("bad", "alert-triangle"),
    TrailStep.FORWARD_URL: ("yes", "webhook"),
    TrailStep.FORWARD_EMAIL: ("yes", "mail"),
    TrailStep.FORWARD_PHONE: ("yes", "device-mobile"),
    **dict.fromkeys(ACTIVITY_STEPS, ("yes", "check")),
}
