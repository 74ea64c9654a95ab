"""Handing out what is known about a person who asks for it (GDPR).

What belongs here: everything that is stored about them, as data. What does not: forgetting them (`erasing`). The other apps build on this
one, so their tables are looked up by name, and who knows addresses says how files are linked.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeAlias

from django.apps import apps

from recado.apps.accounts.models import Account
from recado.apps.contacts.models import BlockedSender, ConsentRecord, Contact, OptOut
from recado.apps.contacts.services import DETAIL_FIELDS

Link: TypeAlias = Callable[[str, str, str], str]
"""From SHA-256, type and name of a file to its address."""
_NO_MMS = {"kind": "sms", "subject": "", "files": list[Any]()}


def known_about(account: Account, contact: Contact, link: Link) -> dict[str, Any]:
    """Return everything that is stored about a person, as data they can be given; files as links made by `link`."""
    dialogues = list(_rows("dialogues", "Dialogue").filter(account=account, msisdn=contact.msisdn).values_list("pk", flat=True))
    received = _rows("inbox", "Message").filter(account=account, dialogue_id__in=dialogues).order_by("id")
    tried = _rows("keywords", "RuleExample").filter(account=account, phone=contact.msisdn).order_by("id")
    sent = _rows("outbox", "OutboundMessage").filter(account=account, recipient=contact.msisdn).order_by("id")
    codes = _rows("codes", "Code").filter(pool__account=account, msisdn=contact.msisdn).order_by("handed_at", "id")
    entries = _rows("contests", "Entry").filter(account=account, msisdn=contact.msisdn).order_by("id")
    posts = _rows("boards", "Post").filter(account=account, msisdn=contact.msisdn).order_by("id")
    came, went = _multimedia_received(received, link), _multimedia_sent(sent, link)
    memberships = contact.memberships.select_related("group").order_by("joined_at")
    return {
        "phone": contact.msisdn,
        **{name: getattr(contact, name) for name in DETAIL_FIELDS},
        "known_since": contact.created_at.isoformat(),
        "source": contact.source,
        "groups": [
            {
                "name": one.group.name,
                "joined_at": one.joined_at.isoformat(),
                "ends_at": _moment(one.ends_at),
                "source": one.source,
                "message": _id(one.message_id),
            }
            for one in memberships
        ],
        "consents": _consents(account, contact.msisdn),
        "opt_outs": _opt_outs(account, contact.msisdn),
        "blocked": [
            {"at": one.created_at.isoformat(), "reason": one.reason}
            for one in BlockedSender.objects.filter(account=account, msisdn=contact.msisdn)
        ],
        "received": [
            {"id": str(pk), "at": at.isoformat(), "to": to, "text": text, **came.get(pk, _NO_MMS)}
            for pk, at, to, text in received.values_list("pk", "received_at", "recipient", "text")
        ],
        "codes": [
            {"pool": pool, "code": value, "at": _moment(at)} for pool, value, at in codes.values_list("pool__name", "value", "handed_at")
        ],
        "contests": [
            {"name": name, "at": at.isoformat(), "text": text, "state": state, "reason": reason}
            for name, at, text, state, reason in entries.values_list("contest__name", "entered_at", "text", "state", "reason")
        ],
        "survey_answers": [
            {"at": at.isoformat(), "survey": survey, "question": question, "text": text, "value": value}
            for at, survey, question, text, value in _rows("surveys", "Answer")
            .filter(account=account, msisdn=contact.msisdn)
            .order_by("id")
            .values_list("given_at", "survey__name", "question__text", "text", "value")
        ],
        "boards": [
            {"board": board, "at": at.isoformat(), "text": text, "name": name, "state": state}
            for board, at, text, name, state in posts.values_list("board__name", "received_at", "text", "name", "state")
        ],
        "examples": [{"text": text, "note": about} for text, about in tried.values_list("text", "note")],
        "sent": [
            {"id": str(pk), "at": at.isoformat(), "from": sender, "text": text, "state": state, **went.get(pk, _NO_MMS)}
            for pk, at, sender, text, state in sent.values_list("pk", "created_at", "sender", "text", "state")
        ],
    }


def _multimedia_received(messages: Any, link: Link) -> dict[int, dict[str, Any]]:
    """Return subject and files of those that are MMS, by message."""
    subjects = dict(_rows("mms", "ReceivedMms").filter(pk__in=messages.order_by().values("pk")).values_list("pk", "subject"))
    return {pk: _mms(subject, _rows("mms", "Attachment").filter(message_id=pk), link) for pk, subject in subjects.items()}


def _multimedia_sent(messages: Any, link: Link) -> dict[int, dict[str, Any]]:
    """Return the same of messages to the person; what is shared with others is noted elsewhere (ADR 0051)."""
    found = _rows("mms", "SentMms").filter(pk__in=messages.order_by().values("pk")).values_list("pk", "subject", "attachments_id")
    return {pk: _mms(subject, _rows("mms", "Attachment").filter(outbound_id=holder or pk), link) for pk, subject, holder in found}


def _mms(subject: str, parts: Any, link: Link) -> dict[str, Any]:
    """Return subject and files; texts are in the message, and a layout is no file."""
    media = list(parts.filter(role="media").order_by("position"))
    contents = _rows("media", "Content").filter(pk__in={one.sha256 for one in media}, scan_state="infected")
    infected = set(contents.values_list("pk", flat=True))
    files = [
        {
            "name": one.name,
            "content_type": one.content_type,
            "size": one.size,
            "url": "" if one.sha256 in infected else link(one.sha256, one.content_type, one.name),
        }
        for one in media
    ]
    return {"kind": "mms", "subject": subject, "files": files}


def _consents(account: Account, msisdn: str) -> list[dict[str, Any]]:
    found = ConsentRecord.objects.filter(account=account, msisdn=msisdn).order_by("id")
    return [
        {
            "at": _moment(one.at),
            "what": one.kind,
            "group": _id(one.group_id),
            "source": one.source,
            "message": _id(one.message_id),
            "text": one.text,
        }
        for one in found
    ]


def _opt_outs(account: Account, msisdn: str) -> list[dict[str, Any]]:
    found = OptOut.objects.filter(account=account, msisdn=msisdn).order_by("id")
    return [
        {
            "at": _moment(one.created_at),
            "scope": one.scope,
            "target": _id(one.target_id),
            "text": one.text,
            "lifted_at": _moment(one.lifted_at),
        }
        for one in found
    ]


def _id(number: int | None) -> str | None:
    return str(number) if number else None


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _rows(app: str, model: str) -> Any:
    """Return all rows of a table by name, as a query."""
    return apps.get_model(app, model)._default_manager.all()  # noqa: SLF001  # Django's documented API
