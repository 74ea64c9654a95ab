"""What an opt-out, an opt-in or a slip of one leads to, once it was read from a text (product.md §4).

What belongs here: whom it concerns and how wide it is, what is answered, and what a fresh sign-up lifts. What does not: reading words
(`opt_out`), texts of answers (`consent_texts`), keyword rules (`decide`). An ordinary message never lifts an opt-out.

How wide: a word alone means everything from every account concerned; a keyword beside it means the groups that keyword fills, or, where it
fills none, the keyword itself.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from recado.core.action import Action, AddToGroup, LiftOptOut, OptOut, RemoveFromGroup, Scope, SendReply
from recado.core.condition import Standing
from recado.core.consent_texts import ConsentText, consent_text
from recado.core.opt_out import Reading, Verdict
from recado.core.ownership import Match
from recado.core.profile import NOBODY, Profile
from recado.core.routes import MatchKind, Reservation, Rule, taken_step
from recado.core.sender import Place, SenderState
from recado.core.trail import TrailEntry, TrailStep


@dataclass(frozen=True, slots=True)
class Consequences:
    """What follows from a text about consent."""

    account_id: int | None
    """Whose message it is: the one account concerned, None for several or none."""
    keyword_id: int | None
    actions: tuple[Action, ...]
    steps: tuple[TrailEntry, ...]
    is_settled: bool = False
    """Whether several accounts are served, so that nobody has to look for its owner."""


def consequences(match: Match, concerned: Mapping[int, SenderState], profiles: Mapping[int, Profile]) -> Consequences | None:
    """Say what follows from what was read; None where the text goes on to the keywords like any other.

    `concerned` are the accounts that write to the sender from this number, with how each sees them.
    """
    reading = match.opt_out
    if reading is None or reading.verdict is Verdict.FLAG:
        return None
    if reading.verdict is Verdict.OPT_OUT:
        return _out(reading, match, concerned, profiles)
    if reading.verdict is Verdict.OPT_IN:
        return _in_again(match, concerned, profiles)
    return _asked(reading, concerned, profiles)


def _out(reading: Reading, match: Match, concerned: Mapping[int, SenderState], profiles: Mapping[int, Profile]) -> Consequences:
    wanted = list(_of_keywords(match.named)) if match.named else [OptOut(account, Scope.ACCOUNT) for account in sorted(concerned)]
    word: dict[str, str | int] = {"word": reading.word}
    if not wanted:
        return Consequences(None, None, (), (TrailEntry(TrailStep.OPT_OUT_OF_NOTHING, word),))
    accounts = sorted({one.account_id for one in wanted})
    owner = accounts[0] if len(accounts) == 1 else None
    keyword_id = match.named[0].keyword_id if match.named and owner is not None else None
    new = [one for one in wanted if not _is_out(concerned.get(one.account_id), (one.scope, one.target_id))]
    actions: list[Action] = [*new, *_leaving(new, concerned)]
    steps = [taken_step(action) for action in actions]
    if not new:
        steps.append(TrailEntry(TrailStep.OPTED_OUT_BEFORE, word))
    else:
        reply = _confirmation(new, owner, accounts[0], profiles)
        actions.append(reply)
        steps.append(taken_step(reply))
    return Consequences(owner, keyword_id, tuple(actions), tuple(steps), owner is None)


def _of_keywords(named: Iterable[Reservation]) -> Iterator[OptOut]:
    """Say what naming keywords opts out of: the groups they fill or empty, else the keywords themselves."""
    for keyword in named:
        groups = {
            one.group_id: one.group_name for rule in keyword.rules for one in rule.actions if isinstance(one, (AddToGroup, RemoveFromGroup))
        }
        for group_id, name in groups.items():
            yield OptOut(keyword.account_id, Scope.GROUP, group_id, name)
        if not keyword.rules:  # it is over, and nobody knows any more what it led to: everything, rather than nothing
            yield OptOut(keyword.account_id, Scope.ACCOUNT)
        elif not groups:
            yield OptOut(keyword.account_id, Scope.KEYWORD, keyword.keyword_id, keyword.word)


def _is_out(sender: SenderState | None, place: Place) -> bool:
    return sender is not None and (place in sender.opt_outs or (Scope.ACCOUNT, 0) in sender.opt_outs)


def _leaving(new: Iterable[OptOut], concerned: Mapping[int, SenderState]) -> Iterator[RemoveFromGroup]:
    """Take people out of the groups they opted out of, where the message is one account's."""
    if len(concerned) > 1:
        return
    for one in new:
        sender = concerned.get(one.account_id)
        if one.scope is Scope.GROUP and sender is not None and one.target_id in sender.groups:
            yield RemoveFromGroup(one.target_id, one.name)


