"""When and for whom something acts, as JSON.

What belongs here: the fields and their way into `RuleTerms` and back. What does not: checks of the terms together (`apps.keywords.rules`).
"""

from collections.abc import Mapping
from datetime import time
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from recado.api.v1.problems import Problem, invalid
from recado.api.v1.shapes import Id, Moment
from recado.apps.accounts.models import Account
from recado.apps.contacts.queries import group_names_of
from recado.apps.keywords.errors import RuleRefusal, RuleRefusedError
from recado.apps.keywords.rules import RuleTerms
from recado.core.condition import Condition, Days, Occasion, OfficeHours, Standing

Weekday = Annotated[int, Field(ge=1, le=7)]
Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", examples=["22:00"])]
Prefix = Annotated[str, Field(pattern=r"^\+[1-9][0-9]{0,14}$", examples=["+48600"])]
Money = Annotated[int, Field(ge=0, lt=2**31)]


class Terms(Schema):
    """When and for whom."""

    is_enabled: bool = True
    starts_at: Moment | None = None
    ends_at: Moment | None = Field(None, description="Not included.")
    weekdays: Annotated[list[Weekday], Field(max_length=7)] = Field(default_factory=list, description="1 is Monday; none: every day.")
    from_time: Clock | None = Field(None, description="On the account's clock.")
    until_time: Clock | None = Field(None, description="Not included; one before `from_time` is on the next day.")
    days: Days = Field(Days.ANY, description="`working`: not on days off; `off`: on days off only.")
    office_hours: OfficeHours = Field(OfficeHours.ANY, description="Only while the company is open, or closed.")
    in_group_id: Id | None = Field(None, description="Only for members of this group.")
    not_in_group_id: Id | None = Field(None, description="Not for members of this group.")
    occasion: Occasion = Field(Occasion.ANY, description="`first`: the first time only; `again`: only people who wrote before.")
    standing: Standing = Field(Standing.ANY, description="`in`: only people who did not opt out; `opted_out`: only those who did.")
    sender_prefixes: Annotated[list[Prefix], Field(max_length=20)] = Field(
        default_factory=list, description="Only phones that begin with one of these."
    )
    daily_ceiling: Money | None = Field(None, description="Most its answers may cost a day, in minor units net of VAT; null: 5000.")


_FIELDS: Mapping[RuleRefusal, tuple[str, str]] = {
    RuleRefusal.PERIOD: ("body.ends_at", "must come after `starts_at`"),
    RuleRefusal.HOURS: ("body.until_time", "must differ from `from_time`; leave both out for the whole day"),
    RuleRefusal.GROUPS: ("body.not_in_group_id", "must differ from `in_group_id`"),
    RuleRefusal.PREFIXES: ("body.sender_prefixes", "are too long together: at most 200 characters"),
    RuleRefusal.CEILING: ("body.daily_ceiling", "must not be below 0"),
}


def read_terms(account: Account, body: Terms, priority: int = 0, place: str = "body") -> RuleTerms:
    """Return when and for whom something is to act; raise Problem where a group is not the account's. `place` is where the body stands."""
    for name in ("in_group_id", "not_in_group_id"):
        group_id = getattr(body, name)
        if group_id is not None and not group_names_of(account).filter(pk=group_id).exists():
            raise invalid(f"{place}.{name}", "the account has no such group")
    condition = Condition(
        frozenset(body.weekdays),
        _time(body.from_time),
        _time(body.until_time),
        body.days,
        body.in_group_id,
        body.not_in_group_id,
        body.occasion,
        tuple(dict.fromkeys(prefix.removeprefix("+") for prefix in body.sender_prefixes)),
        body.office_hours,
        body.standing,
    )
    return RuleTerms(priority, body.is_enabled, body.starts_at, body.ends_at, condition, body.daily_ceiling)


def terms_problem(error: RuleRefusedError) -> Problem:
    """Name the field that is wrong."""
    return invalid(*_FIELDS[error.reason])


def written_terms(terms: RuleTerms) -> dict[str, Any]:
    """Return terms as the fields of `Terms`."""
    condition = terms.condition
    return {
        "is_enabled": terms.is_enabled,
        "starts_at": terms.starts_at,
        "ends_at": terms.ends_at,
        "weekdays": sorted(condition.weekdays),
        "from_time": _clock(condition.from_time),
        "until_time": _clock(condition.until_time),
        "days": condition.days,
        "office_hours": condition.office_hours,
        "in_group_id": condition.in_group_id,
        "not_in_group_id": condition.not_in_group_id,
        "occasion": condition.occasion,
        "standing": condition.standing,
        "sender_prefixes": [f"+{prefix}" for prefix in condition.sender_prefixes],
        "daily_ceiling": terms.daily_ceiling,
    }


def _time(written: str | None) -> time | None:
    return time.fromisoformat(written) if written else None


def _clock(at: time | None) -> str | None:
    return f"{at:%H:%M}" if at else None
