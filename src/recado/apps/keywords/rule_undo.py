"""A deleted rule as JSON, and back as it was.

What belongs here: what is needed to undo a deletion. What does not: deleting (`rules`), carrying the JSON there and back (`panel`).
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from typing import Any

from django.core import signing
from django.db import transaction

from recado.apps.accounts.models import Account
from recado.apps.contacts.models import Group
from recado.apps.keywords.activities import Activity, Kind, are_of
from recado.apps.keywords.errors import RuleError
from recado.apps.keywords.models import Keyword, Rule
from recado.apps.keywords.rules import RuleContent, RuleTerms, add_rule, content_of, terms_of
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import Destination
from recado.core.condition import Condition, Days, Occasion, OfficeHours, Standing

SALT = "rules.deleted"
UNDO_SECONDS = 3600

Remembered = Mapping[str, Any]


def remember(rule: Rule) -> Remembered:
    """Return a rule as JSON."""
    content = content_of(rule)
    return {
        "number": rule.number_id,
        "keyword": rule.keyword_id,
        "groups": [group.pk for group in content.groups],
        "leaves": [group.pk for group in content.leaves],
        "destinations": [destination.pk for destination in content.destinations],
        "reply": content.reply,
        "activities": [[one.kind.value, one.target_id, one.option_id] for one in content.activities],
        "until": _written(content.until),
        **remember_terms(terms_of(rule)),
    }


def remember_terms(terms: RuleTerms) -> Remembered:
    """Return when and for whom something acts as JSON."""
    condition = terms.condition
    return {
        "priority": terms.priority,
        "is_enabled": terms.is_enabled,
        "starts_at": _written(terms.starts_at),
        "ends_at": _written(terms.ends_at),
        "weekdays": sorted(condition.weekdays),
        "from_time": _written(condition.from_time),
        "until_time": _written(condition.until_time),
        "days": condition.days.value,
        "in_group": condition.in_group_id,
        "not_in_group": condition.not_in_group_id,
        "occasion": condition.occasion.value,
        "sender_prefixes": list(condition.sender_prefixes),
        "office_hours": condition.office_hours.value,
        "standing": condition.standing.value,
        "daily_ceiling": terms.daily_ceiling,
    }


def seal(remembered: Remembered) -> str:
    """Write a remembered rule so that it can be handed out and taken back: nobody else can have written it."""
    return signing.dumps(remembered, salt=SALT, compress=True)


def unseal(sealed: str) -> Remembered:
    """Read what `seal` wrote within the last hour; raise RuleError."""
    try:
        found: Remembered = signing.loads(sealed, salt=SALT, max_age=UNDO_SECONDS)
    except (signing.BadSignature, ValueError) as error:  # a damaged one may not even be text
        raise RuleError("this is no rule deleted within the last hour") from error
    return found


@transaction.atomic
def restore_rule(account: Account, remembered: Remembered) -> Rule:
    """Bring a rule back as it was, without the actions whose group or destination is gone; raise RuleError where its place is gone."""
    place: Keyword | Number | None
    if remembered["keyword"]:
        place = Keyword.objects.filter(account=account, pk=remembered["keyword"]).exclude(state=Keyword.State.QUARANTINE).first()
    else:
        place = Number.objects.filter(account=account, pk=remembered["number"]).first()
    if place is None:
        raise RuleError("the keyword or the number of the rule is not the account's any more")
    return add_rule(place, account, _content(account, remembered), remembered_terms(remembered))


def _content(account: Account, remembered: Remembered) -> RuleContent:
    groups = Group.objects.filter(account=account).in_bulk([*remembered["groups"], *remembered["leaves"]])
    destinations = Destination.objects.filter(account=account, removed_at=None).in_bulk(remembered["destinations"])
    return RuleContent(
        tuple(groups[pk] for pk in remembered["groups"] if pk in groups),
        remembered["reply"],
        tuple(destinations[pk] for pk in remembered["destinations"] if pk in destinations),
        tuple(groups[pk] for pk in remembered["leaves"] if pk in groups),
        _moment(remembered["until"]),
        tuple(_activities(account, remembered)),
    )


def _activities(account: Account, remembered: Remembered) -> Iterator[Activity]:
    """Yield what is still there."""
    for kind, target_id, option_id in remembered.get("activities", ()):
        one = Activity(Kind(kind), target_id, option_id=option_id)
        if are_of(account, [one]):
            yield one


def remembered_terms(remembered: Remembered) -> RuleTerms:
    """Return the terms that were remembered; what an earlier version did not know restricts nothing."""
    condition = Condition(
        frozenset(remembered["weekdays"]),
        _clock(remembered["from_time"]),
        _clock(remembered["until_time"]),
        Days(remembered["days"]),
        remembered["in_group"],
        remembered["not_in_group"],
        Occasion(remembered["occasion"]),
        tuple(remembered["sender_prefixes"]),
        OfficeHours(remembered.get("office_hours", OfficeHours.ANY)),
        Standing(remembered.get("standing", Standing.ANY)),
    )
    period = _moment(remembered["starts_at"]), _moment(remembered["ends_at"])
    return RuleTerms(remembered["priority"], remembered["is_enabled"], *period, condition, remembered.get("daily_ceiling"))


def _written(value: datetime | time | None) -> str:
    return value.isoformat() if value else ""


def _moment(written: str) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def _clock(written: str) -> time | None:
    return time.fromisoformat(written) if written else None
