"""The action table: every name a client library calls, and the function that answers it.

What belongs here: names. What does not: anything an action does. `error/<code>` is not in it, because it needs no credentials.
"""

from recado.api.compat import contacts, groups, messages, reports, sending
from recado.api.compat.call import Action

ACTIONS: dict[str, Action] = {
    "messages/recived": messages.received,  # the provider's documented spelling
    "messages/received": messages.received,
    "messages/send_nd": messages.send_nd,
    "messages/sendNd": messages.send_nd,
    "messages/send_ndi": messages.send_ndi,
    "messages/sendNdi": messages.send_ndi,
    "messages/send_sms": sending.send_sms,
    "messages/send_personalized": sending.send_personalized,
    "messages/send_voice": sending.send_voice,
    "messages/send_mms": sending.send_mms,
    "messages/view": reports.view,
    "messages/reports": reports.reports,
    "messages/delete": reports.delete,
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
}
