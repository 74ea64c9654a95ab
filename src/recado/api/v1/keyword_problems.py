"""Why keywords and rules are refused, as problems.

What belongs here: a code and a sentence for each reason of `apps.keywords.errors`; a test keeps them complete. What does not: the checks.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from recado.api.v1.problems import Problem, conflict, invalid
from recado.api.v1.shapes import phone_out
from recado.apps.keywords.errors import (
    KeywordError,
    KeywordRefusedError,
    KeywordTakenError,
    Refusal,
    RuleError,
    RuleRefusal,
    RuleRefusedError,
)

FIELDS = {
    Refusal.EMPTY: ("word", "has no letters or digits"),
    Refusal.TOO_LONG: ("word", "has more than 80 characters"),
    Refusal.PERIOD: ("ends_at", "must come after the start, and in the future"),
    Refusal.LEAVES_NO_GROUP: ("rule.leave_group_ids", "must name the group people leave"),
}
CONFLICTS = {
    Refusal.RESERVED: ("word-reserved", "Nobody can reserve the word: people use it to opt out, to ask for help or to answer."),
    Refusal.MIXED_SCRIPTS: ("mixed-scripts", "The word mixes letters of two alphabets that look alike. Write it in one."),
    Refusal.LOOK_ALIKE: ("look-alike", "The word is one letter away from somebody else's keyword here. Choose another."),
    Refusal.CONFUSABLE: ("look-alike", "The word looks the same as somebody else's keyword here. Choose another."),
    Refusal.BLOCKED: ("word-blocked", "The operator keeps the word from everybody on shared numbers. Choose another."),
    Refusal.KIND_NOT_ALLOWED: ("kind-not-allowed", "Shared numbers allow exact keywords only. Use `exact`, or an own number."),
    Refusal.NO_KEYWORDS_HERE: ("no-keywords-here", "Keywords do not work on this number. Choose another."),
    Refusal.RENAMED: ("word-fixed", "On a shared number a reserved word cannot be changed. End the keyword and reserve another."),
    Refusal.ENDED: ("keyword-over", "The keyword is over. Give it a later end first."),
    Refusal.NOT_IN_PLAN: ("not-in-plan", "The plan does not include this kind of keyword on this number. Ask for another plan."),
    Refusal.QUOTA: ("keyword-quota", "The plan includes no more keywords here. End one, or take another package or plan."),
    Refusal.NOT_PAYABLE: ("not-payable", "The plan cannot pay for keywords on this kind of number. Ask for another plan."),
}
RULE_FIELDS = {
    RuleRefusal.PERIOD: ("ends_at", "must come after `starts_at`"),
    RuleRefusal.HOURS: ("until_time", "is the same as `from_time`; leave both out for the whole day"),
    RuleRefusal.GROUPS: ("not_in_group_id", "is the same as `in_group_id`: nobody is in a group and not in it"),
    RuleRefusal.PREFIXES: ("sender_prefixes", "are more than fit: 200 characters with the spaces between them"),
    RuleRefusal.CEILING: ("daily_ceiling", "must not be below zero"),
    RuleRefusal.PLACEHOLDER: ("reply", "names something in braces that nothing is filled in for"),
    RuleRefusal.NO_CODE: ("reply", "must name `{code}`: else nobody learns the code"),
    RuleRefusal.AGE_ON_SHARED: ("activities", "name a contest that asks for an age, which works on individual numbers alone"),
    RuleRefusal.AGE_AND_CODE: ("activities", "name a contest that asks for an age and a code pool; use two keywords"),
}


def keyword_code(error: KeywordError) -> str:
    """Name the reason a word cannot be reserved."""
    if isinstance(error, KeywordRefusedError):
        return CONFLICTS[error.reason][0] if error.reason in CONFLICTS else f"bad-{FIELDS[error.reason][0].replace('_', '-')}"
    return "keyword-taken"


def keyword_problem(error: KeywordError) -> Problem:
    """Say why a keyword cannot be saved."""
    if isinstance(error, KeywordRefusedError) and error.reason in FIELDS:
        field, message = FIELDS[error.reason]
        return invalid(f"body.{field}", message)
    return conflict(keyword_code(error), keyword_detail(error))


def keyword_detail(error: KeywordError) -> str:
    """Say it in a sentence."""
    if isinstance(error, KeywordRefusedError):
        said = CONFLICTS[error.reason][1] if error.reason in CONFLICTS else "`{}` {}.".format(*FIELDS[error.reason])
    elif isinstance(error, KeywordTakenError):
        said = f"{error.word} is taken on {phone_out(error.digits)}."
        if error.free_from is not None:
            said = f"{said} It is free from {error.free_from:%Y-%m-%dT%H:%M:%SZ} on."
    else:
        raise error
    return f"{said} Free: {', '.join(error.free)}." if error.free else said


def rule_problem(error: RuleError, place: str = "body") -> Problem:
    """Say why a rule cannot be saved or deleted."""
    if isinstance(error, RuleRefusedError) and error.reason in RULE_FIELDS:
        field, message = RULE_FIELDS[error.reason]
        return invalid(f"{place}.{field}", message)
    if isinstance(error, RuleRefusedError):
        return conflict("last-rule", "A keyword keeps at least one rule. Change this one instead, or end the keyword.")
    return conflict("rule-refused", f"Nothing is changed: {error}.")


@contextmanager
def refusals(place: str = "body") -> Iterator[None]:
    """Turn what the services refuse into problems; `place` is where the rule stands in the request."""
    try:
        yield
    except KeywordError as error:
        raise keyword_problem(error) from error
    except RuleError as error:
        raise rule_problem(error, place) from error
