"""The answer to "What would happen?": the decision of the production rules as steps with a title and a reason.

What belongs here: words around a decision, and grey steps for what is not set up. What does not: deciding (`apps.keywords.dry_run`), the
sentences of single trail entries (`panel.trail_words`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recado.apps.accounts.models import Account
from recado.apps.keywords.models import Keyword, Rule, RuleAction
from recado.apps.numbers.models import Number
from recado.apps.plans.queries import prices_for
from recado.core.action import ForwardToPhone, SendReply
from recado.core.decide import Decision
from recado.core.phone_forward import forwarded_text
from recado.core.price import STANDARD_PRICES, Service, cost
from recado.core.routes import MatchKind
from recado.core.sender import SenderState
from recado.core.trail import TrailEntry, TrailStep
from recado.panel import number_words, trail_words
from recado.panel.rule_words import terms_in_words
from recado.panel.templatetags.formats import money
from recado.panel.templatetags.recado import msisdn, own_number
from recado.protocols.gsm.segment import segments

UNSAID = frozenset({TrailStep.RECEIVED, TrailStep.TOKENS, TrailStep.OWNED})
"""Steps of a real message that the first line of the answer stands for."""


@dataclass(frozen=True, slots=True)
class Explained:
    """One step of the answer."""

    title: str | SafeString
    detail: str | SafeString = ""
    tone: str = "yes"
    """`yes`: it would happen; `no`: it would not, and the detail says why; `bad`: something is wrong."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A text, who sends it, and what the rules said."""

    number: Number
    keyword: Keyword | None
    """The keyword whose page asks; elsewhere none."""
    text: str
    sender: SenderState
    decision: Decision


def explained(tried: Tried) -> list[Explained]:
    """Say a whole decision, in its order."""
    trail = [entry for entry in tried.decision.trail if entry.step not in UNSAID]
    said = zip(trail, trail_words.steps(tuple(trail)), strict=True)
    return [
        _arrival(tried),
        *(Explained(step.sentence, _detail(entry, tried), step.tone) for entry, step in said),
        *_not_set_up(tried),
    ]


def costs(tried: Tried) -> str:
    """Say what a decision costs: receiving is free, and so is handing on to a URL or by mail; answers and texts to phones are SMS."""
    replies = sum(segments(action.text).count for action in tried.decision.actions if isinstance(action, SendReply))
    forwards = sum(isinstance(action, ForwardToPhone) for action in tried.decision.actions) * _forwarded_count(tried)
    count = replies + forwards
    if not count:
        return _("It costs nothing.")
    if not forwards:
        return ngettext("It costs %(count)s SMS, for the reply.", "It costs %(count)s SMS, for the reply.", count) % {"count": count}
    if not replies:
        said = ngettext("It costs %(count)s SMS, for forwarding to a phone.", "It costs %(count)s SMS, for forwarding to a phone.", count)
        return said % {"count": count}
    return _("It costs %(count)s SMS, for the reply and for forwarding to a phone.") % {"count": count}


def _arrival(tried: Tried) -> Explained:
    number = tried.number
    owned = next((entry for entry in tried.decision.trail if entry.step is TrailStep.OWNED), None)
    why = trail_words.sentence(owned) if owned else number_words.short_name(number.kind)
    return Explained(format_html(_("Arrives on {number}"), number=own_number(number.digits)), why)


def _detail(entry: TrailEntry, tried: Tried) -> str | SafeString:
    if entry.step is TrailStep.RULE_SKIPPED:
        return _skipped(tried, int(entry.values.get("rule_id", 0)))
    detail = _DETAILS.get(entry.step)
    return detail(tried) if detail else ""


def _skipped(tried: Tried, rule_id: int) -> str:
    """Say when and for whom the rule acts that did not."""
    found = Rule.objects.filter(pk=rule_id, account=tried.decision.account_id).select_related("in_group", "not_in_group").first()
    return ", ".join(terms_in_words(found)) if found else ""


def _matched(tried: Tried) -> str:
    kind = Keyword.objects.filter(pk=tried.decision.keyword_id or 0).values_list("kind", flat=True).first()
    if kind == MatchKind.PHRASE:
        return _("The words stand in it, in their order.")
    if tried.decision.argument and kind == MatchKind.BASE:
        return _("“%(text)s” follows it and is kept.") % {"text": tried.decision.argument}
    if tried.decision.argument:
        return _("More text follows: “%(text)s”. This keyword acts all the same.") % {"text": tried.decision.argument}
    return _("“%(text)s” is the same once letter case and accents are ignored.") % {"text": tried.text.strip()}


def _joined(tried: Tried) -> str:
    phone = msisdn(tried.sender.msisdn)
    if tried.sender.contact_id is None:
        return _("%(phone)s becomes a contact.") % {"phone": phone}
    return _("%(phone)s is a contact already.") % {"phone": phone}


def _replied(tried: Tried) -> str:
    text = next((action.text for action in tried.decision.actions if isinstance(action, SendReply)), "")
    count = segments(text).count
    length = ngettext("%(count)s SMS", "%(count)s SMS", count) % {"count": count}
    return _("%(length)s: “%(text)s”") % {"length": length, "text": text}


def _forwarded_count(tried: Tried) -> int:
    return segments(forwarded_text(tried.sender.msisdn, tried.text, lambda text: segments(text).count)).count


def _forwarded_to_phone(tried: Tried) -> str:
    """Say what the text to the phone says, and what it costs."""
    text = forwarded_text(tried.sender.msisdn, tried.text, lambda given: segments(given).count)
    account = Account.objects.filter(pk=tried.decision.account_id or 0).first()
    prices = prices_for(account) if account else STANDARD_PRICES
    amount = money(cost(prices, Service.FORWARD, segments(text).count))
    return _("Costs %(amount)s, whether or not it is read: “%(text)s”") % {"amount": amount, "text": text}


_DETAILS: Mapping[TrailStep, Callable[[Tried], str]] = {
    TrailStep.MATCHED: _matched,
    TrailStep.ADDED_TO_GROUP: _joined,
    TrailStep.REPLY: _replied,
    TrailStep.FORWARD_URL: lambda _tried: _("Free of charge; tried again for three days if nobody answers."),
    TrailStep.FORWARD_EMAIL: lambda _tried: _("Free of charge; tried again for three days if the mail server takes nothing."),
    TrailStep.FORWARD_PHONE: _forwarded_to_phone,
    TrailStep.INBOX_ONLY: lambda _tried: _("You can read and answer it there."),
}


def _not_set_up(tried: Tried) -> Iterable[Explained]:
    """Say what the rule that fires leaves out because nobody asked for it."""
    if tried.decision.rule_id is None or (tried.keyword is not None and tried.decision.keyword_id != tried.keyword.pk):
        return
    kinds = set(RuleAction.objects.filter(rule=tried.decision.rule_id).values_list("kind", flat=True))
    if kinds & {RuleAction.Kind.FORWARD_TO_EMAIL, RuleAction.Kind.FORWARD_TO_PHONE}:
        kinds.add(RuleAction.Kind.FORWARD_TO_URL)  # it is forwarded
    missing = {
        RuleAction.Kind.ADD_TO_GROUP: (_("Joins no group"), _("No group is chosen.")),
        RuleAction.Kind.SEND_REPLY: (_("Sends no automatic reply"), _("No text is written.")),
        RuleAction.Kind.FORWARD_TO_URL: (_("Is not forwarded"), _("No URL is chosen.")),
    }
    for kind, (title, detail) in missing.items():
        if kind not in kinds:
            yield Explained(title, detail, "no")
