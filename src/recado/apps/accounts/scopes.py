"""What a program's login may do: one list for both APIs (docs/reference/api-users.md).

What belongs here: the scopes. What does not: which action or route needs which; that stands beside these (`api.compat.rights`, `api.v1`).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import ApiUser


class Scope(models.TextChoices):
    """One right; writing never includes reading."""

    MESSAGES_READ = "messages:read", _("See messages and conversations")
    MESSAGES_WRITE = "messages:write", _("Change conversations: done, assigned, notes, labels")
    MESSAGES_SEND = "messages:send", _("Send and answer messages, which costs money")
    CONTACTS_READ = "contacts:read", _("See contacts, groups and opt-outs")
    CONTACTS_WRITE = "contacts:write", _("Change contacts, groups and opt-outs")
    KEYWORDS_READ = "keywords:read", _("See numbers, keywords, rules and autoresponders")
    KEYWORDS_WRITE = "keywords:write", _("Change keywords, rules and autoresponders; order numbers")
    FORWARDS_READ = "forwards:read", _("See forwards and their deliveries")
    FORWARDS_WRITE = "forwards:write", _("Change forwards and deliver again")
    ACTIVITIES_READ = "activities:read", _("See surveys, contests, code pools and boards")
    ACTIVITIES_WRITE = "activities:write", _("Change surveys, contests, code pools and boards")
    STATISTICS_READ = "statistics:read", _("See statistics")
    BILLING_READ = "billing:read", _("See plan, credit and invoices")
    BILLING_WRITE = "billing:write", _("Ask for another plan, set alerts")
    SETTINGS_READ = "settings:read", _("See company, team and activity")
    SETTINGS_WRITE = "settings:write", _("Change company, hours, texts and team")
    USERS_WRITE = "users:write", _("Make and remove sub-accounts")


def may(api_user: ApiUser, scope: Scope) -> bool:
    """Whether the login has this right."""
    return api_user.scopes is None or scope.value in api_user.scopes
