"""The activity log in the reader's language: one sentence for every code that is recorded, and names for the fields that changed.

What belongs here: words; `%(name)s` is the name of the object as it was. What does not: writing the log (`apps.audit`). A test finds the
codes in the source and keeps the table complete.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.dates import WEEKDAYS as DAY_NAMES
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import OperatorRole
from recado.apps.accounts.working_hours import WEEKDAYS
from recado.apps.audit.models import AuditEntry
from recado.apps.contacts.models import OptOut
from recado.core.survey import Counting
from recado.panel import rule_words, scope_words
from recado.panel.autoresponders.words import once_in_words
from recado.panel.board_words import MODERATION, NAMING, THEMES
from recado.panel.keyword_words import MATCH_KINDS
from recado.panel.price_words import SERVICES
from recado.panel.role_words import role_name
from recado.panel.survey_words import COUNTINGS
from recado.panel.templatetags.formats import money

ACTIONS: dict[str, Promise] = {
    # the company and its people
    "company.changed": _("Company data changed"),
    "hours.changed": _("Working hours changed"),
    "delivery_reports.changed": _("Address of delivery reports changed"),
    "quiet_hours.changed": _("Quiet hours changed"),
    # forwarding
    "forward.added": _("Forward added: %(name)s"),
    "forward.changed": _("Forward changed: %(name)s"),
    "forward.switched": _("Forward switched on or off: %(name)s"),
    "forward.paused": _("Forward paused: %(name)s"),
    "forward.resumed": _("Forward resumed: %(name)s"),
    "forward.tried_now": _("Forward tried at once: %(name)s"),
    "forward.confirmed": _("The phone agreed to the forward %(name)s"),
    "forward.removed": _("Forward removed: %(name)s"),
    "forward.secret_made": _("New secret for the forward %(name)s"),
    "forward.delivered_again": _("Delivered again: %(name)s"),
    # programs
    "api_user.added": _("Key made for a program: %(name)s"),
    "api_user.changed": _("Key of a program changed: %(name)s"),
    "api_user.switched": _("Key of a program switched on or off: %(name)s"),
    "api_user.token_made": _("New token for the key %(name)s"),
    "api_user.password_made": _("New password for the key %(name)s"),
    "api_user.limit_set": _("Limit set for the key %(name)s"),
    "api_user.removed": _("Key of a program removed: %(name)s"),
    "day_off.added": _("Day off added: %(name)s"),
    "day_off.removed": _("Day off removed: %(name)s"),
    "member.role_changed": _("Role changed: %(name)s"),
    "member.removed": _("Removed from the team: %(name)s"),
    "invitation.sent": _("Invited: %(name)s"),
    "invitation.sent_again": _("Invited once more: %(name)s"),
    "invitation.revoked": _("Invitation withdrawn: %(name)s"),
    "invitation.accepted": _("Invitation taken: %(name)s"),
    # how people sign in
    "login.password_changed": _("Login password changed: %(name)s"),
    "login.password_reset": _("Forgotten login password replaced: %(name)s"),
    "login.app_added": _("Authenticator app set up: %(name)s"),
    "login.app_removed": _("Authenticator app removed: %(name)s"),
    "login.passkey_added": _("Passkey added: %(name)s"),
    "login.passkey_removed": _("Passkey removed: %(name)s"),
    "login.recovery_codes_made": _("New recovery codes made: %(name)s"),
    # keywords and numbers
    "keyword.reserve": _("Keyword reserved: %(name)s"),
    "keyword.change": _("Keyword changed: %(name)s"),
    "keyword.pause": _("Keyword paused: %(name)s"),
    "keyword.resume": _("Keyword active again: %(name)s"),
    "keyword.end": _("Keyword given up: %(name)s"),
    "example.add": _("Example kept: %(name)s"),
    "example.settle": _("Example expects something else: %(name)s"),
    "example.remove": _("Example removed: %(name)s"),
    "keyword.rule_added": _("Rule added to keyword %(name)s"),
    "keyword.rule_changed": _("Rule of keyword %(name)s changed"),
    "keyword.rule_moved": _("Rules of keyword %(name)s put in another order"),
    "keyword.rule_deleted": _("Rule of keyword %(name)s deleted"),
    "keyword.rule_restored": _("Deleted rule of keyword %(name)s brought back"),
    "keyword.synonym_added": _("Another spelling for keyword %(name)s"),
    "keyword.synonym_removed": _("A spelling taken from keyword %(name)s"),
    "keyword.ended_by_operator": _("Keyword ended by the operator: %(name)s"),
    "keyword.blocked": _("Word blocked: %(name)s"),
    "keyword.unblocked": _("Word not blocked any more: %(name)s"),
    "survey.added": _("Survey added: %(name)s"),
    "survey.changed": _("Survey changed: %(name)s"),
    "survey.reworded": _("Wording of a survey corrected: %(name)s"),
    "survey.copied": _("Survey copied: %(name)s"),
    "survey.started": _("Survey started: %(name)s"),
    "survey.closed": _("Survey closed: %(name)s"),
    "survey.reopened": _("Survey opened again: %(name)s"),
    "survey.published": _("Results of a survey shown to everybody, or not any more: %(name)s"),
    "survey.address_renewed": _("New address for the results of %(name)s"),
    "survey.deleted": _("Draft of a survey deleted: %(name)s"),
    "autoresponder.added": _("Autoresponder added: %(name)s"),
    "autoresponder.changed": _("Autoresponder changed: %(name)s"),
    "autoresponder.copied": _("Autoresponder copied: %(name)s"),
    "autoresponder.moved": _("Autoresponders put in another order: %(name)s"),
    "autoresponder.switched": _("Autoresponder switched on or off: %(name)s"),
    "autoresponder.deleted": _("Autoresponder deleted: %(name)s"),
    "autoresponder.restored": _("Deleted autoresponder brought back: %(name)s"),
    "autoresponder.resumed": _("Automatic answers begin again: %(name)s"),
    "board.added": _("Board made: %(name)s"),
    "board.changed": _("Board changed: %(name)s"),
    "board.opened": _("Board opened: %(name)s"),
    "board.closed": _("Board closed: %(name)s"),
    "board.address_renewed": _("New address for the board %(name)s"),
    "board.deleted": _("Board deleted: %(name)s"),
    "code_pool.added": _("Pool of codes made: %(name)s"),
    "code_pool.changed": _("Pool of codes changed: %(name)s"),
    "code_pool.deleted": _("Pool of codes deleted: %(name)s"),
    "code_pool.codes_added": _("Codes added to the pool %(name)s"),
    "code_pool.codes_made": _("Codes made up for the pool %(name)s"),
    "code_pool.code_withdrawn": _("Code taken out of the pool %(name)s"),
    "code_pool.code_put_back": _("Code put back into the pool %(name)s"),
    "contest.added": _("Contest made: %(name)s"),
    "contest.changed": _("Contest changed: %(name)s"),
    "contest.ended": _("Contest ended: %(name)s"),
    "contest.copied": _("Contest copied: %(name)s"),
    "contest.entry_left_out": _("Entry left out of the contest %(name)s"),
    "contest.entry_readmitted": _("Entry let back into the contest %(name)s"),
    "contest.list_frozen": _("List of the contest frozen: %(name)s"),
    "contest.seed_promised": _("Seed promised for the contest %(name)s"),
    "contest.drawn": _("Winners drawn: %(name)s"),
    "contest.winner_chosen": _("Winner chosen: %(name)s"),
    "contest.winner_taken_back": _("Choice of a winner taken back: %(name)s"),
    "contest.winner_replaced": _("Place taken from a winner: %(name)s"),
    "contest.winners_told": _("Winners told: %(name)s"),
    "number.changed": _("Number changed: %(name)s"),
    "number.rule_added": _("Rule added to number %(name)s"),
    "number.rule_changed": _("Rule of number %(name)s changed"),
    "number.rule_moved": _("Rules of number %(name)s put in another order"),
    "number.rule_deleted": _("Rule of number %(name)s deleted"),
    "number.rule_restored": _("Deleted rule of number %(name)s brought back"),
    "number.added": _("Number added: %(name)s"),
    "number.imported": _("Numbers added from a list"),
    "number.expiry_changed": _("End of a number changed: %(name)s"),
    "invoice.corrected": _("Correcting invoice made: %(name)s"),
    "invoice.paid": _("Invoice paid: %(name)s"),
    "billing.computed": _("Month computed: %(name)s"),
    "billing.posted": _("Month posted: %(name)s"),
    "billing.seller_changed": _("Seller of invoices changed: %(name)s"),
    "credit.alerts_changed": _("Amounts of credit alerts changed"),
    "account.plan_asked": _("Another plan asked for: %(name)s"),
    "account.plan_request_settled": _("Request for another plan settled: %(name)s"),
    "order.placed": _("Number ordered: %(name)s"),
    "order.withdrawn": _("Order of a number withdrawn: %(name)s"),
    "order.reopened": _("Order of a number waits again: %(name)s"),
    "order.assigned": _("Order of a number fulfilled: %(name)s"),
    "order.refused": _("Order of a number refused: %(name)s"),
    "plan.added": _("Plan added: %(name)s"),
    "plan.changed": _("Plan changed: %(name)s"),
    "plan.removed": _("Plan removed: %(name)s"),
    "credit.top_up": _("Paid in: %(name)s"),
    "credit.adjustment": _("Balance put right: %(name)s"),
    "plan.prices_added": _("Price list made: %(name)s"),
    "plan.prices_changed": _("Price list changed: %(name)s"),
    "plan.prices_removed": _("Price list removed: %(name)s"),
    "number.subscription_added": _("Subscription of a number added: %(name)s"),
    "number.subscription_ended": _("Subscription of a number ended: %(name)s"),
    "number.package_taken": _("Package of keywords taken: %(name)s"),
    "number.package_ended": _("Package of keywords ended: %(name)s"),
    "number.package_kept": _("Package of keywords kept after all: %(name)s"),
    "account.limit_changed": _("Credit limit of the account changed: %(name)s"),
    "account.plan_changed": _("Plan of the account changed: %(name)s"),
    "sender_name.requested": _("Sender name asked for: %(name)s"),
    "sender_name.deactivated": _("Sender name switched off: %(name)s"),
    "sender_name.authorised": _("Sender name approved: %(name)s"),
    "sender_name.rejected": _("Sender name refused: %(name)s"),
    "number.assigned": _("Number assigned: %(name)s"),
    "number.state_changed": _("Number suspended, resumed or released: %(name)s"),
    # the operator
    "visit.started": _("An operator opened the account: %(name)s"),
    "visit.ended": _("An operator left the account: %(name)s"),
    "account.created": _("Account opened: %(name)s"),
    "account.suspended": _("Account suspended: %(name)s"),
    "account.resumed": _("Account open again: %(name)s"),
    "account.note_changed": _("Note about a customer changed: %(name)s"),
    "operator.added": _("Operator added: %(name)s"),
    "operator.invitation_revoked": _("Invitation of an operator withdrawn: %(name)s"),
    "operator.role_changed": _("Role of an operator changed: %(name)s"),
    "operator.removed": _("Operator removed: %(name)s"),
    "operator.invited": _("Operator invited: %(name)s"),
    "link.added": _("Carrier link added: %(name)s"),
    "link.changed": _("Carrier link changed: %(name)s"),
    "link.enabled": _("Carrier link switched on: %(name)s"),
    "link.disabled": _("Carrier link switched off: %(name)s"),
    "link.drained": _("Carrier link drained: %(name)s"),
    "link.resumed": _("Carrier link in use again: %(name)s"),
    "jobs.redelivered": _("Jobs given another chance"),
    "quarantine.retried": _("Quarantined message tried again: %(name)s"),
    "quarantine.settled": _("Quarantined message settled: %(name)s"),
    "unmatched.assigned": _("Unmatched messages given to a customer: %(name)s"),
    "unmatched.discarded": _("Unmatched messages set aside: %(name)s"),
    "simulator.reset": _("Test data of the simulator deleted"),
    # group sends
    "send.sent": _("Group send begun: %(name)s"),
    "send.scheduled": _("Group send scheduled: %(name)s"),
    "send.cancelled": _("Group send not scheduled any more: %(name)s"),
    "send.stopped": _("Group send stopped: %(name)s"),
    "send.deleted": _("Draft of a group send deleted: %(name)s"),
    # messages and people who write
    "message.viewed": _("Message %(name)s looked at by the operator"),
    "message.redelivered": _("Forwarded again: message %(name)s"),
    "contact.erased": _("Person forgotten: %(name)s"),
    "contact.imported": _("List imported: %(name)s"),
    "contact.import_undone": _("Import undone: %(name)s"),
    "contact.deleted": _("Contact deleted: %(name)s"),
    "group.joined": _("People added to the group %(name)s"),
    "group.left": _("People taken out of the group %(name)s"),
    "group.deleted": _("Group deleted: %(name)s"),
    "group.end_changed": _("End of a membership changed: %(name)s"),
    "opt_out.noted": _("Opt-out noted: %(name)s"),
    "opt_out.lifted": _("Opt-out lifted: %(name)s"),
    "sender.blocked": _("Sender blocked: %(name)s"),
    "sender.unblocked": _("Sender not blocked any more: %(name)s"),
    "message.service": _("Service message to somebody who opted out: %(name)s"),
}

KINDS: dict[str, Promise] = {
    "visit": _("Visits of operators"),
    "account": _("Account"),
    "credit": _("Credit"),
    "company": _("Company data"),
    "hours": _("Working hours"),
    "quiet_hours": _("Quiet hours"),
    "day_off": _("Days off"),
    "member": _("Team"),
    "invitation": _("Invitations"),
    "login": _("Signing in"),
    "keyword": _("Keywords"),
    "board": _("Boards"),
    "code_pool": _("Codes"),
    "autoresponder": _("Autoresponders"),
    "contest": _("Contests"),
    "survey": _("Surveys"),
    "forward": _("Forwards"),
    "api_user": _("Keys of programs"),
    "example": _("Examples"),
    "number": _("Numbers"),
    "order": _("Orders of numbers"),
    "invoice": _("Invoices"),
    "billing": _("Billing runs"),
    "sender_name": _("Sender names"),
    "plan": _("Plans"),
    "unmatched": _("Unmatched messages"),
    "operator": _("Operators"),
    "link": _("Carrier links"),
    "jobs": _("Jobs"),
    "quarantine": _("Quarantine"),
    "message": _("Messages"),
    "send": _("Group sends"),
    "contact": _("Contacts"),
    "group": _("Groups"),
    "opt_out": _("Opt-outs"),
    "sender": _("Blocked senders"),
    "delivery_reports": _("Delivery reports"),
    "simulator": _("Simulator"),
}
"""The first halves of the codes, to filter by."""
INSTALLATION = frozenset({"link", "quarantine", "operator", "plan", "billing"})
"""Kinds that concern no customer."""

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
    "counting": lambda value: str(COUNTINGS[Counting(value)]) if value in set(Counting) else value,
}
"""Fields whose values have words of their own; what was noted in words already stays as it is."""


def sentence(entry: AuditEntry) -> str:
    """Say what was done; a code nobody knows any more shows itself."""
    known = ACTIONS.get(entry.action)
    return str(known) % {"name": entry.object_name} if known else " ".join(filter(None, (entry.action, entry.object_name)))


def kind_names(*, of_the_installation: bool = False) -> list[tuple[str, str]]:
    """Name the kinds of actions by alphabet, those that no customer's log ever has only where asked for."""
    return sorted(((kind, str(KINDS[kind])) for kind in KINDS if of_the_installation or kind not in INSTALLATION), key=lambda kind: kind[1])


def differences(entry: AuditEntry) -> list[tuple[str, str, str]]:
    """List what changed: the field's name, what it was, what it is; an empty text where there was nothing."""
    fields = [*entry.after, *(name for name in entry.before if name not in entry.after)]
    return [(str(FIELDS.get(name, name)), _value(name, entry.before), _value(name, entry.after)) for name in fields]


def _value(name: str, values: Mapping[str, object]) -> str:
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
