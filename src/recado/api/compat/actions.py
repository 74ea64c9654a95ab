"""The action table: every name a client library calls, and the function that answers it.

What belongs here: names. What does not: anything an action does. `error/<code>` is not in it, because it needs no credentials.
"""

from recado.api.compat import account, blacklist, contacts, groups, messages, payments, phones, premium, senders, stats, templates
from recado.api.compat.call import Action

ACTIONS: dict[str, Action] = {
    "messages/recived": messages.received,  # the provider's documented spelling
    "messages/received": messages.received,
    "messages/send_nd": messages.send_nd,
    "messages/sendNd": messages.send_nd,
    "messages/send_ndi": messages.send_ndi,
    "messages/sendNdi": messages.send_ndi,
    "groups/add": groups.add,
    "groups/index": groups.index,
    "groups/view": groups.view,
    "groups/edit": groups.edit,
    "groups/delete": groups.delete,
    "groups/check": groups.check,
    "contacts/add": contacts.add,
    "contacts/index": contacts.index,
    "contacts/view": contacts.view,
    "contacts/edit": contacts.edit,
    "contacts/delete": contacts.delete,
    "contacts/import": contacts.import_,
    "blacklist/add": blacklist.add,
    "blacklist/index": blacklist.index,
    "blacklist/check": blacklist.check,
    "blacklist/delete": blacklist.delete,
    "templates/index": templates.index,
    "templates/add": templates.add,
    "templates/edit": templates.edit,
    "templates/delete": templates.delete,
    "senders/add": senders.add,
    "senders/index": senders.index,
    "account/add": account.add,
    "account/limits": account.limits,
    "account/help": account.help_,
    "account/messages": account.messages,
    "payments/index": payments.index,
    "payments/view": payments.view,
    "payments/invoice": payments.invoice,
    "stats/index": stats.index,
    "phones/check": phones.check,
    "phones/test": phones.test,
    "premium/index": premium.index,
    "premium/send": premium.send,
    "quiz/view": premium.quiz,
}
