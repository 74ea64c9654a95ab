"""What the activity log keeps about rules.

What belongs here: a rule as before and after of a change. What does not: writing the log (`panel.recording`), words (`panel.rule_words`).
"""

from recado.apps.keywords.models import Restricted, Rule
from recado.apps.keywords.rules import content_of
from recado.core.condition import Days, Occasion, OfficeHours, Standing
from recado.panel.rule_words import last_day
from recado.panel.templatetags.formats import calendar_day, money


def facts(rule: Rule) -> dict[str, str]:
    """Return what can be changed of a rule, in words that last; what does not restrict it is empty."""
    content = content_of(rule)
    return {
        "is_enabled": "yes" if rule.is_enabled else "no",
        "groups": ", ".join(group.name for group in content.groups),
        "until": last_day(content.until),
        "leaves": ", ".join(group.name for group in content.leaves),
        "reply": content.reply,
        "forwards": ", ".join(destination.name for destination in content.destinations),
        **restrictions(rule, rule.daily_ceiling),
    }


def restrictions(rule: Restricted, daily_ceiling: int | None) -> dict[str, str]:
    """Return what restricts something, in words that last; what does not is empty."""
    return {
        "starts_at": calendar_day(rule.starts_at),
        "ends_at": last_day(rule.ends_at),
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
        "daily_ceiling": "" if daily_ceiling is None else money(daily_ceiling),
    }
