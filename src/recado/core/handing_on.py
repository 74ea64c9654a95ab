"""What is done with a rule that does not act as a whole: its forwards are taken all the same, or nothing is, and the trail says why.

What belongs here: which actions are left over, and their steps. What does not: whether a rule acts (`decide`).
"""

from recado.core.action import ACTION_NAMES, FORWARDS, Action
from recado.core.routes import Rule, taken_step
from recado.core.trail import SkipReason, TrailEntry, TrailStep


def not_taken(action: Action, reason: SkipReason) -> TrailEntry:
    """Say that an action is not taken."""
    return TrailEntry(TrailStep.ACTION_NOT_TAKEN, {"action": ACTION_NAMES[type(action)], "reason": reason.value})


def only_forwards(rule: Rule | None, reason: SkipReason) -> tuple[tuple[Action, ...], tuple[TrailEntry, ...]]:
    """Return the actions of a rule that hand the message on, and the trail of them and of the others."""
    actions = rule.actions if rule is not None else ()
    steps = tuple(taken_step(action) if isinstance(action, FORWARDS) else not_taken(action, reason) for action in actions)
    return tuple(action for action in actions if isinstance(action, FORWARDS)), steps
