"""What changed, in the activity log: names of fields, and values that have words of their own.

What belongs here: fields and their values. What does not: what was done (`audit_words`).
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.dates import WEEKDAYS as DAY_NAMES
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import OperatorRole
from recado.apps.accounts.working_hours import WEEKDAYS
from recado.apps.contacts.models import OptOut
from recado.core.survey import Counting
from recado.panel import rule_words, scope_words
from recado.panel.autoresponders.words import once_in_words
from recado.panel.board_words import MODERATION, NAMING, THEMES
from recado.panel.forms.retention import days_in_words, months_in_words
from recado.panel.keyword_words import MATCH_KINDS
from recado.panel.price_words import SERVICES
from recado.panel.role_words import role_name
from recado.panel.survey_words import COUNTINGS
from recado.panel.templatetags.formats import money

FIELDS: dict[str, Promise | str] = {
    "name": _("Name"),
    "language": _("Language"),
    "time_zone": _("Time zone"),
    "company": _("Company name on invoices"),
    "tax_id": _("NIP (tax number)"),
    "address": _("Address"),
    "postcode": _("Postcode"),
    "city": _("City"),
    "role": _("Role"),
    "operator_role": _("Role"),
    **{day: DAY_NAMES[number] for number, day in enumerate(WEEKDAYS)},
    "keeps_public_holidays": _("Closed on Polish public holidays"),
    "keeps_messages_months": _("Messages are kept"),
    "keeps_files_days": _("Files of MMS are kept"),
    "label": _("Label"),
    "word": _("Keyword"),
    "synonym": _("Other spelling"),
    "synonyms": _("Other spellings"),
    "number": _("Number"),
    "kind": _("Kind"),
    "note": _("Note"),
    "amount": _("Amount"),
    "plan": _("Plan"),
    "amounts": _("Amounts"),
    "gross": _("Gross"),
    "paid_on": _("Paid on"),
    "bank_account": _("Bank account (IBAN)"),
    "vat_rate": _("VAT rate, percent"),
    "payment_days": _("Days to pay"),
    **{f"price.{service}": words for service, words in SERVICES.items()},
    "first_day": _("First day"),
    "fees": _("Fees"),
    "credit_limit": _("Credit limit"),
    "own_limit": _("Own credit limit"),
    "package": _("Package"),
    "quiet_from": _("Quiet from"),
    "quiet_until": _("Quiet until"),
    "can_send": _("Its carrier takes it as a sender"),
    "expires_at": _("Until"),
    "state": _("State"),
    "also_when_text_follows": _("Also when more text follows the keyword"),
    "asks_back": _("Ask when somebody mistypes it"),
    "starts_at": _("From"),
    "ends_at": _("Until"),
    "groups": _("Groups"),
    "reply": _("Automatic reply"),
    "forwards": _("Forwards"),
    "activities": _("People take part in"),
    "questions": _("Questions"),
    "closes_at": _("Closes by itself"),
    "counting": _("Which answers of one person count"),
    "is_public": _("Results for everybody"),
    "shows_texts": _("With people’s own words"),
    "title": _("Heading on the screen"),
    "call": _("How to take part, on the screen"),
    "moderation": _("Who decides what is shown"),
    "word_list": _("Words that are not shown by themselves"),
    "most_per_phone": _("At most so many messages of one phone"),
    "within_minutes": _("within so many minutes"),
    "naming": _("Shown of who wrote"),
    "theme": _("Look"),
    "shown_count": _("Messages on the screen at once"),
    "closed_text": _("Answer while the board is closed"),
    "refused_text": _("Answer to who sends too much"),
    "is_open": _("Open"),
    "low_at": _("Tell us when no more codes than this are left"),
    "empty_text": _("Answer when no code is left"),
    "already_text": _("Answer to who has a code already"),
    "code": _("Code"),
    "count": _("How many"),
    "method": _("Method"),
    "body": _("Format"),
    "signature": _("Signature"),
    "headers": _("Own headers"),
    "batch_limit": _("Messages in one call, at most"),
    "takes_replies": _("Its answer may hold a reply"),
    "subject": _("Subject"),
    "has_attachments": _("Attachments"),
    "daily_limit": _("Messages a day, at most"),
    "deliveries": _("Deliveries"),
    "match": _("How it must match"),
    "leaves": _("Groups left"),
    "until": _("Member until"),
    "is_enabled": _("Switched on"),
    "order": _("Place in the order"),
    "weekdays": _("Weekdays"),
    "from_time": _("From this time on"),
    "until_time": _("Until this time"),
    "days": _("Days off"),
    "in_group": _("Only members of"),
    "not_in_group": _("Not for members of"),
    "occasion": _("First time or again"),
    "sender_prefixes": _("Phones that begin with"),
    "office_hours": _("Working hours"),
    "standing": _("Opted out or not"),
    "daily_ceiling": _("Most it may cost a day"),
    "text": _("Text"),
    "place": _("Answers to"),
    "once": _("How often the same person gets it"),
    "msisdn": _("Phone number"),
    "contacts": _("Contacts"),
    "changes": _("May change things"),
    "reason": _("Reason"),
    "scope": _("What for"),
    "username": _("User name"),
    "scopes": _("May do"),
    "allowed_networks": _("Only from these addresses"),
    "is_test": _("Test key"),
    "valid_until": _("Valid until"),
    "limit": _("Messages it may still send"),
    "group": _("Group"),
    "list": _("Hash of the list"),
    "seed": _("Hash of the seed"),
    "beacon": _("Public value"),
    "phone": _("Phone number"),
    "entry": _("Entry"),
    "people": _("People"),
    "cost": _("Cost"),
    "opens_at": _("Begins"),
    "entry_rule": _("Who wins"),
    "prizes": _("Prizes"),
    "winner_count": _("Winners"),
    "reserve_count": _("Reserves"),
    "rules_text": _("Terms"),
    "organiser": _("Organiser"),
}
"""Names of fields; one that is not listed shows itself."""

VALUES: dict[str, Promise] = {"yes": _("Yes"), "no": _("No")}


def _of(words: Mapping[Any, Promise], value: str) -> str:
    """Say a word of ours; one of another version shows itself."""
    return str(words.get(value, value))


def _kept(words: Callable[[int], str], value: str) -> str:
    return words(0 if value == "forever" else int(value))


_SAID: dict[str, Callable[[str], str]] = {
    "once": lambda value: once_in_words(int(value)) if value.isdecimal() else value,  # older entries hold words
    "role": role_name,
    "operator_role": lambda value: str(dict(OperatorRole.choices).get(value, value)),
    "scopes": scope_words.audited,
    "scope": lambda value: str(dict(OptOut.Scope.choices).get(value, value)),
    "moderation": lambda value: _of(MODERATION, value),
    "naming": lambda value: _of(NAMING, value),
    "theme": lambda value: _of(THEMES, value),
    "match": lambda value: str(MATCH_KINDS.get(value, value)),
    "keeps_messages_months": lambda value: _kept(months_in_words, value),
    "keeps_files_days": lambda value: _kept(days_in_words, value),
    "counting": lambda value: str(COUNTINGS[Counting(value)]) if value in set(Counting) else value,
}
"""Fields whose values have words of their own; what was noted in words already stays as it is."""


def said(name: str, values: Mapping[str, object]) -> str:
    """Say the value a field had; empty where there was none."""
    value = values.get(name)
    if value is None or value == "":
        return ""
    if name in _SAID:
        return _SAID[name](str(value))
    if name == "amount" and isinstance(value, int):
        return money(value)
    if isinstance(value, bool):
        value = "yes" if value else "no"
    return rule_words.audited(name, str(VALUES.get(str(value), value)))
