"""What the activity log keeps about keywords and rules.

What belongs here: one of them as before and after of a change, in values that last. What does not: writing the log (`apps.audit`), saying
it in the reader's language (`panel.audit_words`).
"""

from datetime import datetime, timedelta

from recado.apps.accounts.models import Account
from recado.apps.keywords.models import Keyword, Restricted, Rule
from recado.apps.keywords.queries import synonyms_of
from recado.apps.keywords.rules import content_of, in_order
from recado.core.condition import Days, Occasion, OfficeHours, Standing


def keyword_facts(keyword: Keyword) -> dict[str, str]:
    """Return what can be changed of a keyword and of its first rule."""
    content = content_of(next(iter(in_order(Rule.objects.filter(keyword=keyword))), None))
    return {
        "word": keyword.word,
        "synonyms": ", ".join(synonyms_of(keyword).values_list("word", flat=True)),
        "number": keyword.number.digits,
        "match": keyword.kind,
        "state": keyword.state,
        "also_when_text_follows": "yes" if keyword.also_when_text_follows else "no",
        "asks_back": "yes" if keyword.asks_back else "no",
        "starts_at": keyword.starts_at.isoformat() if keyword.starts_at else "",
        "ends_at": keyword.ends_at.isoformat() if keyword.ends_at else "",
        "groups": ", ".join(group.name for group in content.groups),
        "reply": content.reply,
        "forwards": ", ".join(destination.name for destination in content.destinations),
        "activities": ", ".join(one.full_name for one in content.activities),
    }


def rule_facts(rule: Rule) -> dict[str, str]:
    """Return what can be changed of a rule; what does not restrict it is empty."""
    content = content_of(rule)
    return {
        "is_enabled": "yes" if rule.is_enabled else "no",
        "groups": ", ".join(group.name for group in content.groups),
        "until": _last_day(content.until, rule.account),
        "leaves": ", ".join(group.name for group in content.leaves),
        "reply": content.reply,
        "forwards": ", ".join(destination.name for destination in content.destinations),
        "activities": ", ".join(one.full_name for one in content.activities),
        **restrictions(rule, rule.account, rule.daily_ceiling),
    }


def restrictions(rule: Restricted, account: Account, daily_ceiling: int | None) -> dict[str, str]:
    """Return what restricts something; what does not is empty. Days are those of the account's calendar, as ISO writes them."""
    return {
        "starts_at": _day(rule.starts_at, account),
        "ends_at": _last_day(rule.ends_at, account),
        "weekdays": rule.weekdays,
        "from_time": f"{rule.from_time:%H:%M}" if rule.from_time else "",
        "until_time": f"{rule.until_time:%H:%M}" if rule.until_time else "",
        "days": "" if rule.days == Days.ANY else rule.days,
        "in_group": rule.in_group.name if rule.in_group else "",
        "not_in_group": rule.not_in_group.name if rule.not_in_group else "",
        "occasion": "" if rule.occasion == Occasion.ANY else rule.occasion,
        "sender_prefixes": rule.sender_prefixes,
        "office_hours": "" if rule.office_hours == OfficeHours.ANY else rule.office_hours,
        "standing": "" if rule.standing == Standing.ANY else rule.standing,
        "daily_ceiling": "" if daily_ceiling is None else str(daily_ceiling),
    }


def _day(at: datetime | None, account: Account) -> str:
    return at.astimezone(account.zone).date().isoformat() if at else ""


def _last_day(ends_at: datetime | None, account: Account) -> str:
    return _day(ends_at and ends_at - timedelta(seconds=1), account)