def _confirmation(new: list[OptOut], owner: int | None, first: int, profiles: Mapping[int, Profile]) -> SendReply:
    profile = profiles.get(first, NOBODY)
    if owner is None:
        return SendReply(consent_text(ConsentText.OUT_OF_SEVERAL, profile.language), is_ours=True, is_direct=True)
    if new[0].scope is Scope.ACCOUNT:
        return SendReply(consent_text(ConsentText.OUT_OF_ALL, profile.language, name=profile.name), is_direct=True)
    lists = ", ".join(dict.fromkeys(one.name for one in new))
    return SendReply(consent_text(ConsentText.OUT_OF_LIST, profile.language, name=profile.name, list=lists), is_direct=True)


def _in_again(match: Match, concerned: Mapping[int, SenderState], profiles: Mapping[int, Profile]) -> Consequences | None:
    named = {(one.account_id, (one.scope, one.target_id)) for one in _of_keywords(match.named)}
    lifted: list[Action] = [
        LiftOptOut(account, *place)
        for account, sender in sorted(concerned.items())
        for place in sorted(sender.opt_outs)
        if not named or (account, place) in named or place == (Scope.ACCOUNT, 0)
    ]
    accounts = sorted({one.account_id for one in lifted if isinstance(one, LiftOptOut)})
    if not accounts:
        return None
    owner = accounts[0] if len(accounts) == 1 else None
    profile = profiles.get(accounts[0], NOBODY)
    if owner is not None:
        lifted.append(SendReply(consent_text(ConsentText.IN_AGAIN, profile.language, name=profile.name), is_direct=True))
    return Consequences(owner, None, tuple(lifted), tuple(map(taken_step, lifted)), owner is None)


def _asked(reading: Reading, concerned: Mapping[int, SenderState], profiles: Mapping[int, Profile]) -> Consequences | None:
    """Ask what was meant, on behalf of the one account concerned; nothing else follows."""
    step = TrailEntry(TrailStep.OPT_OUT_ASKED, {"word": reading.word})
    if len(concerned) != 1:
        return None
    ((account_id, sender),) = concerned.items()
    if (Scope.ACCOUNT, 0) in sender.opt_outs:
        return None
    profile = profiles.get(account_id, NOBODY)
    text = consent_text(ConsentText.ASK_BACK, profile.language, name=profile.name, word=reading.word.upper())
    reply = SendReply(text, is_direct=True)
    return Consequences(account_id, None, (reply,), (step, taken_step(reply)))


def lifted_by(rule: Rule, sender: SenderState, number_id: int | None) -> tuple[Action, ...]:
    """Say what a rule that signs the sender up lifts. Who had left everything comes back to what they signed up for, to nothing else."""
    joined = {one.group_id for one in rule.actions if isinstance(one, AddToGroup)}
    if not joined or not sender.opt_outs:
        return ()
    wide = sender.opt_outs & {(Scope.ACCOUNT, 0), (Scope.NUMBER, number_id or 0)}
    narrow = sender.opt_outs & {(Scope.KEYWORD, rule.keyword_id or 0), *((Scope.GROUP, group_id) for group_id in joined)}
    lifted: list[Action] = [LiftOptOut(rule.account_id, *place) for place in sorted(wide | narrow)]
    if wide:
        stay_out = sorted(sender.group_ids - joined)
        lifted += [OptOut(rule.account_id, Scope.GROUP, each) for each in stay_out if (Scope.GROUP, each) not in sender.opt_outs]
    return tuple(lifted)


def left_by(rule: Rule, sender: SenderState) -> tuple[OptOut, ...]:
    """Say what a removing keyword opts the sender out of: the groups it takes people out of, so that no list brings them back."""
    if rule.kind is not MatchKind.REMOVING:
        return ()
    left = {one.group_id: one.group_name for one in rule.actions if isinstance(one, RemoveFromGroup)}
    return tuple(OptOut(rule.account_id, Scope.GROUP, key, name) for key, name in left.items() if (Scope.GROUP, key) not in sender.opt_outs)


def keeps_silent(rule: Rule, sender: SenderState, number_id: int | None) -> bool:
    """Say whether the sender's opt-outs forbid a rule to answer; not where its keyword takes them out or signs them up.

    Nor where the rule is meant for people who opted out.
    """
    if (
        not sender.opt_outs
        or rule.condition.standing is Standing.OPTED_OUT
        or rule.kind is MatchKind.REMOVING
        or any(isinstance(one, AddToGroup) for one in rule.actions)
    ):
        return False
    return not sender.opt_outs.isdisjoint({(Scope.ACCOUNT, 0), (Scope.NUMBER, number_id or 0), (Scope.KEYWORD, rule.keyword_id or 0)})
