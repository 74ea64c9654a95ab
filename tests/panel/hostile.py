"""Fills an account with what strangers and careless people type: markup, htmx attributes, text that turns around, text without an end."""

from django.utils import timezone

from panel.conversations import dialogue, number, received, sent
from recado.apps.accounts.models import Account, User
from recado.apps.contacts.models import Contact
from recado.apps.contacts.services import add_contact, add_group
from recado.apps.dialogues.canned_replies import add_canned_reply
from recado.apps.dialogues.services import add_label
from recado.apps.keywords.examples import save_example
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import reserve_keyword
from recado.apps.notifications.services import notify

MARKUP = "<b hx-get=/logout/ hx-trigger=load>bold</b><img src=x onerror=hacked=1><script>hacked=1</script>"
TURNED = "abc \u202egnp.exe\u202c \u2067שלום\u2069 \u200f!"
ENDLESS = "W" * 2000
EMOJI = "👩‍👩‍👧‍👦🏳️‍🌈🇵🇱" * 20
TEXTS = (MARKUP, TURNED, ENDLESS, EMOJI, "{{ 7|add:7 }}{% now 'Y' %}", "=1+1\n\n\n@import")
FIRST_PHONE = 48601000000


def fill(account: Account, user: User) -> None:
    """Put hostile names and texts wherever the panel lists something."""
    for position, text in enumerate(TEXTS):
        phone = str(FIRST_PHONE + position)
        group = add_group(account, f"{text[:70]} {position}")
        contact = add_contact(account, phone, {"first_name": text[:40], "last_name": text[-30:], "company": text[:60]}, [group.pk])
        _talk(account, user, contact, text)
        notify(account, [user], "dialogue.assigned", {"by": text[:60], "name": text[:60]}, "/inbox/")
        add_canned_reply(account, text[:30], text[:400], None)
        save_example(account, number(account), text, phone, timezone.now(), sender="member", groups=[group], note=text[:200])
    reserve_keyword(account, number(account), "W" * 70, RuleContent((), "", ()))
    account.name = MARKUP[:110]
    account.save()


def _talk(account: Account, user: User, contact: Contact, text: str) -> None:
    conversation = dialogue(account, contact.msisdn)
    conversation.contact = contact
    conversation.assignee = user
    conversation.save()
    received(conversation, text)
    sent(conversation, text, state="undelivered", reason="wrong_number", author=user)
    received(conversation, text)
    add_label(conversation, text[:30])
