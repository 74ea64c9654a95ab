"""Which right of a program's login each action needs (docs/reference/api-users.md).

What belongs here: the table and the check before an action is asked. What does not: the rights (`apps.accounts.scopes`), what an action
leaves out where a second right is missing, which the action says itself.
"""

from recado.api.compat.errors import NO_RIGHT, NO_SUBACCOUNTS, ApiError
from recado.apps.accounts.models import ApiUser
from recado.apps.accounts.scopes import Scope, may

RIGHTS: dict[str, Scope] = {
    "messages/recived": Scope.MESSAGES_READ,
    "messages/received": Scope.MESSAGES_READ,
    "messages/send_nd": Scope.MESSAGES_SEND,  # it is answered, like a message somebody sent
    "messages/sendNd": Scope.MESSAGES_SEND,
    "messages/send_ndi": Scope.MESSAGES_SEND,
    "messages/sendNdi": Scope.MESSAGES_SEND,
    "messages/send_sms": Scope.MESSAGES_SEND,
    "messages/send_personalized": Scope.MESSAGES_SEND,
    "messages/send_voice": Scope.MESSAGES_SEND,
    "messages/send_mms": Scope.MESSAGES_SEND,
    "messages/view": Scope.MESSAGES_READ,
    "messages/reports": Scope.MESSAGES_READ,
    "messages/delete": Scope.MESSAGES_SEND,
    "files/add": Scope.MESSAGES_SEND,
    "files/index": Scope.MESSAGES_SEND,
    "files/view": Scope.MESSAGES_SEND,
    "files/delete": Scope.MESSAGES_SEND,
    "groups/add": Scope.CONTACTS_WRITE,
    "groups/index": Scope.CONTACTS_READ,
    "groups/view": Scope.CONTACTS_READ,
    "groups/edit": Scope.CONTACTS_WRITE,
    "groups/delete": Scope.CONTACTS_WRITE,
    "groups/check": Scope.CONTACTS_READ,
    "contacts/add": Scope.CONTACTS_WRITE,
    "contacts/index": Scope.CONTACTS_READ,
    "contacts/view": Scope.CONTACTS_READ,
    "contacts/edit": Scope.CONTACTS_WRITE,
    "contacts/delete": Scope.CONTACTS_WRITE,
    "contacts/import": Scope.CONTACTS_WRITE,
    "blacklist/add": Scope.CONTACTS_WRITE,
    "blacklist/index": Scope.CONTACTS_READ,
    "blacklist/check": Scope.CONTACTS_READ,
    "blacklist/delete": Scope.CONTACTS_WRITE,
    "templates/index": Scope.SETTINGS_READ,
    "templates/add": Scope.SETTINGS_WRITE,
    "templates/edit": Scope.SETTINGS_WRITE,
    "templates/delete": Scope.SETTINGS_WRITE,
    "senders/add": Scope.SETTINGS_WRITE,
    "senders/index": Scope.MESSAGES_SEND,  # whoever sends must know under which name
    "payments/index": Scope.BILLING_READ,
    "payments/view": Scope.BILLING_READ,
    "payments/invoice": Scope.BILLING_READ,
    "stats/index": Scope.STATISTICS_READ,
    "premium/index": Scope.MESSAGES_READ,
    "premium/send": Scope.MESSAGES_SEND,
    "quiz/view": Scope.STATISTICS_READ,
    "subaccounts/add": Scope.USERS_WRITE,
    "subaccounts/index": Scope.USERS_WRITE,
    "subaccounts/view": Scope.USERS_WRITE,
    "subaccounts/limit": Scope.USERS_WRITE,
    "subaccounts/delete": Scope.USERS_WRITE,
}
FREE = frozenset({"account/add", "account/help", "account/limits", "account/messages", "phones/check", "phones/test"})
"""Actions that say nothing of anybody: how much may still be sent is what a program asks to see whether it gets in."""


def check_right(api_user: ApiUser, action: str) -> None:
    """Raise ApiError unless the login may call the action; sub-accounts have an error of their own."""
    if action in FREE or may(api_user, RIGHTS[action]):
        return
    raise ApiError(NO_SUBACCOUNTS if RIGHTS[action] is Scope.USERS_WRITE else NO_RIGHT)
